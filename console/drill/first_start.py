"""The first start of a machine without a post: the drill, or setting a post up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication

from console.app.set_up import set_up_post
from console.core import recovery_key, restore
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, finish_mark, read_key, set_up_begun
from console.core.restore import Restored
from console.core.settings_file import write_settings
from console.people import service as people
from console.shell.appearance import Appearance
from console.shell.first_start import FirstStartPage
from console.ui.background import Background
from console.ui.bridge import Bridge

if TYPE_CHECKING:
    from console.upkeep.page.restore_form import RestoreForm

translate = QCoreApplication.translate
DRILL, OPEN = "drill", "open"


def has_last_word(data: Path) -> bool:
    """Whether a set-up that was interrupted only lacked its last word; then it gets it."""
    if not (data / DATABASE_FILE).exists():
        return False
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        with database.read() as connection:
            peopled = any(one.has_secret for one in people.officers(connection))
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
        self.restore: RestoreForm | None = None
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
        self.page.restore_chosen.connect(self._on_restore)
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

    def _on_restore(self) -> None:
        from console.upkeep.page.restore_form import RestoreForm  # brought when it is chosen

        form = self.restore = RestoreForm()
        form.wanted.connect(self._on_wanted)
        form.opened.connect(lambda: self._choose(OPEN))
        form.left.connect(self._on_left)
        self.page.show_instead(form)

    def _on_left(self) -> None:
        if self.restore is not None:
            self.restore.hide()
            self.restore.deleteLater()
            self.restore = None
        self.page.show_choices()

    def _on_wanted(self, file: str, lines: list[str]) -> None:
        form = self.restore
        assert form is not None
        form.busy(translate("FirstStart", "The backup is being checked and brought back …"))
        self._background.ask(
            lambda: bring_back(self._data, Path(file), lines), form.done, form.failed, form
        )


def bring_back(data: Path, file: Path, lines: list[str]) -> Restored:
    """The post of this backup stands in ``data``, opened by the typed key where lines are given.

    A set-up that was begun there and not finished is kept aside; a finished post is never touched.
    """
    typed = recovery_key.key_of(lines) if lines else None
    return restore.restore(
        file, data, SystemClock(), SYSTEM, force=set_up_begun(data), key_file=None, typed=typed
    )


def set_up(data: Path, told: dict[str, Any], language: str) -> None:
    """The post that the first page describes stands in ``data`` with its chief."""

    def fill(database: Database) -> None:
        write_settings(data, {"post_name": str(told["post_name"]), "language": language})
        people.first_officer(database, str(told["number"]), str(told["name"]), str(told["secret"]))

    set_up_post(data, str(told["post_id"]).strip(), fill)
