"""When the store does not open: what is damaged, what can be done, and doing it."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.core import restore
from console.core.actor import Actor
from console.core.backup import Step
from console.core.backups_there import BackupThere, LostSince, list_backups, lost_since
from console.core.clock import SystemClock
from console.core.damage import MENDABLE, Examined, examine_store, looks_damaged
from console.core.damage_note import forget_note
from console.core.errors import ConsoleError
from console.core.keyfile import read_key
from console.core.salvage import Salvaged, salvage
from console.settings import Settings
from console.shell.appearance import Appearance
from console.shell.rescue import RescuePage
from console.shell.rescue_words import Choice
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.upkeep.service.indexes import index_anew


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found: the store, and the backups with what each would lose."""

    examined: Examined
    backups: tuple[Choice, ...]


def can_be_mended(error: ConsoleError, settings: Settings) -> bool:
    """Whether the officer can do something about a store that does not open: with this key there
    are records to salvage, or a good backup."""
    if error.code not in MENDABLE:
        return False
    try:
        return looks_damaged(settings.data) or any(
            one.good for one in list_backups(places(settings), read_key(settings.data))
        )
    except (ConsoleError, OSError):
        return False


def places(settings: Settings) -> list[Path]:
    """Where backups of this post lie."""
    named = [Path(settings.backup_folder)] if settings.backup_folder else []
    return [place for place in (*named, settings.data / "backups") if place.is_dir()]


class Rescue(QObject):
    """The page and what it sets going. ``over`` once the store opens again (``mended``) or was left."""

    over = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self.mended = False
        self.page = RescuePage()
        self._settings = settings
        self._folders = places(settings)
        self._bridge = Bridge()
        self._background = Background(self._bridge, threads=1)
        self._appearance = Appearance(app, settings.theme)

    def start(self) -> None:
        """The page is shown and the store is being looked at."""
        self._appearance.start()
        self._background.start()
        page = self.page
        page.restore_chosen.connect(self._on_restore)
        page.salvage_chosen.connect(self._on_salvage)
        page.folder_chosen.connect(self._on_folder)
        page.left.connect(self.over)
        page.open_chosen.connect(self._on_open)
        page.resize(1280, 760)
        page.show()
        self._look()

    def stop(self) -> None:
        """The page is gone; a restore or salvage under way was finished first."""
        self.page.close()
        self._background.stop(timeout_s=600.0)
        self._bridge.stop()
        self._appearance.stop()
        self.page.deleteLater()

    def _look(self) -> None:
        settings, folders, progress = self._settings, tuple(self._folders), self.page.begin("pages")
        self._background.ask(
            lambda: look(settings, folders, progress),
            lambda seen: self.page.show_seen(seen.examined, seen.backups),
            self.page.failed,
            self.page,
        )

    def _on_folder(self, folder: str) -> None:
        self._folders = [*self._folders, Path(folder)]
        self._look()

    def _on_restore(self, there: BackupThere) -> None:
        data, progress = self._settings.data, self.page.begin("restore", changes=True)

        def work() -> restore.Restored:
            progress("restore", 0.0)
            return restore.restore(
                there.file, data, SystemClock(), rescuer(), force=True, key_file=None
            )

        self._background.act(work, self.page.restored, self.page.failed, self.page)

    def _on_salvage(self) -> None:
        data, post = self._settings.data, self.page.post
        progress = self.page.begin("survey", changes=True)
        self._background.act(
            lambda: bring_over(data, post, progress),
            self.page.salvaged,
            self.page.failed,
            self.page,
        )

    def _on_open(self) -> None:
        self.mended = True
        self.over.emit()


def look(settings: Settings, folders: Sequence[Path], progress: Step) -> Seen:
    """The store and every backup were examined. In a worker: it reads all of them."""
    key = read_key(settings.data)
    examined = examine_store(settings.data, key, progress)
    if not examined.found:
        forget_note(settings.data)
    there = list_backups(folders, key, progress)
    return Seen(examined, tuple(Choice(one, _since(one, examined)) for one in there))


def bring_over(data: Path, post: str, progress: Step) -> Salvaged:
    """The store holds every record that could be read; the search indexes are whole."""
    return salvage(data, SystemClock(), rescuer(), post=post, mend=index_anew, step=progress)


def rescuer() -> Actor:
    """Who restores or salvages: nobody can sign in, so the machine's account is named."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "unknown"
    return Actor("system", f"rescue:{account}")


def _since(one: BackupThere, examined: Examined) -> LostSince | None:
    return lost_since(one, examined) if one.good else None
