"""A must-reach point, a crew's visit at it, and how it stands in a shift."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NewType

from console.core.errors import Refused
from console.core.ids import UnitId
from console.core.text import shown

PointId = NewType("PointId", str)
VisitId = NewType("VisitId", str)

NUMBER_CHARS = 16
NAME_CHARS = 64
AREA_CHARS = 40  # an area's id goes to the city inside an id of 64
REASON_CHARS = 200
RADIUS_M = (5, 500)
DWELL_S = (0, 7200)
TIMES = (1, 24)


@dataclass(frozen=True, slots=True)
class NewPoint:
    """What is told of a point when it is added or changed.

    WGS-84. A crew has reached it once it stayed ``dwell_s`` within ``radius_m``; that is wanted
    ``times`` in every shift from the day ``active_from`` to the day ``active_until``, both included.
    """

    number: str
    name: str
    lat: float
    lon: float
    radius_m: int = 30
    dwell_s: int = 60
    times: int = 1
    area_id: str | None = None
    active_from: date | None = None
    active_until: date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it is kept. ``retired_at``: it is due no more, its visits stay."""

    id: PointId
    told: NewPoint
    rev: int
    retired_at: datetime | None = None
    retired_why: str = ""

    @property
    def number(self) -> str:
        """What people call it."""
        return self.told.number

    @property
    def name(self) -> str:
        """Where it is, in words."""
        return self.told.name


@dataclass(frozen=True, slots=True)
class Visit:
    """A crew was at a point for long enough: it came, reached it once the dwell was full, left."""

    id: VisitId
    point_id: PointId
    unit_id: UnitId
    call_sign: str
    entered_at: datetime
    reached_at: datetime
    left_at: datetime | None
    dwell_s: int


@dataclass(frozen=True, slots=True)
class PointState:
    """How a point stands in the running shift. ``reached_at`` and the crew once it was reached as
    often as wanted: the visit that made it full. ``count`` visits of ``point.told.times``."""

    point: Point
    count: int
    reached_at: datetime | None
    unit_id: UnitId | None
    call_sign: str

    @property
    def reached(self) -> bool:
        """Nothing more is wanted of it in this shift."""
        return self.reached_at is not None


@dataclass(frozen=True, slots=True)
class Due:
    """How many points were due and how many were reached, of one area in one shift."""

    area_id: str
    due: int
    met: int


@dataclass(frozen=True, slots=True)
class PointReached:
    """A crew has stayed at a point for as long as it must."""

    point_id: PointId
    unit_id: UnitId
    call_sign: str
    reached_at: datetime


@dataclass(frozen=True, slots=True)
class PointsChanged:
    """Points were added, changed or retired, or visits were judged anew."""


def is_due(point: Point, day: date) -> bool:
    """The point is wanted in the shift that begins on this day."""
    told = point.told
    begun = told.active_from is None or told.active_from <= day
    over = told.active_until is not None and told.active_until < day
    return point.retired_at is None and begun and not over


def state_of(point: Point, visits: Sequence[Visit]) -> PointState:
    """How the point stands with these visits of the shift."""
    ordered = sorted(visits, key=lambda visit: visit.reached_at)
    if len(ordered) < point.told.times:
        return PointState(point, len(ordered), None, None, "")
    full = ordered[point.told.times - 1]
    return PointState(point, len(ordered), full.reached_at, full.unit_id, full.call_sign)


def checked(new: NewPoint) -> NewPoint:
    """The point as it may be kept. Refused when a field cannot be, which it names."""
    number, name = shown(new.number, NUMBER_CHARS + 1), shown(new.name, NAME_CHARS + 1)
    number, name = number.replace("\n", " "), name.replace("\n", " ")
    if not 0 < len(number) <= NUMBER_CHARS:
        raise Refused("patrol.bad_number", field="number", most=NUMBER_CHARS)
    if not 0 < len(name) <= NAME_CHARS:
        raise Refused("patrol.bad_name", field="name", most=NAME_CHARS)
    for field, value, most in (("lat", new.lat, 85.0), ("lon", new.lon, 180.0)):
        if not (math.isfinite(value) and abs(value) <= most):
            raise Refused("patrol.bad_place", field=field)
    if abs(new.lat) < 0.001 and abs(new.lon) < 0.001:
        raise Refused("patrol.bad_place", field="lat")
    for field, code, figure, (least, upper) in (
        ("radius_m", "patrol.bad_radius", new.radius_m, RADIUS_M),
        ("dwell_s", "patrol.bad_dwell", new.dwell_s, DWELL_S),
        ("times", "patrol.bad_times", new.times, TIMES),
    ):
        if not least <= figure <= upper:
            raise Refused(code, field=field, least=least, most=upper)
    if new.area_id and not re.fullmatch(rf"[!-~]{{1,{AREA_CHARS}}}", new.area_id):
        raise Refused("patrol.bad_area", field="area_id", most=AREA_CHARS)
    if new.active_from and new.active_until and new.active_until < new.active_from:
        raise Refused("patrol.bad_span", field="active_until")
    return replace(new, number=number, name=name, area_id=new.area_id or None)
