"""SQLite's b-trees read from pages that may be damaged (file format, sections 1.6, 2.1 and 2.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.core.pages import USABLE, Pages

Value = int | float | str | bytes | None
TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 13, 5, 10, 2
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LARGEST = (1 << 63) - 1


class Unreadable(Exception):
    """A cell whose bytes are no cell, or whose overflow pages are lost."""


@dataclass(slots=True)
class Walk:
    """What the walk through one tree met: pages by their state, and where records are missing."""

    pages: set[int] = field(default_factory=set)
    lost: dict[int, tuple[int, int]] = field(default_factory=dict)  # page → its rowids, from … to
    cells_lost: int = 0  # records of good pages whose further pages are lost


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a tree; ``rowid`` is None in an index."""

    rowid: int | None
    values: tuple[Value, ...]
    page: int


def rows(pages: Pages, root: int, walk: Walk) -> Iterator[Row]:
    """Every record that can be read below ``root``, in order; ``walk`` hears of the rest."""
    yield from _below(pages, root, (-_LARGEST - 1, _LARGEST), walk)


def leaf_rows(pages: Pages, number: int, walk: Walk) -> Iterator[Row]:
    """The records of this one leaf, wherever it hangs."""
    page = pages.read(number)
    if page is not None and page[_start(number)] in (TABLE_LEAF, INDEX_LEAF):
        yield from _cells(pages, number, page, walk)


def kind_of(pages: Pages, number: int) -> int:
    """The kind of page this is; 0 for none of a tree."""
    page = pages.read(number)
    if page is None:
        return 0
    start = _start(number)
    kind, count = page[start], int.from_bytes(page[start + 3 : start + 5], "big")
    known = kind in (TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER)
    return kind if known and 0 < count < USABLE // 4 else 0


def _start(number: int) -> int:
    return 100 if number == 1 else 0


def _below(pages: Pages, number: int, reach: tuple[int, int], walk: Walk) -> Iterator[Row]:
    if number in walk.pages or not 0 < number <= pages.count:
        return
    walk.pages.add(number)
    page = pages.read(number)
    if page is None:
        walk.lost[number] = reach
        return
    kind = page[_start(number)]
    if kind in (TABLE_LEAF, INDEX_LEAF):
        yield from _cells(pages, number, page, walk)
    elif kind in (TABLE_INNER, INDEX_INNER):
        low = reach[0]
        for at in _pointers(page, number):
            child = int.from_bytes(page[at : at + 4], "big")
            if kind == TABLE_INNER:
                high, _ = _varint(page, at + 4)
                yield from _below(pages, child, (low, high), walk)
                low = high + 1
            else:
                yield from _below(pages, child, reach, walk)
                yield from _cell(pages, number, page, (at + 4, kind), walk)
        last = int.from_bytes(page[_start(number) + 8 : _start(number) + 12], "big")
        yield from _below(pages, last, (low, reach[1]), walk)


def _cells(pages: Pages, number: int, page: bytes, walk: Walk) -> Iterator[Row]:
    kind = page[_start(number)]
    for at in _pointers(page, number):
        yield from _cell(pages, number, page, (at, kind), walk)


def _pointers(page: bytes, number: int) -> list[int]:
    start = _start(number)
    inner = page[start] in (TABLE_INNER, INDEX_INNER)
    count, first = int.from_bytes(page[start + 3 : start + 5], "big"), start + (12 if inner else 8)
    return [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]


def _cell(
    pages: Pages, number: int, page: bytes, place: tuple[int, int], walk: Walk
) -> Iterator[Row]:
    at, kind = place
    try:
        size, at = _varint(page, at)
        rowid = None
        if kind == TABLE_LEAF:
            rowid, at = _varint(page, at)
        payload = _payload(pages, page, (at, size), kind, walk)
        yield Row(rowid, _record(payload), number)
    except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
        walk.cells_lost += 1


def _payload(pages: Pages, page: bytes, place: tuple[int, int], kind: int, walk: Walk) -> bytes:
    at, size = place
    most = USABLE - 35 if kind == TABLE_LEAF else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        return page[at : at + size]
    least = (USABLE - 12) * 32 // 255 - 23
    local = least + (size - least) % (USABLE - 4)
    local = local if local <= most else least
    parts, left = [page[at : at + local]], size - local
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    while left > 0:
        more = pages.read(following) if 0 < following <= pages.count else None
        walk.pages.add(following)
        if more is None:
            raise Unreadable
        parts.append(more[4 : 4 + min(left, USABLE - 4)])
        left -= USABLE - 4
        following = int.from_bytes(more[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    found: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        found.append(value)
    if at != len(payload):
        raise Unreadable
    return tuple(found)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise Unreadable
    end = at + (kind - 12) // 2
    raw = payload[at:end]
    return (raw.decode("utf-8") if kind % 2 else raw), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | data[at + 8]
    return (value - (1 << 64) if value >= 1 << 63 else value), at + 9
