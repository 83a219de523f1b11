"""Crews: what a status means, who is free, how old a place is. Rules hang on the meaning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.ids import UnitId
from console.core.words import Words

CALL_SIGN_CHARS = 32
NAME_CHARS = 64
NOTE_CHARS = 500
CREW_MOST = 20


class Meaning(StrEnum):
    """What a status means for a rule, whatever a post calls it."""

    AVAILABLE = "available"
    BOUND = "bound"
    RESERVE = "reserve"
    OUT = "out"
    EMERGENCY = "emergency"
    UNKNOWN = "unknown"


class TravelMode(StrEnum):
    """How a crew moves; the same words name the profiles of the road graph."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"
    BICYCLE = "bicycle"
    FOOT = "foot"


class DutyLevel(StrEnum):
    """The three duty levels of the national guide."""

    DAILY = "daily"
    REINFORCED = "reinforced"
    WARTIME = "wartime"


@dataclass(frozen=True, slots=True)
class Status:
    """One status of the post's table. ``levels``: available only for calls of these levels;
    ``delay_s``: what passes before the crew can leave; ``warn_s``/``alert_s``: too long in it;
    ``on``: the steps of a call (depart, arrive, release) that put a crew into it."""

    code: str
    words: Words
    meaning: Meaning
    delay_s: int = 0
    levels: frozenset[int] | None = None
    warn_s: int | None = None
    alert_s: int | None = None
    on: frozenset[str] = frozenset()

    def free_for(self, level: int) -> bool:
        """A crew in this status may be sent to a call of this level."""
        return self.meaning is Meaning.AVAILABLE and (self.levels is None or level in self.levels)


@dataclass(frozen=True, slots=True)
class Unit:
    """One crew: its people, its means and its kit on board (kit codes of the natures table)."""

    id: UnitId
    call_sign: str
    name: str
    mode: TravelMode
    crew: tuple[str, ...]
    kit: frozenset[str]
    status: str
    status_since: datetime
    on_duty: bool
    rev: int
    area_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is told of a crew when it is added or changed."""

    call_sign: str
    name: str = ""
    mode: TravelMode = TravelMode.CAR
    crew: tuple[str, ...] = ()
    kit: frozenset[str] = frozenset()
    status: str = "free"
    on_duty: bool = True
    area_id: str | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a unit was at ``fixed_at``; WGS-84."""

    unit_id: UnitId
    lat: float
    lon: float
    fixed_at: datetime
    received_at: datetime
    speed_mps: float | None = None
    course_deg: float | None = None
    error_m: float | None = None
    source: str = ""

    def age_s(self, now: datetime) -> float:
        """Seconds since the fix; never negative."""
        return max(0.0, (now - self.fixed_at).total_seconds())


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as the desk sees it: its status in words and its last place, if there is one."""

    unit: Unit
    status: Status
    whereabouts: Whereabouts | None


@dataclass(frozen=True, slots=True)
class DutyOrder:
    """The duty level in force: who set it and when."""

    level: str
    from_at: datetime
    until_at: datetime | None
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """How the post stands against its duty level.

    ``order`` None: none was ever given, daily duty holds. ``coming``: the next order that does not
    hold yet. ``due_at``: when the switch ordered last must be complete. ``absent``: the crews that
    do not count, each of which could be called in.
    """

    order: DutyOrder | None
    coming: DutyOrder | None
    needed: int
    have: int
    due_at: datetime | None
    absent: tuple[UnitView, ...]

    @property
    def level(self) -> str:
        """The level in force."""
        return self.order.level if self.order is not None else str(DutyLevel.DAILY)

    @property
    def short(self) -> int:
        """How many crews are missing."""
        return max(0, self.needed - self.have)


@dataclass(frozen=True, slots=True)
class UnitStatusChanged:
    """A unit has another status."""

    unit_id: UnitId
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """A newer place of a unit is known."""

    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class UnitsChanged:
    """A unit was added or changed."""


@dataclass(frozen=True, slots=True)
class DutyLevelChanged:
    """The post is at another duty level."""

    level: str
    at: datetime


def counts_for_duty(view: UnitView) -> bool:
    """The crew is one of those that a duty level asks for: on duty, neither out nor lost."""
    return view.unit.on_duty and view.status.meaning not in (Meaning.OUT, Meaning.UNKNOWN)


class FixVerdict(StrEnum):
    """What became of a reported place."""

    TAKEN = "taken"
    NO_FIX = "no_fix"
    NONSENSE = "nonsense"
    JUMP = "jump"
    LATE = "late"
    UNKNOWN_UNIT = "unknown_unit"


def read_statuses(table: Mapping[str, Any]) -> dict[str, Status]:
    """The statuses of a reference table, by code."""
    found: dict[str, Status] = {}
    for row in table["statuses"]:
        levels = row.get("levels")
        found[row["code"]] = Status(
            row["code"],
            Words(row["zh_CN"], row["en"]),
            Meaning(row["meaning"]),
            int(row.get("delay_s", 0)),
            None if levels is None else frozenset(levels),
            row.get("warn_s"),
            row.get("alert_s"),
            frozenset(row.get("on", ())),
        )
    return found


def status_of(code: str, statuses: Mapping[str, Status]) -> Status:
    """The status with this code; one that is not in the table means unknown, never free."""
    return statuses.get(code) or Status(
        code, Words(f"其他({code})", f"other ({code})"), Meaning.UNKNOWN
    )


def judge_fix(lat: float, lon: float, valid: bool) -> FixVerdict:
    """Whether this can be a place at all: finite, on the globe, and not the null island."""
    if not valid:
        return FixVerdict.NO_FIX
    if not (math.isfinite(lat) and math.isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180:
        return FixVerdict.NONSENSE
    if abs(lat) < 0.001 and abs(lon) < 0.001:
        return FixVerdict.NONSENSE
    return FixVerdict.TAKEN


def sane(value: float | None, most: float = math.inf) -> float | None:
    """The measure, or None where it is no number, below zero or above ``most``."""
    fits = value is not None and math.isfinite(value) and 0 <= value <= most
    return value if fits else None


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two places along the great circle (haversine, mean earth radius)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371008.8 * math.asin(min(1.0, math.sqrt(half)))


def worth_telling(
    told: Whereabouts | None, new: Whereabouts, every: timedelta, range_m: float
) -> bool:
    """The city wants this place: the first, after ``every``, or ``range_m`` away from the last."""
    if told is None or abs(new.fixed_at - told.fixed_at) >= every:
        return True
    return distance_m(told.lat, told.lon, new.lat, new.lon) >= range_m


def status_lamp(status: Status, since: datetime, now: datetime) -> str:
    """calm, warn or alert: how long a unit has been in this status against the table's limits."""
    seconds = (now - since).total_seconds()
    if status.alert_s is not None and seconds >= status.alert_s:
        return "alert"
    if status.warn_s is not None and seconds >= status.warn_s:
        return "warn"
    return "calm"


def checked(new: NewUnit, statuses: Mapping[str, Status]) -> NewUnit:
    """The unit as it may be kept. Refused without a call sign, too long, or with a strange status."""
    call_sign, name = new.call_sign.strip(), new.name.strip()
    if not (0 < len(call_sign) <= CALL_SIGN_CHARS and call_sign.isprintable()):
        raise Refused("roster.bad_call_sign", field="call_sign", most=CALL_SIGN_CHARS)
    if len(name) > NAME_CHARS or not name.isprintable():
        raise Refused("roster.bad_name", field="name", most=NAME_CHARS)
    if new.status not in statuses:
        raise Refused("roster.status_unknown", status=new.status[:CALL_SIGN_CHARS])
    return NewUnit(
        call_sign,
        name,
        TravelMode(new.mode),
        _checked_crew(new.crew),
        new.kit,
        new.status,
        new.on_duty,
        new.area_id,
    )


def _checked_crew(crew: tuple[str, ...]) -> tuple[str, ...]:
    """The people without blanks and repeats."""
    people = tuple(dict.fromkeys(one.strip() for one in crew if one.strip()))
    long = any(len(one) > NAME_CHARS or not one.isprintable() for one in people)
    if long or len(people) > CREW_MOST:
        raise Refused("roster.bad_crew", field="crew", most=CREW_MOST, chars=NAME_CHARS)
    return people
