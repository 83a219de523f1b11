"""The words by which calls are found (core/grams.py); the texts themselves stay in call."""

import sqlalchemy as sa
from alembic import op

from console.core.grams import grams

revision = "0015"
down_revision: str | None = "0014"
_AT_ONCE = 1000


def upgrade() -> None:
    """Calls are found by words and by number; those that are known already, too."""
    op.execute(
        "CREATE VIRTUAL TABLE call_words USING fts5(words, content='', contentless_delete=1, "
        "prefix='1', tokenize='unicode61 remove_diacritics 0')"
    )
    op.create_index("call_by_number", "call", ["number", "day"])
    connection = op.get_bind()
    known = connection.execute(
        sa.text(
            "SELECT day, number, place, narrative, caller_phone, caller_name, summary FROM call "
            "ORDER BY day, number"
        )
    )
    for rows in known.partitions(_AT_ONCE):
        connection.execute(
            sa.text("INSERT INTO call_words (rowid, words) VALUES (:key, :words)"),
            [
                {"key": int(row[0].replace("-", "")) * 1_000_000 + row[1], "words": grams(*row[2:])}
                for row in rows
            ],
        )
