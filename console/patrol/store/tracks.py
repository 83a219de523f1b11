"""The rows of tracks, of what they jumped, and of the visits that they prove."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from console.core.ids import UnitId
from console.patrol.model import Fix, Jump, PointId, Stay, Visit, VisitId
from console.patrol.store.tables import jump_table, track_table, visit_table

PRUNED_AT_ONCE = timedelta(days=1)

# Built once: to build a statement costs more than to run it.
_KEEP_FIX = insert(track_table).on_conflict_do_nothing()
_KEEP_JUMP = insert(jump_table).on_conflict_do_nothing()


def keep_fixes(connection: sa.Connection, fixes: Sequence[tuple[UnitId, Fix]]) -> None:
    """The fixes stand in the tracks; one of the same unit and moment stays as it was."""
    if fixes:
        connection.execute(
            _KEEP_FIX,
            [
                {
                    "unit_id": unit, "fixed_at": fix.at, "lat": fix.lat, "lon": fix.lon,
                    "error_m": fix.error_m, "speed_mps": fix.speed_mps,
                }
                for unit, fix in fixes
            ],
        )  # fmt: skip


def track(
    connection: sa.Connection, unit_id: UnitId, since: datetime, until: datetime | None = None
) -> list[Fix]:
    """The unit's kept fixes from ``since`` on, in the order of their times."""
    table = track_table
    wanted = sa.select(table).where(table.c.unit_id == unit_id, table.c.fixed_at >= since)
    if until is not None:
        wanted = wanted.where(table.c.fixed_at <= until)
    return [
        Fix(row.fixed_at, row.lat, row.lon, row.error_m, row.speed_mps)
        for row in connection.execute(wanted.order_by(table.c.fixed_at))
    ]


def any_track(connection: sa.Connection, since: datetime, until: datetime) -> bool:
    """Some crew was seen in this time."""
    table = track_table
    wanted = sa.select(table.c.unit_id).where(table.c.fixed_at >= since, table.c.fixed_at < until)
    return connection.execute(wanted.limit(1)).first() is not None


def keep_jumps(connection: sa.Connection, jumps: Sequence[tuple[UnitId, Jump]]) -> None:
    """What the tracks jumped is kept."""
    if jumps:
        connection.execute(
            _KEEP_JUMP,
            [
                {
                    "unit_id": unit, "at": jump.after.at, "before_at": jump.before.at,
                    "before_lat": jump.before.lat, "before_lon": jump.before.lon,
                    "lat": jump.after.lat, "lon": jump.after.lon, "metres": round(jump.metres),
                }
                for unit, jump in jumps
            ],
        )  # fmt: skip


def jumps(connection: sa.Connection, since: datetime) -> list[tuple[UnitId, Jump]]:
    """What the tracks jumped since then, in the order of time."""
    rows = connection.execute(
        sa.select(jump_table).where(jump_table.c.at >= since).order_by(jump_table.c.at)
    )
    return [
        (
            UnitId(row.unit_id),
            Jump(
                Fix(row.before_at, row.before_lat, row.before_lon),
                Fix(row.at, row.lat, row.lon),
                float(row.metres),
            ),
        )
        for row in rows
    ]


def prune(connection: sa.Connection, before: datetime) -> None:
    """Older fixes and jumps are gone, a day's worth of them at a time."""
    for table, moment in ((track_table, track_table.c.fixed_at), (jump_table, jump_table.c.at)):
        oldest = connection.execute(sa.select(moment).order_by(moment).limit(1)).scalar()
        if isinstance(oldest, datetime) and oldest < before:
            until = min(before, oldest + PRUNED_AT_ONCE)
            connection.execute(table.delete().where(moment < until))


def visit_at(
    connection: sa.Connection, unit_id: UnitId, point_id: PointId, span: tuple[datetime, datetime]
) -> Visit | None:
    """The unit's visit at this point that overlaps the span, the first if there are several."""
    table, (since, until) = visit_table, span
    row = connection.execute(
        sa.select(table)
        .where(
            table.c.unit_id == unit_id,
            table.c.point_id == point_id,
            table.c.entered_at <= until,
            sa.func.coalesce(table.c.left_at, table.c.reached_at) >= since,
        )
        .order_by(table.c.entered_at)
        .limit(1)
    ).first()
    return None if row is None else _visit(row)


def insert_visit(
    connection: sa.Connection, visit_id: VisitId, unit: tuple[UnitId, str], stay: Stay
) -> None:
    """A visit of this unit (id, call sign) as long as the stay so far."""
    connection.execute(
        visit_table.insert().values(
            id=visit_id,
            point_id=stay.point.id,
            unit_id=unit[0],
            call_sign=unit[1],
            entered_at=stay.entered_at,
            reached_at=stay.reached_at,
            left_at=stay.left_at if stay.over else None,
            dwell_s=round(stay.dwell_s),
        )
    )


def correct_visit(connection: sa.Connection, visit: Visit, stay: Stay) -> None:
    """The visit is as the stay has it; an earlier coming that is known already stays."""
    connection.execute(
        visit_table.update()
        .where(visit_table.c.id == visit.id)
        .values(
            entered_at=min(visit.entered_at, stay.entered_at),
            reached_at=min(visit.reached_at, stay.reached_at or visit.reached_at),
            left_at=stay.left_at if stay.over else None,
            dwell_s=max(visit.dwell_s, round(stay.dwell_s)),
        )
    )


def delete_visit(connection: sa.Connection, visit_id: VisitId) -> None:
    """The visit is no more; the audit trail says why."""
    connection.execute(visit_table.delete().where(visit_table.c.id == visit_id))


def visits(
    connection: sa.Connection, since: datetime, until: datetime, point_id: str | None = None
) -> list[Visit]:
    """The visits that became full in this time, of all points or of one, in the order of time."""
    table = visit_table
    wanted = sa.select(table).where(table.c.reached_at >= since, table.c.reached_at < until)
    if point_id is not None:
        wanted = wanted.where(table.c.point_id == point_id)
    return [_visit(row) for row in connection.execute(wanted.order_by(table.c.reached_at))]


def visits_of_unit(connection: sa.Connection, unit_id: UnitId, since: datetime) -> list[Visit]:
    """The unit's visits that began then or later."""
    table = visit_table
    rows = connection.execute(
        sa.select(table).where(
            table.c.unit_id == unit_id, table.c.reached_at >= since, table.c.entered_at >= since
        )
    )
    return [_visit(row) for row in rows]


def _visit(row: Any) -> Visit:
    return Visit(
        VisitId(row.id), PointId(row.point_id), UnitId(row.unit_id), row.call_sign,
        row.entered_at, row.reached_at, row.left_at, row.dwell_s,
    )  # fmt: skip
