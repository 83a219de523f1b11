"""Twenty thousand items: every list is read in windows along an index, never sorted, never whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from console.core.actor import SYSTEM
from console.core.database import Database
from console.inventory import service, store
from console.inventory.model import Filter, Item, View
from console.inventory.service.exchange import ITEMS

MANY = 20_000
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HORIZON = store.Horizon(NOW, date(2026, 12, 21))


@pytest.fixture
def stocked(staffed: Database) -> Database:
    """20,000 items; every tenth is out, half of those overdue; every seventh has a check date."""
    rows = []
    for n in range(MANY):
        row: dict[str, Any] = {"number": f"N{n:05d}", "group": "personal", "name": f"手电{n % 50}"}
        if n % 7 == 0:
            row["check_by"] = date(2026, 11, 1) + timedelta(days=n % 90)
        if n % 10 == 0:
            due = NOW + timedelta(hours=3 if n % 20 else -3, seconds=n % 13)
            row |= {"holder": "0003", "issued_at": NOW - timedelta(hours=9), "due_at": due}
        rows.append(row)
    assert ITEMS.take(staffed, SYSTEM, rows) == MANY
    return staffed


def plan(connection: sa.Connection, query: sa.Select[Any]) -> str:
    text = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
    return "; ".join(str(row[3]) for row in rows)


def windows(connection: sa.Connection, view: View) -> Iterator[list[Item]]:
    after: Item | None = None
    while page := service.items(connection, view, NOW, after):
        yield page
        after = page[-1]


def test_every_list_walks_an_index_and_sorts_nothing(stocked: Database) -> None:
    with stocked.read() as connection:
        assert "SCAN item" in plan(connection, sa.select(store.item_table.c.name))  # it can fail
        for which in Filter:
            first = service.items(connection, View(which), NOW)
            for after in (None, first[-1]):
                for group in ("", "personal"):
                    query = store.page_query(View(which, group), HORIZON, after, 200)
                    told = plan(connection, query)
                    assert "USING INDEX item_" in told, (which, told)
                    assert "TEMP B-TREE" not in told, (which, told)
                    if which is not Filter.ALL or after is not None or group:
                        assert "SCAN" not in told, (which, told)
            found = plan(connection, store.page_query(View(which, text="djj"), HORIZON, None, 200))
            assert "USING INDEX item_" in found and "TEMP B-TREE" not in found
        told = plan(connection, store.history_query("x", 7, 200))
        assert "USING INDEX custody_line_item" in told and "TEMP B-TREE" not in told


def test_windows_hold_every_item_once_and_no_more_than_asked_for(stocked: Database) -> None:
    with stocked.read() as connection:
        counts = service.counts(connection, NOW)
        assert (counts.total, counts.issued, counts.overdue) == (MANY, 2000, 1000)
        for which, wanted in (
            (Filter.ALL, counts.total),
            (Filter.ISSUED, counts.issued),
            (Filter.OVERDUE, counts.overdue),
            (Filter.CHECK, counts.check),
        ):
            seen: list[str] = []
            for page in windows(connection, View(which)):
                assert len(page) <= 200
                seen += [one.number for one in page]
            assert len(seen) == len(set(seen)) == wanted, which
        (last,) = service.items(connection, View(text="N19999"), NOW)
        assert last.number == "N19999"
