"""The tables of the radio room: channels, the log of exchanges, when radios were heard, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    """The tables of the radio room exist."""
    op.create_table(
        "radio_channel",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("link_id", sa.String(36), nullable=False),
        sa.Column("talk_group", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.UniqueConstraint("link_id", "talk_group"),
    )
    op.create_table(
        "radio_exchange",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("inward", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("link_id", sa.String(36), nullable=False),
        sa.Column("radio", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.String(36), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("code", sa.Integer, nullable=True),
        sa.Column("reference", sa.Integer, nullable=True),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("settled_at", sa.String(24), nullable=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=True),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    for name, columns in (
        ("radio_exchange_call", ["call_id", "seq"]),
        ("radio_exchange_unit", ["unit_id", "seq"]),
        ("radio_exchange_state", ["state", "kind"]),
        ("radio_exchange_radio", ["link_id", "radio", "seq"]),
        ("radio_exchange_at", ["at"]),
    ):
        op.create_index(name, "radio_exchange", columns)
    op.create_table(
        "radio_heard",
        sa.Column("link_id", sa.String(36), primary_key=True),
        sa.Column("radio", sa.Text, primary_key=True),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
    )
    op.create_table(
        "radio_setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
