"""The console's front door: opens the post of this machine, or offers the drill and setting one up."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from console.app.opening import Opening
from console.core.damage_note import is_noted
from console.core.errors import ConsoleError, Refused
from console.core.keyfile import (
    DATABASE_FILE,
    key_id_of,
    read_key,
    set_up_begun,
    try_key,
)
from console.core.ownership import Ownership
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.gridmap.page.port import MapPort
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
        hurt = _hurt(settings)
        with application(language or settings.language) as app:
            return _run(app, settings, hurt)
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


def _hurt(settings: Settings) -> ConsoleError | None:
    """Why the store does not open, where the officer can mend it; anything else is refused."""
    try:
        _try_doors(settings.data)
    except ConsoleError as refused:
        if not _can_be_mended(refused, settings):
            raise
        return refused
    return None


def _can_be_mended(error: ConsoleError, settings: Settings) -> bool:
    from console.app.rescue import can_be_mended

    return can_be_mended(error, settings)


def _try_doors(data: Path) -> None:
    """Refused before anything of a window stands: no key or a wrong one, another console there."""
    try_key(data / DATABASE_FILE, read_key(data))
    ownership = Ownership(data)
    ownership.start()
    ownership.stop()
    if is_noted(data):  # met at work: the officer decides before more is written
        raise Refused("store.damaged")


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


def _run(app: QApplication, settings: Settings, hurt: ConsoleError | None = None) -> int:
    """The exit status of the window. A store that does not open is mended first, by the officer.

    The application quits once, at the end: the map's engine takes its first quit for the last.
    """
    spare: MapPort | None = None
    try:
        while True:
            if hurt is not None and not _rescued(app, settings):
                raise hurt
            gc.disable()  # as in ``begin``
            loop = QEventLoop()
            opening = Opening(app, settings, spare)
            opening.failed.connect(partial(loop.exit, 1))
            opening.start()
            try:
                status = int(loop.exec())
            finally:
                spare = opening.leave_port()
                opening.stop()  # the widgets go before the application
            if opening.error is None:
                return status
            if not _can_be_mended(opening.error, settings):
                raise opening.error
            hurt = opening.error
    finally:
        if spare is not None:
            spare.stop()


def _rescued(app: QApplication, settings: Settings) -> bool:
    """Whether the officer restored or salvaged the store, so that it opens again."""
    from console.app.rescue import Rescue

    rescue, loop = Rescue(app, settings), QEventLoop()
    rescue.over.connect(loop.quit)
    app.setQuitOnLastWindowClosed(False)
    rescue.start()
    try:
        loop.exec()
        return rescue.mended
    finally:
        rescue.stop()
        app.setQuitOnLastWindowClosed(True)
