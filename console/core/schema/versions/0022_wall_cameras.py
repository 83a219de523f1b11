"""A camera's smaller stream, how wide and far it sees, whether it turns, and its private zones."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision: str | None = "0021"


def upgrade() -> None:
    """The columns stand; cameras that are there have none of it."""
    for column in (
        sa.Column("sub_address", sa.Text, nullable=False, server_default=""),
        sa.Column("view_deg", sa.Float, nullable=True),
        sa.Column("range_m", sa.Float, nullable=True),
        sa.Column("ptz", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("mask", sa.Text, nullable=False, server_default="[]"),
    ):
        op.add_column("camera", column)
