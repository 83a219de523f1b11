"""Alerts of the city: table and queries."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from console.alarms.model import Alert
from console.core.tables import CanonicalJson, UtcTime, metadata

city_alert = sa.Table(
    "city_alert",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("seen_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("received_at", UtcTime, nullable=False),
    sa.Column("confidence", sa.Float, nullable=True),
    sa.Column("picture", sa.Text, nullable=False),
    sa.Column("fields", CanonicalJson, nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("decided_at", UtcTime, nullable=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("alarm_id", sa.String(36), nullable=False),
)
sa.Index("city_alert_open", city_alert.c.outcome, city_alert.c.expires_at)


def alert(connection: sa.Connection, alert_id: str) -> Alert | None:
    """The alert of this id."""
    row = connection.execute(sa.select(city_alert).where(city_alert.c.id == alert_id)).first()
    return None if row is None else _alert(row)


def open_alerts(connection: sa.Connection, outcomes: tuple[str, ...]) -> list[Alert]:
    """The alerts that stand so, the first to expire first."""
    wanted = sa.select(city_alert).where(city_alert.c.outcome.in_(outcomes))
    return [_alert(row) for row in connection.execute(wanted.order_by(city_alert.c.expires_at))]


def insert_alert(connection: sa.Connection, told: Alert) -> None:
    """One more alert stands in the store."""
    connection.execute(city_alert.insert().values(id=told.id, **_values(told)))


def put_alert(connection: sa.Connection, told: Alert) -> None:
    """The alert is as told."""
    here = city_alert.update().where(city_alert.c.id == told.id)
    connection.execute(here.values(**_values(told)))


def _values(told: Alert) -> dict[str, Any]:
    return {
        "source": told.source, "place": told.place, "lat": told.lat, "lon": told.lon,
        "seen_at": told.seen_at, "expires_at": told.expires_at, "received_at": told.received_at,
        "confidence": told.confidence, "picture": told.picture, "fields": told.fields or {},
        "outcome": told.outcome, "decided_by": told.decided_by, "decided_at": told.decided_at,
        "note": told.note, "alarm_id": told.alarm_id,
    }  # fmt: skip


def _alert(row: Any) -> Alert:
    return Alert(
        row.id, row.source, row.place, row.seen_at, row.expires_at, row.received_at, row.lat,
        row.lon, row.confidence, row.picture, row.fields, row.outcome, row.decided_by,
        row.decided_at, row.note, row.alarm_id,
    )  # fmt: skip
