"""A question with a list of answers, each with a digit; beyond nine with a letter, unless own words
may be typed: then letters begin those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from console.ui.dialogs import Question, Sheet
from console.ui.style import px

CAPS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is given back, and its words."""

    value: str
    words: str


class ChoiceSheet(Sheet):
    """Opens over the window; a cap chooses at once, Enter takes what is marked, Esc goes back."""

    def __init__(
        self,
        parent: QWidget,
        question: Question,
        options: Sequence[Option],
        then: Callable[[str, str], None],
        note: str | None = None,
    ) -> None:
        super().__init__(parent, question)
        self._options = list(options)
        self._then = then
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self._caps = CAPS if note is None else CAPS[:9]
        for at, option in enumerate(self._options):
            cap = self._caps[at] if at < len(self._caps) else "  "
            item = QListWidgetItem(f"{cap}   {option.words}")
            item.setData(Qt.ItemDataRole.UserRole, option.value)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        room = max(px(150), parent.window().height() - px(220))
        self.list.setFixedHeight(min(px(len(self._options) * 28 + 10), room))
        self.body.addWidget(self.list)
        self.note: QLineEdit | None = None
        if note is not None:
            self.note = QLineEdit()
            self.note.setPlaceholderText(note)
            self.body.addWidget(self.note)
            self.note.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self._answer())
        self.yes.clicked.connect(self._answer)
        self.open()
        # own words come through the input method, which asks for a field that takes text
        (self.note or self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.list:
                return self._on_list_key(event)
            if watched is self.note:
                return self._on_note_key(event)
        return super().eventFilter(watched, event)

    def _on_list_key(self, event: QKeyEvent) -> bool:
        typed = event.text()
        if self._chooses(typed):
            return True
        if typed.isprintable() and typed.strip():
            if self.note is not None:  # own words begin at the first letter
                self.note.setFocus()
                self.note.insert(typed)
            return True
        return False

    def _on_note_key(self, event: QKeyEvent) -> bool:
        """In an empty field a digit chooses; the arrows always walk through the list."""
        assert self.note is not None
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(
                min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
            )
            return True
        return not self.note.text() and self._chooses(event.text())

    def _chooses(self, typed: str) -> bool:
        at = self._caps.find(typed.upper()) if len(typed) == 1 else -1
        if not 0 <= at < len(self._options):
            return False
        self.list.setCurrentRow(at)
        self._answer()
        return True

    def _answer(self) -> None:
        item = self.list.currentItem()
        if item is None or self.result() == int(Sheet.DialogCode.Accepted):
            return
        note = self.note.text().strip() if self.note is not None else ""
        self.accept()
        self._then(str(item.data(Qt.ItemDataRole.UserRole)), note)
