"""The tables of kept layouts and tours, and of who watched which camera when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import CanonicalJson, UtcTime, metadata
from console.videowall.model import CameraId, How, Layout, Stop, Tour, Watch
from console.videowall.model.layout import frozen, thawed

wall_layout = sa.Table(
    "wall_layout",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", CanonicalJson, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.UniqueConstraint("owner", "role", "name"),
)
wall_tour = sa.Table(
    "wall_tour",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", CanonicalJson, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.UniqueConstraint("owner", "role", "name"),
)
camera_watch = sa.Table(
    "camera_watch",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("camera_id", sa.String(36), nullable=False),
    sa.Column("officer", sa.String(32), nullable=False),
    sa.Column("how", sa.String(16), nullable=False),
    sa.Column("began_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime, nullable=False),
    sa.Index("camera_watch_camera", "camera_id", "ended_at"),
    sa.Index("camera_watch_began", "began_at", "id"),
)


def layouts(connection: sa.Connection, owner: str, roles: Iterable[str]) -> list[Layout]:
    """This officer's layouts and those of his roles, by name."""
    return [_layout(row) for row in connection.execute(_mine(wall_layout, owner, roles))]


def find_layout(connection: sa.Connection, one: Layout) -> Layout | None:
    """The layout of this id, or else the one that has its name already."""
    row = _find(connection, wall_layout, one.id, (one.owner, one.role, one.name))
    return None if row is None else _layout(row)


def put_layout(connection: sa.Connection, one: Layout) -> None:
    """The layout stands in the store, new or changed."""
    values = {"owner": one.owner, "role": one.role, "name": one.name, "rev": one.rev}
    _put(connection, wall_layout, one.id, {**values, "body": frozen(one.arrangement)})


def tours(connection: sa.Connection, owner: str, roles: Iterable[str]) -> list[Tour]:
    """This officer's tours and those of his roles, by name."""
    return [_tour(row) for row in connection.execute(_mine(wall_tour, owner, roles))]


def find_tour(connection: sa.Connection, one: Tour) -> Tour | None:
    """The tour of this id, or else the one that has its name already."""
    row = _find(connection, wall_tour, one.id, (one.owner, one.role, one.name))
    return None if row is None else _tour(row)


def put_tour(connection: sa.Connection, one: Tour) -> None:
    """The tour stands in the store, new or changed."""
    body = [[stop.camera_id, stop.dwell_s] for stop in one.stops]
    values = {"owner": one.owner, "role": one.role, "name": one.name, "rev": one.rev}
    _put(connection, wall_tour, one.id, {**values, "body": body})


def drop(connection: sa.Connection, one: Layout | Tour) -> None:
    """The layout or tour is gone."""
    table = wall_layout if isinstance(one, Layout) else wall_tour
    connection.execute(table.delete().where(table.c.id == one.id))


def put_watch(connection: sa.Connection, one: Watch) -> None:
    """The line stands in the log; one that goes on is written again with its later end."""
    table = camera_watch
    values = {
        "camera_id": one.camera_id,
        "officer": one.officer,
        "how": str(one.how),
        "began_at": one.began_at,
        "ended_at": one.ended_at,
    }
    changed = connection.execute(table.update().where(table.c.id == one.id).values(**values))
    if changed.rowcount == 0:
        connection.execute(table.insert().values(id=one.id, **values))


def watched(connection: sa.Connection) -> Mapping[CameraId, datetime]:
    """When each camera was seen last, whoever watched it."""
    table = camera_watch
    last = sa.func.max(table.c.ended_at, type_=UtcTime)
    rows = connection.execute(sa.select(table.c.camera_id, last).group_by(table.c.camera_id))
    return {CameraId(camera_id): at for camera_id, at in rows}


def watches(
    connection: sa.Connection,
    after: tuple[datetime, str] | None = None,
    limit: int | None = None,
    camera_id: CameraId | None = None,
) -> list[Watch]:
    """The log, the newest first, from the line after (began, id) on; of one camera when told."""
    table = camera_watch
    query = sa.select(table).order_by(table.c.began_at.desc(), table.c.id.desc())
    if camera_id is not None:
        query = query.where(table.c.camera_id == camera_id)
    if after is not None:
        query = query.where(sa.tuple_(table.c.began_at, table.c.id) < sa.tuple_(*_bound(after)))
    rows = connection.execute(query.limit(limit) if limit is not None else query)
    return [
        Watch(row.id, CameraId(row.camera_id), row.officer, How(row.how), row.began_at, row.ended_at)
        for row in rows
    ]  # fmt: skip


def _bound(after: tuple[datetime, str]) -> tuple[Any, Any]:
    return sa.literal(after[0], UtcTime), sa.literal(after[1])


def _mine(table: sa.Table, owner: str, roles: Iterable[str]) -> sa.Select[Any]:
    of_role = (table.c.owner == "") & table.c.role.in_(sorted(roles))
    return sa.select(table).where((table.c.owner == owner) | of_role).order_by(table.c.name)


def _find(
    connection: sa.Connection, table: sa.Table, key: str, named: tuple[str, str, str]
) -> sa.Row[Any] | None:
    if key:
        return connection.execute(sa.select(table).where(table.c.id == key)).first()
    owner, role, name = named
    where = (table.c.owner == owner) & (table.c.role == role) & (table.c.name == name)
    return connection.execute(sa.select(table).where(where)).first()


def _put(connection: sa.Connection, table: sa.Table, key: str, values: dict[str, Any]) -> None:
    changed = connection.execute(table.update().where(table.c.id == key).values(**values))
    if changed.rowcount == 0:
        connection.execute(table.insert().values(id=key, **values))


def _layout(row: sa.Row[Any]) -> Layout:
    return Layout(row.id, row.name, thawed(row.body), row.owner, row.role, row.rev)


def _tour(row: sa.Row[Any]) -> Tour:
    stops = tuple(Stop(CameraId(camera), int(dwell)) for camera, dwell in row.body)
    return Tour(row.id, row.name, stops, row.owner, row.role, row.rev)
