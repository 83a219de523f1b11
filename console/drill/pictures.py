"""Pictures of every page from the screen itself: both sizes, day and night."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from console.app.console import Console

SIZES = ((1920, 1080), (1366, 768))
THEMES = ("day", "night")
SETTLE_MS = 700


class Pictures(QObject):
    """``take`` walks through the pages and calls ``then`` with the files when all are saved."""

    def __init__(self, console: Console, folder: Path) -> None:
        super().__init__()
        self._console = console
        self._folder = folder
        self._files: list[Path] = []
        self._shots = [
            (size, theme, entry.key)
            for size in SIZES
            for theme in THEMES
            for entry in console.entries()
        ]

    def take(self, then: Callable[[list[Path]], None]) -> None:
        """Every picture is taken, one after the other, as the event loop goes on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._then = then
        self._next()

    def _next(self) -> None:
        if not self._shots:
            self._then(self._files)
            return
        (width, height), theme, page = self._shots.pop(0)
        window = self._console.window
        window.resize(width, height)
        window.move(0, 0)
        self._console.appearance.wish(theme)
        window.show_page(page)
        name = f"{page}-{theme}-{width}x{height}.png"
        QTimer.singleShot(SETTLE_MS, self, lambda: self._shoot(self._folder / name))

    def _shoot(self, file: Path) -> None:
        window = self._console.window
        screen = window.screen() or QGuiApplication.primaryScreen()
        box = window.geometry()
        picture = screen.grabWindow(0, box.x(), box.y(), box.width(), box.height())
        if picture.isNull() or not picture.save(str(file)):
            raise OSError(f"the picture {file} could not be saved")
        self._files.append(file)
        self._next()
