"""The tables of dispatch."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.tables import CanonicalJson, UtcTime, metadata

call_table = sa.Table(
    "call",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("is_open", sa.Integer, nullable=False),
    sa.Column("nature", sa.String(32), nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("place_flag", sa.String(16), nullable=False),
    sa.Column("zone", sa.String(16), nullable=False),
    sa.Column("area_id", sa.Text, nullable=True),
    sa.Column("narrative", sa.Text, nullable=False),
    sa.Column("caller_name", sa.Text, nullable=False),
    sa.Column("caller_phone", sa.Text, nullable=False),
    sa.Column("from_city", sa.Integer, nullable=False),
    sa.Column("received_at", UtcTime, nullable=False),
    sa.Column("due", CanonicalJson, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("signed_by", sa.Text, nullable=False),
    sa.Column("signed_at", UtcTime, nullable=True),
    sa.Column("assigned_at", UtcTime, nullable=True),
    sa.Column("departed_at", UtcTime, nullable=True),
    sa.Column("arrived_at", UtcTime, nullable=True),
    sa.Column("first_feedback_at", UtcTime, nullable=True),
    sa.Column("finished_at", UtcTime, nullable=True),
    sa.Column("closed_at", UtcTime, nullable=True),
    sa.Column("disposition", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("merged_into", sa.String(64), nullable=True),
    # the fields that an officer changed by hand since the city last told them
    sa.Column("edited", CanonicalJson, nullable=False),
    sa.Column("raw", CanonicalJson, nullable=False),
    sa.UniqueConstraint("day", "number", name="call_number"),
    sa.Index("call_open", "is_open", "received_at"),
    sa.Index("call_received", "received_at"),
    sa.Index("call_by_number", "number", "day"),
    sa.Index("call_phone", "caller_phone", "received_at"),
)

log_table = sa.Table(
    "call_log",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("happened_at", UtcTime, nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("unit_id", sa.String(36), nullable=True),
    sa.Column("detail", CanonicalJson, nullable=False),
    # what the step changed, as it was before: what an undo puts back
    sa.Column("before", CanonicalJson, nullable=False),
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.Index("call_log_call", "call_id", "seq"),
)

assignment_table = sa.Table(
    "assignment",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("call_sign", sa.String(32), nullable=False),
    sa.Column("assigned_at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("rank", sa.Integer, nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("departed_at", UtcTime, nullable=True),
    sa.Column("arrived_at", UtcTime, nullable=True),
    sa.Column("released_at", UtcTime, nullable=True),
    sa.Index("assignment_call", "call_id"),
    sa.Index("assignment_unit", "unit_id", "assigned_at"),
    sa.Index("assignment_recent", "assigned_at"),
    # a crew is bound to one call at a time, whatever two desks press
    sa.Index(
        "assignment_open",
        "unit_id",
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        # the schema says the same for PostgreSQL; here it would bring that dialect into every start
    ),
)

tombstone_table = sa.Table(
    "call_tombstone",
    metadata,
    sa.Column("call_id", sa.String(64), primary_key=True),
    sa.Column("cancelled_at", UtcTime, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("raw", CanonicalJson, nullable=False),
)

link_table = sa.Table(
    "call_link",
    metadata,
    sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
    sa.Column("other_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
)
