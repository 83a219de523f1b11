"""The desk's keys: which does what, and when they are silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

Bound = tuple[str, Callable[[], object]]


class DeskKeys(QObject):
    """Keys that count while something of the page has the focus, and no form is typed in."""

    def __init__(self, page: QWidget, bound: Sequence[Bound]) -> None:
        super().__init__(page)
        self._shortcuts: list[QShortcut] = []
        for key, act in bound:
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(_unless_asked, act))
            self._shortcuts.append(shortcut)

    def listen(self, on: bool) -> None:
        """The keys count, or belong to a form for a while."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)


def _unless_asked(act: Callable[[], object]) -> None:
    """A question waits, even when the window system has not given it the keys yet."""
    if QApplication.activeModalWidget() is None:
        act()


def press_focused_button(page: QWidget) -> bool:
    """The button of the page that has the focus is pressed; False when none has it."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton) and page.isAncestorOf(focused):
        focused.click()
        return True
    return False
