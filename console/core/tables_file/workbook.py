"""XLSX: the first sheet's cells as they stand; no formula is ever worked out."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from console.core.errors import Refused
from console.core.tables_file.delimited import Cells

MOST_UNPACKED = 256 << 20
MOST_PARTS = 1_000
MOST_COLUMNS = 256
# What zipfile and openpyxl raise for a broken or encrypted file is not settled: every kind of theirs
# that mutated workbooks brought about. Disk errors came before: the content is read already.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,  # ElementTree's ParseError is one
    ArithmeticError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
)


def rows(path: Path, data: bytes, most: int) -> list[tuple[int, Cells]]:
    """The cells of each row that has any, with its number; one row more than ``most`` at the most.

    Refused when this is no workbook, or one that unpacks to more than we would hold.
    """
    import defusedxml.common
    import openpyxl  # heavy, and only here
    from openpyxl.xml import DEFUSEDXML, LXML

    if LXML or not DEFUSEDXML:
        raise RuntimeError("hostile workbooks could not be read safely: defusedxml is to read them")
    no_workbook = Refused("exchange.no_workbook", path=path.name)
    try:
        _weigh(data, path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and checks that we do not read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                return list(_cells(book, most))
            finally:
                book.close()
    except defusedxml.common.DefusedXmlException as hostile:
        raise no_workbook from hostile
    except _BROKEN as broken:
        raise no_workbook from broken


def write(out: BinaryIO, sheet_name: str, rows: Sequence[Sequence[str | int | float]]) -> None:
    """A workbook of one sheet with these rows; texts are texts, whatever they begin with."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=str(value) if value != "" else None)
            if isinstance(value, str):
                cell.data_type, cell.number_format = "s", "@"
            else:
                cell.data_type = "n"  # its digits as we wrote them: openpyxl would keep 16
            cells.append(cell)
        sheet.append(cells)
    book.save(out)


def _weigh(data: bytes, path: Path) -> None:
    """Refused when the archive says that it unpacks to too much; zipfile holds it to its word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Refused("exchange.too_big", path=path.name, most=MOST_UNPACKED >> 20)


def _cells(book: object, most: int) -> Iterator[tuple[int, Cells]]:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    assert isinstance(book, Workbook)
    sheet = next((one for one in book.worksheets if isinstance(one, ReadOnlyWorksheet)), None)
    if sheet is None:
        raise ValueError("no sheet")
    sheet.reset_dimensions()  # what the file claims may be a million columns
    found = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=most + 3, values_only=True)
    for line, values in enumerate(found, start=1):
        if values.count(None) == len(values):  # also the gap before a row far below
            continue
        cells: Cells = list(values)
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if cells:
            yield line, cells
