"""The watch over the cameras' health: what the wall shows, what the patrol finds, day after day."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from console.core.clock import Clock
from console.core.database import Database
from console.core.rounds import Rounds
from console.roster.model import DutyLevel
from console.roster.service import duty_level
from console.videowall import store
from console.videowall.model import Camera, CameraId, Phase, Picture
from console.videowall.model.health import (
    Found,
    HealthRule,
    Looker,
    Outage,
    next_look,
)
from console.videowall.service import health
from console.videowall.service.health import Ground
from console.videowall.service.inspection import Inspection, found_of

TURN_S = 0.5
READ_S = 10.0  # rule, duty level, cameras and outages are read anew
SURVEY_S = 60.0  # what time alone changes
KEPT_S = 300.0  # the same finding is written again
SWEEP_S = 3600.0


class ShownOn(Protocol):
    """What the watch needs of the wall."""

    def pictures(self) -> Mapping[str, Picture]: ...


@dataclass(frozen=True, slots=True)
class Ready:
    """What the watch goes by, read now and then."""

    rule: HealthRule
    level: str
    cameras: Mapping[CameraId, Camera]
    off: Mapping[CameraId, Outage]


class HealthWatch:
    """From ``start`` to ``stop`` a thread looks at the wall and sends the patrol.

    ``nudge`` when cameras or outages changed; ``lives`` is for any thread and never waits.
    """

    def __init__(
        self,
        database: Database,
        wall: ShownOn,
        inspection: Inspection,
        ground: Ground,
        turn_s: float = TURN_S,
    ) -> None:
        self._database, self._wall, self._inspection = database, wall, inspection
        self._ground = ground
        self._clock: Clock = database.clock
        self._ready: Ready | None = None
        self._found: dict[CameraId, Found] = {}
        self._still: dict[CameraId, float] = {}  # on the wall without a picture since
        self._wished: deque[CameraId] = deque()
        self._read_at = self._swept_at = float("-inf")
        self._surveyed_at = self._clock.monotonic()  # the desk comes first
        self._stale = False
        self._tried: dict[CameraId, datetime] = {}
        self._ours: set[CameraId] = set()  # looked at since the start
        self._lives: Mapping[CameraId, bool | None] = {}
        self._rounds = Rounds("camera-health", self.turn, turn_s)

    def start(self) -> None:
        """The watch looks."""
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """The watch has ended, and the patrol's process is gone."""
        self._rounds.stop(timeout_s)
        self._inspection.stop()

    def nudge(self, _: object = None) -> None:
        """Something it goes by is another; from any thread, at no cost."""
        self._stale = True
        self._rounds.nudge()

    def look_at(self, camera_id: CameraId) -> None:
        """The patrol looks at this camera next, and need not wait for its pause."""
        self._wished.append(camera_id)
        self._rounds.nudge()

    @property
    def looks_at(self) -> Camera | None:
        """The camera that the patrol looks through now."""
        return self._inspection.looks_at

    def lives(self) -> Mapping[CameraId, bool | None]:
        """Cameras that were looked at, and whether pictures came; None: off by plan. For any thread;
        never waits."""
        return self._lives

    def turn(self) -> None:
        """One look at the wall, one step of the patrol; what they found is written."""
        now = self._clock.monotonic()
        if self._stale or now - self._read_at >= READ_S:
            if self._stale:
                self._surveyed_at = float("-inf")
            self._stale, self._read_at = False, now
            self._read()
        ready = self._ready
        if ready is None:
            return
        pictures = self._wall.pictures()
        found = self._of_wall(pictures, ready, now)
        if self._wished:
            self._inspection.wish()
        shown = {one.camera_id for one in pictures.values()}
        one = self._inspection.step(
            pictures, ready.rule, ready.level, lambda: self._next(ready, shown)
        )
        if one is not None and one.camera_id not in shown:
            found.append(one)
        self._keep([one for one in found if one.camera_id not in ready.off], now)
        self._lives = self._alive(ready)
        if now - self._swept_at > SWEEP_S:
            self._swept_at = now
            health.sweep(self._database, self._clock.now())

    def _read(self) -> None:
        moment = self._clock.now()
        with self._database.read() as connection:
            order = duty_level(connection, moment)
            level = order.level if order is not None else str(DutyLevel.DAILY)
            cameras = {one.id: one for one in store.window(connection)}
            off = health.off_by_plan(connection, moment)
            if self._ready is None:
                self._found = health.looks(connection)
            rule = health.rule(connection, moment)
        self._ready = Ready(rule, str(level), cameras, off)

    def _of_wall(self, pictures: Mapping[str, Picture], ready: Ready, now: float) -> list[Found]:
        """What the wall's pictures say that is not known yet. A camera in several tiles lives when
        one of them does; one without a picture is lost after a while."""
        best: dict[CameraId, Picture] = {}
        for picture in pictures.values():
            key = CameraId(picture.camera_id)
            if key in ready.cameras and (key not in best or picture.phase is Phase.PLAYING):
                best[key] = picture
        still = {key for key, one in best.items() if one.phase in (Phase.STALLED, Phase.FAILED)}
        self._still = {key: self._still.get(key, now) for key in still}
        moment, found = self._clock.now(), []
        for key, picture in best.items():
            begun = self._still.get(key)
            if picture.phase is not Phase.PLAYING and (
                begun is None or now - begun < ready.rule.lost_s
            ):
                continue
            asked_at = moment - timedelta(seconds=0.0 if begun is None else now - begun)
            one = found_of(ready.cameras[key], picture, moment, asked_at)
            if one is not None and self._is_news(one, moment):
                found.append(replace(one, by=Looker.WALL))
        return found

    def _is_news(self, one: Found, moment: datetime) -> bool:
        last = self._found.get(one.camera_id)
        if last is None:
            return True
        # a tile that was opened just now has no verdict yet: that is no other finding
        waits = last.online and one.online and one.verdict is None
        fresh = 0 <= (moment - last.at).total_seconds() < KEPT_S
        return not (fresh and (waits or one.same(last)))

    def _next(self, ready: Ready, shown: set[str]) -> Camera | None:
        now = self._clock.now()
        free = {key: one for key, one in ready.cameras.items() if key not in shown}
        one: Camera | None = None
        while self._wished and one is None:
            one = free.get(self._wished.popleft())
        if one is None:
            waiting = [one for key, one in free.items() if key not in ready.off]
            one = next_look(waiting, self._found, self._tried, ready.rule, now)
        if one is not None:
            self._tried[one.id] = now
        return one

    def _keep(self, found: list[Found], now: float) -> None:
        if not found and now - self._surveyed_at < SURVEY_S:
            return
        health.note(self._database, found, self._ground)
        self._surveyed_at = now
        self._found.update({one.camera_id: one for one in found})
        self._ours.update(one.camera_id for one in found)

    def _alive(self, ready: Ready) -> dict[CameraId, bool | None]:
        lives: dict[CameraId, bool | None] = {
            key: self._found[key].online for key in self._ours if key in ready.cameras
        }
        return lives | dict.fromkeys(ready.off)
