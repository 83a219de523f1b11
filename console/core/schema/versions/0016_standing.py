"""The checkpoints that the city has countersigned; what is set aside is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    """The table stands."""
    op.create_table(
        "countersigned",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("epoch", sa.String(16), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("signed_at", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
    )
    op.create_index("countersigned_seq", "countersigned", ["epoch", "seq"])
    op.create_index(
        "outbox_aside",
        "outbox",
        ["entity", "entity_id"],
        sqlite_where=sa.text("state IN ('set_aside', 'waiting')"),
    )
