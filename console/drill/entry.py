"""The console's front door: opens the post of this machine, or offers the drill and setting one up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from console.app.console import Console
from console.app.post import Post, set_up_post
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.keyfile import key_id_of, read_key
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.people import service as people
from console.settings import SETTINGS_FILE, read_settings
from console.shell.appearance import Appearance
from console.shell.first_start import FirstStartPage
from console.ui.translation import use_language


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
    if key_id_of(data) is None:
        return _first_start(data, language)
    settings = read_settings(data)
    post = Post(settings)
    with application(language or settings.language) as app:
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


def _first_start(data: Path, language: str) -> int:
    with application(language or "zh_CN") as app:
        status, chosen = _ask(app, data, language)
    if chosen:
        verb = ["drill"] if chosen == "drill" else ["--data", str(data)]
        command = [sys.executable, "-m", "console", "--lang", language or "zh_CN", *verb]
        return subprocess.run(command, check=False).returncode
    return status


def _ask(app: QApplication, data: Path, language: str) -> tuple[int, str]:
    appearance = Appearance(app)
    appearance.start()
    page = FirstStartPage()
    page.resize(1100, 700)
    chosen: list[str] = []

    def drill() -> None:
        chosen.append("drill")
        app.quit()

    def set_up(told: dict[str, Any]) -> None:
        try:
            _set_up(data, told, language or "zh_CN")
        except ConsoleError as refused:
            page.failed(refused)
            return
        chosen.append("open")
        app.quit()

    page.drill_chosen.connect(drill)
    page.set_up.connect(set_up)
    page.show()
    status = int(app.exec())
    page.close()
    appearance.stop()
    return status, "".join(chosen[:1])


def _set_up(data: Path, told: dict[str, Any], language: str) -> None:
    set_up_post(data, str(told["post_id"]))
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        people.first_officer(database, str(told["number"]), str(told["name"]), str(told["secret"]))
    finally:
        database.stop()
    name = str(told["post_name"]).replace("\\", "").replace('"', "")
    text = f'post_name = "{name}"\nlanguage = "{language}"\n'
    (data / SETTINGS_FILE).write_text(text, "utf-8")
