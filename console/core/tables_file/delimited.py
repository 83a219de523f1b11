"""CSV: the encoding found, the delimiter found, quoted line breaks, each row with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from console.core.errors import Refused

Cells = list[object]
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8 BOM"),
    (b"\xff\xfe", "utf-16-le", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16-be", "UTF-16 BE"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030 BOM"),
)
_PLAIN = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Refused, with line and byte, when it is in none."""
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _without_nul(_strict(data[len(bom) :], codec, len(bom))), name
    furthest: UnicodeDecodeError | None = None
    for codec, name in _PLAIN:
        try:
            return _without_nul(data.decode(codec)), name
        except UnicodeDecodeError as wrong:
            if furthest is None or wrong.start > furthest.start:
                furthest = wrong
    assert furthest is not None
    raise _undecodable(data, furthest.start, 0)


def rows(text: str) -> Iterator[tuple[int, Cells]]:
    """The cells of each row with the line on which it begins; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise Refused("exchange.broken_csv", line=line) from broken
        if any(cells):
            yield line, list(cells)
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Of comma, semicolon and tab the one that stands most often in the head, outside quotes."""
    head = next((one for one in text.splitlines() if one.strip() and not one.startswith("# ")), "")
    bare = "".join(head.split('"')[::2])
    return max((",", ";", "\t"), key=bare.count)


def _strict(data: bytes, codec: str, before: int) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as wrong:
        raise _undecodable(data, wrong.start, before) from None


def _undecodable(data: bytes, at: int, before: int) -> Refused:
    return Refused(
        "exchange.encoding",
        line=data.count(b"\n", 0, at) + 1,
        byte=f"0x{data[at]:02X}",
        offset=before + at,
    )


def _without_nul(text: str) -> str:
    at = text.find("\0")
    if at >= 0:
        raise Refused("exchange.not_text", line=text.count("\n", 0, at) + 1)
    return text
