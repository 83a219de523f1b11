"""What the month's view reads at one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from console.core.ids import OfficerId
from console.people import service as people
from console.people.model import Officer
from console.roster import service
from console.roster.model import Leave, Person, ShiftKind, ShiftNow, short_days
from console.roster.page.parts import PageParts
from console.ui.words import pick

LATE_START_MIN = 20 * 60


class CellFace(NamedTuple):
    """What a cell shows. ``ink`` and ``ground`` are names of tokens."""

    letter: str
    ink: str
    ground: str
    changed: bool
    standin: bool


@dataclass(frozen=True, slots=True)
class MonthLook:
    """One month and today's duty, true at ``at``."""

    at: datetime
    today: date
    view: service.MonthView
    now: ShiftNow | None
    here: Mapping[OfficerId, datetime]
    skills: Mapping[OfficerId, tuple[str, ...]]
    officers: tuple[Officer, ...]
    short: Mapping[date, int]
    people: Mapping[OfficerId, Person]
    missing: frozenset[OfficerId]
    teams: Mapping[OfficerId, str] = field(default_factory=dict)
    faces: Sequence[Sequence[CellFace]] = ()

    def team_of(self, officer_id: OfficerId) -> str:
        """The name of the officer's team; empty for none."""
        return self.teams.get(officer_id, "")

    def leaves_of(self, officer_id: OfficerId) -> list[Leave]:
        """His leave in this month."""
        return [leave for leave in self.view.leaves if leave.officer_id == officer_id]


def month_look(parts: PageParts, month: str) -> MonthLook:
    """One look at the store; for a worker."""
    now = parts.clock.now()
    with parts.database.read() as connection:
        view = service.month_view(connection, month, now)
        officers = tuple(one for one in people.officers(connection) if one.active)
        shift = service.shift_now(connection, now)
        here = service.present(connection)
        skills = service.qualifications(connection)
    missing = frozenset(person.id for person in shift.missing) if shift is not None else frozenset()
    return MonthLook(
        now,
        service.today_of(now),
        view,
        shift,
        here,
        skills,
        officers,
        short_days(view.cells.values(), view.table),
        {one.id: Person(one.id, one.number, one.name) for one in officers},
        missing,
        {member: team.name for team in view.teams for member in team.members},
        _faces(view, service.today_of(now)),
    )


def _faces(view: service.MonthView, today: date) -> list[list[CellFace]]:
    """Every cell's face, made here so that the window only has to paint."""
    grounds = {
        day: "accent_soft" if day == today else "hover" if day.weekday() >= 5 else "panel"
        for day in view.days
    }
    looks = {code: (pick(one.letter), *_colours(one)) for code, one in view.table.shifts.items()}
    found = []
    for officer in view.officers:
        row = []
        for day in view.days:
            key = (officer.id, day)
            cell, changed = view.cells.get(key), view.revision is not None and key in view.changed
            if cell is None:
                row.append(CellFace("", "ink_faint", grounds[day], changed, False))
                continue
            letter, ink, ground = looks.get(cell.shift, ("?", "ink", ""))
            standin = cell.standin_for is not None
            row.append(CellFace(letter, ink, ground or grounds[day], changed, standin))
        found.append(row)
    return found


def _colours(kind: ShiftKind) -> tuple[str, str]:
    """Ink, and the ground where it is not that of the day."""
    if kind.absence:
        return "late", "late_soft"
    if not kind.works:
        return "ink_faint", ""
    return ("accent" if (kind.starts_min or 0) >= LATE_START_MIN else "ink"), ""
