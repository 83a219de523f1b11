"""Backups: the last one, a new one now, and a drill that brings one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from console.core.errors import Refused
from console.core.restore import Restored
from console.people.model import RIGHT_WORDS, Right
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel, label
from console.ui.style import px
from console.ui.words import pick, say_refusal
from console.upkeep import service
from console.upkeep.model import LastBackup
from console.upkeep.page.desk import UpkeepDesk
from console.upkeep.page.recovery_sheet import RecoverySheet
from console.upkeep.page.standing_words import StandingLine, TroubleNotice

translate = QCoreApplication.translate
LOOK_MS = 150
AGE_MS = 5000


class Progress:
    """How far a work is: written by its worker, looked at by the panel; ``cancel`` ends it."""

    def __init__(self) -> None:
        self.step, self.share, self.cancelled = "", 0.0, False

    def __call__(self, step: str, share: float) -> None:
        self.step, self.share = step, share
        if self.cancelled:
            raise Refused("backup.cancelled")


class BackupPanel(Panel):
    """What the trail knows of backups, and the buttons that make and rehearse one."""

    def __init__(self, desk: UpkeepDesk) -> None:
        super().__init__(translate("Upkeep", "Backup"), margin=12)
        self._desk = desk
        self._last: LastBackup | None = None
        self._folder: str | None = None  # not read yet
        self._progress: Progress | None = None
        self.standing = StandingLine()
        self.trouble = TroubleNotice()
        self.facts = label("", wrap=True)
        self.notice = Notice()
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setMaximumWidth(px(420))
        self.doing = label("", "soft")
        self.make = KeyButton(translate("Upkeep", "Back up now"), "Ctrl+B", "primary")
        self.drill = KeyButton(translate("Upkeep", "Check by drill restore"), "Ctrl+R")
        self.paper = KeyButton(translate("Upkeep", "Print the recovery key"), "Ctrl+P")
        self.cancel = KeyButton(translate("Upkeep", "Cancel"), "Escape")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._ages = QTimer(self)
        self._ages.setInterval(AGE_MS)
        self._ages.timeout.connect(self.show_standing)
        self._ages.start()
        for button, act in (
            (self.make, self._on_make),
            (self.drill, self._on_drill),
            (self.paper, self._on_paper),
            (self.cancel, self._on_cancel),
        ):
            button.clicked.connect(act)
        self._lay_out()
        self._allow()
        self.show_standing()

    def show_standing(self) -> None:
        """The lamp tells how old the last good backup is, the notice what is wrong."""
        standing = self._desk.standing()
        self.standing.show_standing(standing)
        self.trouble.show_standing(standing, self._desk.clock.now())

    def backups_changed(self) -> None:
        """A backup was made, or failed, by the clock."""
        self.show_standing()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """The panel says what the trail and the settings file say now."""
        database, data = self._desk.database, self._desk.data

        def read() -> tuple[LastBackup | None, str]:
            with database.read() as connection:
                return service.last_backup(connection), service.settings_in_force(
                    data
                ).backup_folder

        self._desk.background.ask(read, lambda told: self._show(*told), self._failed, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def _lay_out(self) -> None:
        told = translate(
            "Upkeep",
            "A backup is one encrypted file with everything of this post but its key. Every page "
            "and every table is checked before the file gets its name. Print the recovery key and "
            "keep the paper apart: without a key no backup can be opened.",
        )
        self.body.setSpacing(px(10))
        self.body.addWidget(label(told, "soft", wrap=True))
        self.body.addWidget(self.standing)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.make, self.drill, self.paper, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.doing)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)

    def _show(self, last: LastBackup | None, folder: str) -> None:
        self._last, self._folder = last, folder
        place = folder or translate("Upkeep", "not set: choose one in Settings")
        lines = [translate("Upkeep", "Backups go to: {folder}").format(folder=place)]
        if last is None:
            lines.append(translate("Upkeep", "No backup was ever made."))
        else:
            lines += self._about(last)
        self.facts.setText("\n".join(lines))
        self._allow()

    def _about(self, last: LastBackup) -> list[str]:
        who = translate("Upkeep", "the clock") if last.scheduled else last.by
        made = translate("Upkeep", "Last backup: {time}, by {who}, {rows} rows, checked when made")
        lines = [
            made.format(
                time=f"{last.made_at.astimezone():%Y-%m-%d %H:%M:%S}", who=who, rows=last.rows
            ),
            translate("Upkeep", "File: {file}").format(file=last.file),
        ]
        if last.rehearsed_at is None:
            lines.append(translate("Upkeep", "Not yet brought back in a drill."))
        else:
            told = translate("Upkeep", "Brought back in a drill: {time}")
            time = f"{last.rehearsed_at.astimezone():%Y-%m-%d %H:%M:%S}"
            lines.append(told.format(time=time))
        if self._desk.standing().same_disk:
            lines.append(
                translate(
                    "Upkeep",
                    "The folder lies on the disk of the post's own data: if that breaks, both are "
                    "lost. Better a disk of its own.",
                )
            )
        return lines

    def _allow(self) -> None:
        may, busy = self._desk.may(Right.MAKE_BACKUP), self._progress is not None
        self.make.setEnabled(may and not busy and self._folder is not None)
        self.paper.setEnabled(may and not busy)
        self.drill.setEnabled(may and not busy and self._last is not None)
        self.cancel.setVisible(busy)
        self.doing.setVisible(busy)
        self.bar.setVisible(busy)
        if not may:
            told = translate("Upkeep", "You have no right to {right}: a technician has it.")
            self.notice.say(told.format(right=pick(RIGHT_WORDS[Right.MAKE_BACKUP])))

    def _on_make(self) -> None:
        desk, actor, folder = self._desk, self._desk.actor(), self._folder or ""
        progress = self._begin()
        self._work(
            lambda: service.make_backup(desk.database, actor, folder, progress),
            lambda file: translate("Upkeep", "Backed up and checked: {file}").format(file=file),
        )

    def _on_paper(self) -> None:
        RecoverySheet(self, self._desk, self.notice.say)

    def _on_drill(self) -> None:
        desk, actor, last = self._desk, self._desk.actor(), self._last
        if last is None:
            return
        self._begin().step = "restore"
        self.cancel.hide()

        def words(done: Restored) -> str:
            told = translate(
                "Upkeep",
                "The drill passed: brought back, opened and checked – {pages} pages, {rows} rows, "
                "{lines} lines of the trail – and removed again.",
            )
            checked = done.checked
            return told.format(
                pages=checked.pages, rows=checked.manifest.rows, lines=checked.audit_lines
            )

        self._work(lambda: service.rehearse(desk.database, actor, last.file), words)

    def _begin(self) -> Progress:
        self.notice.say("")
        self._progress = Progress()
        self._allow()
        self._look()
        self._timer.start()
        return self._progress

    def _work(self, work: Callable[[], Any], words: Callable[[Any], str]) -> None:
        def done(found: Any) -> None:
            self._end()
            self.notice.say(words(found))
            self._desk.look_again()
            self.refresh()

        self._desk.background.ask(work, done, self._failed, self)

    def _on_cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancelled = True
            self.cancel.setEnabled(False)

    def _end(self) -> None:
        self._progress = None
        self._timer.stop()
        self.cancel.setEnabled(True)
        self._allow()

    def _failed(self, error: Exception) -> None:
        self._end()
        self.notice.say(say_refusal(error), "alarm")

    def _look(self) -> None:
        if self._progress is None:
            return
        step, share = self._progress.step, self._progress.share
        words = {
            "copy": translate("Upkeep", "The store is being copied …"),
            "check": translate("Upkeep", "The copy is being checked …"),
            "restore": translate("Upkeep", "The backup is being brought back and checked …"),
        }
        self.doing.setText(words.get(step, translate("Upkeep", "Beginning …")))
        self.bar.setRange(0, 100 if step == "copy" else 0)
        self.bar.setValue(round(share * 100))
