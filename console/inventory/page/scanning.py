"""Where labels come from: scanners that type, scanners and tag readers on the post's links."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.wedge import Wedge


class Scanning(QObject):
    """``code`` with each label that was scanned over the page, ``heard`` with each one that was
    read, also while a question stands over it. A tag in a reader's field is no wish of anybody:
    tags are told by ``heard`` alone."""

    code = Signal(str)
    heard = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._wedge = Wedge(page)
        self._wedge.scanned.connect(self.take_code)

    def take_code(self, code: str) -> None:
        """A label was scanned; in the UI thread."""
        self.heard.emit(code)
        asked = QApplication.activeModalWidget() not in (None, self._page.window())
        if self._page.isVisible() and self._page.isActiveWindow() and not asked:
            self.code.emit(code)

    def take_tag(self, epc: str) -> None:
        """A tag was read; in the UI thread."""
        self.heard.emit(epc)
