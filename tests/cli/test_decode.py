"""``decode``: the technician's way to see what bytes mean."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from console.cli.parser import main
from tests.drivers.test_nmea import GGA, GSV, PUBLISHED, RMC


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_gives_one_object_a_frame(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.nmea"
    file.write_bytes(b"".join(PUBLISHED) + RMC[:20])
    assert main(["decode", "--family", "nmea", str(file)]) == 0
    told = lines(capsys)
    kinds = [one["kind"] for one in told]
    assert kinds == ["position", "position", "other", "other", "other", "position", "bad"]
    assert {one["family"] for one in told} == {"nmea"}
    assert told[-1]["reason"] == "length"
    assert told[-1]["bytes"] == RMC[:20].hex()


def test_standard_input_without_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = GSV + GGA.replace(b"*6A", b"*6B")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["decode", "--family", "nmea"]) == 0
    assert [one["kind"] for one in lines(capsys)] == ["other", "bad"]


def test_an_empty_input_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"")
    assert main(["decode", "--family", "nmea", str(file)]) == 0
    assert lines(capsys) == []


def test_a_missing_file_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", "--family", "nmea", "/nowhere/at/all"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "/nowhere/at/all" in told.err


@pytest.mark.parametrize("words", [["decode"], ["decode", "--family", "morse"]])
def test_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
