"""The tables of dispatch: calls, their crews, their log, what was cancelled early, links."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """The tables of dispatch exist."""
    op.create_table(
        "call",
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
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("signed_at", sa.String(24), nullable=True),
        sa.Column("assigned_at", sa.String(24), nullable=True),
        sa.Column("departed_at", sa.String(24), nullable=True),
        sa.Column("arrived_at", sa.String(24), nullable=True),
        sa.Column("first_feedback_at", sa.String(24), nullable=True),
        sa.Column("finished_at", sa.String(24), nullable=True),
        sa.Column("closed_at", sa.String(24), nullable=True),
        sa.Column("disposition", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("merged_into", sa.String(64), nullable=True),
        sa.Column("edited", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.UniqueConstraint("day", "number", name="call_number"),
    )
    op.create_index("call_open", "call", ["is_open", "received_at"])
    op.create_index("call_received", "call", ["received_at"])
    op.create_index("call_phone", "call", ["caller_phone", "received_at"])
    op.create_table(
        "call_log",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("happened_at", sa.String(24), nullable=False),
        sa.Column("written_at", sa.String(24), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("unit_id", sa.String(36), nullable=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, nullable=True),
    )
    op.create_index("call_log_call", "call_log", ["call_id", "seq"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), nullable=False),
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("call_sign", sa.String(32), nullable=False),
        sa.Column("assigned_at", sa.String(24), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("departed_at", sa.String(24), nullable=True),
        sa.Column("arrived_at", sa.String(24), nullable=True),
        sa.Column("released_at", sa.String(24), nullable=True),
    )
    op.create_index("assignment_call", "assignment", ["call_id"])
    op.create_index("assignment_unit", "assignment", ["unit_id", "assigned_at"])
    op.create_index("assignment_recent", "assignment", ["assigned_at"])
    op.create_index(
        "assignment_open",
        "assignment",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "call_tombstone",
        sa.Column("call_id", sa.String(64), primary_key=True),
        sa.Column("cancelled_at", sa.String(24), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
    )
    op.create_table(
        "call_link",
        sa.Column("call_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
        sa.Column("other_id", sa.String(64), sa.ForeignKey("call.id"), primary_key=True),
    )
