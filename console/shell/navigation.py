"""The left column: one entry a page that exists, with its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from console.shell.model import PageEntry
from console.ui.icons import icon
from console.ui.keycap import paint_cap
from console.ui.style import Tone, body_font, look, px, small_font, tone_colours

WIDTH_PX = 132


class NavButton(QAbstractButton):
    """An entry: icon, word, key; a bar at its left when its page is shown; a count that waits."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.entry = entry
        self._count, self._tone = 0, Tone.ALARM
        self.setCheckable(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def retranslate(self) -> None:
        """The entry speaks the language in force."""
        self.setText(self.entry.title())
        self.setToolTip(f"{self.entry.title()}  {self.entry.function_key}")

    def set_count(self, count: int, tone: Tone) -> None:
        """So many things wait on the page."""
        if (count, tone) != (self._count, self._tone):
            self._count, self._tone = count, tone
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH_PX), px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now, chosen = look().tokens, self.isChecked()
        box = self.rect()
        if chosen or self.underMouse():
            painter.fillRect(box, QColor(now.panel if chosen else now.hover))
        if chosen:
            painter.fillRect(QRect(0, 0, px(3), box.height()), QColor(now.accent))
        if self.hasFocus():
            painter.setPen(QColor(now.focus))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -1))
        ink = QColor(now.accent if chosen else now.ink_soft)
        side = px(18)
        spot = QRect(px(14), box.center().y() - side // 2 + 1, side, side)
        icon(self.entry.icon, "accent" if chosen else "ink_soft").paint(painter, spot)
        taken = 0
        if self.entry.function_key:
            faint = QColor(now.ink_soft if chosen else now.ink_faint)
            middle = box.center().y() + 1
            taken = paint_cap(painter, box.right() - px(8), middle, self.entry.function_key, faint)
        painter.setFont(body_font())
        painter.setPen(QColor(now.ink) if chosen else ink)
        room = box.adjusted(spot.right() + px(9), 0, -taken - px(12), 0)
        painter.drawText(room, _LEFT, self.text())
        if self._count:
            self._paint_count(painter, spot)

    def _paint_count(self, painter: QPainter, spot: QRect) -> None:
        text = str(self._count) if self._count < 100 else "99+"
        painter.setFont(small_font())
        wide = max(painter.fontMetrics().horizontalAdvance(text) + px(6), px(15))
        badge = QRectF(spot.left() - px(8), spot.top() - px(8), wide, px(15))
        ink, soft = tone_colours(self._tone)
        painter.setPen(QColor(ink))
        painter.setBrush(soft)
        painter.drawRoundedRect(badge, px(7), px(7))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QFrame):
    """``chosen(key)`` when an entry is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "navigation")
        self.setFixedWidth(px(WIDTH_PX))
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(6), 0, px(6))
        self._column.setSpacing(px(2))
        self._column.addStretch(1)

    def set_pages(self, entries: Sequence[PageEntry]) -> None:
        """The column shows exactly these pages."""
        for old in self._buttons.values():
            self._group.removeButton(old)
            old.setParent(None)
            old.deleteLater()
        self._buttons.clear()
        for entry in entries:
            button = NavButton(entry)
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._column.insertWidget(self._column.count() - 1, button)
            self._buttons[entry.key] = button
        self._measure()

    def show_chosen(self, key: str) -> None:
        """The entry of this page is marked."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int, tone: Tone = Tone.ALARM) -> None:
        """So many things wait on this page."""
        if key in self._buttons:
            self._buttons[key].set_count(count, tone)

    def retranslate(self) -> None:
        """The column speaks the language in force."""
        for button in self._buttons.values():
            button.retranslate()
        self._measure()

    def _measure(self) -> None:
        """The column is wide enough for its longest word beside icon and key."""
        metrics = QFontMetrics(body_font())
        words = [metrics.horizontalAdvance(button.text()) for button in self._buttons.values()]
        self.setFixedWidth(max([px(WIDTH_PX), *(wide + px(41 + 48) for wide in words)]))


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
