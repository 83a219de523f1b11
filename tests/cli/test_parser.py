"""The command line: exit status 0, 1 or 2, one plain line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli.parser import VERBS, main


def test_no_data_no_traceback(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "none"), "audit", "verify"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "尚未建站" in told.err
    assert main(["audit", "verify", "--data", str(tmp_path / "none"), "--lang", "en"]) == 1
    assert "No post was set up" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-verb"],
        ["audit"],
        ["audit", "burn"],
        ["audit", "export", "trail.xls"],
        ["backup"],
        ["restore"],
        ["doctor", "--lang", "fr"],
        ["doctor", "surplus"],
    ],
)
def test_wrong_usage_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_data_folder_named_like_a_verb(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--data", "drill", "audit", "verify"]) == 1
    assert "drill" in capsys.readouterr().err
    assert main(["audit", "verify", "--data", "backup"]) == 1


def test_bad_settings_are_one_line(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("theme = 3")
    main(["doctor", "--data", str(tmp_path), "--lang", "en"])
    told = capsys.readouterr()
    assert "theme must be str" in told.out
    assert told.err == ""


def test_every_verb_is_listed_as_a_program() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "console", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    for verb in VERBS:
        assert verb in told.stdout


def test_a_full_output_is_no_traceback(tmp_path: Path, keys: Path) -> None:
    """``doctor | head -0``: the reader goes away first."""
    child = subprocess.Popen(
        [sys.executable, "-m", "console", "doctor", "--json", "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert child.stdout is not None and child.stderr is not None
    child.stdout.close()
    told = child.stderr.read()
    child.stderr.close()
    child.wait(60)
    assert b"Traceback" not in told


def test_a_file_that_cannot_be_read_is_said_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none")
    assert main(["decode", "--family", "nmea", missing]) == 1
    assert capsys.readouterr().err == f"{missing}: 没有这个文件或目录\n"
    assert main(["--lang", "en", "decode", "--family", "nmea", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: this is a folder, not a file\n"


def run_bare(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One verb by a shell, which can close its streams."""
    return subprocess.run(
        ["sh", "-c", f"{sys.executable} -m console --lang zh_CN {words}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **environment},
    )


def test_a_closed_standard_input_is_one_plain_line() -> None:
    told = run_bare("decode --family nmea <&-")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.count("\n") == 1 and "标准输入" in told.stderr


def test_an_output_without_chinese_is_no_traceback(tmp_path: Path) -> None:
    told = run_bare(f"doctor --data {tmp_path}", PYTHONIOENCODING="ascii")
    assert "Traceback" not in told.stderr and told.stdout


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300", "0", "-1"])
def test_a_drill_of_no_length_is_wrong_usage(
    seconds: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drill", "--unattended", "--seconds", seconds]) == 2
    assert capsys.readouterr().err.count("\n") == 1
