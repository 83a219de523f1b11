"""Acts on a month of the roster: generate, change a cell, publish; and the look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import OfficerId
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require
from console.roster import store
from console.roster.model import (
    REASON_CHARS,
    Cell,
    Leave,
    Person,
    Revision,
    RosterChanged,
    RosterPublished,
    Rotation,
    Rotations,
    Team,
    draft_cells,
    expand,
    hours,
    month_days,
    month_end,
    month_of,
    open_gaps,
)
from console.roster.service.teams import known_officer, leaves, people_by_id, rotations, teams


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: its draft, what is in force, and the tables to read them by.

    ``changed`` are the (officer, day) whose draft differs from the revision in force.
    """

    month: str
    days: tuple[date, ...]
    officers: tuple[Person, ...]
    teams: tuple[Team, ...]
    cells: dict[tuple[OfficerId, date], Cell]
    changed: frozenset[tuple[OfficerId, date]]
    revision: Revision | None
    leaves: tuple[Leave, ...]
    table: Rotations

    @property
    def base_rev(self) -> int:
        """The number of the revision in force; 0 when nothing was published."""
        return self.revision.rev if self.revision is not None else 0


@dataclass(frozen=True, slots=True)
class NewCell:
    """What a cell shall be; ``was`` is what the officer saw in it (empty for an empty cell)."""

    shift: str
    was: str
    standin_for: OfficerId | None = None


def today_of(now: datetime) -> date:
    """The post's own date."""
    return now.astimezone().date()


def month_view(connection: sa.Connection, month: str, now: datetime) -> MonthView:
    """The month as it is planned, beside what is in force."""
    days = month_days(month)
    everyone, groups = people_by_id(connection), teams(connection)
    cells = store.cells_between(connection, days[0], days[-1])
    revision = store.last_revision(connection, month)
    before = store.published_cells(connection, month, revision.rev) if revision else []
    found = {(cell.officer_id, cell.day): cell for cell in cells}
    told = {(cell.officer_id, cell.day): cell for cell in before}
    changed = {key for key in found.keys() | told.keys() if _differs(found.get(key), told.get(key))}
    place = {one: team.position for team in groups for one in team.members}
    listed = {cell.officer_id for cell in cells} | place.keys()
    order = sorted(
        (person for person in everyone.values() if person.id in listed),
        key=lambda person: (place.get(person.id, 1 << 30), person.number),
    )
    return MonthView(
        month, days, tuple(order), tuple(groups), found, frozenset(changed), revision,
        tuple(leaves(connection, days[0], days[-1])), rotations(connection, now),
    )  # fmt: skip


def _differs(one: Cell | None, other: Cell | None) -> bool:
    if one is None or other is None:
        return one is not other
    return (one.shift, one.standin_for) != (other.shift, other.standin_for)


def generate(
    database: Database, actor: Actor, rotation: str, starts_on: date, team_ids: Sequence[str]
) -> int:
    """The month's draft follows this rotation from ``starts_on`` to its end; returns the cells.

    The teams enter the rotation in the order given. Days before ``starts_on`` stay. Refused when
    it begins in the past, and with teams that are too many, too few or empty.
    """
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        table = rotations(act.connection, act.at)
        preset = _preset(table, rotation)
        until = month_end(starts_on)
        shifts = expand(preset, starts_on, until, team_ids, today_of(act.at))
        groups = {team.id: team for team in teams(act.connection)}
        for team_id in team_ids:
            if team_id not in groups:
                raise Refused("roster.no_such_team", team=str(team_id)[:64])
            if not groups[team_id].members:
                raise Refused("roster.team_empty", team=groups[team_id].name)
        members = {team_id: groups[team_id].members for team_id in team_ids}
        away = leaves(act.connection, starts_on, until)
        works = {code: kind.works for code, kind in table.shifts.items()}
        cells = draft_cells(shifts, members, away, works)
        store.drop_days(act.connection, {one.day for one in shifts})
        store.put_cells(act.connection, cells)
        act.audit(
            "roster.generate", "roster", month_of(starts_on), rotation=rotation,
            starts_on=str(starts_on), teams=[groups[one].name for one in team_ids],
            cells=len(cells),
        )  # fmt: skip
        act.announce(RosterChanged())
    return len(cells)


def _preset(table: Rotations, code: str) -> Rotation:
    found = table.rotations.get(code)
    if found is None:
        raise Refused("roster.no_such_rotation", rotation=code[:32])
    return found


def change_cell(
    database: Database, actor: Actor, officer_id: OfficerId, day: date, new: NewCell
) -> None:
    """The draft has this shift for the officer on this day.

    Conflict when somebody changed the cell meanwhile. Refused for a shift that is not in the table,
    for work during his leave, and for a stand-in who works already or where there is no gap.
    """
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        table = rotations(act.connection, act.at)
        if new.shift not in table.shifts:
            raise Refused("roster.no_such_shift", shift=new.shift[:32])
        was = store.one_cell(act.connection, officer_id, day)
        if (was.shift if was is not None else "") != new.was:
            raise Conflict("roster.cell_changed", name=officer.name, day=str(day))
        if table.works(new.shift) and any(
            leave.officer_id == officer_id for leave in leaves(act.connection, day, day)
        ):
            raise Refused("roster.on_leave", name=officer.name, day=str(day))
        base = was or Cell(officer_id, day, new.shift, "", _team_of(act, officer_id))
        cell = replace(base, shift=new.shift, standin_for=new.standin_for)
        if new.standin_for is not None:
            _check_standin(act, cell, base, table)
        store.put_cell(act.connection, cell)
        act.audit(
            "roster.change", "roster", month_of(day), number=officer.number, day=str(day),
            was=new.was, shift=new.shift, standin_for=new.standin_for,
        )  # fmt: skip
        act.announce(RosterChanged())


def _team_of(act: Act, officer_id: OfficerId) -> str | None:
    return next((t.id for t in teams(act.connection) if officer_id in t.members), None)


def _check_standin(act: Act, cell: Cell, was: Cell, table: Rotations) -> None:
    person = people_by_id(act.connection)[cell.officer_id]
    if was.standin_for is None and was.planned and table.works(was.shift):
        raise Refused("roster.works_already", name=person.name, day=str(cell.day))
    gaps = open_gaps(store.cells_between(act.connection, cell.day, cell.day), table)
    fits = [gap for gap in gaps if gap.officer_id == cell.standin_for]
    if not fits or fits[0].planned != cell.shift:
        raise Refused("roster.no_gap", day=str(cell.day))


def publish(database: Database, actor: Actor, month: str, base_rev: int, reason: str = "") -> int:
    """The month's draft is in force as a further revision; returns its number. The city is told.

    Conflict when somebody published since ``base_rev``. Refused when the draft is empty or is what
    is in force already, and without a reason for any but the first revision.
    """
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        view = month_view(act.connection, month, act.at)
        if view.base_rev != base_rev:
            raise Conflict("roster.published_meanwhile", month=month, rev=view.base_rev)
        if not view.cells:
            raise Refused("roster.nothing_planned", month=month)
        if not view.changed:
            raise Refused("roster.nothing_changed", month=month, rev=base_rev)
        told = shown(reason, REASON_CHARS)
        if base_rev and not told:
            raise Refused("roster.reason_missing", field="reason")
        cells = sorted(view.cells.values(), key=lambda cell: (cell.day, cell.officer_id))
        revision = Revision(month, base_rev + 1, act.at, str(act.actor), told, len(cells))
        spans = [(cell, hours(view.table.shift(cell.shift), cell.day)) for cell in cells]
        store.insert_revision(act.connection, revision, spans)
        act.audit(
            "roster.publish", "roster", month, rev=revision.rev, reason=told, cells=len(cells),
            changed=len(view.changed),
        )  # fmt: skip
        _tell_city(act, view, revision, cells)
        act.announce(RosterPublished(month, revision.rev))
    return revision.rev


def _tell_city(act: Act, view: MonthView, revision: Revision, cells: Sequence[Cell]) -> None:
    numbers = {person.id: person.number for person in view.officers}
    teams_by_id = {team.id: team.name for team in view.teams}
    shifts = []
    for cell in cells:
        row = {"officer": numbers[cell.officer_id], "day": str(cell.day), "shift": cell.shift}
        if cell.team_id in teams_by_id:
            row["team"] = teams_by_id[cell.team_id]
        if cell.standin_for in numbers:
            row["standin_for"] = numbers[cell.standin_for]
        shifts.append(row)
    payload = {
        "from": str(cells[0].day), "until": str(cells[-1].day), "shifts": shifts,
        "published_at": to_text(act.at), "by": act.actor.name,
    }  # fmt: skip
    if revision.reason:
        payload["reason"] = revision.reason
    act.tell_city(Lane.DAILY, "roster", view.month, "roster.published", revision.rev, payload)


def revisions(connection: sa.Connection, month: str) -> list[Revision]:
    """What was published of this month, newest first."""
    return store.revisions(connection, month)
