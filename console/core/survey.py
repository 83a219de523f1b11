"""What can still be read of a damaged store, table by table, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from console.core import tree
from console.core.pages import Pages
from console.core.tree import Row, Value, Walk

_COLUMN = re.compile(r'^\s*(?:"((?:[^"]|"")+)"|(\w+))\s*([A-Za-z]*)')
_NO_COLUMN = ("PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT")
_SAMPLE = 20
_LIMIT = 1 << 20
_OPEN = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A table or index as the schema names it."""

    kind: str
    name: str
    table: str
    root: int
    sql: str

    @property
    def whole_rows(self) -> bool:
        """Whether its tree holds the rows themselves by key (WITHOUT ROWID)."""
        return self.kind == "table" and self.sql.rstrip().upper().endswith("WITHOUT ROWID")


@dataclass(slots=True)
class Found:
    """One table: what can be read, and what is missing as far as that can be known."""

    shape: Shape
    kept: int = 0
    older: int = 0  # records of which only an older state can be read
    lost: int = 0
    exact: bool = True  # ``lost`` was counted from an index; else it is only a hint, 0 for unknown
    keys: list[str] = field(default_factory=list)  # of lost records, some
    pages: set[int] = field(default_factory=set)  # its pages that cannot be read
    missing: list[tuple[Value, ...]] = field(default_factory=list)  # entries of index ``known_by``
    known_by: str = ""
    strays: list[int] = field(default_factory=list)  # leaves that no longer hang on its tree

    @property
    def whole(self) -> bool:
        """Whether nothing of it is lost."""
        return not (self.lost or self.pages or self.older or not self.exact)


@dataclass(slots=True)
class Survey:
    """Every table of a store, and whose each lost page was."""

    pages: Pages
    tables: dict[str, Found] = field(default_factory=dict)
    indexes: list[Shape] = field(default_factory=list)
    owners: dict[int, str] = field(default_factory=dict)  # page → table, index or "schema"
    schema_whole: bool = True
    by_copy: bool = False  # a part of the directory was read from the copy beside the store

    def rows(self, name: str) -> Iterator[Row]:
        """The records of this table: first those in their newest state, then the others."""
        found, later = self.tables[name], []
        for row in self._all(found):
            if row.page in self.pages.older:
                later.append(row)
            else:
                yield row
        yield from later

    def _all(self, found: Found) -> Iterator[Row]:
        yield from tree.rows(self.pages, found.shape.root, Walk())
        for number in found.strays:
            yield from tree.leaf_rows(self.pages, number, Walk())


def survey(pages: Pages, step: Callable[[str, float], None] = lambda *_: None) -> Survey:
    """Every tree was walked. Tables whose root the schema no longer names are not in it."""
    done = Survey(pages)
    shapes = _schema(done)
    walks: dict[str, Walk] = {}
    seen: set[int] = set(done.owners)
    trees = [shape for shape in shapes if shape.root]
    for at, shape in enumerate(trees):
        step("survey", at / max(len(trees), 1))
        walk = walks[shape.name] = Walk()
        count = older = 0
        for row in tree.rows(pages, shape.root, walk):
            count += 1
            older += row.page in pages.older
        seen |= walk.pages
        done.owners |= dict.fromkeys(walk.pages, shape.name)
        if shape.kind == "table":
            found = done.tables[shape.name] = Found(shape, count, older)
            found.pages = {n for n in walk.pages if n in pages.lost}
        else:
            done.indexes.append(shape)
    hurt = [f for f in done.tables.values() if walks[f.shape.name].lost]
    if hurt:
        _bring_strays(done, hurt, walks, seen)
    for found in done.tables.values():
        walk = walks[found.shape.name]
        if walk.lost or walk.cells_lost:
            _count_lost(done, found, walk, walks)
    return done


def _schema(done: Survey) -> list[Shape]:
    walk, shapes = Walk(), []
    for row in tree.rows(done.pages, 1, walk):
        if len(row.values) == 5:
            kind, name, table, root, sql = row.values
            if isinstance(root, int) and root > 1:
                shapes.append(Shape(str(kind), str(name), str(table), root, str(sql or "")))
    done.owners |= dict.fromkeys(walk.pages, "schema")
    done.schema_whole = not (walk.lost or walk.cells_lost)
    if not done.schema_whole and done.pages.directory is not None:
        there = {shape.name for shape in shapes}
        kept = [Shape(*entry) for entry in done.pages.directory.entries]
        shapes += [shape for shape in kept if shape.name not in there]
        done.by_copy = True
    return shapes


def _bring_strays(done: Survey, hurt: list[Found], walks: dict[str, Walk], seen: set[int]) -> None:
    """Leaves below a page that is lost are still there; each goes back to the table it fits."""
    for number in range(2, done.pages.count + 1):
        if number in seen or tree.kind_of(done.pages, number) != tree.TABLE_LEAF:
            continue
        rows = list(tree.leaf_rows(done.pages, number, Walk()))
        fitting = [f for f in hurt if rows and _fits(f.shape, walks[f.shape.name], rows)]
        if len(fitting) == 1:
            found = fitting[0]
            found.strays.append(number)
            found.kept += len(rows)
            found.older += len(rows) if number in done.pages.older else 0
            done.owners[number] = found.shape.name


def _fits(shape: Shape, walk: Walk, rows: list[Row]) -> bool:
    if shape.whole_rows:
        return False
    columns = columns_of(shape.sql)
    reaches = walk.lost.values()
    return all(
        row.rowid is not None
        and any(low <= row.rowid <= high for low, high in reaches)
        and len(row.values) == len(columns)
        and all(map(_takes, columns, row.values))
        for row in rows
    )


def columns_of(sql: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether it may be empty, of each column of a CREATE TABLE."""
    inside, depth, part, parts = sql[sql.find("(") + 1 : sql.rfind(")")], 0, "", []
    for letter in inside + ",":
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += letter
    found = []
    for one in parts:
        told = _COLUMN.match(one)
        if told is not None and not one.upper().startswith(_NO_COLUMN):
            found.append((told[1] or told[2], told[3].upper(), "NOT NULL" not in one.upper()))
    return found


def _takes(column: tuple[str, str, bool], value: Value) -> bool:
    _, kind, empty = column
    if value is None:
        return empty or kind == "INTEGER"  # the row's own number is kept apart
    if "INT" in kind:
        return isinstance(value, int)
    if kind in ("VARCHAR", "TEXT", "CHAR"):
        return isinstance(value, str)
    return not isinstance(value, str) or kind in ("NUMERIC", "DATE", "DATETIME")


def _count_lost(done: Survey, found: Found, walk: Walk, walks: dict[str, Walk]) -> None:
    """From an index that is whole, record by record; else from the numbers that are missing."""
    if found.shape.whole_rows:
        found.lost, found.exact = walk.cells_lost, False
        return
    there = {row.rowid for row in done._all(found)}
    for index in sorted(done.indexes, key=lambda one: bool(one.sql)):  # a key's own index first
        hurt = walks[index.name]
        if index.table != found.shape.name or hurt.lost or hurt.cells_lost:
            continue
        if " WHERE " in index.sql.upper():
            continue
        missing = [
            row.values
            for row in tree.rows(done.pages, index.root, Walk())
            if row.values and row.values[-1] not in there
        ]
        found.lost, found.missing, found.known_by = len(missing), missing, index.name
        if not index.sql:  # others may hold names and telephone numbers
            shown = sorted({" ".join(map(str, values[:-1])) for values in missing})
            found.keys = shown[:_SAMPLE]
        return
    numbers = sorted(number for number in there if number is not None)
    if any(high == _OPEN for _, high in walk.lost.values()):
        found.exact = False
        return
    found.lost = _gaps(numbers, list(walk.lost.values())) + walk.cells_lost
    found.exact = not found.pages or found.shape.name == "audit_trail"  # numbered without gaps


def _gaps(there: list[int], reaches: list[tuple[int, int]]) -> int:
    """How many numbers within these reaches are not there, open ends left out."""
    lowest, highest = (there[0], there[-1]) if there else (1, 0)
    total = 0
    for low, high in reaches:
        low, high = max(low, min(lowest, 1)), min(high, highest)
        if high >= low:
            total += high - low + 1 - sum(1 for number in there if low <= number <= high)
    return total if total < _LIMIT else 0
