"""One call in the queue: level, nature, number and age; place; lamps and crews."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.core.clock import Clock
from console.dispatch.model import CallCard, LampState, Limits, lamps
from console.dispatch.page.lamp_words import short_countdowns
from console.dispatch.page.words import place_words, status_words
from console.ui.countdown import Countdown, paint_countdown
from console.ui.moments import age_text
from console.ui.pill import paint_level, paint_pill
from console.ui.style import Tone, body_font, look, px, small_font, table_font
from console.ui.words import pick

Index = QModelIndex | QPersistentModelIndex
HEIGHT_PX = 76
LONGEST_S = 0.008  # of one painting: keys and mouse come in between
CARD = int(Qt.ItemDataRole.UserRole)


class CardDelegate(QStyledItemDelegate):
    """Paints one call: level, nature, number and age; place; lamps and crews."""

    painted = Signal(str, float)  # call id and monotonic seconds, at its first painting

    def __init__(self, parent: QWidget, clock: Clock) -> None:
        super().__init__(parent)
        self._clock = clock
        self.limits: Limits | None = None
        self.owing = self._fresh = False
        self._until = math.inf
        self._seen: set[str] = set()
        self._pictures: dict[str, tuple[Hashable, QPixmap]] = {}
        look().changed.connect(self._pictures.clear)

    def begin(self) -> None:
        """A painting begins. Beyond its time, and after one card at least, cards are shown as they
        were last, or empty, and ``owing`` says that another painting must follow."""
        self.owing = self._fresh = False
        self._until = time.monotonic() + LONGEST_S

    def show_limits(self, limits: Limits) -> None:
        """The lamps count to these limits."""
        if limits != self.limits:
            self._pictures.clear()
            self.limits = limits

    def renew(self, call_id: str) -> None:
        """The card's ages and countdowns are painted anew when it is painted next."""
        kept = self._pictures.get(call_id)
        if kept is not None:
            self._pictures[call_id] = (None, kept[1])

    def keep(self, call_ids: Iterable[str]) -> None:
        """Only the pictures of these calls are kept."""
        gone = self._pictures.keys() - set(call_ids)
        for call_id in gone:
            del self._pictures[call_id]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(240), px(HEIGHT_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: CallCard = index.data(CARD)
        if self.limits is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        picture, true = self._picture(painter, rect.size(), _mood(option), card)
        if picture is not None:
            painter.drawPixmap(rect.topLeft(), picture)
        if not true:
            self.owing = True
        elif card.call.id not in self._seen:
            self._seen.add(card.call.id)
            self.painted.emit(card.call.id, time.monotonic())

    def _picture(
        self, painter: QPainter, size: QSize, mood: tuple[bool, bool], card: CallCard
    ) -> tuple[QPixmap | None, bool]:
        """The card as it looked at its last ``renew``, painted anew when anything of it changed; and
        whether it is true now, which it is not when there was no time to paint it."""
        sharp = painter.device().devicePixelRatioF()
        seen = (card.call, card.crews, mood, size.width(), size.height(), sharp)
        kept = self._pictures.get(card.call.id)
        if kept is not None and kept[0] == seen:
            return kept[1], True
        if self._fresh and time.monotonic() > self._until:
            return (None if kept is None else kept[1]), False
        picture = QPixmap(size * sharp)
        picture.setDevicePixelRatio(sharp)
        brush = QPainter(picture)
        self._paint_ground(brush, QRectF(QPointF(0, 0), size.toSizeF()), mood, card)
        brush.end()
        self._pictures[card.call.id] = (seen, picture)
        self._fresh = True
        return picture, True

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
