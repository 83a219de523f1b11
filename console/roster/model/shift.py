"""The roster's facts: teams, leave, the cells of a month, who is here, and what is short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from console.core.errors import Refused
from console.core.ids import OfficerId
from console.core.text import shown
from console.core.words import Words
from console.roster.model.rotation import Rotations, TeamShift

TEAM_CHARS = 32
REASON_CHARS = 200
LEAVE_DAYS_MOST = 366


class LeaveKind(StrEnum):
    """Why an officer is away; the same codes are shifts of the roster."""

    LEAVE = "leave"
    TIME_BACK = "time_back"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Team:
    """A team (班组) and who belongs to it."""

    id: str
    name: str
    position: int
    rev: int
    members: tuple[OfficerId, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """An officer is away from ``from_day`` to ``until_day``, both included."""

    id: str
    officer_id: OfficerId
    kind: LeaveKind
    from_day: date
    until_day: date
    note: str = ""

    def covers(self, day: date) -> bool:
        """Away on this day."""
        return self.from_day <= day <= self.until_day


@dataclass(frozen=True, slots=True)
class Cell:
    """One officer on one day. ``planned``: what the rotation said before anybody changed it;
    ``standin_for``: whose shift he takes."""

    officer_id: OfficerId
    day: date
    shift: str
    planned: str
    team_id: str | None = None
    standin_for: OfficerId | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as lists name him."""

    id: OfficerId
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One publication of a month."""

    month: str
    rev: int
    published_at: datetime
    by: str
    reason: str
    cells: int


@dataclass(frozen=True, slots=True)
class ShiftNow:
    """The shift in force. ``present`` are all who are signed on, also those not expected.

    ``next_…`` are None and empty when nothing follows in the published roster.
    """

    name: Words
    starts_at: datetime
    ends_at: datetime
    team: str
    expected: tuple[Person, ...]
    present: tuple[Person, ...]
    missing: tuple[Person, ...]
    next_name: Words | None
    next_starts_at: datetime | None
    next_team: str
    next_expected: tuple[Person, ...]

    @property
    def here(self) -> int:
        """How many of the expected are here."""
        return len(self.expected) - len(self.missing)


@dataclass(frozen=True, slots=True)
class RosterPublished:
    """A revision of a month's roster is in force."""

    month: str
    rev: int


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Teams, leave or the draft of a month changed."""


@dataclass(frozen=True, slots=True)
class SignedOn:
    """An officer is here."""

    officer_id: OfficerId
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedOff:
    """An officer has gone."""

    officer_id: OfficerId
    at: datetime


def draft_cells(
    shifts: Iterable[TeamShift],
    members: Mapping[str, Sequence[OfficerId]],
    leaves: Sequence[Leave],
    works: Mapping[str, bool],
) -> list[Cell]:
    """One cell for each officer and day. Leave takes a working shift's place and leaves a gap."""
    away: dict[OfficerId, list[Leave]] = {}
    for leave in leaves:
        away.setdefault(leave.officer_id, []).append(leave)
    found = []
    for one in shifts:
        for officer in members.get(one.team_id, ()):
            cell = Cell(officer, one.day, one.shift, one.shift, one.team_id)
            found.append(with_leave(cell, away.get(officer, ()), works.get(one.shift, False)))
    return found


def with_leave(cell: Cell, leaves: Sequence[Leave], works: bool) -> Cell:
    """The cell with the leave that covers its day; a day off stays a day off."""
    over = next((leave for leave in leaves if works and leave.covers(cell.day)), None)
    return cell if over is None else replace(cell, shift=str(over.kind), standin_for=None)


def is_gap(cell: Cell, table: Rotations) -> bool:
    """The rotation counts on this officer, and he does not work."""
    return table.works(cell.planned) and not table.works(cell.shift)


def open_gaps(cells: Iterable[Cell], table: Rotations) -> list[Cell]:
    """The gaps that nobody stands in for, in the order of the cells."""
    told = list(cells)
    covered = {
        (cell.standin_for, cell.day)
        for cell in told
        if cell.standin_for is not None and table.works(cell.shift)
    }
    return [
        cell for cell in told if is_gap(cell, table) and (cell.officer_id, cell.day) not in covered
    ]


def short_days(cells: Iterable[Cell], table: Rotations) -> dict[date, int]:
    """How many are missing on each day that is short."""
    return dict(Counter(cell.day for cell in open_gaps(cells, table)))


def checked_leave(leave: Leave) -> Leave:
    """The leave as it may be kept. Refused when it ends before it begins or lasts over a year."""
    days = (leave.until_day - leave.from_day).days + 1
    if not 0 < days <= LEAVE_DAYS_MOST:
        raise Refused("roster.bad_leave", field="until_day", most=LEAVE_DAYS_MOST)
    return replace(leave, note=shown(leave.note, REASON_CHARS))


def checked_team(name: str) -> str:
    """The team's name. Refused when empty, too long, or with control characters."""
    found = name.strip()
    if not (0 < len(found) <= TEAM_CHARS and found.isprintable()) or found != shown(
        found, TEAM_CHARS
    ):
        raise Refused("roster.bad_team", field="name", most=TEAM_CHARS)
    return found
