"""Devices that raise alarms: table and queries."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from console.alarms.model import Device, InputPlace
from console.core.tables import UtcTime, metadata

alarm_device = sa.Table(
    "alarm_device",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("link_id", sa.String(36), nullable=False),
    sa.Column("input_unit", sa.Integer, nullable=True),
    sa.Column("input_number", sa.Integer, nullable=True),
    sa.Column("normally_closed", sa.Integer, nullable=False),
    sa.Column("test_until", UtcTime, nullable=True),
    sa.Column("test_by", sa.Text, nullable=False),
)


def devices(connection: sa.Connection) -> list[Device]:
    """Every device that raises alarms, by name."""
    rows = connection.execute(sa.select(alarm_device).order_by(alarm_device.c.name))
    return [_device(row) for row in rows]


def insert_device(connection: sa.Connection, told: Device) -> None:
    """One more device stands in the store."""
    connection.execute(alarm_device.insert().values(id=told.id, **_values(told)))


def put_device(connection: sa.Connection, told: Device) -> None:
    """The device is as told."""
    here = alarm_device.update().where(alarm_device.c.id == told.id)
    connection.execute(here.values(**_values(told)))


def remove_device(connection: sa.Connection, device_id: str) -> None:
    """The device is no longer set up; its alarms stay."""
    connection.execute(alarm_device.delete().where(alarm_device.c.id == device_id))


def _values(told: Device) -> dict[str, Any]:
    wire = told.input
    return {
        "name": told.name, "place": told.place, "lat": told.lat, "lon": told.lon,
        "kind": told.kind, "link_id": wire.link_id if wire else "",
        "input_unit": wire.unit if wire else None, "input_number": wire.number if wire else None,
        "normally_closed": int(wire.normally_closed) if wire else 1,
        "test_until": told.test_until, "test_by": told.test_by,
    }  # fmt: skip


def _device(row: Any) -> Device:
    wire = None
    if row.link_id:
        wire = InputPlace(row.link_id, row.input_unit, row.input_number, bool(row.normally_closed))
    return Device(
        row.id, row.name, row.place, row.lat, row.lon, row.kind, wire, row.test_until, row.test_by
    )
