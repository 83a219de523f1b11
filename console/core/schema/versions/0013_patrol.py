"""The tables of patrol: must-reach points, tracks, visits, jumps of tracks, reports of coverage."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """The tables of patrol exist."""
    op.create_table(
        "patrol_point",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("radius_m", sa.Integer, nullable=False),
        sa.Column("dwell_s", sa.Integer, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Text, nullable=True),
        sa.Column("active_from", sa.String(10), nullable=True),
        sa.Column("active_until", sa.String(10), nullable=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("retired_at", sa.String(24), nullable=True),
        sa.Column("retired_why", sa.Text, nullable=False),
    )
    op.create_index(
        "patrol_point_number",
        "patrol_point",
        ["number"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "patrol_track",
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("fixed_at", sa.String(24), primary_key=True),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("error_m", sa.Float, nullable=True),
        sa.Column("speed_mps", sa.Float, nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("patrol_track_time", "patrol_track", ["fixed_at"])
    op.create_table(
        "patrol_visit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("point_id", sa.String(36), sa.ForeignKey("patrol_point.id"), nullable=False),
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("call_sign", sa.String(32), nullable=False),
        sa.Column("entered_at", sa.String(24), nullable=False),
        sa.Column("reached_at", sa.String(24), nullable=False),
        sa.Column("left_at", sa.String(24), nullable=True),
        sa.Column("dwell_s", sa.Integer, nullable=False),
    )
    op.create_index("patrol_visit_point", "patrol_visit", ["point_id", "reached_at"])
    op.create_index("patrol_visit_time", "patrol_visit", ["reached_at"])
    op.create_index("patrol_visit_unit", "patrol_visit", ["unit_id", "reached_at"])
    _create_jump_and_report()


def _create_jump_and_report() -> None:
    op.create_table(
        "patrol_jump",
        sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("at", sa.String(24), primary_key=True),
        sa.Column("before_at", sa.String(24), nullable=False),
        sa.Column("before_lat", sa.Float, nullable=False),
        sa.Column("before_lon", sa.Float, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("metres", sa.Integer, nullable=False),
    )
    op.create_index("patrol_jump_time", "patrol_jump", ["at"])
    op.create_table(
        "coverage_report",
        sa.Column("starts_at", sa.String(24), primary_key=True),
        sa.Column("area_id", sa.Text, primary_key=True),
        sa.Column("ends_at", sa.String(24), nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("met", sa.Integer, nullable=False),
        sa.Column("reported_at", sa.String(24), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
