"""The console's front door: opens the post of this machine, or offers the drill and setting one up."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from console.app.opening import Opening
from console.core.errors import ConsoleError
from console.core.keyfile import key_id_of
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.settings import SETTINGS_FILE, read_settings
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


def open_console(data: Path, language: str) -> int:
    """The exit status of the window. Refused, in one line, when the post cannot be opened."""
    if key_id_of(data) is None:
        return _first_start(data, language)
    app, opening = begin(data, language)
    try:
        status = int(app.exec())
        if opening.error is not None:
            raise opening.error
        return status
    finally:
        opening.stop()


def begin(data: Path, language: str) -> tuple[QApplication, Opening]:
    """The application, and the console on its way; the event loop is the caller's."""
    gc.disable()  # nothing that the libraries bring is garbage; the console's own collector follows
    settings = read_settings(data)
    app = make_application(language or settings.language)
    opening = Opening(app, settings)
    opening.failed.connect(lambda: app.exit(1))
    opening.start()
    return app, opening


def _first_start(data: Path, language: str) -> int:
    from console.shell.appearance import Appearance
    from console.shell.first_start import FirstStartPage

    app = make_application(language or "zh_CN")
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
    if chosen:
        verb = ["drill"] if chosen == ["drill"] else ["--data", str(data)]
        command = [sys.executable, "-m", "console", "--lang", language or "zh_CN", *verb]
        return subprocess.run(command, check=False).returncode
    return status


def _set_up(data: Path, told: dict[str, Any], language: str) -> None:
    from console.app.post import set_up_post
    from console.core.clock import SystemClock
    from console.core.database import Database
    from console.core.events import EventBus
    from console.core.keyfile import read_key
    from console.people import service as people

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
