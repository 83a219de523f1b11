"""The queue of open calls: a card of two lines each, with lamps that count down."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.core.clock import Clock
from console.dispatch.model import CallCard, LampState, Limits, lamps
from console.dispatch.page.lamp_words import short_countdowns
from console.dispatch.page.words import place_words, status_words
from console.ui.countdown import Countdown, paint_countdown
from console.ui.moments import age_text
from console.ui.panel import EmptyState
from console.ui.pill import paint_level, paint_pill
from console.ui.style import Tone, body_font, look, px, small_font, table_font
from console.ui.words import pick

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
TICK_MS = 60
CARD_PX = 76
_CARD = int(Qt.ItemDataRole.UserRole)


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
        if role == _CARD:
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


class CardDelegate(QStyledItemDelegate):
    """Paints one call: level, nature, number and age; place; lamps and crews."""

    painted = Signal(str, float)  # call id and monotonic seconds, at its first painting

    def __init__(self, parent: QWidget, clock: Clock) -> None:
        super().__init__(parent)
        self._clock = clock
        self.limits: Limits | None = None
        self._seen: set[str] = set()
        self._pictures: dict[str, tuple[Hashable, QPixmap]] = {}
        look().changed.connect(self._pictures.clear)

    def show_limits(self, limits: Limits) -> None:
        """The lamps count to these limits."""
        if limits != self.limits:
            self._pictures.clear()
            self.limits = limits

    def renew(self, call_id: str) -> None:
        """The card's ages and countdowns are painted anew when it is painted next."""
        self._pictures.pop(call_id, None)

    def keep(self, call_ids: Iterable[str]) -> None:
        """Only the pictures of these calls are kept."""
        gone = self._pictures.keys() - set(call_ids)
        for call_id in gone:
            del self._pictures[call_id]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(240), px(CARD_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: CallCard = index.data(_CARD)
        if self.limits is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.drawPixmap(rect.topLeft(), self._picture(painter, rect.size(), _mood(option), card))
        if card.call.id not in self._seen:
            self._seen.add(card.call.id)
            self.painted.emit(card.call.id, time.monotonic())

    def _picture(
        self, painter: QPainter, size: QSize, mood: tuple[bool, bool], card: CallCard
    ) -> QPixmap:
        """The card as it looked at its last ``renew``; painted anew when anything of it changed."""
        sharp = painter.device().devicePixelRatioF()
        seen = (card.call, card.crews, mood, size.width(), size.height(), sharp)
        kept = self._pictures.get(card.call.id)
        if kept is not None and kept[0] == seen:
            return kept[1]
        picture = QPixmap(size * sharp)
        picture.setDevicePixelRatio(sharp)
        brush = QPainter(picture)
        self._paint_ground(brush, QRectF(QPointF(0, 0), size.toSizeF()), mood, card)
        brush.end()
        self._pictures[card.call.id] = (seen, picture)
        return picture

    def _paint_ground(
        self, painter: QPainter, box: QRectF, mood: tuple[bool, bool], card: CallCard
    ) -> None:
        chosen, over = mood
        now = look().tokens
        painter.fillRect(
            box, QColor(now.accent_soft if chosen else now.hover if over else now.raised)
        )
        painter.setPen(QPen(QColor(now.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), px(3), box.height()), QColor(now.accent))
        assert self.limits is not None
        self._paint_card(painter, box.adjusted(px(10), px(6), -px(10), -px(6)), card, self.limits)

    def _paint_card(self, painter: QPainter, box: QRectF, card: CallCard, limits: Limits) -> None:
        moment = self._clock.now()
        late = any(lamp.state is LampState.LATE for lamp in lamps(card.call, limits, moment))
        line_height = box.height() / 3
        paint_level(
            painter,
            QRectF(box.left(), box.top() + 2, px(5), line_height * 2 - 4),
            card.call.level,
            Tone.ALARM if late else Tone.ACCENT,
        )
        inner = box.adjusted(px(12), 0, 0, 0)
        self._first_line(painter, _strip(inner, 0), card, moment)
        self._second_line(painter, _strip(inner, 1), card)
        found = short_countdowns(card.call, limits, moment)
        _paint_lamps(painter, _strip(inner, 2), found)

    def _first_line(self, painter: QPainter, box: QRectF, card: CallCard, moment: datetime) -> None:
        now = look().tokens
        age = age_text((moment - card.call.received_at).total_seconds())
        told = f"{card.call.number} · {age}"
        painter.setFont(small_font())
        painter.setPen(QColor(now.ink_soft))
        right = painter.fontMetrics().horizontalAdvance(told)
        painter.drawText(box, _RIGHT, told)
        word = status_words(card.call.status)
        painter.setFont(body_font(body_font().Weight.DemiBold))
        room = box.width() - right - px(16) - painter.fontMetrics().horizontalAdvance(word)
        painter.setPen(QColor(now.ink))
        title = painter.fontMetrics().elidedText(
            pick(card.nature.words), Qt.TextElideMode.ElideRight, int(room)
        )
        painter.drawText(box, _LEFT, title)
        at = box.left() + painter.fontMetrics().horizontalAdvance(title) + px(8)
        tone = Tone.ACCENT if card.call.status.value == "received" else Tone.CALM
        paint_pill(painter, at, box.center().y(), word, tone)

    def _second_line(self, painter: QPainter, box: QRectF, card: CallCard) -> None:
        now = look().tokens
        painter.setFont(table_font())
        crews = " ".join(card.crews)
        right = painter.fontMetrics().horizontalAdvance(crews)
        painter.setPen(QColor(now.accent))
        painter.drawText(box, _RIGHT, crews)
        words, tone = place_words(card.call)
        painter.setPen(QColor(now.late if tone is Tone.LATE else now.ink_soft))
        room = int(box.width() - right - px(8))
        painter.drawText(
            box,
            _LEFT,
            painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room),
        )


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
        in_sight = self.viewport().height() // max(1, px(CARD_PX)) + 2
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
        card = index.data(_CARD) if index.isValid() else None
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._holding:
            self.chosen.emit(self.chosen_id())


def _mood(option: QStyleOptionViewItem) -> tuple[bool, bool]:
    """Whether the card is chosen, and whether the pointer is over it."""
    state = option.state  # type: ignore[attr-defined]
    return bool(state & QStyle.StateFlag.State_Selected), bool(
        state & QStyle.StateFlag.State_MouseOver
    )


def _paint_lamps(painter: QPainter, box: QRectF, found: Sequence[Countdown]) -> None:
    gap = px(4)
    wide = (box.width() - gap * (len(found) - 1)) / len(found)
    for at, countdown in enumerate(found):
        left = box.left() + at * (wide + gap)
        paint_countdown(painter, QRectF(left, box.top() + 1, wide, box.height() - 1), countdown)


def _strip(box: QRectF, number: int) -> QRectF:
    high = box.height() / 3
    return QRectF(QPointF(box.left(), box.top() + number * high), box.bottomRight()).adjusted(
        0, 0, 0, -(2 - number) * high
    )


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
