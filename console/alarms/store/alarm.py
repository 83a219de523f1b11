"""Alarms: tables and queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.alarms.model import SILENT, TEST, Alarm, Bucket, Kinds, LogLine, Look, Shelf, title
from console.core.tables import UtcTime, metadata

alarm = sa.Table(
    "alarm",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("originator", sa.Text, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("raised_at", UtcTime, nullable=False),
    sa.Column("last_at", UtcTime, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("how", sa.String(16), nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("active", sa.Integer, nullable=False),
    sa.Column("cleared_at", UtcTime, nullable=True),
    sa.Column("acknowledged_by", sa.Text, nullable=False),
    sa.Column("acknowledged_at", UtcTime, nullable=True),
    sa.Column("shelved_at", UtcTime, nullable=True),
    sa.Column("shelved_until", UtcTime, nullable=True),
    sa.Column("shelved_by", sa.Text, nullable=False),
    sa.Column("shelved_why", sa.Text, nullable=False),
    sa.Column("call_id", sa.String(64), nullable=False),
    sa.Column("city_active", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("is_open", sa.Integer, nullable=False),
    sa.Column("told_at", UtcTime, nullable=True),
    sa.Column("asked_at", UtcTime, nullable=True),
    sa.Column("escalated", sa.String(16), nullable=False),
)
sa.Index("alarm_list", alarm.c.is_open, alarm.c.priority, alarm.c.raised_at)
sa.Index("alarm_identity", alarm.c.originator, alarm.c.kind, alarm.c.raised_at)
sa.Index("alarm_day", alarm.c.last_at)
sa.Index(
    "alarm_one_open",
    alarm.c.originator,
    alarm.c.kind,
    unique=True,
    sqlite_where=sa.text("is_open = 1"),
    postgresql_where=sa.text("is_open = 1"),
)

alarm_log = sa.Table(
    "alarm_log",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("alarm_id", sa.String(36), sa.ForeignKey("alarm.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("alarm_log_alarm", "alarm_id", "seq"),
)

alarm_bucket = sa.Table(
    "alarm_bucket",
    metadata,
    sa.Column("originator", sa.Text, primary_key=True),
    sa.Column("tokens", sa.Float, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
)


def find(connection: sa.Connection, alarm_id: str, kinds: Kinds) -> Alarm | None:
    """The alarm of this id."""
    row = connection.execute(sa.select(alarm).where(alarm.c.id == alarm_id)).first()
    return None if row is None else _alarm(row, kinds)


def newest(connection: sa.Connection, originator: str, kind: str, kinds: Kinds) -> Alarm | None:
    """The newest line of this identity: by the order of writing, for a clock may be put back."""
    row = connection.execute(
        sa.select(alarm)
        .where(alarm.c.originator == originator, alarm.c.kind == kind)
        .order_by(alarm.c.is_open.desc(), sa.text("rowid DESC"))
        .limit(1)
    ).first()
    return None if row is None else _alarm(row, kinds)


def put(connection: sa.Connection, told: Alarm) -> None:
    """The line stands in the store, new or changed."""
    values = _values(told)
    changed = connection.execute(alarm.update().where(alarm.c.id == told.id).values(**values))
    if changed.rowcount == 0:
        connection.execute(alarm.insert().values(id=told.id, **values))


def every_open(connection: sa.Connection, kinds: Kinds) -> list[Alarm]:
    """Every open line, shelved or not, the most urgent first, then the oldest."""
    rows = connection.execute(sa.select(alarm).where(alarm.c.is_open == 1).order_by(*_ORDER))
    return [_alarm(row, kinds) for row in rows]


def asked(look: Look, now: datetime, since: datetime, kinds: Kinds) -> sa.Select[Any]:
    """The statement of a list: ``since`` begins the day. Duress stands on none for its time."""
    hidden = (alarm.c.how == SILENT) & (alarm.c.last_at > now - timedelta(seconds=kinds.hidden_s))
    return _asked(look, now, since).where(~hidden)


def _asked(look: Look, now: datetime, since: datetime) -> sa.Select[Any]:
    on_shelf = (
        alarm.c.shelved_until.is_not(None)
        & (alarm.c.shelved_until > now)
        & (alarm.c.shelved_at <= now)
    )
    if look is Look.TODAY:
        return sa.select(alarm).where(alarm.c.last_at >= since)
    still = sa.select(alarm).where(alarm.c.is_open == 1)
    if look is Look.SHELVED:
        return still.where(on_shelf)
    return still.where(sa.or_(alarm.c.shelved_until.is_(None), ~on_shelf))


def page(
    connection: sa.Connection, wanted: sa.Select[Any], kinds: Kinds, after: Alarm | None, limit: int
) -> list[Alarm]:
    """The lines of a list that follow ``after``, by priority, then the oldest."""
    if after is not None:
        here = sa.tuple_(alarm.c.priority, alarm.c.raised_at, alarm.c.id)
        last = sa.tuple_(
            sa.literal(after.priority), sa.literal(after.raised_at, UtcTime), sa.literal(after.id)
        )
        wanted = wanted.where(here > last)
    rows = connection.execute(wanted.order_by(*_ORDER).limit(limit))
    return [_alarm(row, kinds) for row in rows]


_ORDER = (alarm.c.priority, alarm.c.raised_at, alarm.c.id)


def write_line(connection: sa.Connection, alarm_id: str, line: LogLine) -> None:
    """One more line of the alarm's log."""
    connection.execute(
        alarm_log.insert().values(
            alarm_id=alarm_id, kind=line.kind, at=line.at, actor=line.actor, text=line.text
        )
    )


def lines(connection: sa.Connection, alarm_id: str, most: int) -> list[LogLine]:
    """The newest lines of the alarm's log, newest first."""
    rows = connection.execute(
        sa.select(alarm_log)
        .where(alarm_log.c.alarm_id == alarm_id)
        .order_by(alarm_log.c.seq.desc())
        .limit(most)
    )
    return [LogLine(row.seq, row.kind, row.at, row.actor, row.text) for row in rows]


def bucket(connection: sa.Connection, originator: str) -> Bucket | None:
    """What may still be told of this originator."""
    row = connection.execute(
        sa.select(alarm_bucket).where(alarm_bucket.c.originator == originator)
    ).first()
    return None if row is None else Bucket(row.tokens, row.at, row.held)


def put_bucket(connection: sa.Connection, originator: str, told: Bucket) -> None:
    """The bucket of this originator is as told."""
    values = {"tokens": told.tokens, "at": told.at, "held": told.held}
    here = alarm_bucket.update().where(alarm_bucket.c.originator == originator)
    if connection.execute(here.values(**values)).rowcount == 0:
        connection.execute(alarm_bucket.insert().values(originator=originator, **values))


def _values(told: Alarm) -> dict[str, Any]:
    shelf = told.shelf
    return {
        "originator": told.originator, "kind": told.kind, "name": told.name,
        "priority": told.priority, "raised_at": told.raised_at, "last_at": told.last_at,
        "place": told.place, "lat": told.lat, "lon": told.lon, "how": told.how,
        "count": told.count, "active": int(told.active), "cleared_at": told.cleared_at,
        "acknowledged_by": told.acknowledged_by, "acknowledged_at": told.acknowledged_at,
        "shelved_at": shelf.since if shelf else None,
        "shelved_until": shelf.until if shelf else None,
        "shelved_by": shelf.by if shelf else "", "shelved_why": shelf.reason if shelf else "",
        "call_id": told.call_id, "city_active": int(told.city_active), "rev": told.rev,
        "is_open": int(told.is_open), "told_at": told.told_at, "asked_at": told.asked_at,
        "escalated": told.escalated,
    }  # fmt: skip


def _alarm(row: Any, kinds: Kinds) -> Alarm:
    shelf = None
    if row.shelved_at is not None and row.shelved_until is not None:
        shelf = Shelf(row.shelved_at, row.shelved_until, row.shelved_by, row.shelved_why)
    return Alarm(
        row.id, row.originator, row.kind, title(kinds.of(row.kind), row.name), row.name,
        row.priority, row.raised_at, row.last_at, row.place, row.lat, row.lon, row.how,
        row.count, bool(row.active), row.cleared_at, row.acknowledged_by, row.acknowledged_at,
        shelf, row.call_id, bool(row.city_active), row.rev, row.told_at,
        row.asked_at or row.raised_at, row.escalated,
    )  # fmt: skip


def tally(connection: sa.Connection, since: datetime) -> dict[str, dict[str, int]]:
    """By kind, how many lines in earnest were raised since then, acknowledged, and made a call."""
    seen = alarm.c.acknowledged_at.is_not(None)
    rows = connection.execute(
        sa.select(
            alarm.c.kind,
            sa.func.count().label("raised"),
            sa.func.sum(sa.case((seen, 1), else_=0)).label("acknowledged"),
            sa.func.sum(sa.case((alarm.c.call_id != "", 1), else_=0)).label("calls"),
        )
        .where(alarm.c.raised_at >= since, alarm.c.how != TEST)
        .group_by(alarm.c.kind)
        .order_by(alarm.c.kind)
    )
    return {
        row.kind: {"raised": row.raised, "acknowledged": row.acknowledged, "calls": row.calls}
        for row in rows
    }
