"""The notes of the outgoing officer: typed with a draft that is kept, or read in a document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from console.handover.model import NOTES_CHARS
from console.ui.keycap import KeyButton
from console.ui.panel import Panel, label
from console.ui.style import px

translate = QCoreApplication.translate
PAUSE_MS = 800
HIGH_PX = 88


class _Field(QPlainTextEdit):
    """Esc goes back to the page; Tab leaves the field."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class Notes(Panel):
    """``draft_ready(text)`` when typing has paused; ``left`` when the officer goes back."""

    draft_ready = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Handover", "Notes for the next shift"), margin=8)
        self.field = _Field()
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(px(HIGH_PX))
        self.field.setAccessibleName(translate("Handover", "Notes for the next shift"))
        self.field.setPlaceholderText(
            translate("Handover", "What the next shift must know: orders, people, keys, vehicles…")
        )
        self.over = label("", "error")
        self.over.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self.over)
        self.write = KeyButton(translate("Handover", "Write notes"), "N")
        self.write.clicked.connect(self.field.setFocus)
        self.add_action(self.write)
        self._typed = ""
        self._showing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.draft_ready.emit(self._typed))
        self.field.textChanged.connect(self._on_typed)
        self.field.left.connect(self.left)

    @property
    def text(self) -> str:
        """What was typed, also while a document's notes are read."""
        return self._typed

    def put(self, text: str) -> None:
        """What was typed before, or nothing; no draft is made of it."""
        self._typed = text
        self._pause.stop()
        self._show(text)

    def begin(self) -> None:
        """What is typed can go on."""
        if self.field.isReadOnly():
            self.field.setReadOnly(False)
            self._show(self._typed)
        self.write.setEnabled(True)

    def read(self, text: str) -> None:
        """The notes of a document, which nobody changes."""
        self.field.setReadOnly(True)
        self.write.setEnabled(False)
        self._show(text or translate("Handover", "(no notes)"))

    def _show(self, text: str) -> None:
        if self.field.toPlainText() == text:
            return
        self._showing = True
        try:
            self.field.setPlainText(text)
        finally:
            self._showing = False
        self._count()

    def _on_typed(self) -> None:
        if self._showing or self.field.isReadOnly():
            return
        self._typed = self.field.toPlainText()
        self._pause.start()
        self._count()

    def _count(self) -> None:
        over = len(self.field.toPlainText()) - NOTES_CHARS
        self.over.setText(translate("Handover", "{n} characters too many").format(n=over))
        self.over.setVisible(over > 0)
