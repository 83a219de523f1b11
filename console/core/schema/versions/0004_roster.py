"""The tables of roster: units, their status log, whereabouts, duty levels."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """The tables of roster exist."""
    op.create_table(
        "unit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("call_sign", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("crew", sa.Text, nullable=False),
        sa.Column("kit", sa.Text, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("status_since", sa.String(24), nullable=False),
        sa.Column("on_duty", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Text, nullable=True),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_table(
        "unit_status_log",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("previous", sa.String(32), nullable=False),
        sa.Column("previous_since", sa.String(24), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, nullable=True),
    )
    op.create_index("unit_status_log_unit", "unit_status_log", ["unit_id", "seq"])
    op.create_table(
        "whereabouts",
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("fixed_at", sa.String(24), nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("speed_mps", sa.Float, nullable=True),
        sa.Column("course_deg", sa.Float, nullable=True),
        sa.Column("error_m", sa.Float, nullable=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_table(
        "duty_level",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("from_at", sa.String(24), nullable=False),
        sa.Column("until_at", sa.String(24), nullable=True),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.String(24), nullable=False),
    )
