"""The tables of alarms: lines, their log, what may still be told of an originator, devices."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """The tables of alarms exist."""
    op.create_table(
        "alarm",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("originator", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("raised_at", sa.String(24), nullable=False),
        sa.Column("last_at", sa.String(24), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("cleared_at", sa.String(24), nullable=True),
        sa.Column("acknowledged_by", sa.Text, nullable=False),
        sa.Column("acknowledged_at", sa.String(24), nullable=True),
        sa.Column("shelved_at", sa.String(24), nullable=True),
        sa.Column("shelved_until", sa.String(24), nullable=True),
        sa.Column("shelved_by", sa.Text, nullable=False),
        sa.Column("shelved_why", sa.Text, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("city_active", sa.Integer, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("is_open", sa.Integer, nullable=False),
    )
    op.create_index("alarm_list", "alarm", ["is_open", "priority", "raised_at"])
    op.create_index("alarm_identity", "alarm", ["originator", "kind", "raised_at"])
    op.create_index("alarm_day", "alarm", ["last_at"])
    op.create_index(
        "alarm_one_open",
        "alarm",
        ["originator", "kind"],
        unique=True,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open = 1"),
    )
    op.create_table(
        "alarm_log",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("alarm_id", sa.String(36), sa.ForeignKey("alarm.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("alarm_log_alarm", "alarm_log", ["alarm_id", "seq"])
    op.create_table(
        "alarm_bucket",
        sa.Column("originator", sa.Text, primary_key=True),
        sa.Column("tokens", sa.Float, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
    )
    op.create_table(
        "alarm_device",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
    )
