"""The tables of links."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """The tables of links exist."""
    op.create_table(
        "link_config",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("family", sa.String(16), nullable=False),
        sa.Column("transport", sa.Text, nullable=False),
        sa.Column("serves", sa.String(36), nullable=True),
        sa.Column("record", sa.Boolean, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
