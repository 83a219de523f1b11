"""The tables of shifts: teams, leave, the roster's months, who is here."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """The tables of shifts exist."""
    _teams()
    _months()
    op.create_table(
        "presence",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), nullable=False),
        sa.Column("on_at", sa.String(24), nullable=False),
        sa.Column("on_by", sa.Text, nullable=False),
        sa.Column("off_at", sa.String(24), nullable=True),
        sa.Column("off_by", sa.Text, nullable=True),
    )
    op.create_index("presence_here", "presence", ["off_at", "officer_id"])


def _teams() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_table(
        "team_member",
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
        sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=False),
    )
    op.create_table(
        "qualification",
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
        sa.Column("code", sa.String(32), primary_key=True),
    )
    op.create_table(
        "leave_period",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("from_day", sa.String(10), nullable=False),
        sa.Column("until_day", sa.String(10), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("leave_period_until", "leave_period", ["until_day", "from_day"])


def _months() -> None:
    op.create_table(
        "roster_cell",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
        sa.Column("shift", sa.String(32), nullable=False),
        sa.Column("planned", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=True),
        sa.Column("standin_for", sa.String(36), sa.ForeignKey("officer.id"), nullable=True),
    )
    op.create_table(
        "roster_revision",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("published_at", sa.String(24), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("cells", sa.Integer, nullable=False),
    )
    op.create_table(
        "roster_published",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("officer_id", sa.String(36), sa.ForeignKey("officer.id"), primary_key=True),
        sa.Column("shift", sa.String(32), nullable=False),
        sa.Column("planned", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(36), sa.ForeignKey("team.id"), nullable=True),
        sa.Column("standin_for", sa.String(36), sa.ForeignKey("officer.id"), nullable=True),
        sa.Column("starts_at", sa.String(24), nullable=True),
        sa.Column("ends_at", sa.String(24), nullable=True),
    )
    op.create_index("roster_published_starts", "roster_published", ["starts_at"])
