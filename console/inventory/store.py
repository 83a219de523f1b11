"""The rows of items and of their custody; every list is a window by key over an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import UtcTime, metadata
from console.inventory.model import (
    Condition,
    Counts,
    Custody,
    CustodyLine,
    Filter,
    Holding,
    Item,
    ItemId,
    NewItem,
    View,
)

item_table = sa.Table(
    "item",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("number", sa.String(32), nullable=False),
    sa.Column("group_code", sa.String(16), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("serial", sa.Text, nullable=False),
    sa.Column("place", sa.String(16), nullable=False),
    sa.Column("condition", sa.String(16), nullable=False),
    sa.Column("check_by", sa.String(10), nullable=True),
    # who has it now; due_at is set exactly while somebody has it
    sa.Column("holder_number", sa.String(32), nullable=True),
    sa.Column("holder_name", sa.Text, nullable=True),
    sa.Column("issued_at", UtcTime, nullable=True),
    sa.Column("due_at", UtcTime, nullable=True),
    # lower case: what it is found by, and its holder
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("holder_words", sa.Text, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Index("item_number", "number", unique=True),
    sa.Index("item_group", "group_code", "number"),
    sa.Index("item_due", "due_at", "number"),
    sa.Index("item_check", "check_by", "number"),
    sa.Index("item_group_due", "group_code", "due_at", "number"),
    sa.Index("item_group_check", "group_code", "check_by", "number"),
)

custody_table = sa.Table(
    "custody_line",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("item_id", sa.String(36), sa.ForeignKey("item.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("holder_number", sa.String(32), nullable=False),
    sa.Column("holder_name", sa.Text, nullable=False),
    sa.Column("condition", sa.String(16), nullable=False),
    sa.Column("due_at", UtcTime, nullable=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Index("custody_line_item", "item_id", "seq"),
)


@dataclass(frozen=True, slots=True)
class Horizon:
    """What "overdue" and "due for a check" mean at this moment."""

    now: datetime
    check_until: date


_ROW = [one for one in item_table.c if one.name not in ("words", "holder_words")]


def page_query(view: View, horizon: Horizon, after: Item | None, limit: int) -> sa.Select[Any]:
    """The rows of a list that follow ``after``, at most ``limit``, in the order of one index."""
    table = item_table.c
    found = sa.select(*_ROW).limit(limit)
    if view.filter in (Filter.ISSUED, Filter.OVERDUE):
        found = found.where(table.due_at.is_not(None)).order_by(table.due_at, table.number)
        if view.filter is Filter.OVERDUE:
            found = found.where(table.due_at < horizon.now)
        if after is not None and after.holding is not None:
            found = found.where(_beyond(table.due_at, after.holding.due_at, after.number))
    elif view.filter is Filter.CHECK:
        found = found.where(_to_check(horizon))
        found = found.order_by(table.check_by, table.number)
        if after is not None and after.facts.check_by is not None:
            found = found.where(
                _beyond(table.check_by, after.facts.check_by.isoformat(), after.number)
            )
    else:
        found = found.order_by(table.number)
        if after is not None:
            found = found.where(table.number > after.number)
    if view.group:
        found = found.where(table.group_code == view.group)
    for word in view.text.lower().split():
        inside = sa.func.instr(table.words, word) > 0
        found = found.where(inside | (sa.func.instr(table.holder_words, word) > 0))
    return found


def _to_check(horizon: Horizon) -> sa.ColumnElement[bool]:
    due = item_table.c.check_by <= horizon.check_until.isoformat()
    return due & (item_table.c.condition != str(Condition.SCRAPPED))


def _beyond(column: sa.Column[Any], value: Any, number: str) -> sa.ColumnElement[bool]:
    bound = sa.literal(value, column.type)
    return sa.tuple_(column, item_table.c.number) > sa.tuple_(bound, sa.literal(number))


def page(
    connection: sa.Connection, view: View, horizon: Horizon, after: Item | None, limit: int
) -> list[Item]:
    """One window of a list."""
    return [_item(row) for row in connection.execute(page_query(view, horizon, after, limit))]


def counts(connection: sa.Connection, horizon: Horizon) -> Counts:
    """How many there are of each, each counted along an index."""
    table = item_table.c

    def count(*where: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(item_table).where(*where)
        return int(connection.execute(query).scalar_one())

    return Counts(
        count(),
        count(table.due_at.is_not(None)),
        count(table.due_at < horizon.now),
        count(_to_check(horizon)),
    )


def by_id(connection: sa.Connection, item_id: str) -> Item | None:
    """The item with this id."""
    row = connection.execute(sa.select(*_ROW).where(item_table.c.id == item_id)).first()
    return None if row is None else _item(row)


def by_number(connection: sa.Connection, number: str) -> Item | None:
    """The item with exactly this number."""
    row = connection.execute(sa.select(*_ROW).where(item_table.c.number == number)).first()
    return None if row is None else _item(row)


def by_serial(connection: sa.Connection, serial: str) -> Item | None:
    """The only item with this serial number, in capitals; None where several have it."""
    query = sa.select(*_ROW).where(sa.func.upper(item_table.c.serial) == serial).limit(2)
    rows = connection.execute(query).all()
    return _item(rows[0]) if len(rows) == 1 else None


def taken_numbers(connection: sa.Connection, numbers: Sequence[str]) -> set[str]:
    """Those of the numbers that items have already."""
    found: set[str] = set()
    for at in range(0, len(numbers), 500):
        part = numbers[at : at + 500]
        rows = connection.execute(
            sa.select(item_table.c.number).where(item_table.c.number.in_(part))
        )
        found.update(row.number for row in rows)
    return found


def all_items(connection: sa.Connection) -> list[Item]:
    """Every item, by number."""
    return [_item(r) for r in connection.execute(sa.select(*_ROW).order_by(item_table.c.number))]


def held(connection: sa.Connection) -> list[Item]:
    """Every item that somebody has, the longest due first."""
    query = sa.select(*_ROW).where(item_table.c.due_at.is_not(None))
    rows = connection.execute(query.order_by(item_table.c.due_at, item_table.c.number))
    return [_item(row) for row in rows]


def insert(connection: sa.Connection, rows: Sequence[tuple[Item, str, str]]) -> None:
    """These items stand, each with the words it and its holder are found by."""
    if rows:
        connection.execute(
            item_table.insert(),
            [
                {
                    "id": one.id,
                    **facts_row(one.facts),
                    **holding_row(one.holding),
                    "words": words,
                    "holder_words": holder_words,
                    "rev": one.rev,
                }
                for one, words, holder_words in rows
            ],
        )


def update(connection: sa.Connection, item: Item, **values: Any) -> bool:
    """These columns hold these values and the revision is one higher; False when it was changed."""
    mine = (item_table.c.id == item.id) & (item_table.c.rev == item.rev)
    done = connection.execute(item_table.update().where(mine).values(**values, rev=item.rev + 1))
    return done.rowcount == 1


def write_lines(connection: sa.Connection, lines: Iterable[CustodyLine]) -> None:
    """These lines stand at the end of their items' histories."""
    rows = [
        {
            "item_id": line.item_id, "kind": str(line.kind), "at": line.at, "actor": line.actor,
            "holder_number": line.holder_number, "holder_name": line.holder_name,
            "condition": str(line.condition), "due_at": line.due_at, "note": line.note,
        }
        for line in lines
    ]  # fmt: skip
    if rows:
        connection.execute(custody_table.insert(), rows)


def history_query(item_id: str, before: int | None, limit: int) -> sa.Select[Any]:
    """An item's lines before line ``before``, the newest first."""
    table = custody_table.c
    found = sa.select(custody_table).where(table.item_id == item_id)
    if before is not None:
        found = found.where(table.seq < before)
    return found.order_by(table.seq.desc()).limit(limit)


def history(
    connection: sa.Connection, item_id: str, before: int | None, limit: int
) -> list[CustodyLine]:
    """One window of an item's history."""
    return [_line(row) for row in connection.execute(history_query(item_id, before, limit))]


def last_line(connection: sa.Connection) -> int:
    """The number of the newest custody line of all; 0 before the first."""
    return int(connection.execute(sa.select(sa.func.max(custody_table.c.seq))).scalar() or 0)


def facts_row(facts: NewItem) -> dict[str, Any]:
    """The columns that say what an item is."""
    return {
        "number": facts.number,
        "group_code": facts.group,
        "name": facts.name,
        "model": facts.model,
        "serial": facts.serial,
        "place": facts.place,
        "condition": str(facts.condition),
        "check_by": facts.check_by.isoformat() if facts.check_by else None,
    }


def holding_row(holding: Holding | None) -> dict[str, Any]:
    """The columns that say who has an item."""
    if holding is None:
        return dict.fromkeys(("holder_number", "holder_name", "issued_at", "due_at"))
    return {
        "holder_number": holding.number,
        "holder_name": holding.name,
        "issued_at": holding.issued_at,
        "due_at": holding.due_at,
    }


def _item(row: Any) -> Item:
    holding = None
    if row.due_at is not None:
        holding = Holding(row.holder_number, row.holder_name, row.issued_at, row.due_at)
    facts = NewItem(
        row.number, row.group_code, row.name, row.model, row.serial, row.place,
        Condition(row.condition), date.fromisoformat(row.check_by) if row.check_by else None,
    )  # fmt: skip
    return Item(ItemId(row.id), facts, holding, row.rev)


def _line(row: Any) -> CustodyLine:
    return CustodyLine(
        row.seq, ItemId(row.item_id), Custody(row.kind), row.at, row.actor, row.holder_number,
        row.holder_name, Condition(row.condition), row.due_at, row.note,
    )  # fmt: skip
