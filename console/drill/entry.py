"""The console's front door: opens the post of this machine, or offers the drill and setting one up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication

from console.app.console import Console
from console.app.post import Post, set_up_post
from console.core.clock import SystemClock
from console.core.database import DATABASE_FILE, Database
from console.core.events import EventBus
from console.core.keyfile import finish_mark, key_id_of, read_key, set_up_begun
from console.core.settings_file import write_settings
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.people import service as people
from console.settings import Settings, read_settings
from console.shell.appearance import Appearance
from console.shell.first_start import FirstStartPage
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.translation import use_language

translate = QCoreApplication.translate
DRILL, OPEN = "drill", "open"


def make_application(language: str) -> QApplication:
    """The Qt application, ready for the map's engine and speaking this language."""
    set_engine_flags()
    register_scheme()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("post-console")
    app.setQuitOnLastWindowClosed(True)
    use_language(app, language)
    return app


@contextmanager
def application(language: str) -> Iterator[QApplication]:
    """The same for a while: it is gone before a display of our own goes, whose loss would end it
    with a failure."""
    app = make_application(language)
    try:
        yield app
    finally:
        app.shutdown()


def open_console(data: Path, language: str) -> int:
    """The exit status of the window. Refused, in one line, when the post cannot be opened."""
    if is_set_up(data):
        settings = read_settings(data)
        with application(language or settings.language) as app:
            return _run(app, settings)
    with application(language or "zh_CN") as app:
        status, choice = _ask(app, data, language or "zh_CN")
        if choice == OPEN:
            return _run(app, read_settings(data))
    if choice == DRILL:
        command = [sys.executable, "-m", "console", "--lang", language or "zh_CN", "drill"]
        return subprocess.run(command, check=False).returncode
    return status


def _ask(app: QApplication, data: Path, language: str) -> tuple[int, str]:
    """The exit status of the first page, and what was chosen on it."""
    first = FirstStart(app, data, language)
    first.chosen.connect(app.quit)
    first.start()
    try:
        return int(app.exec()), first.choice
    finally:
        first.stop()


def is_set_up(data: Path) -> bool:
    """Whether a post stands in this folder. One whose set-up only lacked its last word gets it."""
    if key_id_of(data) is None:
        return False
    if not set_up_begun(data):
        return True
    if not (data / DATABASE_FILE).exists():
        return False
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        with database.read() as connection:
            peopled = bool(people.officers(connection))
    finally:
        database.stop()
    if peopled:
        finish_mark(data)
    return peopled


class FirstStart(QObject):
    """The first page and what it sets going. ``chosen`` once there is a ``choice``."""

    chosen = Signal()

    def __init__(self, app: QApplication, data: Path, language: str) -> None:
        super().__init__()
        self.choice = ""
        self.page = FirstStartPage()
        self._data, self._language = data, language
        self._bridge = Bridge()
        self._background = Background(self._bridge, threads=1)
        self._appearance = Appearance(app)

    def start(self) -> None:
        """The page is shown."""
        self._appearance.start()
        self._background.start()
        self.page.drill_chosen.connect(lambda: self._choose(DRILL))
        self.page.set_up.connect(self._on_set_up)
        if set_up_begun(self._data):
            self.page.unfinished()
        self.page.resize(1100, 700)
        self.page.show()

    def stop(self) -> None:
        """The page is gone and nothing of it runs."""
        self.page.close()
        self._background.stop()
        self._bridge.stop()
        self._appearance.stop()
        self.page.deleteLater()

    def _choose(self, choice: str) -> None:
        self.choice = choice
        self.chosen.emit()

    def _on_set_up(self, told: dict[str, Any]) -> None:
        self.page.busy(translate("FirstStart", "The post is being set up …"))
        self._background.ask(
            lambda: set_up(self._data, told, self._language),
            lambda _done: self._choose(OPEN),
            self.page.failed,
            self.page,
        )


def set_up(data: Path, told: dict[str, Any], language: str) -> None:
    """The post that the first page describes stands in ``data`` with its chief."""

    def fill(database: Database) -> None:
        write_settings(data, {"post_name": str(told["post_name"]), "language": language})
        people.first_officer(database, str(told["number"]), str(told["name"]), str(told["secret"]))

    set_up_post(data, str(told["post_id"]).strip(), fill)


def _run(app: QApplication, settings: Settings) -> int:
    post = Post(settings)
    post.start()
    try:
        return _shown(app, post)
    finally:
        post.stop()


def _shown(app: QApplication, post: Post) -> int:
    """The exit status of the window; its widgets are gone before the application goes."""
    console = Console(app, post)
    console.start()
    try:
        return int(app.exec())
    finally:
        console.stop()
