"""Cameras that turn: while a hand holds them, never longer than ten seconds, and stopped in any case.

Whoever turns a camera tells it again a few times a second; silence stops it (drivers.camera.hand).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.text import shown
from console.videowall import store
from console.videowall.model import (
    MOST_TURN_S,
    PRESET_CHARS,
    Camera,
    CameraId,
    Device,
    Discovered,
    Preset,
    Profile,
    Turn,
    TurnFailed,
    code_of,
)
from console.videowall.service.onvif import PROGRAM, Onvif

AUDIT_S = 60.0  # one line a minute says who turns which camera
SEARCH_S = 4.0
Places = Sequence[tuple[str, int]]


@dataclass(slots=True)
class _Held:
    camera: Camera
    began_at: float


class Turning:
    """``turn`` and ``halt`` do not wait; the others ask the camera and do. Callable from any thread.

    ``on_news`` hears TurnFailed, in a thread of its own. ``places`` are asked for cameras in place
    of the whole network.
    """

    def __init__(
        self,
        program: Sequence[str] = PROGRAM,
        on_news: Callable[[TurnFailed], None] = lambda _: None,
        places: Places = (),
    ) -> None:
        self._onvif = Onvif(program, self._failed)
        self._onvif.on_tick, self._onvif.on_lost = self._tick, self._halt_lost
        self._on_news, self._places = on_news, tuple(places)
        self._guard = threading.Lock()
        self._held: dict[CameraId, _Held] = {}
        self._spent: set[CameraId] = set()  # held too long; to be let go first

    @property
    def pid(self) -> int | None:
        """The process that talks to the cameras, while there is one."""
        return self._onvif.pid

    @property
    def held(self) -> frozenset[CameraId]:
        """The cameras that were told to turn and not yet to stop."""
        with self._guard:
            return frozenset(self._held)

    def turn(self, camera: Camera, turn: Turn) -> bool:
        """It turns so until ``halt``, for 1.5 s at most unless told again; False once ten are over.

        Refused for a camera that does not turn.
        """
        if turn.stands:
            self.halt(camera.id)
            return True
        check_turns(camera)
        now = time.monotonic()
        with self._guard:
            if camera.id in self._spent:
                return False
            held = self._held.setdefault(camera.id, _Held(camera, now))
            over = now - held.began_at > MOST_TURN_S
        if over:
            self._end_spent(camera.id)
            return False
        self._onvif.send("move", camera, pan=turn.pan, tilt=turn.tilt, zoom=turn.zoom)
        return True

    def halt(self, camera_id: CameraId) -> None:
        """It is told to stop, if it was told to turn; it may be turned again."""
        with self._guard:
            self._spent.discard(camera_id)
            held = self._held.pop(camera_id, None)
        if held is not None:
            self._onvif.send("stop", held.camera)

    def halt_all(self) -> None:
        """Every camera that was told to turn is told to stop."""
        for camera_id in self.held:
            self.halt(camera_id)

    def presets(self, camera: Camera) -> list[Preset]:
        """The places that it remembers."""
        check_turns(camera)
        found = self._onvif.ask("presets", camera)["presets"]
        return [Preset(str(one["token"]), str(one["name"])) for one in found]

    def go(self, camera: Camera, token: str) -> None:
        """It turns to this preset."""
        check_turns(camera)
        self._onvif.ask("go", camera, preset=token)

    def keep(self, camera: Camera, name: str, token: str = "") -> str:
        """Where it looks now is a preset of this name (this one, or a new one); its token."""
        check_turns(camera)
        return str(
            self._onvif.ask("keep", camera, name=checked_preset(name), preset=token)["preset"]
        )

    def drop(self, camera: Camera, token: str) -> None:
        """The preset is forgotten."""
        check_turns(camera)
        self._onvif.ask("drop", camera, preset=token)

    def zoom_to(self, camera: Camera, share: float) -> None:
        """It zooms to this share of its range, 0 wide, 1 near."""
        check_turns(camera)
        self._onvif.ask("zoom_to", camera, zoom=share)

    def discover(self, seconds: float = SEARCH_S) -> list[Discovered]:
        """The cameras that answer in the network within these seconds."""
        fields: dict[str, object] = {"seconds": seconds}
        if self._places:
            fields |= {"places": self._places, "through": ["127.0.0.1"]}
        found = self._onvif.ask("discover", None, seconds + 2.0, **fields)["found"]
        return [
            Discovered(str(one["address"]), str(one["host"]), str(one["name"]), str(one["model"]))
            for one in found
        ]

    def look(self, camera: Camera) -> Device:
        """What it is, and which streams it has; its address, user and password are enough."""
        told = self._onvif.ask("look", camera)
        profiles = tuple(
            Profile(one["token"], one["name"], one["width"], one["height"], one["turns"])
            for one in told["profiles"]
        )
        return Device(told["maker"], told["model"], told["turns"], profiles, told["skew_s"])

    def stream(self, camera: Camera, token: str) -> str:
        """Where the pictures of this profile are."""
        return str(self._onvif.ask("stream", camera, profile=token)["address"])

    def stop(self, timeout_s: float = 4.0) -> None:
        """Every camera stands, and what talks to them has ended."""
        self._onvif.stop(timeout_s)

    def _tick(self) -> None:
        now = time.monotonic()
        with self._guard:
            over = [key for key, one in self._held.items() if now - one.began_at > MOST_TURN_S]
        for camera_id in over:
            self._end_spent(camera_id)

    def _end_spent(self, camera_id: CameraId) -> None:
        self.halt(camera_id)
        with self._guard:
            self._spent.add(camera_id)

    def _halt_lost(self) -> None:
        """Who turned them is gone: another one stops them."""
        self.halt_all()

    def _failed(self, do: str, who: str, cause: str) -> None:
        if do in ("move", "stop"):
            self._on_news(TurnFailed(CameraId(who), code_of(cause), do == "stop"))


def check_turns(camera: Camera) -> None:
    """Refused, in plain words, for a camera that takes no such orders."""
    if not camera.ptz:
        raise Refused("videowall.no_ptz", number=camera.number)
    if not camera.turnable:
        raise Refused("videowall.no_onvif", number=camera.number)


def checked_preset(name: str) -> str:
    """The name as a camera may keep it. Or Refused."""
    name = shown(name.replace("\n", " "), PRESET_CHARS + 1)
    if not 1 <= len(name) <= PRESET_CHARS:
        raise Refused("videowall.bad_preset", field="name", most=PRESET_CHARS)
    return name


def turned(database: Database, actor: Actor, camera_id: CameraId, what: str = "turn") -> None:
    """The trail says who turned this camera, or changed its presets (``what``)."""
    with database.act(actor) as act:
        one = _there(act.connection, camera_id)
        act.audit(f"camera.{what}", "camera", camera_id, number=one.number, name=one.name)


def _there(connection: sa.Connection, camera_id: CameraId) -> Camera:
    found = store.find(connection, camera_id)
    if found is None:
        raise Refused("videowall.unknown", camera=camera_id)
    return found
