"""Keys pressed on the real widgets, as an officer's hands would."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def press(widget: QWidget, key: str) -> None:
    """The key (``Return``, ``D``, ``Ctrl+Z``) is pressed while the widget has the keys."""
    target = focus_of(widget)
    QTest.keySequence(target, QKeySequence(key))


def type_text(widget: QWidget, text: str) -> None:
    """The text is typed into whatever has the keys; what no key carries is put in as by an input method."""
    target = focus_of(widget)
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    commit(target, text)


def enter(field: QWidget, text: str) -> None:
    """The field has the keys and holds this text only."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    QTest.keyClicks(field, text)


def commit(target: QWidget, text: str) -> None:
    """An input method commits this text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def focus_of(widget: QWidget) -> QWidget:
    """What has the keys inside this window; the widget itself when nothing has."""
    window = widget.window()
    focused = window.focusWidget()
    if focused is None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        focused = widget
    return focused
