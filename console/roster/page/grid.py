"""The month as a grid: officers down, days across; each cell's picture is painted once and kept."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.core.ids import OfficerId
from console.roster.model import Cell, Person
from console.roster.page.grid_paint import NAME_PX, DayHead, NameHead, cell_picture, cell_tip
from console.roster.page.month_parts import CellFace, MonthLook
from console.ui.style import look, px
from console.ui.tokens import ROW_PX

Index = QModelIndex | QPersistentModelIndex
MOST_PICTURES = 2048
LEAST_PX = 24
ROOT = QModelIndex()


class MonthModel(QAbstractTableModel):
    """The cells of one look, held in memory; nothing is queried while painting."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.look: MonthLook | None = None
        self.faces: Sequence[Sequence[CellFace]] = ()

    def replace(self, seen: MonthLook) -> None:
        """The grid shows this look."""
        before = self.look
        same = before is not None and (before.view.month, before.view.officers) == (
            seen.view.month,
            seen.view.officers,
        )
        if not same:
            self.beginResetModel()
        self.look = seen
        self.faces = seen.faces
        if not same:
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self.look is None else len(self.look.view.officers)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self.look is None else len(self.look.view.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.look is None or not index.isValid():
            return None
        face = self.faces[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return face.letter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_tip(
                self.look, self.look.view.officers[index.row()], self.look.view.days[index.column()]
            )
        return None

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.look is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if side == Qt.Orientation.Horizontal:
            return str(self.look.view.days[section].day)
        return self.look.view.officers[section].name


class MonthGrid(QTableView):
    """Arrows walk from cell to cell; ``chosen(officer, day)`` follows."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = MonthModel(self)
        self._pictures: dict[Hashable, QPixmap] = {}
        self.setModel(self.months)
        self.setHorizontalHeader(DayHead(self))
        self.setVerticalHeader(NameHead(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.selectionModel().currentChanged.connect(lambda *_: self._on_current())
        look().changed.connect(self._on_look)
        self._measure()

    def show_look(self, seen: MonthLook) -> None:
        """The grid shows this; the chosen cell stays, today's is chosen at first."""
        was = self.where()
        first = self.months.look is None or self.months.look.view.month != seen.view.month
        self.months.replace(seen)
        self._measure()
        if was is not None and not first:
            self.choose(*was)
        elif seen.view.officers:
            inside = seen.today in seen.view.days
            self.choose(seen.view.officers[0].id, seen.today if inside else seen.view.days[0])
        for part in (self, self.horizontalHeader(), self.verticalHeader()):
            part.viewport().update()

    def where(self) -> tuple[OfficerId, date] | None:
        """The chosen officer and day."""
        officer, day = self.officer(), self.day()
        return (officer.id, day) if officer is not None and day is not None else None

    def officer(self) -> Person | None:
        """The officer of the chosen row."""
        index, seen = self.currentIndex(), self.months.look
        return seen.view.officers[index.row()] if index.isValid() and seen is not None else None

    def day(self) -> date | None:
        """The day of the chosen column."""
        index, seen = self.currentIndex(), self.months.look
        return seen.view.days[index.column()] if index.isValid() and seen is not None else None

    def cell(self) -> Cell | None:
        """The chosen cell, if something is planned there."""
        seen, where = self.months.look, self.where()
        return seen.view.cells.get(where) if seen is not None and where is not None else None

    def choose(self, officer_id: OfficerId, day: date | None = None) -> bool:
        """This cell is chosen and visible; False when the grid has no such officer."""
        seen = self.months.look
        if seen is None:
            return False
        row = next((n for n, one in enumerate(seen.view.officers) if one.id == officer_id), -1)
        column = max(self.currentIndex().column(), 0)
        if day in seen.view.days:
            column = seen.view.days.index(day)
        if row < 0:
            return False
        index = self.months.index(row, column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint(painter, event.rect())
        painter.end()

    def _paint(self, painter: QPainter, part: QRect) -> None:
        faces = self.months.faces
        high, wide = self._row_px(), self.horizontalHeader().defaultSectionSize()
        if not faces or not faces[0]:
            return
        top, left = self.rowViewportPosition(0), self.columnViewportPosition(0)
        rows = range(max(0, (part.top() - top) // high), len(faces))
        columns = range(max(0, (part.left() - left) // wide), len(faces[0]))
        now, sharp = self.currentIndex(), self.viewport().devicePixelRatioF()
        focused = self.hasFocus()
        for row in rows:
            y = top + row * high
            if y > part.bottom():
                break
            for column in columns:
                x = left + column * wide
                if x > part.right():
                    break
                chosen = row == now.row() and column == now.column()
                mood = (chosen, row == now.row(), chosen and focused)
                painter.drawPixmap(x, y, self._picture(faces[row][column], mood, wide, sharp))

    def _picture(
        self, face: CellFace, mood: tuple[bool, bool, bool], wide: int, sharp: float
    ) -> QPixmap:
        key = (face, mood, wide, sharp)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.clear()
            found = cell_picture(QSize(wide, self._row_px()), sharp, face, mood)
            self._pictures[key] = found
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _row_px(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def _measure(self) -> None:
        days, rows = self.horizontalHeader(), self.verticalHeader()
        days.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        days.setMinimumSectionSize(px(LEAST_PX))
        count = max(1, self.months.columnCount())
        whole = self.viewport().width() + rows.width()
        wide = max(px(LEAST_PX), (whole - px(NAME_PX)) // count)
        days.setDefaultSectionSize(wide)
        rest = max(px(NAME_PX), whole - wide * count)  # the names take what the days leave
        if rest != rows.width() and self.months.columnCount():
            rows.setFixedWidth(rest)
            self.updateGeometries()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(px(ROW_PX))
        rows.setDefaultSectionSize(px(ROW_PX))

    def _on_current(self) -> None:
        self.viewport().update()
        self.verticalHeader().viewport().update()
        self.chosen.emit()

    def _on_look(self) -> None:
        self._pictures.clear()
        self._measure()
        self.viewport().update()
