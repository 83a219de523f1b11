"""Rotations: which team has which shift on which day, and when that shift is by the wall clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from console.core.errors import Refused
from console.core.words import Words

OFF = "off"
DAYS_MOST = 62


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """One letter of the roster. ``starts_min``/``ends_min`` count from midnight of its day and may
    pass 24 h; both None for a day without hours. ``absence``: leave, time back, training."""

    code: str
    words: Words
    letter: Words
    starts_min: int | None = None
    ends_min: int | None = None
    absence: bool = False

    @property
    def works(self) -> bool:
        """An officer with this shift is expected here at its hours."""
        return self.starts_min is not None


@dataclass(frozen=True, slots=True)
class Rotation:
    """A cycle of days, entered by each of ``teams`` teams at another place."""

    code: str
    words: Words
    teams: int
    pattern: tuple[str, ...]

    def shift_on(self, team: int, day: int) -> str:
        """The shift of team number ``team`` on day number ``day`` of the rotation, both from 0."""
        length = len(self.pattern)
        return self.pattern[(day + team * length // self.teams) % length]


@dataclass(frozen=True, slots=True)
class Rotations:
    """The table of shifts, rotations and qualifications in force."""

    shifts: Mapping[str, ShiftKind]
    rotations: Mapping[str, Rotation]
    qualifications: Mapping[str, Words]

    def shift(self, code: str) -> ShiftKind:
        """The shift of this code; one that is not in the table has no hours and shows its code."""
        return self.shifts.get(code) or ShiftKind(code, Words(code, code), Words("？", "?"))

    def works(self, code: str) -> bool:
        """Whoever has this shift is expected here."""
        return self.shift(code).works


@dataclass(frozen=True, slots=True)
class TeamShift:
    """What a rotation says of one team on one day."""

    team_id: str
    day: date
    shift: str


def read_rotations(table: Mapping[str, Any]) -> Rotations:
    """The shifts, rotations and qualifications of a reference table, by code."""
    shifts = {row["code"]: _shift(row) for row in table["shifts"]}
    rotations = {
        row["code"]: Rotation(
            row["code"], Words(row["zh_CN"], row["en"]), int(row["teams"]), tuple(row["pattern"])
        )
        for row in table["rotations"]
    }
    skills = {
        row["code"]: Words(row["zh_CN"], row["en"]) for row in table.get("qualifications", ())
    }
    return Rotations(shifts, rotations, skills)


def _shift(row: Mapping[str, Any]) -> ShiftKind:
    return ShiftKind(
        row["code"],
        Words(row["zh_CN"], row["en"]),
        Words(row["letter_zh_CN"], row["letter_en"]),
        _minutes(row.get("starts")),
        _minutes(row.get("ends")),
        bool(row.get("absence", False)),
    )


def _minutes(text: str | None) -> int | None:
    if text is None:
        return None
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def expand(
    rotation: Rotation, starts_on: date, until: date, teams: Sequence[str], today: date
) -> list[TeamShift]:
    """The shift of each team on each day from ``starts_on`` to ``until``, both included.

    Refused when it begins before ``today``, when the number of teams is not the rotation's, and for
    more than two months.
    """
    if starts_on < today:
        raise Refused(
            "roster.begins_in_past", field="starts_on", start=str(starts_on), today=str(today)
        )
    if len(set(teams)) != rotation.teams or len(teams) != rotation.teams:
        raise Refused(
            "roster.wrong_teams", field="teams", rotation=rotation.words, need=rotation.teams,
            have=len(set(teams)),
        )  # fmt: skip
    days = (until - starts_on).days + 1
    if not 0 < days <= DAYS_MOST:
        raise Refused("roster.bad_span", field="starts_on", most=DAYS_MOST)
    return [
        TeamShift(team, starts_on + timedelta(days=day), rotation.shift_on(at, day))
        for day in range(days)
        for at, team in enumerate(teams)
    ]


def hours(
    kind: ShiftKind, day: date, zone: tzinfo | None = None
) -> tuple[datetime, datetime] | None:
    """From when until when the shift of this day lasts, in UTC; None for one without hours.

    Both ends stand on the wall clock of ``zone`` (the machine's own when None): on the day on which
    the clocks change a shift is an hour shorter or longer, and still meets its neighbours.
    """
    if kind.starts_min is None or kind.ends_min is None:
        return None
    return _on_the_wall(day, kind.starts_min, zone), _on_the_wall(day, kind.ends_min, zone)


def _on_the_wall(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    plain = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return (plain if zone is None else plain.replace(tzinfo=zone)).astimezone(UTC)


def month_end(day: date) -> date:
    """The last day of this day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_of(day: date) -> str:
    """``2026-11``."""
    return f"{day:%Y-%m}"


def month_days(month: str) -> tuple[date, ...]:
    """Every day of the month ``2026-11``. Refused when it is no month."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as bad:
        raise Refused("roster.bad_month", month=month[:16]) from bad
    last = month_end(first)
    return tuple(first + timedelta(days=at) for at in range(last.day))
