"""The tables of the counter: visits, their story, and the index of their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.citizen.model import (
    Personal,
    Visit,
    VisitLine,
    masked_identity,
    masked_name,
    masked_phone,
    number_of,
)
from console.core.grams import grams
from console.core.tables import CanonicalJson, UtcTime, draft, metadata

visit_table = sa.Table(
    "visit",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    # day and number of the day in one figure: FW20261121-003 is 2026112100003
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
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("call_id", sa.String(64), nullable=True),
    sa.Column("forgotten", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Index("visit_key", "key", unique=True),
    sa.Index("visit_phone", "phone", "key"),
    sa.Index("visit_id_number", "id_number", "key"),
    sa.Index("visit_to_forget", "forgotten", "at"),
)

line_table = sa.Table(
    "visit_line",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("visit_id", sa.String(36), sa.ForeignKey("visit.id"), nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("before", CanonicalJson, nullable=False),
    # who it was before a correction: blanked with the visit's own personal data
    sa.Column("person_before", CanonicalJson, nullable=False),
    sa.Index("visit_line_visit", "visit_id", "seq"),
)

# An FTS5 table, made by its schema step; it holds only words that are not personal data.
_WORDS = sa.table("visit_words", sa.column("rowid"), sa.column("words"))

# Built once: to build a statement costs more than to run it.
_ONE = sa.select(visit_table).where(visit_table.c.id == sa.bindparam("of_id"))
_LAST = sa.select(sa.func.max(visit_table.c.key)).where(
    visit_table.c.key.between(sa.bindparam("first"), sa.bindparam("last"))
)
_INSERT, _INSERT_LINE, _INSERT_WORDS = visit_table.insert(), line_table.insert(), _WORDS.insert()


def to_visit(row: Any) -> Visit:
    """The visit of a row; who came is masked on the way out."""
    return Visit(
        id=row.id, key=row.key, number=number_of(row.key), kind=row.kind,
        person=Personal(
            masked_name(row.name), masked_phone(row.phone), masked_identity(row.id_number)
        ),
        place=row.place, asked=row.asked, done=row.done, result=row.result, by=row.by,
        at=row.at, call_id=row.call_id, forgotten=bool(row.forgotten), rev=row.rev,
    )  # fmt: skip


def visit_row(connection: sa.Connection, visit_id: str) -> Any:
    """The whole row of a visit, with what is masked elsewhere; None when there is none."""
    return connection.execute(_ONE, {"of_id": visit_id}).first()


def index_anew(connection: sa.Connection) -> None:
    """Every visit is found by its words, whatever the index held before."""
    connection.execute(_WORDS.delete())
    rows = connection.execute(sa.select(visit_table).order_by(visit_table.c.key)).mappings().all()
    for at in range(0, len(rows), 1000):
        connection.execute(_INSERT_WORDS, [_words_of(row) for row in rows[at : at + 1000]])


def _words_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {"rowid": row["key"], "words": grams(row["asked"], row["done"], row["place"])}


def by_key(connection: sa.Connection, key: int) -> Any:
    """The whole row of the visit with this key."""
    return connection.execute(sa.select(visit_table).where(visit_table.c.key == key)).first()


def last_key(connection: sa.Connection, first: int, last: int) -> int | None:
    """The greatest key in use between these two."""
    found = connection.execute(_LAST, {"first": first, "last": last}).scalar()
    return None if found is None else int(found)


def insert_visits(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """These visits stand in the store and are found by their words."""
    if not rows:
        return
    connection.execute(_INSERT, [dict(row) for row in rows])
    connection.execute(_INSERT_WORDS, [_words_of(row) for row in rows])


def update_visit(connection: sa.Connection, visit_id: str, **values: Any) -> None:
    """These columns of the visit; it is found by its words as they are now."""
    connection.execute(visit_table.update().where(visit_table.c.id == visit_id).values(**values))
    if {"asked", "done", "place"} & set(values):
        row = visit_row(connection, visit_id)
        connection.execute(_WORDS.delete().where(_WORDS.c.rowid == row.key))
        words = grams(row.asked, row.done, row.place)
        connection.execute(_INSERT_WORDS, {"rowid": row.key, "words": words})


def append_lines(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Further lines of the visits' stories."""
    empty = {"reason": "", "before": {}, "person_before": {}}
    if rows:
        connection.execute(_INSERT_LINE, [{**empty, **row} for row in rows])


def lines_of(connection: sa.Connection, visit_id: str) -> list[VisitLine]:
    """The story of a visit, oldest first, without who it was before."""
    rows = connection.execute(
        sa.select(line_table).where(line_table.c.visit_id == visit_id).order_by(line_table.c.seq)
    )
    return [
        VisitLine(row.seq, row.rev, row.kind, row.at, row.by, row.reason, row.before)
        for row in rows
    ]


def newest(
    connection: sa.Connection, before: int | None, most: int, *, span: tuple[int, int] | None = None,
    match: str = "", whole: str = "",
) -> list[Visit]:  # fmt: skip
    """The visits before this key, newest first: of these keys, with these words, of this phone or
    id number."""
    table = visit_table
    if match:
        keys = _keys_of(match, before, most, span)
        query = sa.select(table).where(table.c.key.in_(keys))
    else:
        query = sa.select(table)
        for bound in _bounds(table.c.key, before, span):
            query = query.where(bound)
    if whole:
        query = query.where(sa.or_(table.c.phone == whole, table.c.id_number == whole))
    rows = connection.execute(query.order_by(table.c.key.desc()).limit(most))
    return [to_visit(row) for row in rows]


def _keys_of(
    match: str, before: int | None, most: int, span: tuple[int, int] | None
) -> sa.Select[Any]:
    """The newest keys whose words match; the index itself walks them from the newest."""
    found = sa.select(_WORDS.c.rowid).where(
        sa.literal_column("visit_words").op("MATCH")(sa.bindparam("words_wanted", match))
    )
    for bound in _bounds(_WORDS.c.rowid, before, span):
        found = found.where(bound)
    return found.order_by(_WORDS.c.rowid.desc()).limit(most)


def _bounds(
    key: sa.ColumnElement[Any], before: int | None, span: tuple[int, int] | None
) -> Iterable[sa.ColumnElement[bool]]:
    if before is not None:
        yield key < before
    if span is not None:
        yield key.between(*span)


def to_forget(connection: sa.Connection, before: datetime, most: int) -> list[Any]:
    """The oldest visits from before this moment whose personal data still stand: id, key, rev."""
    table = visit_table
    return list(
        connection.execute(
            sa.select(table.c.id, table.c.key, table.c.rev)
            .where(table.c.forgotten == 0, table.c.at < before)
            .order_by(table.c.at)
            .limit(most)
        )
    )


def forget(connection: sa.Connection, visit_ids: Sequence[str]) -> None:
    """Nothing personal remains of these visits, nor of what stood there before."""
    table = visit_table
    connection.execute(
        table.update()
        .where(table.c.id.in_(visit_ids))
        .values(name="", phone="", id_number="", forgotten=1, rev=table.c.rev + 1)
    )
    lines = line_table
    connection.execute(
        lines.update().where(lines.c.visit_id.in_(visit_ids)).values(person_before={})
    )


def old_drafts(connection: sa.Connection, form: str, before: datetime) -> bool:
    """Half-typed visits from before this moment are there."""
    found = sa.select(draft.c.form).where(draft.c.form == form, draft.c.written_at < before)
    return connection.execute(found.limit(1)).first() is not None


def forget_drafts(connection: sa.Connection, form: str, before: datetime) -> int:
    """Half-typed visits from before this moment are gone; returns how many."""
    gone = connection.execute(
        draft.delete().where(draft.c.form == form, draft.c.written_at < before)
    )
    return int(gone.rowcount)


def rows_in_order(connection: sa.Connection) -> Iterable[Any]:
    """The whole row of every visit, oldest first."""
    return connection.execution_options(yield_per=1000).execute(
        sa.select(visit_table).order_by(visit_table.c.key)
    )


def known_keys(connection: sa.Connection, keys: Sequence[int]) -> dict[int, Any]:
    """The whole rows of those of these keys that are in use."""
    found: dict[int, Any] = {}
    for at in range(0, len(keys), 500):
        bite = keys[at : at + 500]
        for row in connection.execute(sa.select(visit_table).where(visit_table.c.key.in_(bite))):
            found[row.key] = row
    return found


def count(connection: sa.Connection, first: int, last: int) -> int:
    """How many visits lie between these keys."""
    return int(
        connection.execute(
            sa.select(sa.func.count()).where(visit_table.c.key.between(first, last))
        ).scalar_one()
    )
