"""Video patrol: tours with dwell times, how often each tier is to be watched, and who watched what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.camera import Camera, CameraId, Tier
from console.videowall.model.layout import LAYOUT_NAME_CHARS

MOST_STOPS = 200
LEAST_DWELL_S, MOST_DWELL_S = 3, 600
LEAST_REVISIT_MIN, MOST_REVISIT_MIN = 1, 7 * 24 * 60
LEAST_WATCH_S = 3.0  # of living pictures: less is not looking


class How(StrEnum):
    """How a camera came to be watched."""

    CHOSEN = "chosen"
    TOUR = "tour"
    PATROL = "patrol"
    EVENT = "event"


HOW_WORDS = {
    How.CHOSEN: Words("点播", "chosen"),
    How.TOUR: Words("轮巡", "tour"),
    How.PATROL: Words("分级巡查", "tier patrol"),
    How.EVENT: Words("事件联动", "event"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One camera of a tour, and how long it is shown."""

    camera_id: CameraId
    dwell_s: int


@dataclass(frozen=True, slots=True)
class Tour:
    """Cameras one after another under a name: an officer's own, or of all who have a role."""

    id: str
    name: str
    stops: tuple[Stop, ...]
    owner: str = ""
    role: str = ""
    rev: int = 1


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often a camera of each tier is to be watched, and how long patrol stays on one."""

    revisit_min: Mapping[Tier, int]
    dwell_s: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Rounds:
        """The rounds of a reference table, each value held within what makes sense."""
        told = table["revisit_minutes"]
        return cls(
            {
                tier: _within(int(told[str(int(tier))]), LEAST_REVISIT_MIN, MOST_REVISIT_MIN)
                for tier in Tier
            },
            _within(int(table["dwell_s"]), LEAST_DWELL_S, MOST_DWELL_S),
        )

    def every(self, tier: Tier) -> timedelta:
        """The revisit interval of this tier."""
        return timedelta(minutes=self.revisit_min[tier])


@dataclass(frozen=True, slots=True)
class Due:
    """When a camera was watched last, and from when it is to be watched again."""

    camera: Camera
    watched_at: datetime | None
    due_at: datetime | None  # None: it was never watched, so it is due
    share: float  # of the interval that has gone by; 1 is due

    @property
    def late(self) -> bool:
        """Whether the interval has gone by."""
        return self.share >= 1


@dataclass(frozen=True, slots=True)
class Watch:
    """A line of the coverage log: who watched which camera, from when until when."""

    id: str
    camera_id: CameraId
    officer: str
    how: How
    began_at: datetime
    ended_at: datetime

    @property
    def seconds(self) -> float:
        """How long living pictures were seen."""
        return (self.ended_at - self.began_at).total_seconds()


def stop_at(tour: Tour, gone_s: float) -> tuple[int, float]:
    """Which stop is shown so long after the tour began, and how long it is still."""
    rest = gone_s % max(1, sum(stop.dwell_s for stop in tour.stops))
    for at, stop in enumerate(tour.stops):
        if rest < stop.dwell_s:
            return at, stop.dwell_s - rest
        rest -= stop.dwell_s
    return 0, float(tour.stops[0].dwell_s)


def dues(
    cameras: Iterable[Camera], watched: Mapping[CameraId, datetime], rounds: Rounds, now: datetime
) -> list[Due]:
    """Every camera, the one that waits longest measured by its tier first; never watched is first."""
    found = [_due(one, watched.get(one.id), rounds, now) for one in cameras]
    return sorted(found, key=lambda due: (-due.share, due.camera.tier, due.camera.number))


def next_round(
    waiting: Sequence[Due], tried: Mapping[CameraId, datetime], rounds: Rounds, tiles: int
) -> list[Camera]:
    """The cameras that patrol shows next. One that was tried and gave no picture waits its turn."""

    def order(due: Due) -> tuple[bool, float, float]:
        at = tried.get(due.camera.id)
        newer = at is not None and (due.watched_at is None or at > due.watched_at)
        return newer, at.timestamp() if newer and at is not None else 0.0, -due.share

    return [due.camera for due in sorted(waiting, key=order)[:tiles]]


def covered_share(waiting: Sequence[Due], tier: Tier) -> tuple[int, int]:
    """How many cameras of this tier were watched within their interval, and how many there are."""
    of_tier = [due for due in waiting if due.camera.tier is tier]
    return sum(not due.late for due in of_tier), len(of_tier)


def checked_tour(one: Tour, known: Sequence[CameraId]) -> Tour:
    """The tour as it may be kept: its name cleaned, cameras that are gone left out. Or Refused."""
    name = shown(one.name.replace("\n", " "), LAYOUT_NAME_CHARS + 1)
    if not 1 <= len(name) <= LAYOUT_NAME_CHARS:
        raise Refused("videowall.bad_layout_name", field="name", most=LAYOUT_NAME_CHARS)
    here = set(known)
    stops = tuple(stop for stop in one.stops if stop.camera_id in here)
    if not 1 <= len(stops) <= MOST_STOPS:
        raise Refused("videowall.bad_tour", field="stops", most=MOST_STOPS)
    for stop in stops:
        if not LEAST_DWELL_S <= stop.dwell_s <= MOST_DWELL_S:
            raise Refused(
                "videowall.bad_dwell", field="dwell_s", least=LEAST_DWELL_S, most=MOST_DWELL_S
            )
    return replace(one, name=name, stops=stops)


def checked_rounds(one: Rounds) -> Rounds:
    """The rounds as they may hold. Refused outside what makes sense."""
    for tier in Tier:
        if not LEAST_REVISIT_MIN <= one.revisit_min[tier] <= MOST_REVISIT_MIN:
            raise Refused(
                "videowall.bad_revisit",
                field=f"tier_{int(tier)}",
                least=LEAST_REVISIT_MIN,
                most=MOST_REVISIT_MIN,
            )
    if not LEAST_DWELL_S <= one.dwell_s <= MOST_DWELL_S:
        raise Refused(
            "videowall.bad_dwell", field="dwell_s", least=LEAST_DWELL_S, most=MOST_DWELL_S
        )
    return one


def _due(one: Camera, watched_at: datetime | None, rounds: Rounds, now: datetime) -> Due:
    if watched_at is None:
        return Due(one, None, None, float("inf"))
    every = rounds.every(one.tier)
    return Due(one, watched_at, watched_at + every, max(0.0, (now - watched_at) / every))


def _within(value: int, low: int, high: int) -> int:
    return min(max(value, low), high)
