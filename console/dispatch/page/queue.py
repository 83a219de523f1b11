"""The queue of open calls: a card of two lines each, with lamps that count down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QWidget,
)

from console.core.clock import Clock
from console.dispatch.model import CallCard, Limits
from console.dispatch.page.call_card import CARD, HEIGHT_PX, CardDelegate, Index
from console.ui.panel import EmptyState
from console.ui.style import look, px
from console.ui.words import pick

translate = QCoreApplication.translate
TICK_MS = 60


class QueueModel(QAbstractListModel):
    """The open calls, in the board's order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[CallCard] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{card.call.number} {pick(card.nature.words)} {card.call.place}"
        return None

    def replace(self, cards: Sequence[CallCard]) -> None:
        """The model holds exactly these cards."""
        if [card.call.id for card in cards] == [card.call.id for card in self.cards]:
            changed = [
                at
                for at, (new, old) in enumerate(zip(cards, self.cards, strict=True))
                if new is not old and new != old
            ]
            self.cards = list(cards)
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()


class CallQueue(QListView):
    """The queue. ``chosen`` follows the choice (a call id, or empty)."""

    chosen = Signal(str)
    painted = Signal(str, float)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.cards = QueueModel(self)
        self.setModel(self.cards)
        self._delegate = CardDelegate(self, clock)
        self._delegate.painted.connect(self.painted)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(translate("Desk", "Open calls"))
        self._empty = EmptyState(
            translate("Desk", "No open call"),
            translate(
                "Desk", "Calls from the city appear here by themselves; N takes one by hand."
            ),
        )
        self._empty.setParent(self.viewport())
        self.selectionModel().currentChanged.connect(self._on_current)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._turn = 0
        self._tick.start()
        self._holding = False
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def _on_tick(self) -> None:
        """One card in sight looks at the time, the next one at the next tick; each once a second."""
        first = max(0, self.indexAt(QPoint(1, 1)).row())
        in_sight = self.viewport().height() // max(1, px(HEIGHT_PX)) + 2
        self._turn = (self._turn + 1) % max(in_sight, 1000 // TICK_MS)
        at = first + self._turn
        if self._turn < in_sight and at < len(self.cards.cards):
            self._delegate.renew(self.cards.cards[at].call.id)
            self.update(self.cards.index(at))

    def show_cards(self, cards: Sequence[CallCard], limits: Limits) -> None:
        """The queue shows exactly these calls; the choice stays on its call."""
        self._delegate.show_limits(limits)
        self._delegate.keep(card.call.id for card in cards)
        kept = self.chosen_id()
        self._holding = True
        self.cards.replace(cards)
        self._holding = False
        self._empty.setVisible(not cards)
        if kept and self.choose(kept):
            return
        if cards and not kept:
            self.choose(cards[0].call.id)
        elif kept:
            self.chosen.emit(self.chosen_id())

    def chosen_id(self) -> str:
        """The chosen call's id, or nothing."""
        index = self.currentIndex()
        card = index.data(CARD) if index.isValid() else None
        return card.call.id if card is not None else ""

    def choose(self, call_id: str) -> bool:
        """The call is chosen and in sight; False when it is not in the queue."""
        for at, card in enumerate(self.cards.cards):
            if card.call.id == call_id:
                index = self.cards.index(at)
                if index != self.currentIndex():
                    self.selectionModel().setCurrentIndex(
                        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                    )
                self.scrollTo(index)
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Many new cards at once are painted in several turns."""
        self._delegate.begin()
        super().paintEvent(event)
        if self._delegate.owing:
            QTimer.singleShot(0, self, self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._holding:
            self.chosen.emit(self.chosen_id())
