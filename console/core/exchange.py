"""What a room gives and takes as a table: for ``import`` and ``export``, and for its page.

The room says its columns, judges rows and takes them; reading and writing files is
``console.core.tables_file``'s. A row is a mapping of column names to values (str, int, float, date,
datetime, bool or None); an empty cell is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.words import Words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExchangeColumn:
    """One column. ``name`` heads it in a file, so do its ``words`` in either language.

    ``kind``: text, integer, number, date, moment (RFC 3339) or yes. ``most`` characters of text.
    ``among`` are the codes allowed; their words in either language are read as the code.
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
    """A file that was read: rows with their line numbers, and every fault found in it."""

    rows: tuple[tuple[int, Row], ...]
    faults: tuple[Fault, ...]
    encoding: str = ""


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
