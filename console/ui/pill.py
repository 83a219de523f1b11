"""Small marks on cards: pills of one word, and the level bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.style import Tone, look, px, small_font, tone_colours


def paint_pill(painter: QPainter, left: float, middle: float, text: str, tone: Tone) -> float:
    """A pill begins at ``left``, centred on ``middle``; returns its width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(small_font())
    ink, soft = tone_colours(tone)
    wide = painter.fontMetrics().horizontalAdvance(text) + px(12)
    high = px(18)
    box = QRectF(left, middle - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return wide


def paint_level(painter: QPainter, box: QRectF, level: int, tone: Tone) -> None:
    """The level bar of a card: four steps, filled from the bottom, the most urgent (1) all of them."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    ink = tone_colours(tone)[0]
    rest = QColor(look().tokens.line)
    gap = 2.0
    high = (box.height() - 3 * gap) / 4
    for step in range(4):
        painter.setBrush(ink if step < 5 - min(max(level, 1), 4) else rest)
        painter.drawRect(
            QRectF(box.left(), box.bottom() - (step + 1) * high - step * gap, box.width(), high)
        )
    painter.restore()


class Pill(QWidget):
    """One word on a soft ground."""

    def __init__(self, text: str = "", tone: Tone = Tone.CALM) -> None:
        super().__init__()
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def say(self, text: str, tone: Tone = Tone.CALM) -> None:
        """The pill says this."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """Its word."""
        return self._text

    def sizeHint(self) -> QSize:
        self.setFont(small_font())
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + px(12), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), 0, self.height() / 2, self._text, self._tone)
