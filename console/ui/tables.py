"""Tables: windowed by key from a page function, 28 px a row, never a query while painting."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from console.ui.background import Background
from console.ui.cells import RowView
from console.ui.freshness import FreshnessLine
from console.ui.panel import EmptyState
from console.ui.row_model import Column, RowModel
from console.ui.style import look, px
from console.ui.tokens import ROW_PX
from console.ui.words import say_refusal

__all__ = ["Column", "RowTable"]

R = TypeVar("R")
PageOf = Callable[[R | None, int], Sequence[R]]
WINDOW = 200


class RowTable(QWidget, Generic[R]):
    """A table of rows that a page function reads, window after window, through Background.

    ``page(after, limit)`` runs in a worker: the rows that follow row ``after`` (from the first
    when None), at most ``limit``. Without a page function the rows are given by ``show_rows``.
    """

    chosen = Signal(object)  # the row, or None
    opened = Signal(object)  # Enter or double click

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        background: Background | None = None,
        page: PageOf[R] | None = None,
        empty: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__()
        self._background, self._page = background, page
        self._turn = 0
        self._whole = True
        self._reading = False
        self._again = False
        self.model: RowModel[R] = RowModel(columns, key, self)
        self.view = RowView(self.model, self)
        self._dress_view()
        self._empty = EmptyState(*empty)
        self._empty.setParent(self.view.viewport())
        self._empty.hide()
        self.freshness = FreshnessLine(self)
        self.freshness.setContentsMargins(8, 2, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.freshness)
        self.setFocusProxy(self.view)
        look().changed.connect(self._measure)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.view.activated.connect(lambda index: self.opened.emit(self.model.rows[index.row()]))
        self.view.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def refresh(self) -> None:
        """What has been read so far is read again; the choice and the place in the list stay."""
        if self._page is None or self._background is None:
            return
        if self._reading:
            self._again = True
            return
        page, limit = self._page, max(WINDOW, len(self.model.rows))
        self._ask(lambda: page(None, limit), limit, self._show_read)

    def restart(self) -> None:
        """The list is another one (other words, other filter): read from its beginning.

        What is on its way for the list of before is not shown any more.
        """
        if self._page is None or self._background is None:
            return
        page, self._again = self._page, False

        def show(rows: Sequence[R], limit: int) -> None:
            self._show_read(rows, limit)
            if not self.view.selectionModel().hasSelection():
                self.view.scrollToTop()

        self._ask(lambda: page(None, WINDOW), WINDOW, show)

    def show_rows(self, rows: Sequence[R]) -> None:
        """The table shows exactly these rows, true now."""
        at, kept = self.view.verticalScrollBar().value(), self.chosen_row()
        self.model.replace(rows)
        self._empty.setVisible(not rows)
        self.freshness.fresh()
        if kept is not None and self.chosen_row() is None:
            self.choose(self.model.key(kept))
        self.view.verticalScrollBar().setValue(at)

    def set_empty(self, title: str, advice: str = "") -> None:
        """What the table says when it has no rows."""
        self._empty.say(title, advice)

    def chosen_row(self) -> R | None:
        """The chosen row."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def choose(self, key: Hashable) -> bool:
        """The row of this key is chosen and visible; False when it has not been read."""
        at = self.model.position(key)
        if at < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(at, 0)
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.view.viewport().rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._empty.setGeometry(self.view.viewport().rect())  # laid out only now

    def _dress_view(self) -> None:
        view = self.view
        view.setShowGrid(False)
        view.setMouseTracking(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setMinimumSectionSize(px(24))
        self._measure()

    def _measure(self) -> None:
        rows = self.view.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(px(ROW_PX))
        rows.setDefaultSectionSize(px(ROW_PX))
        header = self.view.horizontalHeader()
        for at, column in enumerate(self.model.columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(at, px(column.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _ask(
        self, work: Callable[[], Sequence[R]], limit: int, then: Callable[[Sequence[R], int], None]
    ) -> None:
        assert self._background is not None
        self._turn += 1
        turn = self._turn
        self._reading = True

        def read(rows: Sequence[R]) -> None:
            if turn == self._turn:
                self._reading = False
                then(rows, limit)
                self._once_more()

        def failed(error: Exception) -> None:
            if turn == self._turn:
                self._reading = False
                self.freshness.failed(say_refusal(error))
                self._once_more()

        self._background.ask(work, read, failed, self)

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.refresh()

    def _show_read(self, rows: Sequence[R], limit: int) -> None:
        self._whole = len(rows) < limit
        self.show_rows(rows)

    def _show_more(self, rows: Sequence[R], limit: int) -> None:
        self._whole = len(rows) < limit
        self.model.extend(rows)

    def _on_scroll(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        near_end = value > bar.maximum() - self.view.viewport().height()
        if near_end and self.model.rows and not (self._whole or self._reading):
            page, last = self._page, self.model.rows[-1]
            if page is not None:
                self._ask(lambda: page(last, WINDOW), WINDOW, self._show_more)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.model.rows[now.row()] if now.isValid() else None)

    def row_at(self, place: QPoint) -> R | None:
        """The row under this point of the view's viewport."""
        index = self.view.indexAt(place)
        return self.model.rows[index.row()] if index.isValid() else None
