"""The tables of the counter: visits, their story, and the index of their words."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """The tables of the counter exist."""
    op.create_table(
        "visit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("id_number", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("result", sa.String(32), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=True),
        sa.Column("forgotten", sa.Integer, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_index("visit_key", "visit", ["key"], unique=True)
    op.create_index("visit_phone", "visit", ["phone", "key"])
    op.create_index("visit_id_number", "visit", ["id_number", "key"])
    op.create_index("visit_to_forget", "visit", ["forgotten", "at"])
    op.create_table(
        "visit_line",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("visit_id", sa.String(36), sa.ForeignKey("visit.id"), nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("person_before", sa.Text, nullable=False),
    )
    op.create_index("visit_line_visit", "visit_line", ["visit_id", "seq"])
    # Words are kept as pairs of characters (core/grams.py); the text itself stays in visit.
    op.execute(
        "CREATE VIRTUAL TABLE visit_words USING fts5("
        "words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
    )
