"""A small square in the colour and pattern of a bar."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.ui.style import px


class Swatch(QWidget):
    """Stands beside the words of a legend."""

    def __init__(self, brush: QBrush) -> None:
        super().__init__()
        self._brush = brush
        self.setFixedSize(px(12), px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._brush.color()))
        painter.setBrush(self._brush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
