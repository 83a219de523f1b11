"""What a room gives and takes as a table: for ``import`` and ``export``, and for its page.

The room says its columns, judges rows and takes them; reading and writing files is
``console.core.tables_file``'s. A row is a mapping of column names to values (str, int, float, date,
datetime, bool or None); an empty cell is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.words import Words, say

MOST_FAULTS = 200  # listed one by one; the rest are counted

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExchangeColumn:
    """One column. ``name`` heads it in a file, so do its ``words`` in either language.

    ``kind``: text, integer, number, date, moment (RFC 3339), yes, or codes (several of ``among``,
    joined by ``;``). ``most`` characters of text. ``among`` are the codes allowed; their words in
    either language are read as the code.
    """

    name: str
    words: Words
    kind: str = "text"
    required: bool = False
    most: int = 200
    among: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: its line in the file (1 is the head), column, refusal code."""

    line: int
    column: str
    code: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file that was read: its good rows with their line numbers, and the faults found in it.

    A row has every column's name; one that the file lacks is None. ``more`` faults were found
    beyond those listed. ``ignored`` are the file's columns that the room does not know.
    """

    rows: tuple[tuple[int, Row], ...]
    faults: tuple[Fault, ...]
    encoding: str = ""
    more: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def fault_count(self) -> int:
        """How many faults were found in all."""
        return len(self.faults) + self.more


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a room exchanges under one kind (items, officers, roster, visits, cameras, points).

    ``judge`` finds faults that need the store or other rows (duplicate numbers, unknown holders) and
    changes nothing. ``take`` keeps all rows in one act, or raises Refused and keeps none; returns how
    many rows changed anything. ``give`` yields every row, in a settled order, such that what was
    given and taken again by an empty post is given equal. ``secret`` names columns with personal
    data: an export of them asks for a reason and is audited.
    """

    kind: str
    words: Words
    columns: tuple[ExchangeColumn, ...]
    judge: Callable[[sa.Connection, Sequence[tuple[int, Row]]], Sequence[Fault]]
    take: Callable[[Database, Actor, Sequence[Row]], int]
    give: Callable[[sa.Connection], Sequence[Row]]
    geojson: bool = False  # has lat and lon (WGS-84) columns, may be GeoJSON points
    secret: frozenset[str] = frozenset()

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of its files end."""
        return (".csv", ".xlsx", ".geojson") if self.geojson else (".csv", ".xlsx")


def judged(connection: sa.Connection, exchange: Exchange, table: ReadTable) -> ReadTable:
    """The table with the room's faults among those of the file, in the order of the lines."""
    found = [*table.faults, *exchange.judge(connection, table.rows)]
    found.sort(key=lambda fault: fault.line)
    rest = max(0, len(found) - MOST_FAULTS)
    return replace(table, faults=tuple(found[:MOST_FAULTS]), more=table.more + rest)


def take(database: Database, actor: Actor, exchange: Exchange, table: ReadTable) -> int:
    """Every row of the table is taken, in one act; returns how many changed anything.

    Refused, with nothing taken, when the table has a fault, also one that only came up since it
    was judged; Unavailable while the disk's last room is kept for calls.
    """
    database.ballast.require_room()
    with database.read() as connection:
        checked = judged(connection, exchange, replace(table, faults=(), more=0))
    faults = table.fault_count or checked.fault_count
    if faults:
        raise Refused("exchange.faulty", count=faults, kind=exchange.words)
    return exchange.take(database, actor, [row for _, row in table.rows])


def column_words(columns: Sequence[ExchangeColumn], name: str) -> Words:
    """How people call the column of this name."""
    return next((one.words for one in columns if one.name == name), Words(name, name))


def say_what(fault: Fault, language: str) -> str:
    """What is wrong there."""
    wrong = Refused(fault.code)
    wrong.details = dict(fault.detail)  # any names, as the room chose them
    return say(wrong, language)


def say_fault(fault: Fault, columns: Sequence[ExchangeColumn], language: str) -> str:
    """The fault as one line: where it stands, and what is wrong there."""
    column = column_words(columns, fault.column).pick(language)
    where = Words(f"第 {fault.line} 行 {column}", f"line {fault.line} {column}").pick(language)
    return f"{where.strip()}{Words('：', ': ').pick(language)}{say_what(fault, language)}"
