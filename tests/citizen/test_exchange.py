"""Visits as a table: out and in again equal, all rows or none, each fault named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.citizen import service
from console.citizen.model import NewVisit, Personal, Wanted
from console.citizen.service.exchange import VISITS
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.exchange import Row, judged, take
from console.core.keyfile import create_key
from console.core.tables_file import read_table, write_table
from tests.conftest import HandClock

VISITOR = Personal("张三丰", "13800138000", "370883199001010015")
LENT = NewVisit("umbrella_loan", "下雨借雨伞\n一把🙂", "借出 7 号伞", "lent", "文化街", VISITOR)
FORMULA = NewVisit("other", "=cmd|' /C calc'!A0", "+1", person=Personal("@O'Neill"))


@pytest.fixture
def other(tmp_path: Path, keys: Path, clock: HandClock) -> Iterator[Database]:
    """Another post, with nothing in it."""
    folder = tmp_path / "other"
    store = Database(folder, create_key(folder), clock, EventBus())
    store.create("post-other")
    store.start()
    yield store
    store.stop()


def given(database: Database) -> list[Row]:
    with database.read() as connection:
        return list(VISITS.give(connection))


def faults(database: Database, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    with database.read() as connection:
        found = VISITS.judge(connection, list(enumerate(rows, 2)))
    return [(fault.line, fault.column, fault.code) for fault in found]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_given_is_taken_by_an_empty_post_and_given_equal(
    database: Database, other: Database, officer: Actor, tmp_path: Path, ending: str
) -> None:
    for new in (LENT, FORMULA):
        service.record(database, officer, new)
    file = tmp_path / f"visits.{ending}"
    write_table(file, VISITS.columns, given(database))
    with other.read() as connection:
        table = judged(connection, VISITS, read_table(file, VISITS.columns))
    assert not table.faults
    assert take(other, officer, VISITS, table) == 2
    assert given(other) == given(database)
    assert take(other, officer, VISITS, table) == 0  # the same once more changes nothing
    with other.read() as connection:
        assert len(service.find(connection, Wanted("雨伞"), other.clock.now(), None, 5)) == 1
    assert VISITS.secret == {"visitor_name", "phone", "id_number"}


@pytest.fixture
def row(clock: HandClock) -> Callable[..., dict[str, Any]]:
    def make(**changes: Any) -> dict[str, Any]:
        return {
            "at": clock.now() - timedelta(days=400),
            "kind": "问路指引",
            "asked": "问路",
            **changes,
        }

    return make


def test_each_bad_row_is_named_and_none_is_taken(
    database: Database, officer: Actor, row: Callable[..., dict[str, Any]]
) -> None:
    service.record(database, officer, LENT)
    number = str(given(database)[0]["number"])
    rows = [
        row(number="FW20250101-001"),
        row(number="FW20250101-001"),
        row(number=number),
        row(number="七号"),
        row(kind="喝茶"),
        row(visitor_name="长" * 65),
        row(phone="12a"),
        row(at=given(database)[0]["at"] + timedelta(days=9999)),
        row(call_id="有空格 的"),
    ]
    assert faults(database, *rows) == [
        (3, "number", "citizen.number_twice"),
        (4, "number", "citizen.number_taken"),
        (5, "number", "citizen.bad_number"),
        (6, "kind", "citizen.kind_unknown"),
        (7, "visitor_name", "citizen.too_long"),
        (8, "phone", "citizen.bad_phone"),
        (9, "at", "citizen.in_future"),
        (10, "call_id", "citizen.bad_call_id"),
    ]
    with pytest.raises(Refused):
        VISITS.take(database, officer, rows)
    assert len(given(database)) == 1


def test_rows_without_a_number_are_given_the_next_of_their_day(
    database: Database, officer: Actor, row: Callable[..., dict[str, Any]]
) -> None:
    day = f"{row()['at'].astimezone():%Y%m%d}"
    assert VISITS.take(database, officer, [row(), row(number=f"FW{day}-002"), row()]) == 3
    assert [one["number"] for one in given(database)] == [f"FW{day}-{n:03d}" for n in (1, 2, 3)]
    assert {one["kind"] for one in given(database)} == {"directions"}
    assert {one["by"] for one in given(database)} == {"0123"}
