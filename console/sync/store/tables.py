"""The tables of sync; the events themselves stand in core's outbox."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.tables import UtcTime, metadata

# What the city has acknowledged of each lane, and whether the lane may send.
sync_lane = sa.Table(
    "sync_lane",
    metadata,
    sa.Column("epoch", sa.String(16), primary_key=True),
    sa.Column("lane", sa.Integer, primary_key=True),
    sa.Column("acked_through", sa.Integer, nullable=False),
    sa.Column("acked_at", UtcTime, nullable=True),
    sa.Column("stopped", sa.Text, nullable=True),
    sa.Column("stopped_at", UtcTime, nullable=True),
)

# How far the city's feed was read; one row.
sync_feed = sa.Table(
    "sync_feed",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("cursor", sa.Text, nullable=False),
    sa.Column("server_epoch", sa.Text, nullable=False),
)

feed_seen = sa.Table(
    "feed_seen",
    metadata,
    sa.Column("item_id", sa.Text, primary_key=True),
    sa.Column("seen_at", UtcTime, nullable=False),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("item_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("received_at", UtcTime, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("raw", sa.Text, nullable=False),  # JSON as it came, escaped to ASCII
    # kept → handled | discarded
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("settled_at", UtcTime, nullable=True),
    sa.Index("quarantine_state", "state", "received_at"),
)
