"""The tables of people."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """The tables of people exist."""
    op.create_table(
        "officer",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("number", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("wrong_tries", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.String(24), nullable=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
    )
