"""The page for a store that does not open: what is damaged, which backups there are, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from console.core.damage import Examined
from console.core.restore import Restored
from console.core.salvage import Salvaged
from console.shell.rescue_words import (
    Choice,
    Progress,
    loss_words,
    lost_of,
    state_of,
    tone_of,
    why_of,
)
from console.ui.dialogs import Question, confirm
from console.ui.keycap import KeyButton
from console.ui.moments import age_text
from console.ui.panel import Notice, Panel, label
from console.ui.style import px
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
LOOK_MS = 150
_SHOWN = 6


class RescuePage(QWidget):
    """``restore_chosen(BackupThere)``, ``salvage_chosen``, ``folder_chosen(str)``, ``left`` and, when
    it is done, ``open_chosen``. Who builds the page does the work and tells the page."""

    restore_chosen = Signal(object)
    salvage_chosen = Signal()
    folder_chosen = Signal(str)
    left = Signal()
    open_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setWindowTitle(translate("Rescue", "The database does not open"))
        self.chooser = QFileDialog.getExistingDirectory
        self._progress: Progress | None = None
        self._examined: Examined | None = None
        self.post = ""  # as a good backup names it
        self._over = self._leaving = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._build()
        self._allow()

    # ---- told by who does the work -------------------------------------------------------------
    def begin(self, step: str, changes: bool = False) -> Progress:
        """Something is under way; the buttons wait. Returns where to write how far it is.

        While it ``changes`` the store the page cannot be shut.
        """
        self._progress = Progress(step, changes)
        self.notice.say("")
        self._allow()
        self._look()
        self._timer.start()
        return self._progress

    def show_seen(self, examined: Examined, choices: Sequence[Choice]) -> None:
        """The page says what was found."""
        self._end()
        self._examined = examined
        lines = [f"{pick(one.what)} {pick(one.means)}" for one in examined.found]
        if not lines:
            lines = [
                translate("Rescue", "No damage was found now. Leave this page and start again.")
            ]
        self.damage.setText("\n".join(lines))
        self.can_read.setText(self._readable(examined))
        self.table.show_rows(list(choices))
        good = next((one for one in choices if one.lost is not None), None)
        self.post = good.there.post if good is not None else ""
        if good is not None:
            self.table.choose(good.there.file)
        self._allow()
        self.table.setFocus()

    def failed(self, error: Exception) -> None:
        """It was refused; the page says why and can be tried again."""
        self._end()
        self._allow()
        self.notice.say(say_refusal(error), "alarm")

    def restored(self, done: Restored) -> None:
        """The backup is the store now."""
        told = translate(
            "Rescue",
            "Restored and checked: {rows} rows. {carried} events will be told to the city again. "
            "The damaged files are kept in {folder}.",
        )
        rows, carried = done.checked.manifest.rows, done.carried
        self._done(told.format(rows=rows, carried=carried, folder=done.aside or "–"))

    def salvaged(self, done: Salvaged) -> None:
        """What could be read is the store now."""
        told = translate(
            "Rescue",
            "Salvaged and checked: {records} records. The damaged files are kept in {folder}.",
        )
        lines = [told.format(records=done.records, folder=done.aside)]
        for loss in done.losses[:_SHOWN]:
            lines.append(loss_words(loss.table, loss.lost, loss.exact, loss.orphans))
        if done.breaks:
            gone = translate("Rescue", "The audit trail names the lines that are lost: {lines}.")
            spans = [f"{a}–{b}" if a != b else f"{a}" for a, b in done.breaks[:_SHOWN]]
            lines.append(gone.format(lines=", ".join(spans)))
        self._done("\n".join(lines))

    # ---- the page ------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:
        """The window is shut: the store is left as it is, once nothing is under way any more."""
        if self._busy_changing():
            event.ignore()
            return
        super().closeEvent(event)
        if not self._over and not self._leaving:
            self._leaving = True
            self.left.emit()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(28), px(22), px(28), px(22))
        whole.setSpacing(px(12))
        self.head = label(translate("Rescue", "The database does not open"), "heading")
        whole.addWidget(self.head)
        told = translate(
            "Rescue",
            "Nothing has been changed, and nothing will be deleted: whatever you choose, the damaged "
            "files are kept beside the new ones.",
        )
        self.calm = label(told, "soft", wrap=True)
        whole.addWidget(self.calm)
        hurt = Panel(translate("Rescue", "What is damaged"), margin=12)
        self.damage = label(translate("Rescue", "Looking …"), wrap=True)
        self.can_read = label("", "soft", wrap=True)
        hurt.body.addWidget(self.damage)
        hurt.body.addWidget(self.can_read)
        whole.addWidget(hurt)
        panel = Panel(translate("Rescue", "Backups"))
        self.folder = KeyButton(translate("Rescue", "Look in another folder"), "F", "quiet")
        self.folder.clicked.connect(self._on_folder)
        panel.add_action(self.folder)
        self.table = self._table()
        panel.body.addWidget(self.table, 1)
        whole.addWidget(panel, 1)
        self.doing = label("", "soft")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.notice = Notice()
        for widget in (self.notice, self.doing, self.bar):
            whole.addWidget(widget)
        whole.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.leave = KeyButton(translate("Rescue", "Leave as it is"), "Escape")
        self.salvage = KeyButton(translate("Rescue", "Salvage what can be read"), "S")
        self.restore = KeyButton(translate("Rescue", "Restore this backup"), "Return", "primary")
        self.open = KeyButton(translate("Rescue", "Open the console"), "Return", "primary")
        self.leave.clicked.connect(self.close)
        self.salvage.clicked.connect(self._on_salvage)
        self.restore.clicked.connect(self._on_restore)
        self.open.clicked.connect(self._on_open)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.leave)
        row.addStretch(1)
        for button in (self.salvage, self.restore, self.open):
            row.addWidget(button)
        return row

    def _table(self) -> RowTable[Choice]:
        now = datetime.now(UTC)
        table: RowTable[Choice] = RowTable(
            [
                Column(
                    translate("Rescue", "Made at"),
                    lambda c: f"{c.there.made_at.astimezone():%Y-%m-%d %H:%M}",
                    140,
                ),
                Column(
                    translate("Rescue", "Age"),
                    lambda c: age_text((now - c.there.made_at).total_seconds()),
                    80,
                    right=True,
                ),
                Column(translate("Rescue", "Checked"), state_of, 120, tone=tone_of, tip=why_of),
                Column(translate("Rescue", "Would be lost since"), lost_of, 300, tip=lost_of),
                Column(
                    translate("Rescue", "File"),
                    lambda c: str(c.there.file),
                    tip=lambda c: str(c.there.file),
                ),
            ],
            key=lambda c: c.there.file,
            empty=(
                translate("Rescue", "No backup was found."),
                translate("Rescue", "Look in another folder: perhaps on another disk."),
            ),
        )
        table.chosen.connect(lambda _row: self._allow())
        table.freshness.hide()
        return table

    def _readable(self, examined: Examined) -> str:
        told = examined.survey
        if not examined.found:
            return ""
        if told is None or not examined.can_be_salvaged:
            return translate("Rescue", "No record can be read: only a backup brings the data back.")
        kept = sum(found.kept for found in told.tables.values())
        lines = [translate("Rescue", "Can be read and salvaged: {n} records.").format(n=kept)]
        hurt = [found for found in told.tables.values() if not found.whole]
        for found in hurt[:_SHOWN]:
            lines.append(loss_words(found.shape.name, found.lost, found.exact, 0))
        if len(hurt) > _SHOWN:
            more = translate("Rescue", "… and {n} more tables")
            lines.append(more.format(n=len(hurt) - _SHOWN))
        return "\n".join(lines)

    def _busy_changing(self) -> bool:
        return self._progress is not None and self._progress.changes

    def _allow(self) -> None:
        busy, chosen = self._progress is not None, self.table.chosen_row()
        told = self._examined
        can = told is not None and told.can_be_salvaged and bool(told.knows_post or self.post)
        good = chosen is not None and chosen.lost is not None
        self.restore.setEnabled(good and not busy and not self._over)
        self.salvage.setEnabled(can and not busy and not self._over)
        self.folder.setEnabled(not busy and not self._over)
        self.leave.setEnabled(not self._busy_changing())
        self.open.setEnabled(self._over)
        self.open.setVisible(self._over)
        for button in (self.restore, self.salvage, self.leave):
            button.setVisible(not self._over)
        self.doing.setVisible(busy)
        self.bar.setVisible(busy)

    def _end(self) -> None:
        self._progress = None
        self._timer.stop()

    def _done(self, words: str) -> None:
        self._end()
        self._over = True
        self.table.setEnabled(False)
        self.head.setText(translate("Rescue", "The database opens again"))
        self.calm.hide()
        self.notice.say(words)
        self._allow()
        self.open.setFocus()

    def _look(self) -> None:
        if self._progress is None:
            return
        step, share = self._progress.step, self._progress.share
        words = {
            "pages": translate("Rescue", "Every page of the database is being checked …"),
            "survey": translate("Rescue", "The records that can be read are being counted …"),
            "backups": translate("Rescue", "The backups are being opened and checked …"),
            "restore": translate("Rescue", "The backup is being brought back …"),
            "salvage": translate("Rescue", "The records are being brought over …"),
            "check": translate("Rescue", "The new database is being checked …"),
        }
        self.doing.setText(words.get(step, ""))
        self.bar.setRange(0, 100 if step in ("survey", "salvage", "backups") else 0)
        self.bar.setValue(round(share * 100))

    def _on_folder(self) -> None:
        chosen = self.chooser(self, translate("Rescue", "A folder with backups"), "")
        if chosen:
            self.folder_chosen.emit(chosen)

    def _on_restore(self) -> None:
        row = self.table.chosen_row()
        if row is None or row.lost is None:
            return
        there = row.there
        title = translate("Rescue", "Restore the backup of {time}?")
        text = translate("Rescue", "Lost since then: {lost}. The damaged files are kept.")
        question = Question(
            title.format(time=f"{there.made_at.astimezone():%Y-%m-%d %H:%M}"),
            text.format(lost=lost_of(row)),
            translate("Rescue", "Restore"),
            danger=True,
        )
        confirm(self, question, lambda: self.restore_chosen.emit(there))

    def _on_salvage(self) -> None:
        told = translate(
            "Rescue",
            "A new database is made of every record that can be read; the audit trail says what is "
            "missing. The damaged files are kept.",
        )
        question = Question(
            translate("Rescue", "Salvage what can be read?"), told, translate("Rescue", "Salvage")
        )
        confirm(self, question, self.salvage_chosen.emit)

    def _on_open(self) -> None:
        self._leaving = True
        self.open_chosen.emit()
