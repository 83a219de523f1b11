"""Tables read from files and written to them: every encoding, kind, fault and trick."""

from __future__ import annotations

import errno
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from console.core.errors import ConsoleError, Refused, Unavailable
from console.core.exchange import (
    MOST_FAULTS,
    Fault,
    say_fault,
)
from console.core.tables_file import read_table, reading, write_table
from console.core.words import say
from tests.core.told_tables import COLUMNS, FULL, TWO, read_text, row, values

ENDINGS = ("csv", "xlsx", "geojson")


def refused(tmp_path: Path, text: str | bytes, columns: Any = COLUMNS) -> ConsoleError:
    with pytest.raises(ConsoleError) as caught:
        read_text(tmp_path, text, columns)
    return caught.value


def one_fault(tmp_path: Path, column: str, cell: str) -> Fault:
    text = f"number,name,{column}\nN1,x,\nN2,x,{cell}\n" if column else f"number,name\n{cell}\n"
    (found,) = read_text(tmp_path, text).faults
    return found


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["", "zh_CN", "en"])
def test_what_was_written_is_read_again(tmp_path: Path, ending: str, language: str) -> None:
    file = tmp_path / f"table.{ending}"
    write_table(file, COLUMNS, FULL, "仅供内部使用", language)
    assert values(read_table(file, COLUMNS)) == FULL
    assert [place.name for place in tmp_path.iterdir()] == [file.name]  # no half-written one


def test_a_spreadsheet_finds_no_formula(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", COLUMNS, FULL)
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"N1,'=cmd|" in data and b"'+86" in data and b",''=quoted" in data
    assert b"N1,'=cmd|' /C calc'!A0,,,-5," in data  # a number is a number, not a text
    write_table(tmp_path / "t.xlsx", COLUMNS, FULL)
    cells = [c for line in openpyxl.load_workbook(tmp_path / "t.xlsx").active for c in line]  # type: ignore[union-attr]
    assert "'=cmd|' /C calc'!A0" in [c.value for c in cells]
    assert {c.data_type for c in cells} <= {"inlineStr", "s", "n"}


@pytest.mark.parametrize(
    ("codec", "bom", "name"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 BOM"),
        ("utf-16-le", b"\xff\xfe", "UTF-16 LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16 BE"),
        ("gb18030", b"", "GB18030"),
        ("gb18030", b"\x84\x31\x95\x33", "GB18030 BOM"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_encoding_and_the_delimiter_are_found(
    tmp_path: Path, codec: str, bom: bytes, name: str, mark: str, end: str
) -> None:
    lines = (f"名称{mark} 编号 ", f'"红旗{mark}广场"{mark}N1', "", f'"两{end}行"{mark}N2', "")
    table = read_text(tmp_path, bom + end.join(lines).encode(codec), TWO)
    assert table.encoding == name
    assert table.rows == (
        (2, {"number": "N1", "name": f"红旗{mark}广场"}),
        (4, {"number": "N2", "name": "两\n行"}),
    )


@pytest.mark.parametrize(
    ("data", "code", "detail"),
    [
        (b"number,name\nN1,a\nN2,\xff\xff\n", "exchange.encoding", {"line": 3, "byte": "0xFF"}),
        (b"\xef\xbb\xbfnumber,name\n\xc3\x28", "exchange.encoding", {"line": 2, "byte": "0xC3"}),
        (b"number,name\n\0\0\n", "exchange.not_text", {"line": 2}),
        (b"PK\x03\x04\0\0\0", "exchange.not_text", {"line": 1}),
        (b"", "exchange.no_head", {}),
        (b"\n\n", "exchange.no_head", {}),
        (b"number,colour\n", "exchange.columns_missing", {}),
        (b"number,name,\xe5\x90\x8d\xe7\xa7\xb0\n", "exchange.column_twice", {"column": "名称"}),
        (b'number,name\nN1,"a\nN2,b\n', "exchange.broken_csv", {"line": 2}),
        (b"number,name\n" + b"x" * 200_000, "exchange.broken_csv", {"line": 2}),
    ],
)
def test_what_cannot_be_read_at_all(
    tmp_path: Path, data: bytes, code: str, detail: dict[str, object]
) -> None:
    error = refused(tmp_path, data)
    assert error.code == code
    assert detail.items() <= error.details.items()
    assert say(error, "zh_CN") != say(error, "en") != str(error)


def test_missing_columns_are_named_as_people_call_them(tmp_path: Path) -> None:
    error = refused(tmp_path, "备注\nx\n")
    assert "编号、名称" in say(error, "zh_CN")
    assert "number, name" in say(error, "en")


def test_columns_that_nobody_knows_are_named(tmp_path: Path) -> None:
    table = read_text(tmp_path, "colour,NUMBER,name,,型号\nred,N1,x,,\n")
    assert table.ignored == ("colour", "型号")
    assert values(table) == [row("N1", name="x")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("", "N1,", "exchange.empty"),
        ("", f"{'9' * 21},x", "exchange.too_long"),
        ("", "N1,x,y", "exchange.too_many_cells"),
        ("", "N1,a\x07b", "exchange.control_character"),
        ("", "N1,a\x9bb", "exchange.control_character"),
        ("born", "2026-02-31", "exchange.no_such_day"),
        ("born", "0000-01-01", "exchange.no_such_day"),
        ("born", "31.2.2026", "exchange.not_a_date"),
        ("born", "=TODAY()", "exchange.not_a_date"),
        ("at", "2026-02-28T08:00:00", "exchange.not_a_moment"),
        ("at", "2026-02-30T08:00:00Z", "exchange.not_a_moment"),
        ("at", "0001-01-01T00:00:00+14:00", "exchange.not_a_moment"),
        ("at", "20260228T080000Z", "exchange.not_a_moment"),
        ("count", "1.5", "exchange.not_an_integer"),
        ("count", "9223372036854775808", "exchange.not_an_integer"),
        ("count", "9" * 5000, "exchange.not_an_integer"),
        ("count", "1_0", "exchange.not_an_integer"),
        ("lat", "nan", "exchange.not_a_number"),
        ("lat", "1e999", "exchange.not_a_number"),
        ("lat", "0x10", "exchange.not_a_number"),
        ("lat", '"1,5"', "exchange.not_a_number"),
        ("active", "也许", "exchange.not_yes_or_no"),
        ("kind", "雷达", "exchange.not_among"),
        ("uses", "电台;雷达", "exchange.not_among"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, column: str, cell: str, code: str) -> None:
    fault = one_fault(tmp_path, column, cell)
    assert fault.code == code
    assert fault.line == (3 if column else 2)
    assert fault.column == column or not column
    for language in ("zh_CN", "en"):
        said = say_fault(fault, COLUMNS, language)
        assert "{" not in said and len(said) < 200 and code not in said


def test_a_fault_reads_as_a_sentence(tmp_path: Path) -> None:
    fault = one_fault(tmp_path, "born", "2026-02-31")
    assert say_fault(fault, COLUMNS, "zh_CN") == "第 3 行 生日：2026-02-31 不是日期：没有这一天。"
    assert say_fault(fault, COLUMNS, "en").startswith("line 3 Birthday: 2026-02-31 is no date")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("born", "2026/2/28", date(2026, 2, 28)),
        ("born", "2026年2月8日", date(2026, 2, 8)),
        ("born", "２０２６-０２-２８", date(2026, 2, 28)),
        ("at", "2026-02-28 08:00:00+08:00", datetime(2026, 2, 28, tzinfo=UTC)),
        ("at", "2026-02-28t00:00:00z", datetime(2026, 2, 28, tzinfo=UTC)),
        ("count", "＋１２", 12),
        ("lat", "-.5", -0.5),
        ("active", "是", True),
        ("active", "NO", False),
        ("kind", "电台", "radio"),
        ("kind", "LAMP", "lamp"),
        ("uses", "手电、电台；lamp", "lamp;radio"),
        ("note", "\u200f\u202eabc\u2066\ufeff ", "abc"),
        ("note", "❤️👨‍👩‍👧", "❤️👨‍👩‍👧"),
        ("note", "  ", None),
    ],
)
def test_what_people_write_is_understood(
    tmp_path: Path, column: str, cell: str, value: object
) -> None:
    table = read_text(tmp_path, f"number,name,{column}\nN1,手电,{cell}\n")
    assert values(table) == [row("N1", **{column: value})]


def test_faults_beyond_the_list_are_counted(tmp_path: Path) -> None:
    table = read_text(tmp_path, "number,name\n" + "N,\n" * (MOST_FAULTS + 50))
    assert len(table.faults) == MOST_FAULTS
    assert table.fault_count == MOST_FAULTS + 50
    assert not table.rows


def test_limits_and_files_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unavailable) as gone:
        read_table(tmp_path / "gone.csv", COLUMNS)
    assert "没有这个文件" in say(gone.value, "zh_CN")
    with pytest.raises(Refused):
        read_table(tmp_path / "table.ods", COLUMNS)
    with pytest.raises(Unavailable) as nowhere:
        write_table(tmp_path / "no" / "table.csv", COLUMNS, FULL)
    assert nowhere.value.code == "file.unwritable"
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(read_text(tmp_path, "number,name\n" + "N,x\n" * 3).rows) == 3
    assert refused(tmp_path, "number,name\n" + "N,x\n" * 4).code == "exchange.too_many_rows"
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert refused(tmp_path, "number,name\n").code == "exchange.too_big"


def test_a_failed_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        write_table(file, COLUMNS, FULL)
    assert "磁盘已满" in say(caught.value, "zh_CN")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
