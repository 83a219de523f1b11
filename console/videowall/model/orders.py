"""What cameras say when they are asked over ONVIF, and how a hand turns them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from console.core.errors import Refused
from console.core.words import Words
from console.videowall.model.camera import Camera, CameraId

MOST_TURN_S = 10.0  # nobody turns a camera longer in one go
PRESET_CHARS = 64
SMALL_PIXELS = 704 * 576  # what a smaller stream has at most
DEAD = 0.12  # of the joystick's way: a hand that rests does not turn


@dataclass(frozen=True, slots=True)
class Turn:
    """How fast a camera turns and zooms, each −1…1: to the right, up, nearer."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def stands(self) -> bool:
        """Whether nothing turns."""
        return not (self.pan or self.tilt or self.zoom)


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The camera did not do what its officer wanted; ``code`` has words. It may be turning still
    when ``stopping``."""

    camera_id: CameraId
    code: str
    stopping: bool


@dataclass(frozen=True, slots=True)
class Preset:
    """A place that a camera remembers, under its own token."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """A camera that answered in the network. ``host`` is what answered."""

    address: str
    host: str
    name: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One of its streams; 0 × 0 where it does not say."""

    token: str
    name: str
    width: int
    height: int
    turns: bool = False

    @property
    def pixels(self) -> int:
        """How large its picture is."""
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Device:
    """What a camera says of itself."""

    maker: str
    model: str
    turns: bool
    profiles: tuple[Profile, ...]
    skew_s: float = 0.0


# what a camera did, in the driver's one word → the code of the words for it
ONVIF_CODES = {
    "unreachable": "videowall.onvif_unreachable",
    "no_answer": "videowall.onvif_no_answer",
    "no_permission": "videowall.onvif_no_permission",
    "elsewhere": "videowall.onvif_elsewhere",
    "not_onvif": "videowall.onvif_not_onvif",
    "not_supported": "videowall.onvif_not_supported",
    "refused": "videowall.onvif_refused",
    "busy": "videowall.onvif_busy",
    "bad_address": "videowall.onvif_bad_address",
    "lost": "videowall.onvif_lost",
}


def code_of(cause: str) -> str:
    """The code of the words for what a camera did."""
    return ONVIF_CODES.get(cause, ONVIF_CODES["not_onvif"])


def streams_of(profiles: Sequence[Profile]) -> tuple[Profile, Profile | None]:
    """The main and the smaller stream, by the size of their pictures. At least one is needed.

    The smaller one is the largest that is meant for a small tile, else the smallest other one.
    """
    main = max(profiles, key=lambda one: one.pixels)
    others = [one for one in profiles if one is not main and 0 < one.pixels < main.pixels]
    small = [one for one in others if one.pixels <= SMALL_PIXELS]
    if small:
        return main, max(small, key=lambda one: one.pixels)
    return main, min(others, key=lambda one: one.pixels, default=None)


def reached_at(address: str) -> Discovered:
    """The camera at an address that a technician typed. Refused for what is none."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise Refused("videowall.bad_onvif", field="onvif") from wrong
    known = parts.scheme in ("http", "https") and host and parts.username is None
    if not known or not address.isprintable() or " " in address.strip():
        raise Refused("videowall.bad_onvif", field="onvif")
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place += f":{port}"
    path = parts.path if parts.path not in ("", "/") else "/onvif/device_service"
    return Discovered(f"{parts.scheme}://{place}{path}", host)


def known_as(found: Discovered, cameras: Iterable[Camera]) -> Camera | None:
    """The camera of the post that this one is: of the same service, else of the same host.

    One host may have several cameras, each with a service of its own.
    """
    hosted = None
    for one in cameras:
        if one.onvif and _place(one.onvif) == _place(found.address):
            return one
        if not one.onvif and _place(one.address)[0] == found.host:
            hosted = hosted or one
    return hosted


def stick(across: float, down: float) -> Turn:
    """The turn for a joystick that is pushed so far (−1…1 each way), finer near its middle."""
    far = math.hypot(across, down)
    if far <= DEAD:
        return Turn()
    reach = min(1.0, far)
    speed = ((reach - DEAD) / (1.0 - DEAD)) ** 2
    return Turn(round(speed * across / far, 3), round(-speed * down / far, 3))


def by_keys(ways: Iterable[str], fast: bool = False) -> Turn:
    """The turn while these keys are held: left, right, up, down, near, wide."""
    held = set(ways)
    speed = 1.0 if fast else 0.5
    return Turn(
        speed * (("right" in held) - ("left" in held)),
        speed * (("up" in held) - ("down" in held)),
        speed * (("near" in held) - ("wide" in held)),
    )


def size_words(profile: Profile) -> Words:
    """How large its pictures are."""
    if not profile.pixels:
        return Words("尺寸未知", "size not known")
    size = f"{profile.width}×{profile.height}"
    return Words(size, size)


def _place(address: str) -> tuple[str, int]:
    """Host and port of the address; nothing for one that is none."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return "", 0
