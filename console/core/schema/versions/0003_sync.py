"""The tables of sync: what the city acknowledged, how far its feed was read, what was kept aside."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """The tables of sync exist."""
    op.create_table(
        "sync_lane",
        sa.Column("epoch", sa.String(16), primary_key=True),
        sa.Column("lane", sa.Integer, primary_key=True),
        sa.Column("acked_through", sa.Integer, nullable=False),
        sa.Column("acked_at", sa.String(24), nullable=True),
        sa.Column("stopped", sa.Text, nullable=True),
        sa.Column("stopped_at", sa.String(24), nullable=True),
    )
    op.create_table(
        "sync_feed",
        sa.Column("one", sa.Integer, primary_key=True),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("server_epoch", sa.Text, nullable=False),
    )
    op.create_table(
        "feed_seen",
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("seen_at", sa.String(24), nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(24), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("settled_at", sa.String(24), nullable=True),
    )
    op.create_index("quarantine_state", "quarantine", ["state", "received_at"])
