"""The words by which a call is found: pairs of characters (core/grams.py) in an FTS5 table.

A call's key is its day and number in one figure, so the index itself walks calls from the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from console.core.grams import grams, match_of
from console.dispatch.store.tables import call_table

_AT_ONCE = 1000
_DAY = 1_000_000  # more calls than a day has
_TEXTS = ("place", "narrative", "caller_phone", "caller_name", "summary")
# An FTS5 table, made by its schema step.
_WORDS = sa.table("call_words", sa.column("rowid"), sa.column("words"))
_KEEP = sa.text("INSERT OR REPLACE INTO call_words (rowid, words) VALUES (:key, :words)")
_FIND = (
    sa.select(_WORDS.c.rowid)
    .where(sa.literal_column("call_words").op("MATCH")(sa.bindparam("match")))
    .order_by(_WORDS.c.rowid.desc())
    .limit(sa.bindparam("most"))
)
_NUMBER = (
    sa.select(call_table.c.day)
    .where(call_table.c.number == sa.bindparam("of_number"))
    .order_by(call_table.c.day.desc())
    .limit(sa.bindparam("most"))
)


def holds(columns: Iterable[str]) -> bool:
    """Whether one of these columns is a text by which calls are found."""
    return any(name in _TEXTS for name in columns)


def keep(connection: sa.Connection, *rows: Mapping[str, Any]) -> None:
    """The calls of these rows are found by their texts as they are now, and by no older ones."""
    connection.execute(
        _KEEP,
        [
            {
                "key": _key(row["day"], row["number"]),
                "words": grams(*(row[name] for name in _TEXTS)),
            }
            for row in rows
        ],
    )


def index_anew(connection: sa.Connection) -> None:
    """Every call is found by its texts, whatever the index held before."""
    connection.execute(_WORDS.delete())
    texts = (call_table.c[name] for name in ("day", "number", *_TEXTS))
    rows = connection.execute(sa.select(*texts)).mappings().all()
    for at in range(0, len(rows), _AT_ONCE):
        keep(connection, *(dict(row) for row in rows[at : at + _AT_ONCE]))


def words(connection: sa.Connection, text: str, most: int) -> list[int]:
    """The keys of the newest calls in which each word of this text stands."""
    match = match_of(text)
    if not match:
        return []
    return list(connection.scalars(_FIND, {"match": match, "most": most}))


def number(connection: sa.Connection, number: int, most: int) -> list[int]:
    """The keys of the newest calls of this number, one a day."""
    days = connection.scalars(_NUMBER, {"of_number": number, "most": most})
    return [_key(day, number) for day in days]


def is_call(key: int) -> sa.ColumnElement[bool]:
    """True of the call of this key."""
    day, number = divmod(key, _DAY)
    text = f"{day:08d}"
    return sa.and_(
        call_table.c.day == f"{text[:4]}-{text[4:6]}-{text[6:]}", call_table.c.number == number
    )


def _key(day: str, number: int) -> int:
    return int(day.replace("-", "")) * _DAY + number
