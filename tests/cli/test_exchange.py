"""``import`` and ``export``: officers through the real verb, and a room that fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from console.cli import exchange as verb
from console.cli.parser import main
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Row
from console.core.ownership import Ownership
from console.core.words import Words
from console.people import service
from console.people.model import Role

Said = pytest.CaptureFixture[str]
SECRET = "a long enough secret"
CHIEF = Actor("officer", "0001", frozenset({"chief"}))


@pytest.fixture
def post(database: Database) -> Path:
    service.first_officer(database, "0001", "李卫国", SECRET)
    service.add_officer(
        database, CHIEF, "0002", "王芳", frozenset({Role.AUDITOR, Role.DUTY_OFFICER}), SECRET
    )
    return database.path.parent


def officers(database: Database) -> list[tuple[str, str, bool]]:
    with database.read() as connection:
        return [(one.number, one.name, one.active) for one in service.officers(connection)]


def acts(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT act, actor FROM audit_trail ORDER BY seq").all()
    return [(row.act, row.actor) for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_out_and_in_again(
    post: Path, database: Database, tmp_path: Path, capsys: Said, ending: str
) -> None:
    file = tmp_path / f"人员.{ending}"
    assert main(["export", "officers", str(file), "--data", str(post)]) == 0
    assert "已导出 2 行" in capsys.readouterr().out
    act, actor = acts(database)[-1]
    assert act == "officers.exported" and actor.startswith("system:command-line:")
    before = officers(database)
    assert main(["import", "officers", str(file), "--data", str(post), "--lang", "en"]) == 0
    assert "2 rows taken" in capsys.readouterr().out
    assert officers(database) == before
    again = tmp_path / f"again.{ending}"
    assert main(["export", "officers", str(again), "--data", str(post)]) == 0
    if ending == "csv":
        assert again.read_bytes() == file.read_bytes()
    else:
        told = [
            [[cell.value for cell in row] for row in openpyxl.load_workbook(one)["Sheet1"]]
            for one in (file, again)
        ]
        assert told[0] == told[1] != []


def test_a_dry_run_changes_nothing(
    post: Path, database: Database, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "new.csv"
    file.write_text("警号,姓名,角色,宿舍\n0005,周军,值班员,东\n", "gb18030")
    before, trail = officers(database), acts(database)
    assert main(["import", "officers", str(file), "--dry-run", "--data", str(post)]) == 0
    told = capsys.readouterr()
    assert "1 行均可导入（GB18030），未作改动" in told.out
    assert "未识别的列已忽略：宿舍" in told.err
    assert (officers(database), acts(database)) == (before, trail)
    assert main(["import", "officers", str(file), "--data", str(post)]) == 0
    assert ("0005", "周军", True) in officers(database)


def test_every_fault_is_one_line_and_nothing_is_taken(
    post: Path, database: Database, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("number,name,roles\n0005,周军,duty_officer\n0006,,chief\n0005,赵,boss\n")
    before = officers(database)
    for dry in ([], ["--dry-run"]):
        assert main(["import", "officers", str(file), *dry, "--data", str(post)]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        lines = told.err.splitlines()
        assert lines[0] == "第 3 行 姓名：必填项为空。"
        assert lines[1].startswith("第 4 行 角色：“boss”不在可选范围内；可选：")
        assert lines[2].startswith("人员表中有 2 处错误，一行也没有导入")
        assert len(lines) == 3
    assert officers(database) == before


def test_faults_beyond_the_list_are_counted(post: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("number,name,roles\n" + "1,,chief\n" * 5000)
    assert main(["import", "officers", str(file), "--data", str(post), "--lang", "en"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 202
    assert lines[-2] == "and 4800 more faults"
    assert "5000 faults" in lines[-1]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["import", "officers", "gone.csv"], 1, "没有这个文件"),
        (["import", "calls", "calls.csv"], 1, "尚不能导入导出"),
        (["export", "grid", "grid.geojson"], 1, "尚不能导入导出"),
        (["export", "officers", "officers.geojson"], 1, "不支持这种文件"),
        (["export", "officers", "no/such/folder/o.csv"], 1, "无法写入"),
        (["export", "officers", "officers.pdf"], 2, ".csv"),
        (["export", "spaceships", "s.csv"], 2, "spaceships"),
        (["export", "officers"], 2, "FILE"),
        (["export", "officers", "o.csv", "--dry-run"], 2, "--dry-run"),
    ],
)
def test_what_cannot_be(
    post: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], status: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    try:
        got = main([*arguments, "--data", str(post)])
    except SystemExit as usage:
        got = int(str(usage.code))
    told = capsys.readouterr()
    assert got == status
    assert said in told.err
    assert told.out == "" and "Traceback" not in told.err
    if status == 1:
        assert len(told.err.splitlines()) == 1


def test_a_folder_that_is_no_post(tmp_path: Path, capsys: Said) -> None:
    assert main(["export", "officers", str(tmp_path / "o.csv"), "--data", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "o.csv").exists()


class Broken:
    """A room that refuses in the middle of its act, after a row was written."""

    def __init__(self) -> None:
        columns = (ExchangeColumn("number", Words("编号", "Number"), required=True),)
        words = Words("器材", "items")
        self.exchange = Exchange("items", words, columns, lambda *_: (), self.take, lambda _: ())

    def take(self, database: Database, actor: Actor, rows: Sequence[Row]) -> int:
        with database.act(actor) as act:
            act.audit("item.added", "item", str(rows[0]["number"]))
            raise Refused("people.number_in_use", number=rows[0]["number"])


BROKEN = Broken().exchange


def test_a_refusal_in_the_act_leaves_nothing(
    post: Path, database: Database, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(verb.KINDS, "items", f"{__name__}:BROKEN")
    file = tmp_path / "items.csv"
    file.write_text("number\nA1\n")
    before = acts(database)
    assert main(["import", "items", str(file), "--data", str(post)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert acts(database) == before


def test_a_console_may_be_at_work(post: Path, tmp_path: Path, capsys: Said) -> None:
    owner = Ownership(post)
    owner.start()
    try:
        assert main(["export", "officers", str(tmp_path / "o.csv"), "--data", str(post)]) == 0
    finally:
        owner.stop()
    assert "0002" in (tmp_path / "o.csv").read_text("utf-8-sig")


def test_nothing_of_it_is_imported_at_start() -> None:
    code = (
        "import sys, console.cli.parser, console.app.console; "
        "heavy = ('openpyxl', 'defusedxml', 'segno', 'console.core.tables_file', "
        "'console.ui.document', 'console.ui.exchange_sheet'); "
        "sys.exit(', '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
