"""A table read from a file: the head understood, each value judged, each bad row named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from console.core.errors import Refused, Unavailable
from console.core.exchange import MOST_FAULTS, ExchangeColumn, Fault, ReadTable, Row
from console.core.tables_file import delimited, points, workbook
from console.core.tables_file.cell import BadCell, plain, short, unguarded, value_of
from console.core.tables_file.delimited import Cells
from console.core.words import Words, why

MOST_BYTES = 64 << 20
MOST_ROWS = 200_000
ENDINGS = (".csv", ".xlsx", ".geojson")


def read_table(path: Path, columns: Sequence[ExchangeColumn]) -> ReadTable:
    """The file's rows as values of these columns, and every fault. CSV, XLSX, GeoJSON by ending.

    Refused when nothing can be read at all: no such file, another kind, no encoding that fits, a
    column missing that is required, too many rows, too big.
    """
    ending = path.suffix.lower()
    located = {"lat", "lon"} <= {column.name for column in columns}
    if ending not in ENDINGS or (ending == ".geojson" and not located):
        raise Refused("exchange.ending", path=path.name)
    data = _content(path)
    if ending == ".geojson":
        return _read_points(data, columns)
    if ending == ".xlsx":
        return _read(iter(workbook.rows(path, data, MOST_ROWS)), columns, "XLSX")
    text, encoding = delimited.decoded(data)
    return _read(delimited.rows(text), columns, encoding)


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def fault(self, found: Fault) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(found)
        else:
            self.more += 1

    def row(self, line: int, cells: Iterable[tuple[ExchangeColumn, Any]]) -> None:
        """One row more, or its faults."""
        values: dict[str, Any] = {}
        whole = True
        for column, told in cells:
            try:
                values[column.name] = value_of(column, told)
            except BadCell as bad:
                whole = False
                self.fault(Fault(line, column.name, bad.code, bad.detail))
        if whole:
            self.rows.append((line, values))

    def table(self, encoding: str, ignored: Sequence[str]) -> ReadTable:
        return ReadTable(tuple(self.rows), tuple(self.faults), encoding, self.more, tuple(ignored))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as failed:
        raise Unavailable("exchange.unreadable", path=str(path), told=why(failed)) from failed
    if len(data) > MOST_BYTES:
        raise Refused("exchange.too_big", path=path.name, most=MOST_BYTES >> 20)
    return data


def _read(
    lines: Iterator[tuple[int, Cells]], columns: Sequence[ExchangeColumn], encoding: str
) -> ReadTable:
    head = next((cells for _, cells in lines if not plain(cells[0]).startswith("# ")), None)
    if head is None:
        raise Refused("exchange.no_head", wanted=_named(columns))
    places, ignored = _understood([unguarded(plain(cell)) for cell in head], columns)
    wanted = [(column, places.get(column.name, -1)) for column in columns]
    gathered, width = _Gathered(), len(head)
    for line, cells in _at_most(lines):
        if any(plain(cell) for cell in islice(cells, width, None)):
            gathered.fault(Fault(line, "", "exchange.too_many_cells", {"most": width}))
            continue
        if not any(plain(cell) for cell in cells):
            continue
        have = len(cells)
        gathered.row(line, [(c, cells[at] if 0 <= at < have else None) for c, at in wanted])
    return gathered.table(encoding, ignored)


def _read_points(data: bytes, columns: Sequence[ExchangeColumn]) -> ReadTable:
    names, rows, encoding = points.features(data)
    places, ignored = _understood([plain(name) for name in names], columns)
    gathered = _Gathered()
    for number, values in _at_most(iter(rows)):
        named = {c.name: names[places[c.name]] for c in columns if c.name in places}
        gathered.row(number, [(c, values.get(named.get(c.name, ""))) for c in columns])
    return gathered.table(encoding, ignored)


def _at_most(rows: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        raise Refused("exchange.too_many_rows", most=MOST_ROWS)


def _understood(
    head: Sequence[str], columns: Sequence[ExchangeColumn]
) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, and the heads that nobody knows."""
    known = {
        told.casefold(): column.name
        for column in columns
        for told in (column.words.en, column.words.zh_CN, column.name)
    }
    known |= {column.name.casefold(): column.name for column in columns}
    places: dict[str, int] = {}
    ignored: list[str] = []
    for at, told in enumerate(head):
        name = known.get(told.casefold())
        if name is None:
            if told:
                ignored.append(short(told))
        elif name in places:
            raise Refused("exchange.column_twice", column=short(told))
        else:
            places[name] = at
    missing = [column for column in columns if column.required and column.name not in places]
    if missing:
        raise Refused("exchange.columns_missing", missing=_named(missing))
    return places, ignored


def _named(columns: Sequence[ExchangeColumn]) -> Words:
    return Words(
        "、".join(column.words.zh_CN for column in columns),
        ", ".join(column.name for column in columns),
    )
