"""The rows of calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.core.ids import CallId
from console.dispatch.model.call import Call, CallStatus, PlaceFlag, masked_phone, short_number
from console.dispatch.store import found_by
from console.dispatch.store.tables import call_table

_HEAVY = {"raw", "edited", "is_open", "day"}
_SHOWN = [column for column in call_table.c if column.name not in _HEAVY]
# Built once: to build a statement costs more than to run it.
_ONE = sa.select(*_SHOWN).where(call_table.c.id == sa.bindparam("of_id"))
_WHOLE = sa.select(call_table).where(call_table.c.id == sa.bindparam("of_id"))
_CHANGE = call_table.update().where(call_table.c.id == sa.bindparam("of_id"))


def to_call(row: Any) -> Call:
    """The call of a row; the caller's number is masked on the way out."""
    return Call(
        id=CallId(row.id), number=short_number(row.number), source=row.source,
        status=CallStatus(row.status), nature=row.nature, level=row.level, place=row.place,
        lat=row.lat, lon=row.lon, place_flag=PlaceFlag(row.place_flag), zone=row.zone,
        area_id=row.area_id, narrative=row.narrative, caller_name=row.caller_name,
        caller_phone=masked_phone(row.caller_phone), from_city=bool(row.from_city),
        received_at=row.received_at, due=row.due, rev=row.rev, signed_by=row.signed_by,
        signed_at=row.signed_at, assigned_at=row.assigned_at, departed_at=row.departed_at,
        arrived_at=row.arrived_at, first_feedback_at=row.first_feedback_at,
        finished_at=row.finished_at, closed_at=row.closed_at, disposition=row.disposition,
        summary=row.summary, cause=row.cause,
        merged_into=None if row.merged_into is None else CallId(row.merged_into),
    )  # fmt: skip


def find_call(connection: sa.Connection, call_id: str) -> Call | None:
    """This call, if it is known."""
    row = connection.execute(_ONE, {"of_id": call_id}).first()
    return None if row is None else to_call(row)


def call_row(connection: sa.Connection, call_id: str) -> Any:
    """The whole row of a call, with what the desk never shows; None when there is none."""
    return connection.execute(_WHOLE, {"of_id": call_id}).first()


def next_number(connection: sa.Connection, day: str) -> int:
    """The next number of this day."""
    last = connection.execute(
        sa.select(sa.func.max(call_table.c.number)).where(call_table.c.day == day)
    ).scalar()
    return int(last or 0) + 1


def insert_call(connection: sa.Connection, **values: Any) -> None:
    """A row of a new call; what is not told starts empty."""
    empty = {"signed_by": "", "disposition": "", "summary": "", "cause": "", "edited": []}
    row = {**empty, **values}
    connection.execute(call_table.insert().values(**row))
    found_by.keep(connection, row)


def update_call(connection: sa.Connection, call_id: str, **values: Any) -> None:
    """These columns of the call; whether it is open follows from its status."""
    if "status" in values:
        values["is_open"] = int(CallStatus(values["status"]).is_open)
    connection.execute(_CHANGE, {**values, "of_id": call_id})
    if found_by.holds(values):
        found_by.keep(connection, call_row(connection, call_id)._mapping)


_REVISIONS = sa.select(call_table.c.id, call_table.c.rev).where(call_table.c.is_open == 1)
_AT_ONCE = 500  # SQLite takes 32,766 parameters; a full board is read in a few bites


def open_revisions(connection: sa.Connection) -> list[tuple[str, int]]:
    """The id and revision of every open call."""
    return [(row[0], row[1]) for row in connection.execute(_REVISIONS)]


def calls_of(connection: sa.Connection, call_ids: Sequence[str]) -> list[Call]:
    """The calls of these ids."""
    found: list[Call] = []
    for at in range(0, len(call_ids), _AT_ONCE):
        bite = call_ids[at : at + _AT_ONCE]
        rows = connection.execute(sa.select(*_SHOWN).where(call_table.c.id.in_(bite)))
        found += [to_call(row) for row in rows]
    return found


def around(
    connection: sa.Connection, at: datetime, minutes: int, phone: str
) -> list[tuple[Call, bool]]:
    """The calls received within so many minutes of this moment; whether from the same phone."""
    span = timedelta(minutes=minutes)
    rows = connection.execute(
        sa.select(*_SHOWN)
        .where(call_table.c.received_at.between(at - span, at + span))
        .order_by(call_table.c.received_at.desc())
        .limit(500)
    )
    return [(to_call(row), bool(phone) and row.caller_phone == phone) for row in rows]


def search(connection: sa.Connection, text: str, number: int | None, most: int) -> list[Call]:
    """The newest calls of this number, or in which each word of this text stands."""
    keys = found_by.words(connection, text, most)
    if number is not None:
        keys += found_by.number(connection, number, most)
    newest = sorted(set(keys), reverse=True)[:most]
    if not newest:
        return []
    rows = connection.execute(
        sa.select(*_SHOWN)
        .where(sa.or_(*(found_by.is_call(key) for key in newest)))
        .order_by(call_table.c.day.desc(), call_table.c.number.desc())
    )
    return [to_call(row) for row in rows]


def tally(connection: sa.Connection) -> dict[str, int]:
    """How many calls were ever received, signed, assigned, arrived at and closed."""
    columns = {
        "signed": call_table.c.signed_at,
        "assigned": call_table.c.assigned_at,
        "arrived": call_table.c.arrived_at,
        "closed": call_table.c.closed_at,
    }
    row = connection.execute(
        sa.select(
            sa.func.count().label("received"),
            *(sa.func.count(column).label(name) for name, column in columns.items()),
        ).select_from(call_table)
    ).one()
    return {name: int(getattr(row, name)) for name in ("received", *columns)}
