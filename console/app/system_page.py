"""The system page: people, limits, settings, backup, audit, about; a list at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.page.limits_panel import LimitsPanel
from console.people.page import OfficersPanel
from console.roster import service as roster
from console.ui.icons import icon
from console.ui.style import Tone, look, px
from console.ui.words import say_refusal
from console.upkeep import service as upkeep
from console.upkeep.model import BackupStanding, Missing, missing
from console.upkeep.page import (
    AboutPanel,
    AuditPanel,
    BackupPanel,
    MissingNotice,
    SettingsPanel,
    TroubleNotice,
    UpkeepDesk,
    missing_words,
)

if TYPE_CHECKING:
    from console.app.console import Console

translate = QCoreApplication.translate
LIST_PX = 150


class SystemPage(QWidget):
    """One section at a time; above them what the post still lacks."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        post = console.post
        self._console = console
        desk = UpkeepDesk(
            post.database,
            post.settings.data,
            post.clock,
            console.background,
            console.actor,
            lambda: console.session,
            self._standing,
            self._look_again,
        )
        self.people = OfficersPanel(post.database, console.background, lambda: console.session)
        self.limits = LimitsPanel(post.database, post.clock, console.background, console.actor)
        self.settings = SettingsPanel(desk)
        self.backup = BackupPanel(desk)
        self.audit = AuditPanel(desk)
        self.about = AboutPanel(desk)
        self.missing = MissingNotice()
        self.trouble = TroubleNotice()
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self._icons: list[str] = []
        for title, drawing, panel in (
            (translate("System", "People"), "people", self.people),
            (translate("System", "Limits"), "clock", self.limits),
            (translate("System", "Settings"), "system", self.settings),
            (translate("System", "Backup"), "inventory", self.backup),
            (translate("System", "Audit"), "log", self.audit),
            (translate("System", "About"), "info", self.about),
        ):
            self._add(title, drawing, panel)
        self._lay_out()
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.settings.saved.connect(console.use)
        self.settings.saved.connect(lambda _settings: self._on_saved())
        self.stack.currentChanged.connect(lambda _row: self._show_trouble())
        look().changed.connect(self._draw)
        self._draw()
        self.list.setCurrentRow(0)
        self.setFocusProxy(self.list)

    def show_section(self, panel: QWidget) -> None:
        """This section is shown."""
        self.list.setFocus()
        self.list.setCurrentRow(self.stack.indexOf(panel))

    def backups_changed(self) -> None:
        """How the backups stand is said anew."""
        self.backup.backups_changed()
        self._show_trouble()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.people.refresh()
            self._look()
            self._show_trouble()

    def _standing(self) -> BackupStanding:
        post = self._console.post
        return post.backups.snapshot() if post.connected else BackupStanding()

    def _look_again(self) -> None:
        if self._console.post.connected:
            self._console.post.backups.nudge()

    def _on_saved(self) -> None:
        self._look_again()
        self._look()

    def _show_trouble(self) -> None:
        """What is wrong with the backups is said above every section but their own."""
        if self.stack.currentWidget() is self.backup:
            self.trouble.hide()
        else:
            self.trouble.show_standing(self._standing(), self._console.post.clock.now())

    def _add(self, title: str, drawing: str, panel: QWidget) -> None:
        self._icons.append(drawing)
        self.list.addItem(QListWidgetItem(title))
        self.stack.addWidget(panel)

    def _lay_out(self) -> None:
        self.list.setFixedWidth(px(LIST_PX))
        self.list.setIconSize(QSize(px(18), px(18)))
        self.list.setAccessibleName(translate("System", "Sections of the system page"))
        across = QHBoxLayout()
        across.setSpacing(px(6))
        across.addWidget(self.list)
        across.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.trouble)
        column.addWidget(self.missing)
        column.addLayout(across, 1)

    def _draw(self) -> None:
        for row, drawing in enumerate(self._icons):
            self.list.item(row).setIcon(icon(drawing))

    def _look(self) -> None:
        console = self._console
        console.background.ask(
            lambda: lacking(console), self._show_missing, self._settings_failed, self
        )

    def _show_missing(self, found: tuple[Missing, ...]) -> None:
        self.missing.show_missing(found)
        self._console.window.navigation.set_count("system", len(found), Tone.LATE)

    def _settings_failed(self, error: Exception) -> None:
        self.missing.say(say_refusal(error), "alarm")


def advise(console: Console) -> None:
    """Whoever signs in is told in the status line what the post still lacks, if anything."""

    def tell(found: tuple[Missing, ...]) -> None:
        console.window.navigation.set_count("system", len(found), Tone.LATE)
        if found:
            told = translate("System", "{lacking} See System, F10.")
            console.say(told.format(lacking=missing_words(found)), Tone.LATE)

    console.background.ask(lambda: lacking(console), tell, None, console)


def lacking(console: Console) -> tuple[Missing, ...]:
    """What this post still lacks, by its store and its settings file. Off the UI thread."""
    database = console.post.database
    with database.read() as connection:
        crews = len(roster.units(connection))
    settings = upkeep.settings_in_force(console.post.settings.data)
    return missing(settings, crews, not database.ballast.spent)


def recount(console: Console) -> None:
    """The frame shows beside the system page how much the post lacks now."""

    def show(found: tuple[Missing, ...]) -> None:
        console.window.navigation.set_count("system", len(found), Tone.LATE)

    console.background.ask(lambda: lacking(console), show, None, console)
