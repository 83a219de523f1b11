"""``audit verify`` and ``audit export``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from console.cli.parser import main
from console.core.actor import Actor
from console.core.database import Database

Said = pytest.CaptureFixture[str]
FORMULAS = ("=1+1", "+1", "-1", "@sum", "\tx", "\rx")


@pytest.fixture
def post(database: Database) -> Path:
    with database.act(Actor("officer", "0123")) as act:
        for text in FORMULAS:
            act.audit("call.noted", "call", text, note=f"红旗广场,“{text}”")
    return database.path.parent


def test_a_good_trail(post: Path, capsys: Said) -> None:
    assert main(["audit", "verify", "--data", str(post)]) == 0
    assert "审计链完整：6 条" in capsys.readouterr().out


def test_the_first_bad_record_is_named(post: Path, database: Database, capsys: Said) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_trail SET actor = 'x' WHERE seq IN (3, 5)")
    assert main(["audit", "verify", "--data", str(post), "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "record 3 (its content was changed)" in told.err
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_trail WHERE seq = 2")
    assert main(["audit", "verify", "--data", str(post)]) == 1
    assert "第 2 条断开（缺少记录）" in capsys.readouterr().err


def test_a_table_for_people(post: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "trail.csv"
    assert main(["audit", "export", str(file), "--data", str(post)]) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["entity_id"] for row in rows] == ["'" + text for text in FORMULAS]
    assert json.loads(rows[0]["detail"]) == {"note": "红旗广场,“=1+1”"}
    assert rows[0]["actor"] == "officer:0123"
    before = file.read_bytes()
    assert main(["audit", "export", str(file), "--data", str(post)]) == 1
    assert "已存在" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_lines_for_programs(post: Path, database: Database, tmp_path: Path) -> None:
    file = tmp_path / "trail.jsonl"
    assert main(["audit", "export", str(file), "--data", str(post)]) == 0
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line["entity_id"] for line in lines] == list(FORMULAS)
    with database.read() as connection:
        last = connection.exec_driver_sql(
            "SELECT act, actor FROM audit_trail ORDER BY seq DESC LIMIT 1"
        ).one()
    assert last.act == "audit.exported"
    assert last.actor.startswith("system:command-line:")


def test_a_broken_trail_is_still_evidence(
    post: Path, database: Database, tmp_path: Path, capsys: Said
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_trail WHERE seq = 4")
    file = tmp_path / "trail.jsonl"
    assert main(["audit", "export", str(file), "--data", str(post), "--lang", "en"]) == 1
    assert "breaks at record 4 (a record is missing)" in capsys.readouterr().err
    assert len(file.read_text("utf-8").splitlines()) == 5
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_trail SET detail = '{' WHERE seq = 2")
    assert main(["audit", "export", str(tmp_path / "b.csv"), "--data", str(post)]) == 1
    assert "第 2 条断开" in capsys.readouterr().err
