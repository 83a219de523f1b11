"""A link has settings and carries the radios of many units; how it stood is kept by the minute."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    """The columns and the table stand; links set up before have neither settings nor sources."""
    for name in ("settings", "sources"):
        op.add_column("link_config", sa.Column(name, sa.Text, nullable=False, server_default="{}"))
    op.create_table(
        "link_health",
        sa.Column("link_id", sa.String(36), primary_key=True),
        sa.Column("at", sa.String(24), primary_key=True),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("frames", sa.Integer, nullable=False),
        sa.Column("bad", sa.Integer, nullable=False),
        sa.Column("lost", sa.Integer, nullable=False),
        sa.Column("dropped", sa.Integer, nullable=False),
    )
