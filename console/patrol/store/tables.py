"""The tables of patrol."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.tables import UtcTime, metadata

point_table = sa.Table(
    "patrol_point",
    metadata,
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
    sa.Column("retired_at", UtcTime, nullable=True),
    sa.Column("retired_why", sa.Text, nullable=False),
    sa.Index(
        "patrol_point_number",
        "number",
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    ),
)

track_table = sa.Table(
    "patrol_track",
    metadata,
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("fixed_at", UtcTime, primary_key=True),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("error_m", sa.Float, nullable=True),
    sa.Column("speed_mps", sa.Float, nullable=True),
    sa.Index("patrol_track_time", "fixed_at"),
    sqlite_with_rowid=False,
)

visit_table = sa.Table(
    "patrol_visit",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("point_id", sa.String(36), sa.ForeignKey("patrol_point.id"), nullable=False),
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("call_sign", sa.String(32), nullable=False),
    sa.Column("entered_at", UtcTime, nullable=False),
    sa.Column("reached_at", UtcTime, nullable=False),
    sa.Column("left_at", UtcTime, nullable=True),
    sa.Column("dwell_s", sa.Integer, nullable=False),
    sa.Index("patrol_visit_point", "point_id", "reached_at"),
    sa.Index("patrol_visit_time", "reached_at"),
    sa.Index("patrol_visit_unit", "unit_id", "reached_at"),
)

jump_table = sa.Table(
    "patrol_jump",
    metadata,
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("before_at", UtcTime, nullable=False),
    sa.Column("before_lat", sa.Float, nullable=False),
    sa.Column("before_lon", sa.Float, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("metres", sa.Integer, nullable=False),
    sa.Index("patrol_jump_time", "at"),
)

report_table = sa.Table(
    "coverage_report",
    metadata,
    sa.Column("starts_at", UtcTime, primary_key=True),
    sa.Column("area_id", sa.Text, primary_key=True),
    sa.Column("ends_at", UtcTime, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("due", sa.Integer, nullable=False),
    sa.Column("met", sa.Integer, nullable=False),
    sa.Column("reported_at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)
