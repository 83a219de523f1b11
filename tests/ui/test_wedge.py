"""A scanner that types, and a person who types, on the same keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.wedge import GAP_MS, LEAST, Wedge

CODE = "POST-0042"


class Page(QWidget):
    """A field, a table and letters that are shortcuts, as a page of the console has them."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.table, self.button = QLineEdit(), QTableWidget(2, 2), QPushButton("x")
        column = QVBoxLayout(self)
        for part in (self.field, self.table, self.button):
            column.addWidget(part)
        self.fired: list[str] = []
        self.codes: list[str] = []
        for key in ("P", "O", "Return", "*"):
            shortcut = QShortcut(QKeySequence(key), self.button)
            shortcut.activated.connect(lambda key=key: self.fired.append(key))
        self.wedge = Wedge(self)
        self.wedge.scanned.connect(self.codes.append)


class Hands:
    """Keys as the system hands them to a window, each with its own time."""

    def __init__(self, window: QWindow) -> None:
        self._window, self._at = window, 1000

    def key(self, key: int, text: str, after_ms: int) -> None:
        """One key, so long after the last one."""
        self._at += after_ms
        shift = text.isupper() or text in "*_"
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        if shift:
            self._send_shift(QEvent.Type.KeyPress)
        override = self._event(QEvent.Type.ShortcutOverride, key, text, modifier)
        override.ignore()
        QCoreApplication.sendEvent(self._window, override)
        if not override.isAccepted() and self._shortcut(key):
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self._window, self._event(kind, key, text, modifier))
        if shift:
            self._send_shift(QEvent.Type.KeyRelease)

    def type(self, text: str, after_ms: int, end: int | None = None) -> None:
        for sign in text:
            self.key(ord(sign.upper()), sign, after_ms)
        if end is not None:
            self.key(end, "\r", after_ms)

    def scan(self, code: str = CODE, end: int = Qt.Key.Key_Return) -> None:
        self.type(code, 5, end)

    def _send_shift(self, kind: QEvent.Type) -> None:
        shift = Qt.Key.Key_Shift
        event = self._event(kind, shift, "", Qt.KeyboardModifier.ShiftModifier)
        QCoreApplication.sendEvent(self._window, event)

    def _event(
        self, kind: QEvent.Type, key: int, text: str, modifier: Qt.KeyboardModifier
    ) -> QKeyEvent:
        event = QKeyEvent(kind, key, modifier, text)
        event.setTimestamp(self._at)
        return event

    def _shortcut(self, key: int) -> bool:
        """What the system's shortcuts do with a key that nobody keeps for himself."""
        fired = False
        for shortcut in self.page.findChildren(QShortcut):
            if shortcut.key() == QKeySequence(key):
                shortcut.activated.emit()
                fired = True
        return fired

    page: QWidget


Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.isActiveWindow() and made.wedge._window is not None)
    return made


@pytest.fixture
def hands(page: Page) -> Hands:
    window = page.windowHandle()
    assert window is not None
    made = Hands(window)
    made.page = page
    return made


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    return lambda condition: qtbot.waitUntil(lambda: bool(condition()), timeout=5000)


def test_a_code_is_taken_and_neither_field_nor_shortcut_sees_it(page: Page, hands: Hands) -> None:
    page.field.setFocus()
    hands.scan()
    assert page.codes == [CODE]
    page.table.setFocus()
    hands.scan("post-7_x", Qt.Key.Key_Enter)
    hands.scan("A*B*C", Qt.Key.Key_Tab)
    assert page.codes == [CODE, "post-7_x", "A*B*C"]
    assert (page.field.text(), page.fired) == ("", [])
    assert page.table.hasFocus()


def test_what_a_person_types_arrives_in_its_order(page: Page, hands: Hands, until: Until) -> None:
    page.field.setFocus()
    hands.type("post 12", GAP_MS + 40)
    until(lambda: page.field.text() == "post 12")
    hands.type("ab", 10)  # two keys that rolled over one another
    until(lambda: page.field.text() == "post 12ab")
    assert (page.codes, page.fired) == ([], [])


def test_a_persons_shortcuts_fire(page: Page, hands: Hands, until: Until) -> None:
    page.table.setFocus()
    hands.type("p", 500)
    until(lambda: page.fired == ["P"])
    hands.type("*", 500)
    until(lambda: page.fired == ["P", "*"])
    hands.key(Qt.Key.Key_Return, "\r", 500)
    assert page.fired == ["P", "*", "Return"]
    page.button.setEnabled(False)
    hands.type("o", 500)
    until(lambda: not page.wedge._held)
    assert page.fired == ["P", "*", "Return"]


def test_too_short_a_run_and_a_slow_enter_are_a_persons(
    page: Page, hands: Hands, until: Until
) -> None:
    page.field.setFocus()
    hands.type("x" * (LEAST - 1), 5, Qt.Key.Key_Return)
    assert page.field.text() == "x" * (LEAST - 1)
    page.field.clear()
    hands.type("xxxxxx", 5)
    hands.key(Qt.Key.Key_Return, "\r", GAP_MS + 1)
    assert page.field.text() == "xxxxxx"
    assert page.codes == []


def test_a_persons_key_before_a_scan_stays_his(page: Page, hands: Hands, until: Until) -> None:
    page.field.setFocus()
    hands.type("a", 100)
    hands.type(CODE[0], 100)
    hands.type(CODE[1:], 5, Qt.Key.Key_Return)
    assert page.codes == [CODE]
    assert page.field.text() == "a"


def test_other_keys_pass(page: Page, hands: Hands) -> None:
    page.field.setText("abc")
    page.field.setFocus()
    hands.key(Qt.Key.Key_Backspace, "\b", 100)
    assert page.field.text() == "ab"


def test_nothing_is_taken_from_a_question_or_a_hidden_page(
    page: Page, hands: Hands, qtbot: QtBot, until: Until
) -> None:
    question = QLineEdit()
    question.setWindowModality(Qt.WindowModality.ApplicationModal)
    qtbot.addWidget(question)
    question.show()
    until(question.isActiveWindow)
    QTest.keyClicks(question, CODE)
    assert question.text() == CODE
    assert page.codes == []
    question.close()
    page.hide()
    assert page.wedge._window is None
    page.show()
    until(lambda: page.wedge._window is not None)
    page.activateWindow()
    until(page.isActiveWindow)
    hands.scan()
    assert page.codes == [CODE]


def test_what_is_typed_beside_the_page_is_not_taken(page: Page, qtbot: QtBot, until: Until) -> None:
    frame, bar = QWidget(), QLineEdit()
    column = QVBoxLayout(frame)
    column.addWidget(bar)
    column.addWidget(page)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    until(lambda: frame.isActiveWindow() and page.wedge._window is frame.windowHandle())
    window = frame.windowHandle()
    assert window is not None
    hands = Hands(window)
    hands.page = page
    bar.setFocus()
    hands.type("xyzxyz", 5)
    assert bar.text() == "xyzxyz"
    page.table.setFocus()
    hands.scan()
    assert page.codes == [CODE]
    page.setParent(None)  # each is taken down by itself


def test_the_real_path_of_keys(page: Page, until: Until) -> None:
    """Keys through Qt's own way into a window: shortcuts are tried before keys."""
    page.table.setFocus()
    window = page.windowHandle()
    assert window is not None
    for sign in "POPO":
        QTest.keyClick(window, ord(sign))
    QTest.keyClick(window, Qt.Key.Key_Return)
    until(lambda: page.codes == ["popo"] or page.codes == ["POPO"])
    assert page.fired == []
    QTest.mouseClick(page.table, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.keyClick(window, ord("P"))
    until(lambda: page.fired == ["P"])
