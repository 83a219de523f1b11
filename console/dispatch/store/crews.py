"""The rows of assignments: which crew is bound to which call."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.ids import CallId, UnitId
from console.dispatch.model.call import Assignment, short_number
from console.dispatch.store.tables import assignment_table, call_table

# Built once: to build a statement costs more than to run it.
_OF_CALL = (
    sa.select(assignment_table)
    .where(assignment_table.c.call_id == sa.bindparam("of_call"))
    .order_by(sa.text("rowid"))  # as they were sent: a clock may be put back
)
_INSERT = assignment_table.insert()
_CHANGE = assignment_table.update().where(assignment_table.c.id == sa.bindparam("of_id"))
_HELD = (
    sa.select(assignment_table.c.unit_id, call_table.c.id, call_table.c.number)
    .select_from(assignment_table.join(call_table, call_table.c.id == assignment_table.c.call_id))
    .where(assignment_table.c.released_at.is_(None))
)


def to_assignment(row: Any) -> Assignment:
    """The assignment of a row."""
    return Assignment(
        row.id, CallId(row.call_id), UnitId(row.unit_id), row.call_sign, row.assigned_at, row.by,
        row.rank, row.reason, row.departed_at, row.arrived_at, row.released_at,
    )  # fmt: skip


def crews_of_open(connection: sa.Connection) -> dict[str, list[str]]:
    """The call signs bound to each open call, in the order in which they were sent."""
    found: dict[str, list[str]] = {}
    table = assignment_table
    rows = connection.execute(
        sa.select(sa.literal_column("rowid"), table.c.call_sign, table.c.call_id).where(
            table.c.released_at.is_(None)
        )
    )
    # Sorted here: asked to sort, SQLite walks through every assignment there ever was.
    for _, call_sign, call_id in sorted(tuple(row) for row in rows):
        found.setdefault(call_id, []).append(call_sign)
    return found


def assignments(connection: sa.Connection, call_id: str) -> list[Assignment]:
    """Every assignment of this call, oldest first."""
    rows = connection.execute(_OF_CALL, {"of_call": call_id})
    return [to_assignment(row) for row in rows]


def held(connection: sa.Connection) -> dict[UnitId, tuple[CallId, str]]:
    """The call, and its number, that holds each bound unit."""
    rows = connection.execute(_HELD)
    return {UnitId(unit): (CallId(call), short_number(number)) for unit, call, number in rows}


def sorties(connection: sa.Connection, since: datetime) -> dict[UnitId, int]:
    """How often each unit was assigned since then."""
    # Counted here: asked to group, SQLite walks through every assignment there ever was.
    rows = connection.execute(
        sa.select(assignment_table.c.unit_id).where(assignment_table.c.assigned_at >= since)
    )
    return dict(Counter(UnitId(unit) for unit in rows.scalars()))


def insert_assignment(connection: sa.Connection, found: Assignment) -> None:
    """A row of a new assignment."""
    connection.execute(
        _INSERT,
        {
            "id": found.id, "call_id": found.call_id, "unit_id": found.unit_id,
            "call_sign": found.call_sign, "assigned_at": found.assigned_at, "by": found.by,
            "rank": found.rank, "reason": found.reason,
        },
    )  # fmt: skip


def update_assignment(connection: sa.Connection, assignment_id: str, **values: Any) -> None:
    """These columns of the assignment."""
    connection.execute(_CHANGE, {**values, "of_id": assignment_id})
