"""Points and walks for the tests of patrol."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from console.core import reference
from console.core.ids import UnitId
from console.patrol.model import Fix, Limits, NewPoint, Point, PointId
from console.roster.model import Whereabouts

LAT, LON = 35.39, 121.60
BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LIMITS = Limits.of(reference.shipped("patrol"))
DEG_M = 111_195.0  # metres in a degree of latitude


def new(number: str = "B01", north_m: float = 0.0, **more: Any) -> NewPoint:
    """A point so far north of the place of the tests."""
    return NewPoint(number, f"{number} 路口", LAT + north_m / DEG_M, LON, **more)


def point(number: str = "B01", north_m: float = 0.0, **more: Any) -> Point:
    """The same as it is kept."""
    return Point(PointId(f"point-{number}"), new(number, north_m, **more), 1)


def fix(second: float, north_m: float = 0.0, error_m: float | None = None) -> Fix:
    """Where a crew was so many seconds after the beginning."""
    return Fix(BEGIN + timedelta(seconds=second), LAT + north_m / DEG_M, LON, error_m)


def walk(*legs: tuple[float, float]) -> list[Fix]:
    """A fix for each (second, metres north)."""
    return [fix(second, north_m) for second, north_m in legs]


def stand(since: int, until: int, north_m: float = 0.0, every: int = 10) -> list[Fix]:
    """A crew that stands there."""
    return [fix(second, north_m) for second in range(since, until + 1, every)]


def places(unit_id: UnitId, fixes: Sequence[Fix]) -> list[Whereabouts]:
    """The same as the positions room tells it."""
    return [
        Whereabouts(unit_id, one.lat, one.lon, one.at, one.at, one.speed_mps, None, one.error_m)
        for one in fixes
    ]
