"""The tables of recordings and of the looks at them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision: str | None = "0020"


def upgrade() -> None:
    """The tables stand."""
    op.create_table(
        "recording",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("camera_id", sa.String(36), nullable=False),
        sa.Column("camera_number", sa.String(32), nullable=False),
        sa.Column("camera_name", sa.Text, nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=True),
        sa.Column("asked_at", sa.String(24), nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("began_at", sa.String(24), nullable=True),
        sa.Column("ended_at", sa.String(24), nullable=True),
        sa.Column("cut", sa.String(16), nullable=True),
        sa.Column("size", sa.BigInteger, nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("held_at", sa.String(24), nullable=True),
        sa.Column("held_by", sa.Text, nullable=True),
        sa.Column("held_reason", sa.Text, nullable=True),
        sa.Column("removed_at", sa.String(24), nullable=True),
    )
    op.create_index("recording_asked", "recording", ["asked_at", "id"])
    op.create_index("recording_call", "recording", ["call_id", "asked_at"])
    op.create_index("recording_state", "recording", ["state", "asked_at"])
    op.create_table(
        "recording_look",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("recording_id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("recording_look_of", "recording_look", ["recording_id", "at"])
