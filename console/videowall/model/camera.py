"""Cameras of the post: where they stand, where they look, and how often they are to be watched."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import NewType

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.address import HOLE, Told, taken_apart

CameraId = NewType("CameraId", str)
NUMBER_CHARS, NAME_CHARS, USER_CHARS, PASSWORD_CHARS = 32, 64, 64, 128
PROFILE_CHARS = 128
MOST_MASKS, MOST_RANGE_M = 8, 5000.0


class Tier(IntEnum):
    """The three tiers of video patrol; 1 is looked at most often."""

    FIRST = 1
    SECOND = 2
    THIRD = 3


TIER_WORDS = {
    Tier.FIRST: Words("一级", "tier 1"),
    Tier.SECOND: Words("二级", "tier 2"),
    Tier.THIRD: Words("三级", "tier 3"),
}


class Stream(StrEnum):
    """Which of a camera's streams: the main one, or the smaller one for a small tile."""

    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of the picture, in shares of its width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera. ``address`` never holds a password; ``password`` is never shown.

    Its place is WGS-84, ``direction_deg`` from north, None where it is not known or turns; it sees
    ``view_deg`` wide and ``range_m`` far, as far as that is known. ``mask`` are private zones.
    ``onvif`` is where it takes orders, for the profile of this token; user and password are the same.
    """

    id: CameraId
    number: str
    name: str
    lat: float
    lon: float
    address: str
    direction_deg: float | None = None
    tier: Tier = Tier.THIRD
    user: str = ""
    password: str = field(default="", repr=False)
    rev: int = 1
    sub_address: str = ""
    view_deg: float | None = None
    range_m: float | None = None
    ptz: bool = False
    mask: tuple[Rect, ...] = ()
    onvif: str = ""
    onvif_profile: str = ""

    @property
    def turnable(self) -> bool:
        """Whether it turns, and it is known where it takes orders."""
        return self.ptz and bool(self.onvif and self.onvif_profile)

    def address_of(self, stream: Stream) -> str:
        """Where this stream is; a camera without a smaller one has its main one everywhere."""
        return self.sub_address if stream is Stream.SUB and self.sub_address else self.address


@dataclass(frozen=True, slots=True)
class CamerasChanged:
    """The list of cameras is another one."""


def checked(camera: Camera) -> Camera:
    """The camera as it may be kept: texts cleaned, the password out of the address. Or Refused."""
    number = shown(camera.number.replace("\n", " "), NUMBER_CHARS + 1)
    name = shown(camera.name.replace("\n", " "), NAME_CHARS + 1)
    if not 1 <= len(number) <= NUMBER_CHARS:
        raise Refused("videowall.bad_number", field="number", most=NUMBER_CHARS)
    if not 1 <= len(name) <= NAME_CHARS:
        raise Refused("videowall.bad_name", field="name", most=NAME_CHARS)
    told = taken_apart(camera.address)
    sub = taken_apart(camera.sub_address) if camera.sub_address.strip() else Told("")
    orders = _orders_of(camera)
    user = told.user or sub.user or orders.user or camera.user.strip()
    password = told.password or sub.password or orders.password or camera.password
    if sub.user not in ("", user) or sub.password not in ("", password):
        raise Refused("videowall.other_user", field="sub_address")
    if orders.user not in ("", user) or orders.password not in ("", password):
        raise Refused("videowall.other_user", field="onvif")
    if len(user) > USER_CHARS or len(password) > PASSWORD_CHARS:
        raise Refused("videowall.bad_user", field="user", most=USER_CHARS)
    if not (
        math.isfinite(camera.lat)
        and math.isfinite(camera.lon)
        and abs(camera.lat) <= 85
        and abs(camera.lon) <= 180
    ):
        raise Refused("videowall.bad_place", field="lat")
    turn = camera.direction_deg
    if turn is not None and not 0 <= turn <= 360:
        raise Refused("videowall.bad_direction", field="direction_deg")
    _check_view(camera)
    return replace(
        camera,
        number=number,
        name=name,
        address=told.address,
        user=user,
        password=password,
        lat=round(camera.lat, 7),
        lon=round(camera.lon, 7),
        direction_deg=None if turn is None else round(turn, 1) % 360,
        sub_address=sub.address,
        view_deg=None if camera.view_deg is None else round(camera.view_deg, 1),
        range_m=None if camera.range_m is None else round(camera.range_m, 1),
        onvif=orders.address,
        onvif_profile=camera.onvif_profile.strip(),
    )


def _orders_of(camera: Camera) -> Told:
    """Where it takes orders. Or Refused."""
    profile = camera.onvif_profile.strip()
    if len(profile) > PROFILE_CHARS or not profile.isprintable():
        raise Refused("videowall.bad_profile", field="onvif_profile", most=PROFILE_CHARS)
    if not camera.onvif.strip():
        return Told("")
    try:
        told = taken_apart(camera.onvif)
    except Refused as wrong:
        raise Refused("videowall.bad_onvif", field="onvif") from wrong
    if not told.address.startswith(("http://", "https://")) or HOLE in told.address:
        raise Refused("videowall.bad_onvif", field="onvif")
    return told


def _check_view(camera: Camera) -> None:
    if camera.view_deg is not None and not 0 < camera.view_deg <= 360:
        raise Refused("videowall.bad_view", field="view_deg")
    if camera.range_m is not None and not 0 < camera.range_m <= MOST_RANGE_M:
        raise Refused("videowall.bad_range", field="range_m", most=int(MOST_RANGE_M))
    inside = all(
        one.left >= 0
        and one.top >= 0
        and one.width > 0
        and one.height > 0
        and one.left + one.width <= 1.0001
        and one.top + one.height <= 1.0001
        for one in camera.mask
    )
    if len(camera.mask) > MOST_MASKS or not inside:
        raise Refused("videowall.bad_mask", field="mask", most=MOST_MASKS)
