"""What the page of camera health works with, and what it shows at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import Tone
from console.videowall import service
from console.videowall.model import Camera, CameraId
from console.videowall.model.health import Figure, Found, HealthRule, Outage, Rate
from console.videowall.service import health

DAYS = 30


class Patrol(Protocol):
    """What looks at cameras by itself: the service's watch."""

    def nudge(self) -> None: ...
    def look_at(self, camera_id: CameraId) -> None: ...
    @property
    def looks_at(self) -> Camera | None: ...


@dataclass(frozen=True, slots=True)
class HealthParts:
    """The page's surroundings. ``on_wall`` and ``on_map`` lead to the camera there."""

    database: Database
    patrol: Patrol
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    on_wall: Callable[[CameraId], None]
    on_map: Callable[[Camera], None]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a camera that fails a rate, or one that is off by plan (no rate)."""

    camera: Camera
    rate: Rate | None
    cause: str
    since: datetime
    looked: Found | None = None
    outage: Outage | None = None

    @property
    def key(self) -> str:
        """Of the line."""
        return f"{self.camera.id}:{self.rate or ''}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for the page at one moment."""

    today: date
    figures: tuple[Figure, ...]  # of the last days, the oldest first
    lines: tuple[Line, ...]
    rule: HealthRule
    at: datetime
    cameras: int  # that the post has

    def of_today(self, rate: Rate) -> Figure | None:
        """Today's figure of this rate, once there is one."""
        found = (one for one in self.figures if one.day == self.today and one.rate is rate)
        return next(found, None)


def read(database: Database, now: datetime) -> Seen:
    """Figures and list as the store has them now. For a worker."""
    today = health.day_of(now)
    with database.read() as connection:
        figures = health.figures(connection, today, DAYS)
        failing = health.failing(connection)
        off = health.off_by_plan(connection, now)
        cameras = {one.id: one for one in service.cameras(connection)} if off else {}
        rule = health.rule(connection, now)
        count = service.camera_count(connection)
    lines = [
        Line(row.camera, row.fault.rate, row.fault.cause, row.fault.since, row.looked)
        for row in failing
    ]
    lines += [
        Line(cameras[key], None, one.reason, one.begins_at, outage=one)
        for key, one in sorted(off.items(), key=lambda item: item[1].begins_at)
        if key in cameras
    ]
    return Seen(today, tuple(figures), tuple(lines), rule, now, count)
