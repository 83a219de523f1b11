"""A table written to a file: whole or not at all, and nothing in it is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Row
from console.core.tables_file import points, workbook
from console.core.tables_file.cell import guarded, written
from console.core.text import shown
from console.core.whole_file import replaced

Cell = str | int | float
REASON_CHARS = 200


def write_table(
    path: Path,
    columns: Sequence[ExchangeColumn],
    rows: Sequence[Row],
    note: str = "",
    language: str = "",
) -> None:
    """The rows stand in the file, CSV, XLSX or GeoJSON by its ending; one that was there is gone.

    With ``language``, heads and codes are its words; else names and codes. ``note`` stands above
    the head, and is passed over in reading.
    """
    ending = path.suffix.lower()
    if ending == ".geojson":
        places = [{column.name: _value(column, row) for column in columns} for row in rows]
        with replaced(path) as out:
            out.write(points.collection(places, note).encode("utf-8"))
    elif ending == ".xlsx":
        told = list(_table(columns, rows, note, language))
        with replaced(path) as out:
            workbook.write(out, "Sheet1", told)
    elif ending == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows(_table(columns, rows, note, language))
        with replaced(path) as out:
            out.write(text.getvalue().encode("utf-8-sig"))  # without the mark, Excel misreads it
    else:
        raise Refused("exchange.ending", path=path.name)


def give_table(
    database: Database,
    actor: Actor,
    exchange: Exchange,
    path: Path,
    reason: str = "",
    language: str = "",
) -> int:
    """Every row of the exchange stands in the file, and the trail says so; returns their number.

    Refused without a reason where columns are secret.
    """
    reason = shown(reason, REASON_CHARS)
    if exchange.secret and not reason:
        raise Refused("exchange.reason_needed", kind=exchange.words)
    with database.read() as connection:
        rows = exchange.give(connection)
    write_table(path, exchange.columns, rows, language=language)
    with database.act(actor) as act:
        act.audit(
            f"{exchange.kind}.exported", exchange.kind, path.name, rows=len(rows), reason=reason
        )
    return len(rows)


def _table(
    columns: Sequence[ExchangeColumn], rows: Sequence[Row], note: str, language: str
) -> Iterator[list[Cell]]:
    if note:
        yield ["# " + " ".join(note.split())]
    yield [column.words.pick(language) if language else column.name for column in columns]
    for row in rows:
        yield [_guarded(written(column, row.get(column.name), language)) for column in columns]


def _guarded(value: Cell) -> Cell:
    return guarded(value) if isinstance(value, str) else value


def _value(column: ExchangeColumn, row: Row) -> object:
    value = row.get(column.name)
    return value if value is None or isinstance(value, bool) else written(column, value) or value
