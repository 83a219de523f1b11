"""Questions that must be answered first. They open without blocking and answer by a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.ui.keycap import KeyButton
from console.ui.panel import label
from console.ui.style import look, mark, px

translate = QCoreApplication.translate

GATED = "gated"  # property of a window whose work is hidden (locked): its questions wait


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: ``title`` short, ``text`` what it means, ``yes`` a verb for the button."""

    title: str
    text: str = ""
    yes: str = ""
    danger: bool = False
    choices: Sequence[str] = ()


class _Shade(QWidget):
    """Over the window while a question waits."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(look().tokens.shade))


class Sheet(QDialog):
    """A question in our own dress, over its window. ``yes`` and ``no`` are its ``answers``."""

    def __init__(self, parent: QWidget, question: Question) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "sheet")
        self.setWindowTitle(question.title)
        self.setModal(True)
        self.setMinimumWidth(px(420))
        self._shade = _Shade(parent.window())
        self._away = False
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(question.title, "title", wrap=True))
        if question.text:
            column.addWidget(label(question.text, "soft", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(px(6))
        column.addLayout(self.body)
        self.message = label("", "error", wrap=True)
        self.message.hide()
        column.addWidget(self.message)
        self.answers = row = QHBoxLayout()
        row.addStretch(1)
        self.no = KeyButton(translate("Dialogs", "Back"), "Escape")
        kind = "danger" if question.danger else "primary"
        self.yes = KeyButton(question.yes or translate("Dialogs", "Confirm"), "Return", kind)
        self.no.clicked.connect(self.reject)
        for button in (self.no, self.yes):
            row.addWidget(button)
        column.addLayout(row)

    def say(self, message: str) -> None:
        """The sheet stays open and says what is missing."""
        self.message.setText(message)
        self.message.setVisible(bool(message))

    def put_away(self) -> None:
        """Nothing of the question is seen; what was entered stays for ``bring_back``."""
        if self.isVisible():
            self._away = True
            self.hide()

    def bring_back(self) -> None:
        """A question that was put away waits for its answer again."""
        if self._away:
            self._away = False
            self.open()

    def setVisible(self, visible: bool) -> None:
        over = self.parentWidget()
        if visible and over is not None and over.property(GATED):
            self._away = True  # asked by work that ended behind the gate
            return
        super().setVisible(visible)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if isValid(self._shade):
            self._shade.hide()

    def done(self, result: int) -> None:
        self._away = False
        if isValid(self._shade):
            self._shade.hide()
            self._shade.setParent(None)
            self._shade.deleteLater()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        over = self.parentWidget()
        if over is not None:
            self._shade.setGeometry(over.rect())
            self._shade.show()
            self._shade.raise_()
            middle = over.mapToGlobal(over.rect().center())
            self.move(middle - QPoint(self.width() // 2, self.height() // 2 + px(40)))
        self.activateWindow()  # the keys go to the question, also where the window manager hesitates


def confirm(parent: QWidget, question: Question, then: Callable[[], None]) -> Sheet:
    """Asks; ``then`` is called when the answer is yes. Returns the open sheet."""
    sheet = Sheet(parent, question)
    sheet.yes.clicked.connect(sheet.accept)
    sheet.accepted.connect(then)
    sheet.open()
    (sheet.no if question.danger else sheet.yes).setFocus()
    return sheet


def ask_text(
    parent: QWidget, question: Question, then: Callable[[str], None], needed: bool = True
) -> Sheet:
    """Asks for one line of text; ``then`` gets it. An empty answer is refused when ``needed``."""
    sheet = Sheet(parent, question)
    line = QLineEdit()
    sheet.body.addWidget(line)
    _answer_with(sheet, line, line.text, then, needed)
    return sheet


def ask_reason(parent: QWidget, question: Question, then: Callable[[str], None]) -> Sheet:
    """Asks for a reason: one of the question's choices, or own words; ``then`` gets it."""
    sheet = Sheet(parent, question)
    if question.choices:
        box = QComboBox()
        box.setEditable(True)
        box.addItems(list(question.choices))
        box.setCurrentIndex(-1)
        sheet.body.addWidget(box)
        _answer_with(sheet, box, box.currentText, then, True)
    else:
        words = QPlainTextEdit()
        words.setTabChangesFocus(True)
        words.setFixedHeight(px(84))
        sheet.yes.set_key("Ctrl+Return")
        sheet.body.addWidget(words)
        _answer_with(sheet, words, words.toPlainText, then, True)
    return sheet


def _answer_with(
    sheet: Sheet,
    editor: QWidget,
    text: Callable[[], str],
    then: Callable[[str], None],
    needed: bool,
) -> None:
    def answer() -> None:
        told = text().strip()
        if needed and not told:
            sheet.say(translate("Dialogs", "Nothing was entered yet."))
            mark(editor, wrong="yes")
            editor.setFocus()
            return
        sheet.accept()
        then(told)

    sheet.yes.clicked.connect(answer)
    sheet.open()
    editor.setFocus()
