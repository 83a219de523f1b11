"""What the month's view reads at one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from console.core.ids import OfficerId
from console.people import service as people
from console.people.model import Officer
from console.roster import service
from console.roster.model import Leave, Person, ShiftNow, short_days
from console.roster.page.parts import PageParts


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
    )
