"""Which theme is in force: by the hour, or as the officer wished."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.ui.style import apply_theme, look, theme_for

EVERY_MS = 30_000


class Appearance(QObject):
    """From ``start`` the application's theme follows the wish: auto, day or night."""

    changed = Signal(str)

    def __init__(self, app: QApplication, wish: str = "auto", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._wish = wish
        self._scale = scale
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._follow)

    def start(self) -> None:
        """The theme is right now, and stays right."""
        self._apply(theme_for(datetime.now().astimezone().hour, self._wish))
        self._timer.start()

    def stop(self) -> None:
        """The theme stays as it is."""
        self._timer.stop()

    def wish(self, wish: str) -> None:
        """The officer wishes auto, day or night."""
        self._wish = wish
        self._follow()

    def toggle(self) -> None:
        """The other theme, and it stays until wished otherwise."""
        self.wish("day" if look().tokens.name == "night" else "night")

    def _follow(self) -> None:
        theme = theme_for(datetime.now().astimezone().hour, self._wish)
        if theme != look().tokens.name:
            self._apply(theme)

    def _apply(self, theme: str) -> None:
        apply_theme(self._app, theme, self._scale)
        self.changed.emit(theme)
