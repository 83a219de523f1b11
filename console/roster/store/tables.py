"""The tables of teams, leave, the roster's months and who is here."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.tables import UtcTime, metadata

team_table = sa.Table(
    "team",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
)

member_table = sa.Table(
    "team_member",
    metadata,
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=False),
)

qualification_table = sa.Table(
    "qualification",
    metadata,
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("code", sa.String(32), primary_key=True),
)

leave_table = sa.Table(
    "leave_period",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("from_day", sa.String(10), nullable=False),
    sa.Column("until_day", sa.String(10), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Index("leave_period_until", "until_day", "from_day"),
)

# the working copy of the months: what is being planned
cell_table = sa.Table(
    "roster_cell",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("shift", sa.String(32), nullable=False),
    sa.Column("planned", sa.String(32), nullable=False),
    sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=True),
    sa.Column("standin_for", sa.String(36), sa.ForeignKey("officer.id"), nullable=True),
)

# what was published stays as it was, revision by revision
revision_table = sa.Table(
    "roster_revision",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("published_at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("cells", sa.Integer, nullable=False),
)

published_table = sa.Table(
    "roster_published",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
    sa.Column("shift", sa.String(32), nullable=False),
    sa.Column("planned", sa.String(32), nullable=False),
    sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=True),
    sa.Column("standin_for", sa.String(36), sa.ForeignKey("officer.id"), nullable=True),
    sa.Column("starts_at", UtcTime, nullable=True),
    sa.Column("ends_at", UtcTime, nullable=True),
    sa.Index("roster_published_starts", "starts_at"),
)

presence_table = sa.Table(
    "presence",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), nullable=False),
    sa.Column("on_at", UtcTime, nullable=False),
    sa.Column("on_by", sa.Text, nullable=False),
    sa.Column("off_at", UtcTime, nullable=True),
    sa.Column("off_by", sa.Text, nullable=True),
    sa.Index("presence_here", "off_at", "officer_id"),
)
