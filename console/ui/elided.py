"""A line that is cut with an ellipsis where the room ends, and never pushes its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from console.ui.words import plain_tip


class ElidedLabel(QLabel):
    """Plain text; the whole of it stands under the pointer when it is cut.

    With ``greedy`` it takes what room is left; otherwise no more than its text.
    """

    def __init__(self, role: str = "", greedy: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Ignored if greedy else policy.Maximum, policy.Preferred)
        self._words = self._tip = ""

    @property
    def words(self) -> str:
        """What it says, uncut."""
        return self._words

    def show_words(self, words: str, tip: str = "") -> None:
        """The line says this; under the pointer stands ``tip``, below what had to be cut."""
        self._words, self._tip = words, tip
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        sides = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self._words) + 4 + sides.left() + sides.right()
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.contentsRect().width() - 2
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(cut)
        whole = self._words if cut != self._words else ""
        self.setToolTip(plain_tip("\n".join(filter(None, (whole, self._tip)))))
