"""Acts on teams, qualifications and leave."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import OfficerId, new_id
from console.people import service as people
from console.people.model import Officer, Right, require
from console.roster import store
from console.roster.model import (
    OFF,
    Cell,
    Leave,
    LeaveKind,
    Person,
    RosterChanged,
    Rotations,
    Team,
    checked_leave,
    checked_team,
    read_rotations,
    with_leave,
)


def rotations(connection: sa.Connection, now: datetime) -> Rotations:
    """The shifts, rotations and qualifications in force."""
    return _rotations(reference.current_text(connection, "rotations", now))


@lru_cache(maxsize=4)
def _rotations(text: str) -> Rotations:
    return read_rotations(json.loads(text))


def teams(connection: sa.Connection) -> list[Team]:
    """Every team with its members, in the post's order."""
    return store.all_teams(connection)


def qualifications(connection: sa.Connection) -> dict[OfficerId, tuple[str, ...]]:
    """The codes of each officer who has any."""
    return store.qualifications(connection)


def leaves(connection: sa.Connection, first: date, last: date) -> list[Leave]:
    """Every leave that touches these days."""
    return store.leaves_between(connection, first, last)


def people_by_id(connection: sa.Connection) -> dict[OfficerId, Person]:
    """Every officer as lists name him."""
    return {one.id: Person(one.id, one.number, one.name) for one in people.officers(connection)}


def known_officer(connection: sa.Connection, officer_id: OfficerId) -> Officer:
    """This officer. Refused when there is none, or when he has left the post."""
    found = next((one for one in people.officers(connection) if one.id == officer_id), None)
    if found is None or not found.active:
        raise Refused("roster.no_such_officer", officer=found.number if found else str(officer_id))
    return found


def add_team(database: Database, actor: Actor, name: str) -> str:
    """One more team, the last in order; returns its id. Refused when the name is taken."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        return make_team(act, name)


def make_team(act: Act, name: str) -> str:
    """Inside another act: one more team."""
    told, there = checked_team(name), store.all_teams(act.connection)
    if any(team.name == told for team in there):
        raise Refused("roster.team_taken", field="name", name=told)
    made = Team(new_id(), told, max((team.position for team in there), default=0) + 1, 1)
    store.insert_team(act.connection, made)
    act.audit("team.add", "team", made.id, name=told)
    act.announce(RosterChanged())
    return made.id


def set_team(database: Database, actor: Actor, officer_id: OfficerId, team_id: str | None) -> None:
    """The officer is in this team and no other. The draft already made stays as it is."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        names = {team.id: team.name for team in store.all_teams(act.connection)}
        if team_id is not None and team_id not in names:
            raise Refused("roster.no_such_team", team=str(team_id)[:64])
        store.place_officer(act.connection, officer_id, team_id)
        act.audit(
            "team.member", "officer", officer_id, number=officer.number,
            team=names[team_id] if team_id is not None else None,
        )  # fmt: skip
        act.announce(RosterChanged())


def set_qualifications(
    database: Database, actor: Actor, officer_id: OfficerId, codes: Iterable[str]
) -> None:
    """The officer has exactly these. Refused for a code that is not in the table."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        known, wanted = rotations(act.connection, act.at).qualifications, sorted(set(codes))
        for code in wanted:
            if code not in known:
                raise Refused("roster.no_such_qualification", qualification=code[:32])
        store.put_qualifications(act.connection, officer_id, wanted)
        act.audit(
            "officer.qualifications", "officer", officer_id, number=officer.number, codes=wanted
        )
        act.announce(RosterChanged())


def add_leave(
    database: Database, actor: Actor, officer_id: OfficerId, kind: LeaveKind,
    span: tuple[date, date], note: str = "",
) -> str:  # fmt: skip
    """The officer is away on these days, both included; returns the leave's id.

    Working shifts of the draft on these days become gaps. What is published stays until somebody
    publishes again. Refused when it ends before it begins, or meets another leave of his.
    """
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        new = checked_leave(Leave(new_id(), officer_id, LeaveKind(kind), *span, note))
        for other in store.leaves_between(act.connection, *span):
            if other.officer_id == officer_id:
                raise Refused(
                    "roster.leave_meets", field="from_day", first=str(other.from_day),
                    last=str(other.until_day),
                )  # fmt: skip
        store.insert_leave(act.connection, new)
        _redraw(act, officer_id, span, [new])
        act.audit(
            "leave.add", "officer", officer_id, number=officer.number, kind=str(new.kind),
            first=str(new.from_day), last=str(new.until_day), note=new.note,
        )  # fmt: skip
        act.announce(RosterChanged())
    return new.id


def remove_leave(database: Database, actor: Actor, leave_id: str) -> None:
    """The leave is taken back; the draft's days are again as the rotation planned them."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        was = store.delete_leave(act.connection, leave_id)
        if was is None:
            raise Refused("roster.no_such_leave")
        _redraw(act, was.officer_id, (was.from_day, was.until_day), [])
        act.audit(
            "leave.remove", "officer", was.officer_id, kind=str(was.kind),
            first=str(was.from_day), last=str(was.until_day),
        )  # fmt: skip
        act.announce(RosterChanged())


def _redraw(act: Act, officer_id: OfficerId, span: tuple[date, date], away: list[Leave]) -> None:
    """The officer's cells of these days are as planned, less this leave."""
    table = rotations(act.connection, act.at)
    for cell in store.cells_between(act.connection, *span):
        if cell.officer_id != officer_id:
            continue
        plain = Cell(officer_id, cell.day, cell.planned or OFF, cell.planned, cell.team_id)
        store.put_cell(act.connection, with_leave(plain, away, table.works(cell.planned)))
