"""A sheet with a form: what is missing is said at its field, and so is why it was refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.core.errors import ConsoleError
from console.ui.dialogs import Question, Sheet
from console.ui.forms import Form
from console.ui.words import say_refusal


class FormSheet(Sheet):
    """``filled`` when its yes was pressed and nothing needed is missing; it stays open then."""

    filled = Signal()

    def __init__(self, parent: QWidget, question: Question, columns: int = 1) -> None:
        super().__init__(parent, question)
        self.form = Form(columns)
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._on_yes)

    def refused(self, error: Exception) -> None:
        """The sheet stays open and says why it was not saved."""
        self.yes.setEnabled(True)
        if not (isinstance(error, ConsoleError) and self.form.say_refused(error)):
            self.say(say_refusal(error))
        self.adjustSize()

    def _on_yes(self) -> None:
        self.say("")
        if self.form.missing():
            self.adjustSize()  # the words at the fields need room
        else:
            self.filled.emit()
