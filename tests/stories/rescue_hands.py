"""Hands at the program itself: ``python -m tests.stories.rescue_hands DATA``.

The store of DATA is damaged; the officer restores the newest good backup and opens the console. In a
process of its own, since the program's loop ends with the application.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from console.core.errors import ConsoleError
from console.drill import entry
from console.drill.keyboard import press
from console.settings import read_settings
from console.shell.rescue import RescuePage
from console.shell.window import Window
from console.ui.dialogs import Sheet


class Driver(QObject):
    """Hands that work while the program's own loop runs: each step waits until it can be done."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.left = [self._restore, self._sure, self._yes, self._open, self._console]
        self._timer = QTimer(self, interval=50)
        self._timer.timeout.connect(self._step)
        self._deadline = time.monotonic() + 60
        self._timer.start()

    def _step(self) -> None:
        if self.left and self.left[0]():
            self.left.pop(0)
        if not self.left or time.monotonic() > self._deadline:
            self._timer.stop()
            self._app.exit(0)

    def _page(self) -> RescuePage | None:
        shown = [w for w in self._app.topLevelWidgets() if isinstance(w, RescuePage)]
        return next((w for w in shown if w.isVisible()), None)

    def _restore(self) -> bool:
        page = self._page()
        if page is None or not page.restore.isEnabled() or self._app.activeWindow() is not page:
            return False
        press(page, "Return")
        return True

    def _sure(self) -> bool:
        return self._press_in_sheet("Tab")

    def _yes(self) -> bool:
        return self._press_in_sheet("Return")

    def _press_in_sheet(self, key: str) -> bool:
        sheet = self._app.activeModalWidget()
        if not isinstance(sheet, Sheet) or self._app.activeWindow() is not sheet:
            return False
        press(sheet, key)
        return True

    def _open(self) -> bool:
        page = self._page()
        if page is None or not page.open.isVisible():
            return False
        press(page, "Return")
        return True

    def _console(self) -> bool:
        return any(isinstance(w, Window) and w.isVisible() for w in self._app.topLevelWidgets())


def main() -> int:
    """0 once the console stood on the screen after the restore."""
    settings = read_settings(Path(sys.argv[1]))
    try:
        entry._try_doors(settings.data)
        hurt = None
    except ConsoleError as refused:
        hurt = refused
    with entry.application(settings.language) as app:
        driver = Driver(app)
        status = entry._run(app, settings, hurt)
    if status or driver.left:
        print(f"status {status}, left: {[step.__name__ for step in driver.left]}")
        return 1
    print("the console stands")
    return 0


if __name__ == "__main__":
    sys.exit(main())
