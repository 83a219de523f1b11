"""The sheet on which an officer signs with his secret; the one who takes over gives his number too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from console.core.errors import ConsoleError
from console.ui.background import Background
from console.ui.dialogs import Question, Sheet
from console.ui.forms import Form
from console.ui.words import say_refusal

translate = QCoreApplication.translate


class SignSheet(Sheet):
    """``sign(values)`` runs in a worker; ``then`` gets its answer once the sheet is closed."""

    def __init__(
        self,
        parent: QWidget,
        background: Background,
        question: Question,
        sign: Callable[[dict[str, Any]], Any],
        then: Callable[[Any], None],
        with_number: bool,
    ) -> None:
        super().__init__(parent, question)
        self._background, self._sign, self._then = background, sign, then
        self.form = Form()
        if with_number:
            number = QLineEdit()
            number.setMaxLength(32)
            self.form.add("number", translate("Handover", "Service number"), number, required=True)
        secret = QLineEdit()
        secret.setMaxLength(256)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add("secret", translate("Handover", "Password"), secret, required=True)
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._answer)
        self.open()
        self.form.editor("number" if with_number else "secret").setFocus()

    def _answer(self) -> None:
        told = self.form.values()
        self.say("")
        if self.form.missing():
            return
        self.yes.setEnabled(False)  # checking the secret takes a moment; one answer is enough
        self._background.act(lambda: self._sign(told), self._done, self._failed, self)

    def _done(self, answer: Any) -> None:
        then = self._then
        self.accept()
        then(answer)

    def _failed(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        secret = self.form.editor("secret")
        assert isinstance(secret, QLineEdit)
        secret.clear()
        if isinstance(error, ConsoleError) and self.form.say_refused(error):
            return
        self.say(say_refusal(error))
        secret.setFocus()
