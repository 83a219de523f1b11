"""Cameras that give no picture: raised after a while, cleared by the next picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.alarms.model import Alarm, Kind, Kinds, Raising
from console.alarms.service.acts import clear, raise_alarm
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """A camera that is being looked through: whether its pictures come (True), do not (False), or
    that is not known yet (None). ``planned``: it is off by plan, and no alarm stands for it."""

    id: str
    name: str
    lat: float
    lon: float
    lives: bool | None
    planned: bool = False


class CameraLook:
    """``turn`` at every look of the watch, in its thread. A camera that nobody looks through says
    nothing: its alarm stays until it is looked through again, or a person clears it."""

    def __init__(self, database: Database, actor: Actor, clock: Clock) -> None:
        self._database, self._actor, self._clock = database, actor, clock
        self._since: dict[str, float] = {}

    def turn(self, cameras: Sequence[CameraSeen], there: Sequence[Alarm], kinds: Kinds) -> None:
        """What is lost for long enough is raised; what lives is cleared."""
        now = self._clock.monotonic()
        raised = {one.originator: one for one in there if one.kind == Kind.CAMERA_LOST}
        lost = {one.id for one in cameras if one.lives is False}
        self._since = {one: at for one, at in self._since.items() if one in lost}
        for camera in cameras:
            known = raised.get(f"camera:{camera.id}")
            over = camera.lives is True or camera.planned
            if over and known is not None and known.active:
                why = "planned" if camera.planned else ""
                clear(self._database, self._actor, known.id, why)
            elif camera.lives is False and (known is None or not known.active):
                since = self._since.setdefault(camera.id, now)
                if now - since >= kinds.camera_lost_s:
                    raise_alarm(self._database, self._actor, _lost(camera))


def _lost(camera: CameraSeen) -> Raising:
    return Raising(
        f"camera:{camera.id}", Kind.CAMERA_LOST, camera.name, camera.name, camera.lat, camera.lon
    )
