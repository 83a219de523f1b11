"""A question answered by finding: words typed or scanned leave fewer answers, Enter takes the marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from console.ui.dialogs import Question, Sheet
from console.ui.style import px

translate = QCoreApplication.translate
ROWS = 6


@dataclass(frozen=True, slots=True)
class Findable:
    """One answer: what is given back, its words, and the lower-case words it is found by."""

    value: str
    words: str
    found_by: str


class FindSheet(Sheet):
    """A find field over a list; the arrows walk the list while the field keeps the keys.

    Who asks connects ``yes`` and reads ``answer``.
    """

    def __init__(
        self, parent: QWidget, question: Question, answers: Sequence[Findable], hint: str
    ) -> None:
        super().__init__(parent, question)
        self._all = list(answers)
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._show_found)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(px(ROWS * 28 + 10))
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self._show_found("")

    def answer(self) -> str | None:
        """The marked answer; None, and a word about it, when nothing is found."""
        item = self.list.currentItem()
        if item is None:
            self.say(translate("Dialogs", "Nothing is found by these words."))
            return None
        return str(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.type() == QEvent.Type.KeyPress:
                last = self.list.count() - 1
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def _show_found(self, text: str) -> None:
        self.say("")
        wanted = text.lower().split()
        self.list.clear()
        for one in self._all:
            if all(word in one.found_by for word in wanted):
                item = QListWidgetItem(one.words)
                item.setData(Qt.ItemDataRole.UserRole, one.value)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
