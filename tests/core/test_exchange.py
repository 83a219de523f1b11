"""A table judged and taken by a room, all of it or nothing, and given out."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import (
    Exchange,
    Fault,
    Row,
    judged,
    take,
)
from console.core.tables_file import give_table, read_table
from console.core.words import Words, say
from tests.core.told_tables import COLUMNS, FULL, read_text


def duplicates(connection: object, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
    seen: dict[object, int] = {}
    faults = []
    for line, one in rows:
        first = seen.setdefault(one["number"], line)
        if first != line:
            detail = {"value": one["number"], "first": first}
            faults.append(Fault(line, "number", "exchange.twice", detail))
    return faults


class Shelf:
    """A room that keeps what it takes."""

    def __init__(self) -> None:
        self.kept: list[Row] = []
        self.exchange = Exchange(
            "things", Words("器材", "things"), COLUMNS, duplicates, self.take, lambda _: self.kept
        )

    def take(self, database: Database, actor: Actor, rows: Sequence[Row]) -> int:
        self.kept = list(rows)
        return len(rows)


@pytest.mark.parametrize("bom", [b"", b"\x84\x31\x95\x33"])
def test_five_thousand_rows_with_every_fault_are_named_and_none_is_kept(
    tmp_path: Path, database: Database, officer: Actor, bom: bytes
) -> None:
    lines = ["编号,名称,生日,备注"]
    lines += [f"N{at},对讲机{at},2026-02-{at % 28 + 1:02d},完好" for at in range(2, 5002)]
    lines[17 - 1] = "N17,对讲机,2026-02-31,完好"
    lines[99 - 1] = "N98,对讲机,2026-02-01,重复"
    lines[4000 - 1] = "N4000,=cmd|' /C calc'!A0,2026-02-01,完好"
    lines[5001 - 1] = "N5001,,2026-02-01,完好"
    file = tmp_path / "many.csv"
    file.write_bytes(bom + "\r\n".join(lines).encode("gb18030"))
    began = time.perf_counter()
    table = read_table(file, COLUMNS)
    took_s = time.perf_counter() - began
    assert took_s < 1.5, f"5,000 rows were read in {took_s:.2f} s"
    shelf = Shelf()
    with database.read() as connection:
        table = judged(connection, shelf.exchange, table)
    assert [(one.line, one.column, one.code) for one in table.faults] == [
        (17, "born", "exchange.no_such_day"),
        (99, "number", "exchange.twice"),
        (5001, "name", "exchange.empty"),
    ]
    with pytest.raises(Refused) as caught:
        take(database, officer, shelf.exchange, table)
    assert caught.value.code == "exchange.faulty"
    assert "3 处错误" in say(caught.value, "zh_CN")
    assert shelf.kept == []
    lines[17 - 1] = lines[99 - 1] = lines[5001 - 1] = ""
    file.write_bytes(bom + "\r\n".join(lines).encode("gb18030"))
    good = read_table(file, COLUMNS)
    assert take(database, officer, shelf.exchange, good) == 4997
    assert {one["name"] for one in shelf.kept if one["number"] == "N4000"} == {"=cmd|' /C calc'!A0"}


def test_what_became_wrong_since_it_was_judged_is_refused(
    tmp_path: Path, database: Database, officer: Actor
) -> None:
    shelf = Shelf()
    table = read_text(tmp_path, "number,name\nN1,x\nN1,y\n")
    assert not table.faults
    with pytest.raises(Refused):
        take(database, officer, shelf.exchange, table)
    assert shelf.kept == []


def test_an_export_of_personal_data_says_why_and_is_in_the_trail(
    tmp_path: Path, database: Database, officer: Actor
) -> None:
    shelf = Shelf()
    shelf.kept = FULL
    public = shelf.exchange
    secret = Exchange(
        public.kind, public.words, COLUMNS, public.judge, public.take, public.give,
        secret=frozenset({"name"}),
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        give_table(database, officer, secret, tmp_path / "t.csv", " ")
    assert caught.value.code == "exchange.reason_needed"
    assert not (tmp_path / "t.csv").exists()
    assert give_table(database, officer, secret, tmp_path / "t.csv", "上级调阅") == len(FULL)
    with database.read() as connection:
        line = connection.exec_driver_sql("SELECT act, detail FROM audit_trail").one()
    assert line.act == "things.exported"
    assert json.loads(line.detail) == {"rows": len(FULL), "reason": "上级调阅"}
