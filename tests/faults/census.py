"""Counts what acts have left: in the rows, in the audit trail and in the outbox, each by itself.

Nothing here trusts one of the three to tell what the others should hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from console.citizen.store import line_table as visit_lines
from console.citizen.store import visit_table
from console.core.audit import NO_HASH
from console.core.audit import lines as audit_lines
from console.core.database import Database
from console.core.tables import audit_trail, lane_head, outbox
from console.dispatch.store.tables import assignment_table, call_table, log_table
from console.inventory.store import custody_table, item_table
from console.roster.store.crews import status_log, unit_table, whereabouts_table
from tests.faults.deeds import Trace

# The traces that are counted, and the kind under which the city hears of each.
TOLD_AS = {
    "call.received": "call.received",
    "call.signed": "call.signed",
    "call.assigned": "call.dispatched",
    "call.departed": "unit.departed",
    "call.arrived": "unit.arrived",
    "call.feedback": "call.feedback",
    "call.finished": "call.feedback",
    "call.closed": "call.closed",
    "unit.status": "unit.status",
    "visit.recorded": "visit.recorded",
    "visit.corrected": "visit.recorded",
    "item.issued": "item.issued",
    "item.returned": "item.returned",
}
_LOGS = (
    (log_table, "call_id", "call"),
    (status_log, "unit_id", "unit"),
    (visit_lines, "visit_id", "visit"),
    (custody_table, "item_id", "item"),
)


@dataclass(frozen=True)
class Marks:
    """How far a store was looked through, and what stood at those ends."""

    logs: dict[str, int] = field(default_factory=dict)
    audit: tuple[int, str] = (0, NO_HASH)
    lanes: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass
class Found:
    """What was found behind the marks. ``faults`` says in words what cannot be."""

    rows: Counter[Trace] = field(default_factory=Counter)
    trail: Counter[Trace] = field(default_factory=Counter)
    told: Counter[Trace] = field(default_factory=Counter)
    from_city: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)


def take(connection: sa.Connection, epoch: str, since: Marks) -> Found:
    """Everything written since the marks, counted; chains and standing of what was touched checked."""
    found = Found()
    marks = Marks({}, _trail(connection, since, found), _outbox(connection, epoch, since, found))
    for table, column, prefix in _LOGS:
        rows = connection.execute(
            sa.select(table.c.seq, table.c[column], _kind(table))
            .where(table.c.seq > since.logs.get(prefix, 0))
            .order_by(table.c.seq)
        ).all()
        marks.logs[prefix] = rows[-1].seq if rows else since.logs.get(prefix, 0)
        found.rows += _counted((f"{prefix}.{kind}", entity) for _, entity, kind in rows)
    touched = {entity for _, entity in found.rows}
    found.from_city = set(
        connection.execute(
            sa.select(call_table.c.id).where(
                call_table.c.from_city == 1, call_table.c.id.in_(touched)
            )
        ).scalars()
    )
    _standing(connection, touched, found)
    found.marks = marks
    return found


def whole(database: Database) -> list[str]:
    """What the library itself finds wrong with the file.

    The journal goes into the file first: until then pages that are only in the journal may be blank
    there, which is no fault, and the check of the pages would call it one.
    """
    faults = []
    raw = database.engine.raw_connection()
    try:
        busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        raw.close()
    if busy:
        faults.append("somebody else has the file open")
    with database.read() as connection:
        for pragma, good in (
            ("cipher_integrity_check", []),
            ("integrity_check", ["ok"]),
            ("foreign_key_check", []),
        ):
            told = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
            if told != good:
                faults.append(f"{pragma}: {told[:3]}")
    return faults


def as_told(traces: Counter[Trace], from_city: Iterable[str] = ()) -> Counter[Trace]:
    """The same traces as the city hears of them; it is not told what came from it."""
    counted: Counter[Trace] = Counter()
    for (kind, entity), number in traces.items():
        if not (kind == "call.received" and entity in set(from_city)):
            counted[TOLD_AS[kind], entity] += number
    return counted


def _counted(traces: Iterable[Trace]) -> Counter[Trace]:
    return Counter(trace for trace in traces if trace[0] in TOLD_AS)


def _kind(table: sa.Table) -> sa.ColumnElement[Any]:
    return table.c.kind if "kind" in table.c else sa.literal("status")


def _trail(connection: sa.Connection, since: Marks, found: Found) -> tuple[int, str]:
    """The trail goes on where it ended, without a gap, each line carrying the one before."""
    seq, prev = since.audit
    stands = connection.execute(
        sa.select(audit_trail.c.hash).where(audit_trail.c.seq == seq)
    ).scalar()
    if seq and stands != prev:
        found.faults.append(f"audit line {seq} is not what it was")
    for line in audit_lines(connection, seq):
        if (line.seq, line.prev) != (seq + 1, prev) or line.computed_hash() != line.hash:
            found.faults.append(f"the audit trail breaks at {line.seq}")
        seq, prev = line.seq, line.hash
        if line.act in TOLD_AS:
            found.trail[line.act, line.entity_id] += 1
    return seq, prev


def _outbox(
    connection: sa.Connection, epoch: str, since: Marks, found: Found
) -> dict[int, tuple[int, str]]:
    """Every lane goes on where it ended, without a gap, and its head names its last event."""
    ends = {}
    for lane in range(4):
        seq, prev = since.lanes.get(lane, (0, NO_HASH))
        mine = (outbox.c.epoch == epoch) & (outbox.c.lane == lane)
        stands = connection.execute(
            sa.select(outbox.c.hash).where(mine, outbox.c.seq == seq)
        ).scalar()
        if seq and stands != prev:
            found.faults.append(f"event {lane}:{seq} is not what it was")
        for row in connection.execute(
            sa.select(outbox).where(mine, outbox.c.seq > seq).order_by(outbox.c.seq)
        ):
            if (row.seq, row.prev) != (seq + 1, prev):
                found.faults.append(f"lane {lane} breaks at {row.seq}")
            seq, prev = row.seq, row.hash
            if row.kind in TOLD_AS.values():
                found.told[row.kind, row.entity_id] += 1
        head = connection.execute(
            sa.select(lane_head.c.last_seq, lane_head.c.last_hash).where(
                lane_head.c.epoch == epoch, lane_head.c.lane == lane
            )
        ).first()
        if (tuple(head) if head else (0, NO_HASH)) != (seq, prev):
            found.faults.append(f"the head of lane {lane} is not its last event")
        ends[lane] = seq, prev
    return ends


def _standing(connection: sa.Connection, touched: set[str], found: Found) -> None:
    """What an entity is agrees with the last line of its log."""
    line = log_table.c
    for row in connection.execute(
        sa.select(call_table.c.id, call_table.c.rev, sa.func.max(_json(line.detail, "rev")))
        .join_from(call_table, log_table)
        .where(call_table.c.id.in_(touched))
        .group_by(call_table.c.id)
    ):
        if row[1] != row[2]:
            found.faults.append(f"call {row[0]} stands at {row[1]}, its log at {row[2]}")
    crew = assignment_table.c
    bound = connection.execute(
        sa.select(crew.call_id, sa.func.count(crew.departed_at), sa.func.count(crew.arrived_at))
        .where(crew.call_id.in_(touched))
        .group_by(crew.call_id)
    )
    for call_id, departed, arrived in bound:
        logged = connection.execute(
            sa.select(
                sa.func.count().filter(line.kind == "departed"),
                sa.func.count().filter(line.kind == "arrived"),
            ).where(line.call_id == call_id)
        ).one()
        if tuple(logged) != (departed, arrived):
            found.faults.append(f"the crews of call {call_id} are not where its log says")
    _last_lines(connection, touched, found)


def _last_lines(connection: sa.Connection, touched: set[str], found: Found) -> None:
    """Units, visits and items stand as their last line says; places have been told as they are."""
    for table, log, key, here, there in (
        (unit_table, status_log, "unit_id", "status", "status"),
        (visit_table, visit_lines, "visit_id", "rev", "rev"),
        (item_table, custody_table, "item_id", "holder_number", "holder_number"),
    ):
        last = (
            sa.select(log.c[there])
            .where(log.c[key] == table.c.id)
            .order_by(log.c.seq.desc())
            .limit(1)
        )
        if log is custody_table:  # the line of a return names who had it
            last = last.with_only_columns(
                sa.case((log.c.kind == "issued", log.c[there]), else_=None)
            )
        rows = connection.execute(
            sa.select(table.c.id, table.c[here], last.scalar_subquery()).where(
                table.c.id.in_(touched)
            )
        )
        for entity, stands, logged in rows:
            if stands != logged:
                found.faults.append(f"{table.name} {entity} is {stands}, its log says {logged}")
    place = whereabouts_table.c
    for row in connection.execute(sa.select(place.unit_id, place.rev, place.fixed_at)):
        found.places[row.unit_id] = f"{row.fixed_at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
        told = connection.execute(
            sa.select(sa.func.max(outbox.c.rev)).where(
                outbox.c.entity == "position", outbox.c.entity_id == row.unit_id
            )
        ).scalar()
        if (told or 0) > row.rev:
            found.faults.append(f"the city was told a place of {row.unit_id} that is not stored")


def _json(column: sa.Column[Any], name: str) -> sa.ColumnElement[int]:
    return sa.func.json_extract(sa.type_coerce(column, sa.Text), f"$.{name}", type_=sa.Integer)
