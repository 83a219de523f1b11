"""The stage on a screen of its own: the second one where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

translate = QCoreApplication.translate
Keys = Sequence[tuple[str, Callable[[], object]]]


class FullScreen(QWidget):
    """Holds the stage until it is closed; obeys the same keys as the page."""

    closed = Signal()

    def __init__(self, stage: QWidget, keys: Keys) -> None:
        super().__init__()
        self.setWindowTitle(translate("Wall", "Video wall"))
        self.setStyleSheet("background: black")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(stage)
        bind(self, keys, Qt.ShortcutContext.WindowShortcut)

    def open_on(self, screen: QScreen) -> None:
        """The window covers this screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


def bind(
    widget: QWidget,
    keys: Keys,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> None:
    """Each key does its work while the widget, or something in it, has the keyboard."""
    for sequence, work in keys:
        shortcut = QShortcut(QKeySequence(sequence), widget)
        shortcut.setContext(context)
        shortcut.activated.connect(work)


def other_screen(of: QWidget) -> QScreen:
    """A screen where the console is not; its own one when there is no other."""
    here = of.window().screen()
    return next((one for one in QApplication.screens() if one is not here), here)
