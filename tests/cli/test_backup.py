"""``backup``, ``restore`` and ``restore --drill`` as the technician uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli.parser import main
from console.core.actor import SYSTEM
from console.core.database import Database

Said = pytest.CaptureFixture[str]


@pytest.fixture
def post(database: Database) -> Path:
    """The data folder of a post whose console is at work."""
    with database.act(SYSTEM) as act:
        act.audit("post.set_up", "post", "post-test")
    return database.path.parent


def test_there_and_back(post: Path, tmp_path: Path, capsys: Said) -> None:
    file, fresh = tmp_path / "post.backup", tmp_path / "fresh"
    assert main(["backup", str(file), "--data", str(post)]) == 0
    assert "已核对" in capsys.readouterr().out
    assert main(["backup", str(file), "--data", str(post), "--lang", "en"]) == 0
    assert "2 audit records unbroken (post post-test" in capsys.readouterr().out
    assert main(["restore", str(file), "--drill", "--data", str(fresh), "--lang", "en"]) == 0
    assert "restore drill passed" in capsys.readouterr().out
    assert not fresh.exists()
    assert main(["restore", str(file), "--data", str(fresh)]) == 0
    capsys.readouterr()
    assert main(["audit", "verify", "--data", str(fresh), "--lang", "en"]) == 0
    assert "3 records" in capsys.readouterr().out
    assert main(["restore", str(file), "--data", str(fresh), "--lang", "en"]) == 1
    assert "holds data" in capsys.readouterr().err
    assert main(["restore", str(file), "--data", str(fresh), "--force", "--lang", "en"]) == 0
    assert "the old data is kept in" in capsys.readouterr().out


@pytest.mark.parametrize("drill", [[], ["--drill"]])
def test_what_cannot_be_restored_is_one_line(
    post: Path, tmp_path: Path, keys: Path, capsys: Said, drill: list[str]
) -> None:
    file, fresh = tmp_path / "post.backup", tmp_path / "fresh"
    assert main(["backup", str(file), "--data", str(post)]) == 0
    good = file.read_bytes()
    damaged = bytearray(good)
    damaged[3 * 4096 + 50] ^= 1
    capsys.readouterr()
    for content, expected in (
        (bytes(damaged), "有损坏"),
        (b"hello", "不是本程序的备份"),
        (good[: len(good) // 2 // 4096 * 4096], "损坏"),
        (bytes(reversed(good)), "无法用现有密钥打开"),
    ):
        file.write_bytes(content)
        assert main(["restore", str(file), "--data", str(fresh), *drill]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert expected in told.err
    file.write_bytes(good)
    for key in keys.iterdir():
        key.write_text("00" * 32)
    assert main(["restore", str(file), "--data", str(fresh), *drill]) == 1
    assert "无法用现有密钥打开" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "none"), "--data", str(fresh), *drill]) == 1
    assert "找不到备份文件" in capsys.readouterr().err
    assert not fresh.exists()
