"""The tables of core, and the metadata that every room's store adds its own to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from console.core.canonical import canonical
from console.core.clock import from_text, to_text

metadata = sa.MetaData()


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept as fixed-width RFC 3339 text so that order and index work."""

    impl = sa.String(24)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else from_text(value)


class CanonicalJson(TypeDecorator[Any]):
    """Any JSON value, kept as canonical text so that hashes can be made again from it."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return canonical(value).decode("utf-8")

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        import json

        return None if value is None else json.loads(value)


identity = sa.Table(
    "identity",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("post", sa.String(64), nullable=False),
    sa.Column("epoch", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
)

audit_trail = sa.Table(
    "audit_trail",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("detail", CanonicalJson, nullable=False),
    sa.Column("prev", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

lane_head = sa.Table(
    "lane_head",
    metadata,
    sa.Column("epoch", sa.String(16), primary_key=True),
    sa.Column("lane", sa.Integer, primary_key=True),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("last_hash", sa.String(64), nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("epoch", sa.String(16), primary_key=True),
    sa.Column("lane", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("event_id", sa.String(36), nullable=False, unique=True),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("base_rev", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("payload", CanonicalJson, nullable=False),
    sa.Column("prev", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    # pending → acknowledged | set_aside → retried (as a new event) | superseded | discarded
    # waiting → pending: its number is below zero until then
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("settled_at", UtcTime, nullable=True),
    sa.Column("reason_code", sa.Text, nullable=True),
    sa.Column("reason", sa.Text, nullable=True),
    sa.Index("outbox_state", "state", "lane", "seq"),
    sa.Index("outbox_entity", "entity", "entity_id", "at"),
    sa.Index(
        "outbox_aside",
        "entity",
        "entity_id",
        sqlite_where=sa.text("state IN ('set_aside', 'waiting', 'discarded')"),
    ),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("officer", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("body", CanonicalJson, nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
)

reference_set = sa.Table(
    "reference_set",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("effective_at", UtcTime, nullable=False),
    sa.Column("body", CanonicalJson, nullable=False),
)
