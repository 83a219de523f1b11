"""What looks found of each camera, its faults, planned outages and checked places, and daily figures."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision: str | None = "0023"


def upgrade() -> None:
    """The tables stand."""
    op.create_table(
        "camera_look",
        sa.Column("camera_id", sa.String(36), primary_key=True),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("online", sa.Boolean, nullable=False),
        sa.Column("cause", sa.String(24), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("looker", sa.String(16), nullable=False),
        sa.Column("since", sa.String(24), nullable=True),
    )
    op.create_table(
        "camera_fault",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("camera_id", sa.String(36), nullable=False),
        sa.Column("rate", sa.String(16), nullable=False),
        sa.Column("cause", sa.String(24), nullable=False),
        sa.Column("since", sa.String(24), nullable=False),
        sa.Column("until", sa.String(24), nullable=True),
    )
    op.create_index("camera_fault_open", "camera_fault", ["until", "since"])
    op.create_index("camera_fault_camera", "camera_fault", ["camera_id", "since"])
    op.create_table(
        "camera_figure",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("rate", sa.String(16), primary_key=True),
        sa.Column("good", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
    )
    op.create_table(
        "camera_outage",
        sa.Column("camera_id", sa.String(36), primary_key=True),
        sa.Column("begins_at", sa.String(24), nullable=False),
        sa.Column("ends_at", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
    )
    op.create_table(
        "camera_place_check",
        sa.Column("camera_id", sa.String(36), primary_key=True),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
    )
