"""The rows that a table has read so far, in the order that the page function gave them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.ui.lamp import LampFace
from console.ui.style import Tone

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
MOST_RUNS = 8  # telling of each costs more than painting what lies between


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. ``text`` must be cheap: it is called while painting.

    ``width`` in unscaled pixels, 0 takes the room that is left. ``face`` draws a lamp instead of
    the text; ``tone`` colours the text; ``right`` aligns figures to the right.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    right: bool = False
    tone: Callable[[R], Tone] | None = None
    face: Callable[[R], LampFace] | None = None
    tip: Callable[[R], str] | None = None

    def told(self, row: R) -> tuple[LampFace | str, Tone | None]:
        """What the row's cell shows, and the tone of its text."""
        if self.face is not None:
            return self.face(row), None
        return self.text(row), self.tone(row) if self.tone is not None else None


class RowModel(QAbstractTableModel, Generic[R]):
    """Rows held in memory; nothing is ever queried while painting."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.key = key
        self.rows: list[R] = []

    def replace(self, rows: Sequence[R]) -> None:
        """The model holds exactly these rows; where the keys stay the same, rows only change."""
        new = list(rows)
        if [self.key(row) for row in new] == [self.key(row) for row in self.rows]:
            changed = [at for at, row in enumerate(new) if row != self.rows[at]]
            self.rows = new
            runs = _runs(changed)
            if len(runs) > MOST_RUNS:
                runs = [(changed[0], changed[-1])]
            for first, last in runs:
                end = self.index(last, len(self.columns) - 1)
                self.dataChanged.emit(self.index(first, 0), end)
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def extend(self, rows: Sequence[R]) -> None:
        """These rows stand after the others."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def position(self, key: Hashable) -> int:
        """Where the row of this key stands; -1 when it is not here."""
        return next((at for at, row in enumerate(self.rows) if self.key(row) == key), -1)

    def repaint(self) -> None:
        """Every row is painted anew (ages have grown)."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        try:
            return self._told(index, role)
        except Exception as bug:  # noqa: BLE001  (the Qt hook: out of here it ends the process)
            sys.excepthook(type(bug), bug, bug.__traceback__)
            return None

    def _told(self, index: Index, role: int) -> Any:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            return side.AlignVCenter | (
                side.AlignRight if self.columns[section].right else side.AlignLeft
            )
        return None


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours among ascending positions."""
    found: list[tuple[int, int]] = []
    for at in positions:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
