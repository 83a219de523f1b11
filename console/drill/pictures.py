"""Pictures of every page from the screen itself: both sizes, day and night, with work on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from console.app.console import Console
from console.dispatch.model import CallStatus
from console.drill.keyboard import press

SIZES = ((1920, 1080), (1366, 768))
THEMES = ("day", "night")
SETTLE_MS = 500
LOOK_MS = 200  # apart: two equal looks, and the screen has settled
PATIENCE_MS = 1000  # what moves by itself is taken as it is
PRESS_MS = 350


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its page, the call chosen on the desk, the keys before it and after it."""

    name: str
    page: str
    call: CallStatus | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    settle_ms: int = SETTLE_MS
    then_ms: int = 0  # after the keys


OPENING_MS = {"map": 1200, "wall": 2500}  # a page that fetches its picture first
DESK_SCENES = (
    Scene("desk", "desk", CallStatus.SIGNED),
    Scene("desk-underway", "desk", CallStatus.DEPARTED),
    Scene("desk-feedback", "desk", CallStatus.FIRST_FEEDBACK, ("F",), ("Escape",)),
    Scene("desk-result", "desk", CallStatus.FIRST_FEEDBACK, ("W",), ("Escape",)),
    Scene("desk-intake", "desk", None, ("N",), ("Escape",)),
)
LINKS_SCENES = (
    Scene("links-condition", "links", before=("Down",)),
    Scene("links-frames", "links", before=("Alt+2",)),
    Scene("links-recordings", "links", before=("Alt+3",)),
    Scene("links-order", "links", before=("Alt+4",), after=("Alt+1",)),
)
HEALTH_SCENE = Scene("wall-health", "wall", None, ("Ctrl+H",), ("Ctrl+1",), SETTLE_MS)


# a camera that has stopped sending: the last of the list is made so
WALL_SCENES = (
    Scene("wall-stalled", "wall", None, ("Ctrl+End", "Return"), settle_ms=1500, then_ms=6500),
)


class Pictures(QObject):
    """``take`` walks through the pages and calls ``then`` with the files when all are saved."""

    def __init__(self, console: Console, folder: Path) -> None:
        super().__init__()
        self._console = console
        self._folder = folder
        self._files: list[Path] = []
        pages = [
            Scene(entry.key, entry.key, settle_ms=OPENING_MS.get(entry.key, SETTLE_MS))
            for entry in console.entries()
            if entry.key != "desk"
        ]
        self._shots = [  # what takes long is taken once a size and once a theme
            (size, theme, scene)
            for size in SIZES
            for theme in THEMES
            for scene in (*DESK_SCENES, *pages, *LINKS_SCENES, HEALTH_SCENE, *WALL_SCENES)
            if scene not in WALL_SCENES or (size, theme) in zip(SIZES, THEMES, strict=True)
        ]

    def take(self, then: Callable[[list[Path]], None]) -> None:
        """Every picture is taken, one after the other, as the event loop goes on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._then = then
        self._leave_sheets()
        self._next()

    def _next(self) -> None:
        if not self._shots:
            self._then(self._files)
            return
        (width, height), theme, scene = self._shots.pop(0)
        window = self._console.window
        window.setGeometry(0, 0, width, height)
        self._console.appearance.wish(theme)
        window.show_page(scene.page)
        if scene.page == "desk":
            self._console.desk.queue.setFocus()
            self._choose(scene.call)
        name = f"{scene.name}-{theme}-{width}x{height}.png"
        shoot = partial(self._settle, name, scene, QPixmap(), PATIENCE_MS // LOOK_MS)
        after = partial(self._later, scene.then_ms, shoot) if scene.then_ms else shoot
        self._later(scene.settle_ms, lambda: self._press(scene.before, after))

    def _leave_sheets(self) -> None:
        """No question that was left open stands in the pictures."""
        while (sheet := QApplication.activeModalWidget()) is not None:
            press(sheet, "Escape")
            if QApplication.activeModalWidget() is sheet:
                sheet.close()

    def _settle(self, name: str, scene: Scene, before: QPixmap, looks: int) -> None:
        """The picture is taken once the screen looks as it did a moment ago, or patience ends."""
        seen = self._look()
        if looks and seen.toImage() != before.toImage():
            self._later(LOOK_MS, partial(self._settle, name, scene, seen, looks - 1))
        else:
            self._save(seen, name, scene)

    def _choose(self, status: CallStatus | None) -> None:
        board = self._console.desk.board
        for card in board.cards if board is not None else ():
            if card.call.status is status:
                self._console.desk.choose_call(card.call.id)

    def _press(self, keys: tuple[str, ...], then: Callable[[], None]) -> None:
        """The keys are pressed, each after the screen has followed the one before."""
        if not keys:
            then()
            return
        press(self._front(), keys[0])
        self._later(PRESS_MS, lambda: self._press(keys[1:], then))

    def _front(self) -> QWidget:
        sheet = QApplication.activeModalWidget()
        return sheet if sheet is not None else self._console.window

    def _later(self, wait_ms: int, act: Callable[[], None]) -> None:
        QTimer.singleShot(wait_ms, self, act)

    def _look(self) -> QPixmap:
        window = self._console.window
        screen = window.screen() or QGuiApplication.primaryScreen()
        box = window.geometry()
        return screen.grabWindow(0, box.x(), box.y(), box.width(), box.height())

    def _save(self, picture: QPixmap, name: str, scene: Scene) -> None:
        file = self._folder / name
        if picture.isNull() or not picture.save(str(file)):
            raise OSError(f"the picture {file} could not be saved")
        self._files.append(file)
        self._press(scene.after, self._next)
