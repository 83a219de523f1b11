"""Buttons with their key drawn in them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from console.ui.style import look, mark, px, small_font

# what is drawn for a key's portable name
CAPS = {
    "Return": "Enter",
    "Escape": "Esc",
    "Space": "␣",
    "Backspace": "⌫",
    "Left": "←",
    "Right": "→",
}


def cap_text(key: str) -> str:
    """How a key is drawn: ``Return`` as Enter, ``Escape`` as Esc."""
    return "+".join(CAPS.get(part, part) for part in key.split("+"))


def cap_width(text: str, painter_font_width: int) -> int:
    """The width of a keycap whose text is this wide."""
    return max(painter_font_width + px(10), px(18))


def paint_cap(painter: QPainter, right: int, middle: int, text: str, ink: QColor) -> int:
    """A keycap ends at ``right``, centred on ``middle``; returns its width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(small_font())
    wide = cap_width(text, painter.fontMetrics().horizontalAdvance(text))
    high = px(18)
    box = QRectF(right - wide + 0.5, middle - high / 2 + 0.5, wide - 1, high - 1)
    edge = QColor(ink)
    edge.setAlphaF(0.55)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return wide


class KeyButton(QPushButton):
    """A button that says its key and obeys it while it is visible and enabled.

    ``kind``: plain, primary (the obvious next thing, one a panel), danger, quiet.
    ``key``: a portable key sequence such as ``Return``, ``Ctrl+Z``, ``1``; empty for none.
    """

    def __init__(self, text: str, key: str = "", kind: str = "plain") -> None:
        super().__init__(text)
        self._key = ""
        self._shortcuts: list[QShortcut] = []
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.set_key(key)
        look().changed.connect(self.updateGeometry)

    @property
    def key(self) -> str:
        """Its key's portable name."""
        return self._key

    def set_key(self, key: str) -> None:
        """The button is pressed by this key and shows it."""
        self._key = key
        for old in self._shortcuts:
            old.setParent(None)
            old.deleteLater()
        # not the button's own shortcut: setText would take that away
        self._shortcuts = []
        for sequence in {key, key.replace("Return", "Enter")} - {""}:  # the keypad has its own
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(self.click)
            self._shortcuts.append(shortcut)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """The button looks like this kind."""
        mark(self, kind=kind)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._key:
            painter_font = small_font()
            cap = cap_text(self._key)

            wide = cap_width(cap, QFontMetrics(painter_font).horizontalAdvance(cap))
            hint.setWidth(hint.width() + wide + px(8))
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""  # type: ignore[attr-defined]
        drawn, option.icon = self.icon(), type(self.icon())()  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        ink = self._ink()
        inside = self.rect().adjusted(px(10), 0, -px(8), 0)
        if self._key:
            caps = paint_cap(
                painter, inside.right() + 1, self.rect().center().y() + 1, cap_text(self._key), ink
            )
            inside.setRight(inside.right() - caps - px(6))
        painter.setFont(self.font())
        painter.setPen(ink)
        if not drawn.isNull():
            side = self.iconSize().width()
            spot = QRect(inside.left(), self.rect().center().y() - side // 2 + 1, side, side)
            if not text and not self._key:
                spot.moveCenter(self.rect().center())
            drawn.paint(painter, spot)
            inside.setLeft(spot.right() + px(6))
        fitted = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, inside.width() + px(2),
            int(Qt.TextFlag.TextShowMnemonic.value),
        )  # fmt: skip
        align = Qt.AlignmentFlag.AlignLeft if self._key or not drawn.isNull() else _MIDDLE
        flags = int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextHideMnemonic)
        painter.drawText(inside, flags, fitted)

    def _ink(self) -> QColor:
        now = look().tokens
        if not self.isEnabled():
            return QColor(now.ink_faint)
        kind = self.property("kind")
        if kind == "primary":
            return QColor(now.on_accent)
        if kind == "danger":
            return QColor(now.on_alarm)
        if self.isChecked():
            return QColor(now.accent)
        return QColor(now.ink_soft if kind == "quiet" and not self.underMouse() else now.ink)


_MIDDLE = Qt.AlignmentFlag.AlignHCenter
