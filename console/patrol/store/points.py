"""The rows of points and of reports of coverage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from console.patrol.model import Due, NewPoint, Point, PointId, Shift
from console.patrol.store.tables import point_table, report_table


def all_points(connection: sa.Connection, retired: bool = False) -> list[Point]:
    """Every point by number; those that were retired only when asked for."""
    wanted = sa.select(point_table).order_by(point_table.c.number, point_table.c.id)
    if not retired:
        wanted = wanted.where(point_table.c.retired_at.is_(None))
    return [_point(row) for row in connection.execute(wanted)]


def one_point(connection: sa.Connection, point_id: str) -> Point | None:
    """This point; None when there is none of this id."""
    row = connection.execute(sa.select(point_table).where(point_table.c.id == point_id)).first()
    return None if row is None else _point(row)


def in_force(connection: sa.Connection, number: str) -> Point | None:
    """The point of this number that is not retired."""
    row = connection.execute(
        sa.select(point_table).where(
            point_table.c.number == number, point_table.c.retired_at.is_(None)
        )
    ).first()
    return None if row is None else _point(row)


def insert_point(connection: sa.Connection, point_id: PointId, told: NewPoint) -> None:
    """A row of a new point."""
    connection.execute(
        point_table.insert().values(id=point_id, rev=1, retired_why="", **_values(told))
    )


def rewrite_point(connection: sa.Connection, point_id: PointId, rev: int, told: NewPoint) -> None:
    """The point is as told."""
    connection.execute(
        point_table.update().where(point_table.c.id == point_id).values(rev=rev, **_values(told))
    )


def retire(connection: sa.Connection, point: Point, at: datetime, why: str) -> None:
    """The point is due no more."""
    connection.execute(
        point_table.update()
        .where(point_table.c.id == point.id)
        .values(rev=point.rev + 1, retired_at=at, retired_why=why)
    )


def keep_report(connection: sa.Connection, shift: Shift, found: Due, at: datetime, by: str) -> int:
    """What was reported of an area in a shift is kept; returns the report's revision."""
    key = (report_table.c.starts_at == shift.starts_at, report_table.c.area_id == found.area_id)
    was = connection.execute(sa.select(report_table.c.rev).where(*key)).scalar()
    rev = int(was or 0) + 1
    values: dict[str, Any] = {
        "ends_at": shift.ends_at,
        "rev": rev,
        "due": found.due,
        "met": found.met,
        "reported_at": at,
        "by": by,
    }
    if was is None:
        key_values = {"starts_at": shift.starts_at, "area_id": found.area_id}
        connection.execute(report_table.insert().values(**key_values, **values))
    else:
        connection.execute(report_table.update().where(*key).values(**values))
    return rev


def reported(connection: sa.Connection, shift: Shift) -> list[Due]:
    """What was last reported of this shift after its end, by area; nothing when it never was."""
    table = report_table
    rows = connection.execute(
        sa.select(table)
        .where(table.c.starts_at == shift.starts_at, table.c.reported_at >= shift.ends_at)
        .order_by(table.c.area_id)
    )
    return [Due(row.area_id, row.due, row.met) for row in rows]


def _values(told: NewPoint) -> dict[str, Any]:
    return {
        "number": told.number,
        "name": told.name,
        "lat": told.lat,
        "lon": told.lon,
        "radius_m": told.radius_m,
        "dwell_s": told.dwell_s,
        "times": told.times,
        "area_id": told.area_id,
        "active_from": told.active_from.isoformat() if told.active_from else None,
        "active_until": told.active_until.isoformat() if told.active_until else None,
    }


def _point(row: Any) -> Point:
    told = NewPoint(
        row.number, row.name, row.lat, row.lon, row.radius_m, row.dwell_s, row.times, row.area_id,
        _day(row.active_from), _day(row.active_until),
    )  # fmt: skip
    return Point(PointId(row.id), told, row.rev, row.retired_at, row.retired_why)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
