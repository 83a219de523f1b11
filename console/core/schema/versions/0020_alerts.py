"""Alarms know how far they climbed, devices their input and test mode; alerts of the city."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"


def upgrade() -> None:
    """The columns and the table exist; what was there before is a button without an input."""
    op.add_column("alarm", sa.Column("told_at", sa.String(24), nullable=True))
    op.add_column("alarm", sa.Column("asked_at", sa.String(24), nullable=True))
    op.add_column("alarm", sa.Column("escalated", sa.String(16), nullable=False, server_default=""))
    for column in (
        sa.Column("kind", sa.String(32), nullable=False, server_default="button"),
        sa.Column("link_id", sa.String(36), nullable=False, server_default=""),
        sa.Column("input_unit", sa.Integer, nullable=True),
        sa.Column("input_number", sa.Integer, nullable=True),
        sa.Column("normally_closed", sa.Integer, nullable=False, server_default="1"),
        sa.Column("test_until", sa.String(24), nullable=True),
        sa.Column("test_by", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("alarm_device", column)
    op.create_table(
        "city_alert",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("seen_at", sa.String(24), nullable=False),
        sa.Column("expires_at", sa.String(24), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("confidence", sa.Float, nullable=True),
        sa.Column("picture", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String(24), nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("alarm_id", sa.String(36), nullable=False),
    )
    op.create_index("city_alert_open", "city_alert", ["outcome", "expires_at"])
