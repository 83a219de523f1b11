"""The tables of camera health: last looks, faults, figures of days, planned outages, checked places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import UtcTime, metadata
from console.videowall.model import CameraId, Verdict
from console.videowall.model.health import (
    Fault,
    Figure,
    Found,
    Looker,
    Outage,
    PlaceCheck,
    Rate,
)

camera_look = sa.Table(
    "camera_look",
    metadata,
    sa.Column("camera_id", sa.String(36), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("online", sa.Boolean, nullable=False),
    sa.Column("cause", sa.String(24), nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("looker", sa.String(16), nullable=False),
    sa.Column("since", UtcTime, nullable=True),
)
camera_fault = sa.Table(
    "camera_fault",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("camera_id", sa.String(36), nullable=False),
    sa.Column("rate", sa.String(16), nullable=False),
    sa.Column("cause", sa.String(24), nullable=False),
    sa.Column("since", UtcTime, nullable=False),
    sa.Column("until", UtcTime, nullable=True),
    sa.Index("camera_fault_open", "until", "since"),
    sa.Index("camera_fault_camera", "camera_id", "since"),
)
camera_figure = sa.Table(
    "camera_figure",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("rate", sa.String(16), primary_key=True),
    sa.Column("good", sa.Integer, nullable=False),
    sa.Column("known", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
)
camera_outage = sa.Table(
    "camera_outage",
    metadata,
    sa.Column("camera_id", sa.String(36), primary_key=True),
    sa.Column("begins_at", UtcTime, nullable=False),
    sa.Column("ends_at", UtcTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
)
camera_place_check = sa.Table(
    "camera_place_check",
    metadata,
    sa.Column("camera_id", sa.String(36), primary_key=True),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("right", sa.Boolean, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
)


def looks(connection: sa.Connection) -> dict[CameraId, Found]:
    """What the last look at each camera found."""
    return {
        CameraId(row.camera_id): Found(
            CameraId(row.camera_id),
            row.at,
            row.online,
            row.cause,
            Verdict(row.verdict) if row.verdict else None,
            Looker(row.looker),
            row.since,
        )
        for row in connection.execute(sa.select(camera_look))
    }


def put_look(connection: sa.Connection, one: Found) -> None:
    """This was the last look at its camera."""
    values = {
        "at": one.at,
        "online": one.online,
        "cause": one.cause,
        "verdict": str(one.verdict or ""),
        "looker": str(one.by),
        "since": one.since,
    }
    _put(connection, camera_look, one.camera_id, values)


def open_faults(connection: sa.Connection) -> list[Fault]:
    """The faults that go on, the oldest first."""
    table = camera_fault
    query = sa.select(table).where(table.c.until.is_(None)).order_by(table.c.since, table.c.id)
    return [_fault(row) for row in connection.execute(query)]


def faults_of(connection: sa.Connection, camera_id: CameraId, limit: int) -> list[Fault]:
    """The faults that this camera had, the newest first."""
    table = camera_fault
    query = sa.select(table).where(table.c.camera_id == camera_id)
    query = query.order_by(table.c.since.desc(), table.c.id.desc()).limit(limit)
    return [_fault(row) for row in connection.execute(query)]


def put_fault(connection: sa.Connection, one: Fault) -> None:
    """The fault stands in the store, new or changed."""
    table = camera_fault
    values = {"cause": one.cause, "since": one.since, "until": one.until}
    changed = connection.execute(table.update().where(table.c.id == one.id).values(**values))
    if changed.rowcount == 0:
        more = {"id": one.id, "camera_id": one.camera_id, "rate": str(one.rate)}
        connection.execute(table.insert().values(**more, **values))


def figures(connection: sa.Connection, first: date, last: date) -> list[Figure]:
    """The figures of these days, the oldest day first."""
    table = camera_figure
    within = table.c.day.between(first.isoformat(), last.isoformat())
    rows = connection.execute(sa.select(table).where(within).order_by(table.c.day))
    return [
        Figure(date.fromisoformat(row.day), Rate(row.rate), row.good, row.known, row.total)
        for row in rows
    ]


def put_figures(connection: sa.Connection, made: Iterable[Figure]) -> None:
    """These are the figures of their day."""
    table = camera_figure
    for one in made:
        key = (table.c.day == one.day.isoformat()) & (table.c.rate == str(one.rate))
        values = {"good": one.good, "known": one.known, "total": one.total}
        if connection.execute(table.update().where(key).values(**values)).rowcount == 0:
            more = {"day": one.day.isoformat(), "rate": str(one.rate)}
            connection.execute(table.insert().values(**more, **values))


def outages(connection: sa.Connection) -> dict[CameraId, Outage]:
    """The last planned outage of each camera, over or not."""
    return {
        CameraId(row.camera_id): Outage(
            CameraId(row.camera_id), row.begins_at, row.ends_at, row.reason, row.by
        )
        for row in connection.execute(sa.select(camera_outage))
    }


def put_outage(connection: sa.Connection, one: Outage) -> None:
    """This is the camera's planned outage."""
    values = {
        "begins_at": one.begins_at,
        "ends_at": one.ends_at,
        "reason": one.reason,
        "by": one.by,
    }
    _put(connection, camera_outage, one.camera_id, values)


def checks(connection: sa.Connection) -> dict[CameraId, PlaceCheck]:
    """Who checked the place of which camera last."""
    return {
        CameraId(row.camera_id): PlaceCheck(
            CameraId(row.camera_id), row.lat, row.lon, row.right, row.at, row.by
        )
        for row in connection.execute(sa.select(camera_place_check))
    }


def put_check(connection: sa.Connection, one: PlaceCheck) -> None:
    """This is the last check of the camera's place."""
    values = {"lat": one.lat, "lon": one.lon, "right": one.right, "at": one.at, "by": one.by}
    _put(connection, camera_place_check, one.camera_id, values)


def drop_before(connection: sa.Connection, day: date, at: datetime) -> tuple[int, int]:
    """Figures before that day and faults that ended before that moment are gone; how many."""
    old_figures = camera_figure.c.day < day.isoformat()
    ended = camera_fault.c.until.is_not(None) & (camera_fault.c.until < at)
    gone = connection.execute(camera_figure.delete().where(old_figures)).rowcount
    return int(gone), int(connection.execute(camera_fault.delete().where(ended)).rowcount)


def any_before(connection: sa.Connection, day: date, at: datetime) -> bool:
    """Whether ``drop_before`` would find something."""
    old_figures = sa.select(camera_figure.c.day).where(camera_figure.c.day < day.isoformat())
    ended = sa.select(camera_fault.c.id).where(
        camera_fault.c.until.is_not(None), camera_fault.c.until < at
    )
    return any(connection.execute(one.limit(1)).first() for one in (old_figures, ended))


def _put(connection: sa.Connection, table: sa.Table, key: str, values: dict[str, Any]) -> None:
    changed = connection.execute(table.update().where(table.c.camera_id == key).values(**values))
    if changed.rowcount == 0:
        connection.execute(table.insert().values(camera_id=key, **values))


def _fault(row: sa.Row[Any]) -> Fault:
    return Fault(
        row.id, CameraId(row.camera_id), Rate(row.rate), row.cause, row.since, row.until
    )  # fmt: skip
