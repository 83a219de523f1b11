"""The log of each call, the calls cancelled before they came, and the links between calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.ids import CallId, UnitId
from console.dispatch.model.call import LogLine
from console.dispatch.store.tables import link_table, log_table, tombstone_table

# Built once: to build a statement costs more than to run it.
_INSERT = log_table.insert()
_OF_CALL = (
    sa.select(log_table)
    .where(log_table.c.call_id == sa.bindparam("of_call"))
    .order_by(log_table.c.seq)
)


def append_line(connection: sa.Connection, **values: Any) -> int:
    """One more line of a call's log; returns its number."""
    result = connection.execute(_INSERT, values)
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def log_of(connection: sa.Connection, call_id: str) -> list[LogLine]:
    """The whole log of a call, oldest first; what was taken back says so."""
    rows = list(connection.execute(_OF_CALL, {"of_call": call_id}))
    struck = {row.undoes for row in rows if row.undoes is not None}
    return [
        LogLine(
            row.seq, CallId(row.call_id), row.kind, row.happened_at, row.written_at, row.actor,
            row.origin, row.text, None if row.unit_id is None else UnitId(row.unit_id),
            row.detail, row.undoes, row.seq in struck,
        )
        for row in rows
    ]  # fmt: skip


def newest_lines(connection: sa.Connection, call_id: str, most: int = 20) -> list[Any]:
    """The newest lines of a call's log as rows, newest first."""
    return list(
        connection.execute(
            sa.select(log_table)
            .where(log_table.c.call_id == call_id)
            .order_by(log_table.c.seq.desc())
            .limit(most)
        )
    )


def steps_by(connection: sa.Connection, origin: str) -> int:
    """How many steps of calls were ever told from there."""
    wanted = sa.select(sa.func.count()).where(log_table.c.origin == origin)
    return int(connection.execute(wanted).scalar_one())


def insert_tombstone(
    connection: sa.Connection, call_id: str, at: datetime, cause: str, raw: Any
) -> None:
    """A call that is not known yet is remembered as cancelled."""
    connection.execute(tombstone_table.delete().where(tombstone_table.c.call_id == call_id))
    connection.execute(
        tombstone_table.insert().values(call_id=call_id, cancelled_at=at, cause=cause, raw=raw)
    )


def tombstone(connection: sa.Connection, call_id: str) -> Any:
    """What is remembered of a call that was cancelled before it came."""
    return connection.execute(
        sa.select(tombstone_table).where(tombstone_table.c.call_id == call_id)
    ).first()


def insert_link(connection: sa.Connection, call_id: str, other_id: str) -> bool:
    """The two calls are linked; False when they were."""
    first, second = sorted((call_id, other_id))
    table = link_table
    known = connection.execute(
        sa.select(table.c.call_id).where(table.c.call_id == first, table.c.other_id == second)
    ).first()
    if known is None:
        connection.execute(table.insert().values(call_id=first, other_id=second))
    return known is None


def linked(connection: sa.Connection, call_id: str) -> list[CallId]:
    """The calls linked with this one."""
    table = link_table
    rows = connection.execute(
        sa.select(table.c.call_id, table.c.other_id).where(
            sa.or_(table.c.call_id == call_id, table.c.other_id == call_id)
        )
    )
    return [CallId(b if a == call_id else a) for a, b in rows]
