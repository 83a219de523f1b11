"""The table of hand-overs."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """The table stands."""
    op.create_table(
        "handover",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("outgoing", sa.String(32), nullable=False),
        sa.Column("outgoing_name", sa.Text, nullable=False),
        sa.Column("outgoing_at", sa.String(24), nullable=False),
        sa.Column("incoming", sa.String(32), nullable=True),
        sa.Column("incoming_name", sa.Text, nullable=True),
        sa.Column("incoming_at", sa.String(24), nullable=True),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("handover_at", "handover", ["outgoing_at", "id", "rev"])
