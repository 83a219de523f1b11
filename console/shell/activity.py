"""The status line: what the last act did, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from console.ui.moments import clock_text
from console.ui.style import mark


class ActivityLine(QLabel):
    """One line, cut with an ellipsis where the room ends; the whole stands under the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "caption")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = ""

    @property
    def words(self) -> str:
        """What it says, uncut."""
        return self._words

    def say(self, words: str, tone: str = "") -> None:
        """The line says this with the time (``late`` or ``alarm`` in tone); nothing clears it."""
        self._words = f"{clock_text(datetime.now(UTC))}  {words}" if words else ""
        self.setToolTip(words)
        mark(self, tone=tone)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - 2))
