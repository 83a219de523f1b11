"""The rows of calls, their crews and their log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.core.ids import CallId, UnitId
from console.core.tables import CanonicalJson, UtcTime, metadata
from console.dispatch.model.call import (
    Assignment,
    Call,
    CallStatus,
    LogLine,
    PlaceFlag,
    masked_phone,
    short_number,
)

call_table = sa.Table(
    "call",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("is_open", sa.Integer, nullable=False),
    sa.Column("nature", sa.String(32), nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("place_flag", sa.String(16), nullable=False),
    sa.Column("zone", sa.String(16), nullable=False),
    sa.Column("area_id", sa.Text, nullable=True),
    sa.Column("narrative", sa.Text, nullable=False),
    sa.Column("caller_name", sa.Text, nullable=False),
    sa.Column("caller_phone", sa.Text, nullable=False),
    sa.Column("from_city", sa.Integer, nullable=False),
    sa.Column("received_at", UtcTime, nullable=False),
    sa.Column("due", CanonicalJson, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("signed_by", sa.Text, nullable=False),
    sa.Column("signed_at", UtcTime, nullable=True),
    sa.Column("assigned_at", UtcTime, nullable=True),
    sa.Column("departed_at", UtcTime, nullable=True),
    sa.Column("arrived_at", UtcTime, nullable=True),
    sa.Column("first_feedback_at", UtcTime, nullable=True),
    sa.Column("finished_at", UtcTime, nullable=True),
    sa.Column("closed_at", UtcTime, nullable=True),
    sa.Column("disposition", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("merged_into", sa.String(64), nullable=True),
    # the fields that an officer changed by hand since the city last told them
    sa.Column("edited", CanonicalJson, nullable=False),
    sa.Column("raw", CanonicalJson, nullable=False),
    sa.UniqueConstraint("day", "number", name="call_number"),
    sa.Index("call_open", "is_open", "received_at"),
    sa.Index("call_received", "received_at"),
    sa.Index("call_phone", "caller_phone", "received_at"),
)

log_table = sa.Table(
    "call_log",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("happened_at", UtcTime, nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("unit_id", sa.String(36), nullable=True),
    sa.Column("detail", CanonicalJson, nullable=False),
    # what the step changed, as it was before: what an undo puts back
    sa.Column("before", CanonicalJson, nullable=False),
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.Index("call_log_call", "call_id", "seq"),
)

assignment_table = sa.Table(
    "assignment",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("call_sign", sa.String(32), nullable=False),
    sa.Column("assigned_at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("rank", sa.Integer, nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("departed_at", UtcTime, nullable=True),
    sa.Column("arrived_at", UtcTime, nullable=True),
    sa.Column("released_at", UtcTime, nullable=True),
    sa.Index("assignment_call", "call_id"),
    sa.Index("assignment_unit", "unit_id", "assigned_at"),
    sa.Index("assignment_recent", "assigned_at"),
    # a crew is bound to one call at a time, whatever two desks press
    sa.Index(
        "assignment_open",
        "unit_id",
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    ),
)

tombstone_table = sa.Table(
    "call_tombstone",
    metadata,
    sa.Column("call_id", sa.String(64), primary_key=True),
    sa.Column("cancelled_at", UtcTime, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("raw", CanonicalJson, nullable=False),
)

link_table = sa.Table(
    "call_link",
    metadata,
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
    sa.Column("other_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
)

_HEAVY = {"raw", "edited", "is_open", "day"}
_SHOWN = [column for column in call_table.c if column.name not in _HEAVY]


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


def to_assignment(row: Any) -> Assignment:
    """The assignment of a row."""
    return Assignment(
        row.id, CallId(row.call_id), UnitId(row.unit_id), row.call_sign, row.assigned_at, row.by,
        row.rank, row.reason, row.departed_at, row.arrived_at, row.released_at,
    )  # fmt: skip


def find_call(connection: sa.Connection, call_id: str) -> Call | None:
    """This call, if it is known."""
    row = connection.execute(sa.select(*_SHOWN).where(call_table.c.id == call_id)).first()
    return None if row is None else to_call(row)


def call_row(connection: sa.Connection, call_id: str) -> Any:
    """The whole row of a call, with what the desk never shows; None when there is none."""
    return connection.execute(sa.select(call_table).where(call_table.c.id == call_id)).first()


def next_number(connection: sa.Connection, day: str) -> int:
    """The next number of this day."""
    last = connection.execute(
        sa.select(sa.func.max(call_table.c.number)).where(call_table.c.day == day)
    ).scalar()
    return int(last or 0) + 1


def insert_call(connection: sa.Connection, **values: Any) -> None:
    """A row of a new call; what is not told starts empty."""
    empty = {"signed_by": "", "disposition": "", "summary": "", "cause": "", "edited": []}
    connection.execute(call_table.insert().values(**{**empty, **values}))


def update_call(connection: sa.Connection, call_id: str, **values: Any) -> None:
    """These columns of the call; whether it is open follows from its status."""
    if "status" in values:
        values["is_open"] = int(CallStatus(values["status"]).is_open)
    connection.execute(call_table.update().where(call_table.c.id == call_id).values(**values))


def open_calls(connection: sa.Connection) -> list[Call]:
    """Every open call, oldest first."""
    rows = connection.execute(
        sa.select(*_SHOWN).where(call_table.c.is_open == 1).order_by(call_table.c.received_at)
    )
    return [to_call(row) for row in rows]


def crews_of_open(connection: sa.Connection) -> dict[str, list[str]]:
    """The call signs bound to each open call."""
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        sa.select(assignment_table.c.call_id, assignment_table.c.call_sign)
        .where(assignment_table.c.released_at.is_(None))
        .order_by(assignment_table.c.assigned_at)
    )
    for call_id, call_sign in rows:
        found.setdefault(call_id, []).append(call_sign)
    return found


def assignments(connection: sa.Connection, call_id: str) -> list[Assignment]:
    """Every assignment of this call, oldest first."""
    rows = connection.execute(
        sa.select(assignment_table)
        .where(assignment_table.c.call_id == call_id)
        .order_by(assignment_table.c.assigned_at, assignment_table.c.call_sign)
    )
    return [to_assignment(row) for row in rows]


def held(connection: sa.Connection) -> dict[UnitId, tuple[CallId, str]]:
    """The call, and its number, that holds each bound unit."""
    joined = assignment_table.join(call_table, call_table.c.id == assignment_table.c.call_id)
    rows = connection.execute(
        sa.select(assignment_table.c.unit_id, call_table.c.id, call_table.c.number)
        .select_from(joined)
        .where(assignment_table.c.released_at.is_(None))
    )
    return {UnitId(unit): (CallId(call), short_number(number)) for unit, call, number in rows}


def sorties(connection: sa.Connection, since: datetime) -> dict[UnitId, int]:
    """How often each unit was assigned since then."""
    rows = connection.execute(
        sa.select(assignment_table.c.unit_id, sa.func.count())
        .where(assignment_table.c.assigned_at >= since)
        .group_by(assignment_table.c.unit_id)
    )
    return {UnitId(unit): int(count) for unit, count in rows}


def insert_assignment(connection: sa.Connection, found: Assignment) -> None:
    """A row of a new assignment."""
    connection.execute(
        assignment_table.insert().values(
            id=found.id, call_id=found.call_id, unit_id=found.unit_id,
            call_sign=found.call_sign, assigned_at=found.assigned_at, by=found.by,
            rank=found.rank, reason=found.reason,
        )
    )  # fmt: skip


def update_assignment(connection: sa.Connection, assignment_id: str, **values: Any) -> None:
    """These columns of the assignment."""
    connection.execute(
        assignment_table.update().where(assignment_table.c.id == assignment_id).values(**values)
    )


def append_line(connection: sa.Connection, **values: Any) -> int:
    """One more line of a call's log; returns its number."""
    result = connection.execute(log_table.insert().values(**values))
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def log_of(connection: sa.Connection, call_id: str) -> list[LogLine]:
    """The whole log of a call, oldest first; what was taken back says so."""
    rows = list(
        connection.execute(
            sa.select(log_table).where(log_table.c.call_id == call_id).order_by(log_table.c.seq)
        )
    )
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
    """The newest calls whose number, place, narrative, caller or summary holds this text."""
    table = call_table
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    fields: Sequence[Any] = (
        table.c.place, table.c.narrative, table.c.caller_phone, table.c.caller_name,
        table.c.summary,
    )  # fmt: skip
    wanted = [field.like(pattern, escape="\\") for field in fields]
    if number is not None:
        wanted.append(table.c.number == number)
    rows = connection.execute(
        sa.select(*_SHOWN)
        .where(sa.or_(*wanted))
        .order_by(table.c.received_at.desc(), table.c.id)
        .limit(most)
    )
    return [to_call(row) for row in rows]
