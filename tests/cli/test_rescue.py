"""A damaged store at the command line: named by doctor, salvaged, and the break told by the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli.parser import main
from console.core import backup
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.keyfile import DATABASE_FILE
from console.core.pages import Pages
from console.core.survey import survey

PAGE = 4096


@pytest.fixture
def harmed(database: Database, tmp_path: Path) -> Path:
    """A post whose trail has a damaged leaf; a whole backup stands beside it."""
    for n in range(60):
        with database.act(SYSTEM) as act:
            act.audit("post.noted", "post", f"{n}", text="x" * 200)
    backup.write(database, SYSTEM, tmp_path / "whole.backup")
    database.stop()
    told = survey(Pages(database.path, database.key))
    leaf = next(row.page for row in told.rows("audit_trail") if row.rowid == 20)
    raw = bytearray(database.path.read_bytes())
    raw[(leaf - 1) * PAGE + 9] ^= 1
    database.path.write_bytes(raw)
    return database.path.parent


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    status = main(["--data", str(folder), "--lang", "zh_CN", *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_doctor_names_pages_and_table(harmed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, harmed, "doctor")
    assert status == 1
    assert f"{harmed / DATABASE_FILE} 有 1 页损坏" in told and "审计记录" in told
    assert "post-console restore" in told


def test_salvage_and_the_break_in_the_audit(
    harmed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = run(capsys, harmed, "restore", "--salvage")
    assert status == 0
    assert "已抢救" in told and "damaged-" in told and "审计记录第" in told
    status, told = run(capsys, harmed, "audit", "verify")
    assert status == 1 and "抢救" in told and "其余记录完整" in told


def test_restore_over_a_damaged_store_keeps_it(
    harmed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (harmed / DATABASE_FILE).read_bytes()
    file = str(tmp_path / "whole.backup")
    assert run(capsys, harmed, "restore", file)[0] == 1
    assert run(capsys, harmed, "restore", "--force", file)[0] == 0
    (aside,) = harmed.glob("before-restore-*")
    assert (aside / DATABASE_FILE).read_bytes() == before
    assert run(capsys, harmed, "audit", "verify")[0] == 0


def test_a_damaged_backup_is_named(
    harmed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "whole.backup"
    raw = bytearray(file.read_bytes())
    raw[20 * PAGE + 9] ^= 1
    file.write_bytes(raw)
    status, told = run(capsys, harmed, "restore", "--drill", str(file))
    assert status == 1 and str(file) in told


@pytest.mark.parametrize("words", [("restore",), ("restore", "--salvage", "x.backup")])
def test_either_a_file_or_a_salvage(
    harmed: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, harmed, *words)
    assert ended.value.code == 2
    assert "--salvage" in capsys.readouterr().err
