"""Columns and rows that the tests of tables share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from console.core.exchange import (
    ExchangeColumn,
    ReadTable,
    Row,
    say_fault,
)
from console.core.tables_file import read_table
from console.core.words import Words

KINDS = {"radio": Words("电台", "radio"), "lamp": Words("手电", "lamp")}
COLUMNS = (
    ExchangeColumn("number", Words("编号", "Number"), required=True, most=20),
    ExchangeColumn("name", Words("名称", "Name"), required=True, most=64),
    ExchangeColumn("born", Words("生日", "Birthday"), "date"),
    ExchangeColumn("at", Words("时刻", "Moment"), "moment"),
    ExchangeColumn("count", Words("数量", "Count"), "integer"),
    ExchangeColumn("lat", Words("纬度", "Latitude"), "number"),
    ExchangeColumn("lon", Words("经度", "Longitude"), "number"),
    ExchangeColumn("active", Words("在用", "Active"), "yes"),
    ExchangeColumn("kind", Words("类别", "Kind"), among=KINDS),
    ExchangeColumn("uses", Words("用途", "Uses"), "codes", among=KINDS),
    ExchangeColumn("note", Words("备注", "Note")),
)
TWO = COLUMNS[:2]


def row(number: str = "N1", /, **more: Any) -> Row:
    whole: dict[str, Any] = {column.name: None for column in COLUMNS}
    return whole | {"number": number, "name": "手电"} | more


def values(table: ReadTable) -> list[Row]:
    assert table.faults == (), [say_fault(one, COLUMNS, "en") for one in table.faults]
    return [one for _, one in table.rows]


def read_text(tmp_path: Path, text: str | bytes, columns: Any = COLUMNS) -> ReadTable:
    file = tmp_path / "told.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(file, columns)


FULL: list[Row] = [
    row("N1", name="=cmd|' /C calc'!A0", note="+86 139 0000 0000", count=-5),
    row("N2", name="'=quoted", note="''-twice", lat=39.38571428571429, lon=-0.1),
    row("N3", name='多行\n“引号”",;\t末', born=date(2024, 2, 29), active=True, kind="radio"),
    row("N4", name="王芳😀👨‍👩‍👧", at=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC), active=False),
    row("N5", name="＝全角", count=2**63 - 1, lat=1e-7, lon=180.0, uses="radio;lamp"),
    row("007", name="-", note="@x", kind="lamp"),
]
