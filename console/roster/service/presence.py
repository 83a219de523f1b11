"""Who is here: signing on and off, what it does to the crews, and the shift in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import OfficerId, UnitId
from console.people.model import Officer, Right, require
from console.roster import store
from console.roster.model import (
    Meaning,
    Person,
    ShiftNow,
    SignedOff,
    SignedOn,
    Unit,
    UnitsChanged,
)
from console.roster.service.teams import known_officer, people_by_id, rotations, teams
from console.roster.service.units import change_status, plain_unit, units

OFF_STATUS, FREE_STATUS = "off", "free"
BUSY = (Meaning.BOUND, Meaning.EMERGENCY)
AHEAD = timedelta(days=7)  # so far the next shift is looked for
BoundUnits = Callable[[sa.Connection], Mapping[UnitId, str]]


def present(connection: sa.Connection) -> dict[OfficerId, datetime]:
    """Who is signed on, and since when."""
    return store.here(connection)


def sign_on(database: Database, actor: Actor, officer_id: OfficerId) -> None:
    """The officer is here; a crew whose first member he is can be assigned again.

    Refused when he is signed on already, and for one who has left the post.
    """
    require(actor, Right.SET_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        if officer_id in store.here(act.connection):
            raise Refused("roster.already_on", name=officer.name)
        store.begin_presence(act.connection, officer_id, act.at, str(act.actor))
        crews = []
        for unit in _crews_of(act, officer):
            crews.append(unit.call_sign)
            if unit.status == OFF_STATUS:
                change_status(act, unit.id, FREE_STATUS)
            _put_duty(act, unit.id, True)
        act.audit("officer.on", "officer", officer_id, number=officer.number, crews=crews)
        act.announce(SignedOn(officer_id, act.at))


def sign_off(
    database: Database, actor: Actor, officer_id: OfficerId, bound: BoundUnits | None = None
) -> None:
    """The officer has gone; a crew whose last member he was is off duty and cannot be assigned.

    Refused when he is not signed on, and while a crew that would be left without anybody works on
    a call: ``bound`` tells the number of the call that holds a crew.
    """
    require(actor, Right.SET_UNITS)
    with database.act(actor) as act:
        officer = known_officer(act.connection, officer_id)
        here = store.here(act.connection)
        if officer_id not in here:
            raise Refused("roster.not_on", name=officer.name)
        calls = bound(act.connection) if bound is not None else {}
        others = _names(act, here.keys() - {officer_id})
        left = [unit for unit in _crews_of(act, officer) if not others.intersection(unit.crew)]
        for unit in left:
            _require_free(act, unit, calls)
        store.end_presence(act.connection, officer_id, act.at, str(act.actor))
        for unit in left:
            if unit.status != OFF_STATUS:
                change_status(act, unit.id, OFF_STATUS)
            _put_duty(act, unit.id, False)
        act.audit(
            "officer.off", "officer", officer_id, number=officer.number,
            crews=[unit.call_sign for unit in left],
        )  # fmt: skip
        act.announce(SignedOff(officer_id, act.at))


def _require_free(act: Act, unit: Unit, calls: Mapping[UnitId, str]) -> None:
    if unit.id in calls:
        raise Refused("roster.crew_on_call", crew=unit.call_sign, call=calls[unit.id])
    view = next(view for view in units(act.connection, act.at) if view.unit.id == unit.id)
    if view.status.meaning in BUSY:
        raise Refused("roster.crew_busy", crew=unit.call_sign, status=view.status.words)


def _crews_of(act: Act, officer: Officer) -> list[Unit]:
    """The crews that name him, by name or by number."""
    mine = {officer.name, officer.number}
    return [
        view.unit for view in units(act.connection, act.at) if mine.intersection(view.unit.crew)
    ]


def _names(act: Act, officers: set[OfficerId]) -> set[str]:
    known = people_by_id(act.connection)
    return {
        name for one in officers if one in known for name in (known[one].name, known[one].number)
    }


def _put_duty(act: Act, unit_id: UnitId, on_duty: bool) -> None:
    was = plain_unit(act.connection, unit_id)
    if was.on_duty is on_duty:
        return
    store.update_unit(act.connection, unit_id, was.rev + 1, on_duty=int(on_duty))
    act.audit("unit.duty", "unit", unit_id, on_duty=on_duty)
    act.announce(UnitsChanged())


def shift_now(connection: sa.Connection, now: datetime) -> ShiftNow | None:
    """The shift in force by the published roster, who of it is here, and what follows.

    None when no published shift covers this moment.
    """
    duties = store.duties(connection, now - store.LONGEST, now + AHEAD)
    current = [one for one in duties if one.starts_at <= now < one.ends_at]
    if not current:
        return None
    coming = [one for one in duties if one.starts_at > now]
    after = [one for one in coming if one.starts_at == coming[0].starts_at]
    table, known = rotations(connection, now), people_by_id(connection)
    names = {team.id: team.name for team in teams(connection)}
    here = store.here(connection)
    main = _main(current)
    expected = _people([one.officer_id for one in current], known)
    return ShiftNow(
        table.shift(main.shift).words,
        main.starts_at,
        main.ends_at,
        _teams(current, names),
        expected,
        _people(list(here), known),
        tuple(person for person in expected if person.id not in here),
        table.shift(_main(after).shift).words if after else None,
        after[0].starts_at if after else None,
        _teams(after, names),
        _people([one.officer_id for one in after], known),
    )


def _main(duties: Sequence[store.Duty]) -> store.Duty:
    """A duty of the shift that most have."""
    (most, _), *_ = Counter(one.shift for one in duties).most_common(1)
    return next(one for one in duties if one.shift == most)


def _teams(duties: Sequence[store.Duty], names: Mapping[str, str]) -> str:
    counted = Counter(
        names[one.team_id] for one in duties if one.team_id is not None and one.team_id in names
    )
    return counted.most_common(1)[0][0] if counted else ""


def _people(officers: Sequence[OfficerId], known: Mapping[OfficerId, Person]) -> tuple[Person, ...]:
    found = {known[one] for one in officers if one in known}
    return tuple(sorted(found, key=lambda person: person.number))
