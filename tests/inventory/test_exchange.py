"""Items in and out of files: judged row by row, all or none, and the same again after a round trip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Fault
from console.core.keyfile import create_key
from console.core.tables import outbox
from console.core.tables_file import read_table, write_table
from console.inventory import service
from console.inventory.model import View
from console.inventory.service import Handing
from console.inventory.service.exchange import ITEMS
from console.people import store as officers
from tests.conftest import HandClock
from tests.inventory.conftest import CHIEF, DUTY, add

HEAD = "编号,类别,名称,存放区,检定或失效日期,持有人警号,领用时间,应还时间\n"


def faults(database: Database, file: Path) -> list[tuple[int, str, str]]:
    table = read_table(file, ITEMS.columns)
    with database.read() as connection:
        found: Sequence[Fault] = (*table.faults, *ITEMS.judge(connection, table.rows))
    return sorted((one.line, one.column, one.code) for one in found)


def test_a_bad_file_of_an_old_spreadsheet_is_judged_row_by_row(
    staffed: Database, tmp_path: Path
) -> None:
    add(staffed, "OLD-1")
    file = tmp_path / "items.csv"
    lines = [
        "A1,单警,手铐,装备储存区,2027-06-30,,,",
        "A2,单警,手铐,,2027-02-31,,,",
        "a1,单警,手铐,,,,,",
        "OLD-1,单警,手铐,,,,,",
        "A5,玩具,手铐,,,,,",
        "A6,武器,某型,,,,,",
        "A7,单警,手枪,,,,,",
        "A8,单警,手铐,,,9999,2026-11-21T01:00:00Z,2026-11-21T09:00:00Z",
        "A9,单警,手铐,,,0003,,",
        "A10,单警,=cmd|' /c calc'!A1,,,,,",
    ]
    file.write_bytes((HEAD + "\n".join(lines) + "\n").encode("gb18030"))
    told = faults(staffed, file)
    assert [(line, column) for line, column, _ in told] == [
        (2, "number"), (3, "check_by"), (4, "number"), (5, "number"), (6, "group"), (7, "group"),
        (8, "group"), (9, "holder"), (10, "holder"),
    ]  # fmt: skip
    codes = [code for _, _, code in told if code.startswith("inventory.")]
    assert codes == [
        f"inventory.{name}"
        for name in (
            "number_twice", "number_twice", "number_taken", "no_such_group", "weapon", "weapon",
            "no_such_officer", "half_a_holding",
        )
    ]  # fmt: skip


def test_a_formula_is_only_a_name_and_goes_out_harmless(staffed: Database, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text("\ufeff" + HEAD + "A1,单警,=cmd|' /c calc'!A1,,,,,\n", "utf-8")
    table = read_table(file, ITEMS.columns)
    assert not table.faults
    assert ITEMS.take(staffed, CHIEF, [row for _, row in table.rows]) == 1
    with staffed.read() as connection:
        (one,) = service.items(connection, View(), staffed.clock.now())
        given = list(ITEMS.give(connection))
    assert one.facts.name == "=cmd|' /c calc'!A1"
    back = tmp_path / "out.csv"
    write_table(back, ITEMS.columns, given)
    assert ",=cmd" not in back.read_text("utf-8-sig")
    assert [row for _, row in read_table(back, ITEMS.columns).rows] == given


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_given_is_given_equal_by_an_empty_post_that_took_it(
    staffed: Database, tmp_path: Path, clock: HandClock, ending: str
) -> None:
    radio = add(staffed, "R1", model="PDT", serial="007")
    add(staffed, "E1", "灭火器", group="service", place="reception", check_by=date(2027, 6, 30))
    service.issue(staffed, DUTY, [radio], Handing("0003"))
    with staffed.read() as connection:
        given, people = list(ITEMS.give(connection)), officers.all_officers(connection)
    file = tmp_path / f"items.{ending}"
    write_table(file, ITEMS.columns, given)
    clock.pass_(3600)
    folder = tmp_path / "other"
    other = Database(folder, create_key(folder), clock, staffed._bus)
    other.create("post-other")
    other.start()
    try:
        with other.act(SYSTEM) as act:
            for one in people:
                officers.insert(act.connection, one, "", act.at)
        table = read_table(file, ITEMS.columns)
        assert not table.faults
        assert ITEMS.take(other, SYSTEM, [row for _, row in table.rows]) == 2
        with other.read() as connection:
            assert list(ITEMS.give(connection)) == given
            kinds = list(connection.execute(sa.select(outbox.c.kind)).scalars())
            assert kinds == ["item.issued"] and audit.first_fault(connection) is None
    finally:
        other.stop()


def test_five_thousand_rows_are_taken_in_one_act_or_not_at_all(staffed: Database) -> None:
    rows: list[dict[str, Any]] = [
        {"number": f"N{n:04d}", "group": "personal", "name": "雨衣"} for n in range(5000)
    ]
    with pytest.raises(Refused, match=r"inventory\.number_twice"):
        ITEMS.take(staffed, CHIEF, [*rows, rows[17]])
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        ITEMS.take(staffed, DUTY, rows)
    with staffed.read() as connection:
        assert service.counts(connection, staffed.clock.now()).total == 0
    assert ITEMS.take(staffed, CHIEF, rows) == 5000
    with staffed.read() as connection:
        assert service.counts(connection, staffed.clock.now()).total == 5000
        numbered = list(enumerate(rows, 2))
        assert {one.code for one in ITEMS.judge(connection, numbered)} == {"inventory.number_taken"}
        assert audit.first_fault(connection) is None
    with pytest.raises(Refused, match=r"inventory\.number_taken"):
        ITEMS.take(staffed, CHIEF, rows[:1])
    assert ITEMS.take(staffed, CHIEF, []) == 0


def test_an_impossible_holding_is_refused(staffed: Database) -> None:
    at = staffed.clock.now()
    row = {"number": "A1", "group": "personal", "name": "手铐", "holder": "0003"}
    row_turned = row | {"issued_at": at, "due_at": at - timedelta(hours=1)}
    with pytest.raises(Refused, match=r"inventory\.half_a_holding"):
        ITEMS.take(staffed, CHIEF, [row_turned])
