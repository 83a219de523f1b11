"""The city's own tables, and an engine for them: a SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

metadata = sa.MetaData()
_big = sa.BigInteger().with_variant(sa.Integer, "sqlite")

city = sa.Table(
    "city",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("server_epoch", sa.String(16), nullable=False),
)

lane = sa.Table(
    "lane",
    metadata,
    sa.Column("post", sa.String(63), primary_key=True),
    sa.Column("epoch", sa.String(16), primary_key=True),
    sa.Column("lane", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("high_water", sa.BigInteger, nullable=False),
    sa.Column("head_hash", sa.String(64), nullable=False),
    sa.Column("archived_through", sa.BigInteger, nullable=False),
)

# One row an event that used up a number; the columns after event_id are empty for a rejected one.
event = sa.Table(
    "event",
    metadata,
    sa.Column("arrival", _big, primary_key=True),
    sa.Column("post", sa.String(63), nullable=False),
    sa.Column("epoch", sa.String(16), nullable=False),
    sa.Column("lane", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),  # applied, duplicate, rejected
    sa.Column("code", sa.String(32), nullable=True),
    sa.Column("message", sa.Text, nullable=True),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("event_id", sa.String(36), nullable=True),
    sa.Column("content_hash", sa.String(64), nullable=True),
    sa.Column("entity", sa.String(64), nullable=True),
    sa.Column("entity_id", sa.String(64), nullable=True),
    sa.Column("at", sa.String(27), nullable=True),
    sa.UniqueConstraint("post", "epoch", "lane", "seq"),
    sa.Index("event_by_id", "post", "event_id"),
    sa.Index("event_by_day", "post", "entity", "at"),
)

# The checkpoints of the posts' audit trails that the city has countersigned.
checkpoint = sa.Table(
    "checkpoint",
    metadata,
    sa.Column("number", _big, primary_key=True),
    sa.Column("post", sa.String(63), nullable=False),
    sa.Column("epoch", sa.String(16), nullable=False),
    sa.Column("event_seq", sa.BigInteger, nullable=False),  # in lane 1
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("signed_at", sa.String(27), nullable=False),
    sa.Column("signature", sa.String(128), nullable=False),
    sa.Column("certificate", sa.Text, nullable=False),
    sa.UniqueConstraint("post", "epoch", "event_seq"),
)

# What the city refused of an entity: later revisions that build on it wait for its mending.
refused = sa.Table(
    "refused",
    metadata,
    sa.Column("post", sa.String(63), primary_key=True),
    sa.Column("lane", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entity", sa.String(64), primary_key=True),
    sa.Column("entity_id", sa.String(64), primary_key=True),
    sa.Column("rev", sa.BigInteger, nullable=False),
)

feed = sa.Table(
    "feed",
    metadata,
    sa.Column("post", sa.String(63), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("item_id", sa.String(36), nullable=False, unique=True),
    sa.Column("addressed_to", sa.String(63), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.String(27), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)


def make_engine(file: Path, url: str) -> sa.Engine:
    """An engine on PostgreSQL where ``url`` is given, else on the SQLite file."""
    if url:
        place = sa.make_url(url)
        if place.drivername in ("postgresql", "postgres"):
            place = place.set(drivername="postgresql+psycopg")
        return sa.create_engine(place, pool_pre_ping=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    # One connection: older SQLite can damage a WAL that two connections reset (sqlite.org, 3.51.3).
    engine = sa.create_engine(
        f"sqlite:///{file}",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {setting}")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
