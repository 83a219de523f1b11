"""Acts on units: add, change, on and off duty, status, and the taking back of a mistaken status."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import UnitId, new_id
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require
from console.roster import store
from console.roster.model import (
    NOTE_CHARS,
    NewUnit,
    Status,
    Unit,
    UnitsChanged,
    UnitStatusChanged,
    UnitView,
    checked,
    read_statuses,
    status_of,
)


def statuses(connection: sa.Connection, now: datetime) -> dict[str, Status]:
    """The statuses that hold now, by code."""
    return _statuses(reference.current_text(connection, "statuses", now))


@lru_cache(maxsize=8)
def _statuses(text: str) -> dict[str, Status]:
    """Each text is parsed once: the desk asks at every glance. Not to be changed by who gets it."""
    return read_statuses(json.loads(text))


def units(connection: sa.Connection, now: datetime | None = None) -> list[UnitView]:
    """Every unit with its status in words and its last stored place, by call sign."""
    table = statuses(connection, now or datetime.now(UTC))
    return [
        UnitView(found, status_of(found.status, table), place)
        for found, place in store.all_units(connection)
    ]


def unit(connection: sa.Connection, unit_id: UnitId, now: datetime | None = None) -> UnitView:
    """This unit. Refused when there is none of this id."""
    found = store.one_unit(connection, unit_id)
    if found is None:
        raise Refused("roster.no_such_unit", unit=str(unit_id))
    table = statuses(connection, now or datetime.now(UTC))
    return UnitView(found[0], status_of(found[0].status, table), found[1])


def plain_unit(connection: sa.Connection, unit_id: UnitId) -> Unit:
    """This unit without its words and its place: the cheap look inside another act."""
    found = store.plain_unit(connection, unit_id)
    if found is None:
        raise Refused("roster.no_such_unit", unit=str(unit_id))
    return found


def add_unit(database: Database, actor: Actor, new: NewUnit) -> UnitId:
    """One more unit; returns its id. Refused when the call sign is taken."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        told = checked(new, statuses(act.connection, act.at))
        if store.call_sign_taken(act.connection, told.call_sign):
            raise Refused("roster.call_sign_taken", field="call_sign", call_sign=told.call_sign)
        unit_id = UnitId(new_id())
        store.insert_unit(act.connection, unit_id, told, act.at)
        act.audit("unit.add", "unit", unit_id, call_sign=told.call_sign)
        act.announce(UnitsChanged())
    return unit_id


def change_unit(
    database: Database, actor: Actor, unit_id: UnitId, base_rev: int, new: NewUnit
) -> None:
    """The unit is as told, but for its status. Conflict when it changed since ``base_rev``."""
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        was = plain_unit(act.connection, unit_id)
        if was.rev != base_rev:
            raise Conflict("roster.changed_meanwhile", unit=was.call_sign)
        told = checked(new, statuses(act.connection, act.at) | _own_status(was, new))
        if store.call_sign_taken(act.connection, told.call_sign, but=unit_id):
            raise Refused("roster.call_sign_taken", field="call_sign", call_sign=told.call_sign)
        store.rewrite_unit(act.connection, unit_id, was.rev + 1, told)
        act.audit(
            "unit.change", "unit", unit_id, was=was.call_sign, call_sign=told.call_sign,
            kit=sorted(told.kit), mode=str(told.mode), on_duty=told.on_duty,
        )  # fmt: skip
        act.announce(UnitsChanged())


def _own_status(was: Unit, new: NewUnit) -> dict[str, Status]:
    return {new.status: status_of(new.status, {})} if new.status == was.status else {}


def set_on_duty(database: Database, actor: Actor, unit_id: UnitId, on_duty: bool) -> None:
    """The unit is on duty, or off."""
    require(actor, Right.SET_UNITS)
    with database.act(actor) as act:
        was = plain_unit(act.connection, unit_id)
        store.update_unit(act.connection, unit_id, was.rev + 1, on_duty=int(on_duty))
        act.audit("unit.duty", "unit", unit_id, on_duty=on_duty)
        act.announce(UnitsChanged())


def set_status(
    database: Database, actor: Actor, unit_id: UnitId, code: str, note: str = ""
) -> None:
    """The unit has this status; the city is told in lane 2."""
    require(actor, Right.SET_UNITS)
    with database.act(actor) as act:
        change_status(act, unit_id, code, note)


def change_status(
    act: Act, unit_id: UnitId, code: str, note: str = "", known: dict[str, Status] | None = None
) -> str | None:
    """Inside another act: the unit has this status. Returns the one before; None when it had it
    already. ``known``: the statuses of now, where the act has them."""
    was = plain_unit(act.connection, unit_id)
    table = statuses(act.connection, act.at) if known is None else known
    if code not in table:
        raise Refused("roster.status_unknown", status=code[:32])
    if was.status == code:
        return None
    _write_status(act, was, table[code], _Line(was.status, was.status_since, note))
    return was.status


def undo_status(database: Database, actor: Actor, unit_id: UnitId) -> str:
    """The unit's last status change is taken back by a further line; returns the status it has now.

    Refused after the undo time of the limits, and when the last line is itself a taking back.
    """
    require(actor, Right.SET_UNITS)
    with database.act(actor) as act:
        was = plain_unit(act.connection, unit_id)
        line = store.last_status_line(act.connection, unit_id)
        within = timedelta(seconds=_limit(act, "undo_s", 60))
        if line is None or line.undoes is not None or act.at - line.at > within:
            raise Refused("roster.nothing_to_undo", unit=was.call_sign)
        table = statuses(act.connection, act.at)
        back = _Line(was.status, was.status_since, "", undoes=line.seq, since=line.previous_since)
        _write_status(act, was, status_of(line.previous, table), back)
    return str(line.previous)


def status_history(connection: sa.Connection, unit_id: UnitId) -> list[Any]:
    """The newest hundred lines of the unit's status log, newest first."""
    return store.status_lines(connection, unit_id)


class _Line:
    """What a line of the status log says besides the new status."""

    def __init__(
        self, previous: str, previous_since: datetime, note: str,
        undoes: int | None = None, since: datetime | None = None,
    ) -> None:  # fmt: skip
        self.previous = previous
        self.previous_since = previous_since
        self.note = shown(note, NOTE_CHARS)
        self.undoes = undoes
        self.since = since


def _write_status(act: Act, was: Unit, status: Status, line: _Line) -> None:
    rev = was.rev + 1
    since = line.since or act.at
    store.update_unit(act.connection, was.id, rev, status=status.code, status_since=since)
    store.log_status(
        act.connection, unit_id=was.id, at=act.at, actor=str(act.actor), status=status.code,
        previous=line.previous, previous_since=line.previous_since, note=line.note,
        undoes=line.undoes,
    )  # fmt: skip
    act.audit(
        "unit.status" if line.undoes is None else "unit.status_undone", "unit", was.id,
        status=status.code, previous=line.previous, note=line.note,
    )  # fmt: skip
    payload: dict[str, Any] = {
        "unit_id": was.id, "call_sign": was.call_sign, "status": status.code,
        "meaning": str(status.meaning), "since": to_text(since),
    }  # fmt: skip
    if line.note:
        payload["note"] = line.note
    act.tell_city(Lane.DAILY, "unit", was.id, "unit.status", rev, payload)
    act.announce(UnitStatusChanged(was.id, status.code, act.at))


def _limit(act: Act, name: str, default: int) -> int:
    return int(reference.current(act.connection, "limits", act.at).get(name, default))
