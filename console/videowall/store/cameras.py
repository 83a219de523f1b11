"""The table of cameras."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from console.core.tables import CanonicalJson, metadata
from console.videowall.model import Camera, CameraId, Rect, Tier

camera = sa.Table(
    "camera",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("number", sa.String(32), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("direction_deg", sa.Float, nullable=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("user_name", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("tier", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("sub_address", sa.Text, nullable=False, server_default=""),
    sa.Column("view_deg", sa.Float, nullable=True),
    sa.Column("range_m", sa.Float, nullable=True),
    sa.Column("ptz", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("mask", CanonicalJson, nullable=False, server_default="[]"),
    sa.Column("onvif", sa.Text, nullable=False, server_default=""),
    sa.Column("onvif_profile", sa.Text, nullable=False, server_default=""),
)


def window(
    connection: sa.Connection, text: str = "", after: str = "", limit: int | None = None
) -> list[Camera]:
    """The cameras whose number or name holds ``text``, by number, those after number ``after``."""
    chosen = sa.select(camera).where(camera.c.number > after).order_by(camera.c.number)
    if text:
        holds = camera.c.number.icontains(text, autoescape=True)
        chosen = chosen.where(holds | camera.c.name.icontains(text, autoescape=True))
    if limit is not None:
        chosen = chosen.limit(limit)
    return [_camera(row) for row in connection.execute(chosen)]


def count(connection: sa.Connection) -> int:
    """How many cameras there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(camera)).scalar_one())


def find(connection: sa.Connection, camera_id: CameraId) -> Camera | None:
    """The camera of this id."""
    row = connection.execute(sa.select(camera).where(camera.c.id == camera_id)).first()
    return None if row is None else _camera(row)


def numbered(connection: sa.Connection, number: str) -> Camera | None:
    """The camera of this number."""
    row = connection.execute(sa.select(camera).where(camera.c.number == number)).first()
    return None if row is None else _camera(row)


def put(connection: sa.Connection, one: Camera) -> None:
    """The camera stands in the store, new or changed."""
    values = {
        "number": one.number,
        "name": one.name,
        "lat": one.lat,
        "lon": one.lon,
        "direction_deg": one.direction_deg,
        "address": one.address,
        "user_name": one.user,
        "password": one.password,
        "tier": int(one.tier),
        "rev": one.rev,
        "sub_address": one.sub_address,
        "view_deg": one.view_deg,
        "range_m": one.range_m,
        "ptz": one.ptz,
        "mask": [[part.left, part.top, part.width, part.height] for part in one.mask],
        "onvif": one.onvif,
        "onvif_profile": one.onvif_profile,
    }
    changed = connection.execute(camera.update().where(camera.c.id == one.id).values(**values))
    if changed.rowcount == 0:
        connection.execute(camera.insert().values(id=one.id, **values))


def _camera(row: sa.Row[Any]) -> Camera:
    return Camera(
        id=CameraId(row.id),
        number=row.number,
        name=row.name,
        lat=row.lat,
        lon=row.lon,
        address=row.address,
        direction_deg=row.direction_deg,
        tier=Tier(row.tier),
        user=row.user_name,
        password=row.password,
        rev=row.rev,
        sub_address=row.sub_address,
        view_deg=row.view_deg,
        range_m=row.range_m,
        ptz=row.ptz,
        mask=tuple(Rect(*part) for part in row.mask),
        onvif=row.onvif,
        onvif_profile=row.onvif_profile,
    )
