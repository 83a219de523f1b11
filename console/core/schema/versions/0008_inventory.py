"""The tables of inventory: items, and the append-only lines of their custody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """The tables of inventory exist."""
    op.create_table(
        "item",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("group_code", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("condition", sa.String(16), nullable=False),
        sa.Column("check_by", sa.String(10), nullable=True),
        sa.Column("holder_number", sa.String(32), nullable=True),
        sa.Column("holder_name", sa.Text, nullable=True),
        sa.Column("issued_at", sa.String(24), nullable=True),
        sa.Column("due_at", sa.String(24), nullable=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("holder_words", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_index("item_number", "item", ["number"], unique=True)
    op.create_index("item_group", "item", ["group_code", "number"])
    op.create_index("item_due", "item", ["due_at", "number"])
    op.create_index("item_check", "item", ["check_by", "number"])
    op.create_table(
        "custody_line",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.String(36), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("holder_number", sa.String(32), nullable=False),
        sa.Column("holder_name", sa.Text, nullable=False),
        sa.Column("condition", sa.String(16), nullable=False),
        sa.Column("due_at", sa.String(24), nullable=True),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("custody_line_item", "custody_line", ["item_id", "seq"])
