"""Whether a crew was at a point: judged from its track by the times of the fixes themselves.

A place is believed only when the crew could have come there from the last believed one; one that it
could not is a jump and is no proof of anything, until the crew has been about the new place for
``settle_s``. No fix for longer than ``gap_s`` breaks a stay that was not yet long enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.patrol.model.point import Point, PointId
from console.roster.model import TravelMode, distance_m

CELL_DEG = 0.005
FREE_M = 50.0  # the least that two fixes may lie apart without being a jump: their own noise


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a crew was, by its own receiver's clock. WGS-84; error None is not known."""

    at: datetime
    lat: float
    lon: float
    error_m: float | None = None
    speed_mps: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a track is judged by; ``most_mps`` by travel mode."""

    most_mps: Mapping[str, float]
    gap_s: float
    settle_s: float
    leave_m: float
    worst_error_m: float
    thin_s: float
    thin_m: float
    keep_days: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Limits:
        """The limits of a reference table."""
        most = {str(mode): float(table["most_mps"][str(mode)]) for mode in TravelMode}
        return cls(
            most,
            float(table["gap_s"]),
            float(table["settle_s"]),
            float(table["leave_m"]),
            float(table["worst_error_m"]),
            float(table["thin_s"]),
            float(table["thin_m"]),
            int(table["keep_days"]),
        )


@dataclass(frozen=True, slots=True)
class Stay:
    """A crew at a point: since when, seen there last at ``left_at``, seconds that count so far."""

    point: Point
    entered_at: datetime
    left_at: datetime
    dwell_s: float = 0.0
    reached_at: datetime | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """The track goes from one place to another faster than the crew can."""

    before: Fix
    after: Fix
    metres: float


class PointGrid:
    """The points by cells of the map: which can a place be near, at the cost of one look-up."""

    def __init__(self, points: Iterable[Point], leave_m: float) -> None:
        cells: dict[tuple[int, int], list[Point]] = {}
        self.points = {point.id: point for point in points}
        for point in self.points.values():
            for cell in _cells_around(point, leave_m):
                cells.setdefault(cell, []).append(point)
        self._cells = {cell: tuple(found) for cell, found in cells.items()}

    def near(self, lat: float, lon: float) -> tuple[Point, ...]:
        """Every point whose circle may hold this place."""
        return self._cells.get((math.floor(lat / CELL_DEG), math.floor(lon / CELL_DEG)), ())


def _cells_around(point: Point, leave_m: float) -> Iterable[tuple[int, int]]:
    told = point.told
    up = (told.radius_m + leave_m) / 111_000.0
    across = up / max(0.05, math.cos(math.radians(told.lat)))
    for row in _whole(told.lat, up):
        for column in _whole(told.lon, across):
            yield row, column


def _whole(middle: float, reach: float) -> range:
    return range(
        math.floor((middle - reach) / CELL_DEG), math.floor((middle + reach) / CELL_DEG) + 1
    )


class Judge:
    """One crew's track, fix after fix in the order of their times.

    ``stays``: where it is now, by point. ``take`` gives back the stays that became long enough or
    that ended after that, and the jump if there was one.
    """

    def __init__(self, grid: PointGrid, limits: Limits, mode: TravelMode) -> None:
        self._grid, self._limits = grid, limits
        self._most_mps = limits.most_mps[str(mode)]
        self._last: Fix | None = None
        self._doubted: list[Fix] = []  # the first and the last of a run that is not believed yet
        self.stays: dict[PointId, Stay] = {}

    @property
    def last_at(self) -> datetime | None:
        """The time of the last fix taken, believed or not."""
        fixes = [*self._doubted[-1:], *([self._last] if self._last else [])]
        return max((fix.at for fix in fixes), default=None)

    def use(self, grid: PointGrid) -> None:
        """Other points from now on; who stands at one that stays the same goes on standing there."""
        self._grid = grid
        self.stays = {
            key: stay for key, stay in self.stays.items() if grid.points.get(key) == stay.point
        }

    def take(self, fix: Fix) -> tuple[list[Stay], Jump | None]:
        """What this fix makes of the stays; one too vague says nothing at all."""
        if fix.error_m is not None and fix.error_m > self._limits.worst_error_m:
            return [], None
        jump, moved = self._believe(fix)
        if not moved:
            return [], jump
        return self._stay(fix), jump

    def _believe(self, fix: Fix) -> tuple[Jump | None, bool]:
        """Whether the crew can have come here; a place doubted for long enough is where it is."""
        last = self._last
        if last is None or self._possible(last, fix):
            self._doubted = []
            return None, True
        if not self._doubted or not self._possible(self._doubted[-1], fix):
            self._doubted = [fix, fix]
            metres = distance_m(last.lat, last.lon, fix.lat, fix.lon)
            return Jump(last, fix, metres), False
        self._doubted[1] = fix
        if (fix.at - self._doubted[0].at).total_seconds() < self._limits.settle_s:
            return None, False
        self._doubted, self._last = [], None  # the track begins anew: what was before it is over
        return None, True

    def _possible(self, one: Fix, other: Fix) -> bool:
        seconds = (other.at - one.at).total_seconds()
        noise = FREE_M + (one.error_m or 0.0) + (other.error_m or 0.0)
        metres = distance_m(one.lat, one.lon, other.lat, other.lon)
        return metres <= noise + self._most_mps * max(0.0, seconds)

    def _stay(self, fix: Fix) -> list[Stay]:
        last, self._last = self._last, fix
        silent = last is None or (fix.at - last.at).total_seconds() > self._limits.gap_s
        seconds = 0.0 if last is None or silent else (fix.at - last.at).total_seconds()
        told: list[Stay] = []
        for key, stay in list(self.stays.items()):
            gone = last is None or self._metres(stay.point, fix) > (
                stay.point.told.radius_m + self._limits.leave_m
            )
            if gone or (silent and stay.reached_at is None):
                del self.stays[key]
                if stay.reached_at is not None:
                    told.append(replace(stay, over=True))
                continue
            grown = self._longer(stay, fix, seconds)
            self.stays[key] = grown
            if grown.reached_at is not None and stay.reached_at is None:
                told.append(grown)
        return [*told, *self._enter(fix)]

    def _longer(self, stay: Stay, fix: Fix, seconds: float) -> Stay:
        dwell = stay.dwell_s + seconds
        full = dwell >= stay.point.told.dwell_s
        return replace(
            stay,
            left_at=fix.at,
            dwell_s=dwell,
            reached_at=stay.reached_at or (fix.at if full else None),
        )

    def _enter(self, fix: Fix) -> list[Stay]:
        told = []
        for point in self._grid.near(fix.lat, fix.lon):
            inside = self._metres(point, fix) <= point.told.radius_m
            if point.id in self.stays or not inside:
                continue
            if fix.error_m is not None and fix.error_m > point.told.radius_m:
                continue  # it may as well be outside
            at_once = fix.at if point.told.dwell_s == 0 else None
            stay = self.stays[point.id] = Stay(point, fix.at, fix.at, 0.0, at_once)
            if at_once is not None:
                told.append(stay)
        return told

    @staticmethod
    def _metres(point: Point, fix: Fix) -> float:
        return distance_m(point.told.lat, point.told.lon, fix.lat, fix.lon)


def judge(
    fixes: Iterable[Fix], points: Sequence[Point], limits: Limits, mode: TravelMode
) -> tuple[list[Stay], list[Jump]]:
    """Every stay of the track that was long enough, as it was at its end, and every jump.

    The fixes may come in any order: they are judged in the order of their times.
    """
    one = Judge(PointGrid(points, limits.leave_m), limits, mode)
    stays: list[Stay] = []
    jumps: list[Jump] = []
    for fix in sorted(fixes, key=lambda fix: fix.at):
        told, jump = one.take(fix)
        stays += [stay for stay in told if stay.over]
        jumps += [jump] if jump is not None else []
    return [*stays, *(stay for stay in one.stays.values() if stay.reached_at)], jumps


def thinned(last: Fix | None, fix: Fix, limits: Limits) -> bool:
    """The fix says so little after ``last`` that it need not be kept."""
    if last is None:
        return False
    seconds = (fix.at - last.at).total_seconds()
    near = distance_m(last.lat, last.lon, fix.lat, fix.lon) < limits.thin_m
    return near and 0 <= seconds < limits.thin_s
