"""The console's front door: opens the post of this machine, or offers the drill and setting one up."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from console.app.opening import Opening
from console.core.keyfile import (
    DATABASE_FILE,
    key_id_of,
    read_key,
    set_up_begun,
    try_key,
)
from console.core.ownership import Ownership
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.settings import Settings, read_settings
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
    if is_set_up(data):
        settings = read_settings(data)
        _try_doors(data)
        with application(language or settings.language) as app:
            return _run(app, settings)
    from console.drill.first_start import DRILL, OPEN

    with application(language or "zh_CN") as app:
        status, choice = _ask(app, data, language or "zh_CN")
        if choice == OPEN:
            return _run(app, read_settings(data))
    if choice == DRILL:
        command = [sys.executable, "-m", "console", "--lang", language or "zh_CN", "drill"]
        import subprocess  # here only: at the top it costs every start some milliseconds

        return subprocess.run(command, check=False).returncode
    return status


def _try_doors(data: Path) -> None:
    """Refused before anything of a window stands: no key or a wrong one, another console there."""
    try_key(data / DATABASE_FILE, read_key(data))
    ownership = Ownership(data)
    ownership.start()
    ownership.stop()


def _ask(app: QApplication, data: Path, language: str) -> tuple[int, str]:
    """The exit status of the first page, and what was chosen on it."""
    from console.drill.first_start import FirstStart

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
    from console.drill.first_start import has_last_word

    return has_last_word(data)


def begin(app: QApplication, settings: Settings) -> Opening:
    """The console is on its way; the event loop is the caller's."""
    gc.disable()  # nothing that the libraries bring is garbage; the console's own collector follows
    opening = Opening(app, settings)
    opening.failed.connect(lambda: app.exit(1))
    opening.start()
    return opening


def _run(app: QApplication, settings: Settings) -> int:
    """The exit status of the window; its widgets are gone before the application goes."""
    opening = begin(app, settings)
    try:
        status = int(app.exec())
        if opening.error is not None:
            raise opening.error
        return status
    finally:
        opening.stop()
