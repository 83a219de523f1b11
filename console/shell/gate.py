"""The pages before work: signing in, and the lock over a post left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.ui.background import Background
from console.ui.forms import Form
from console.ui.icons import dress
from console.ui.keycap import KeyButton
from console.ui.moments import clock_text
from console.ui.panel import Notice, label
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate

Check = Callable[[str, str], Any]  # number, secret → the officer's session; runs in a worker


class _Gate(QWidget):
    """A card in the middle of a calm page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = QFrame()
        card.setProperty("role", "signCard")
        card.setFixedWidth(px(400))
        self.card = QVBoxLayout(card)
        self.card.setContentsMargins(px(32), px(28), px(32), px(24))
        self.card.setSpacing(px(12))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)

    def head(self, drawing: str, title: str, text: str) -> None:
        """Icon, title and a line of text stand at the top of the card."""
        row = QHBoxLayout()
        row.setSpacing(px(12))
        mark = label()
        dress(mark, drawing, "accent", 32)
        row.addWidget(mark)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.title, self.text = label(title, "heading", wrap=True), label(text, "soft", wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.text)
        row.addLayout(column, 1)
        self.card.addLayout(row)


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(256)
    return made


class SignInPage(_Gate):
    """Number and secret, checked off the UI thread. ``signed(session)`` when the check said yes."""

    signed = Signal(object)

    def __init__(self, background: Background, check: Check, post: str = "") -> None:
        super().__init__()
        self._background, self._check = background, check
        self._busy = False
        self.head("post", post or translate("Gate", "Post console"), translate("Gate", "Sign in"))
        self.form = Form()
        self.number, self.secret = QLineEdit(), _secret()
        self.number.setMaxLength(32)
        self.form.add("number", translate("Gate", "Officer number"), self.number, required=True)
        self.form.add("secret", translate("Gate", "Password"), self.secret, required=True)
        self.card.addWidget(self.form)
        self.notice = Notice()
        self.card.addWidget(self.notice)
        self.button = KeyButton(translate("Gate", "Sign in"), "Return", "primary")
        self.button.clicked.connect(self.submit)
        self.card.addWidget(self.button)

    def welcome(self, post: str, note: str = "") -> None:
        """The page is fresh: names the post, keeps no secret, and may say why one is here."""
        self.title.setText(post)
        self.secret.clear()
        self.form.clear_messages()
        self.notice.say(note)
        self.setFocusProxy(self.secret if self.number.text() else self.number)
        self.setFocus()

    def submit(self) -> None:
        """The number and the secret are being checked; the page says so and stays alive."""
        if self._busy or self.form.missing():
            return
        self._set_busy(True)
        number, secret, check = self.number.text().strip(), self.secret.text(), self._check
        self._background.ask(lambda: check(number, secret), self._on_signed, self._on_failed, self)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.number, self.secret, self.button):
            widget.setEnabled(not busy)
        words = translate("Gate", "Checking …") if busy else translate("Gate", "Sign in")
        self.button.setText(words)

    def _on_signed(self, session: object) -> None:
        self._set_busy(False)
        self.secret.clear()
        self.notice.say("")
        self.signed.emit(session)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.secret.clear()
        self.notice.say(say_refusal(error), "alarm")
        self.secret.setFocus()


class LockPage(_Gate):
    """Over a console left alone: what was being typed stays. ``unlocked(session)`` opens it again;
    ``takeover`` lets another officer sign in."""

    unlocked = Signal(object)
    takeover = Signal()

    def __init__(self, background: Background, check: Check) -> None:
        super().__init__()
        self._background, self._check = background, check
        self._number = ""
        self.head("lock", translate("Gate", "Locked"), "")
        self.secret = _secret()
        self.secret.setPlaceholderText(translate("Gate", "Password"))
        self.secret.setAccessibleName(translate("Gate", "Password"))
        self.card.addWidget(self.secret)
        self.setFocusProxy(self.secret)
        self.notice = Notice()
        self.card.addWidget(self.notice)
        self.button = KeyButton(translate("Gate", "Unlock"), "Return", "primary")
        self.button.clicked.connect(self.submit)
        self.card.addWidget(self.button)
        self.other = KeyButton(translate("Gate", "Another officer takes over"), "F11", "quiet")
        self.other.clicked.connect(self.takeover)
        self.card.addWidget(self.other)

    def lock(self, number: str, name: str) -> None:
        """The page guards this officer's work."""
        self._number = number
        told = translate("Gate", "{name} ({number}), since {time}. What was being typed is kept.")
        self.text.setText(told.format(name=name, number=number, time=clock_text(datetime.now(UTC))))
        self.secret.clear()
        self.notice.say("")
        self.secret.setFocus()

    def submit(self) -> None:
        """The secret is being checked."""
        if not self.button.isEnabled():
            return
        if not self.secret.text():
            self.notice.say(translate("Gate", "Enter your password."))
            return
        self._set_busy(True)
        number, secret, check = self._number, self.secret.text(), self._check
        self._background.ask(lambda: check(number, secret), self._on_open, self._on_failed, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # nothing typed here reaches the work behind

    def _set_busy(self, busy: bool) -> None:
        self.secret.setEnabled(not busy)
        self.button.setEnabled(not busy)
        words = translate("Gate", "Checking …") if busy else translate("Gate", "Unlock")
        self.button.setText(words)

    def _on_open(self, session: object) -> None:
        self._set_busy(False)
        self.secret.clear()
        self.unlocked.emit(session)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.secret.clear()
        self.notice.say(say_refusal(error), "alarm")
        self.secret.setFocus()
