"""The page of recordings: what was kept, for how long; seen again alone or together; given out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from console.people.model import Right, allowed
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import Notice, Panel
from console.ui.row_model import Column
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import say_refusal
from console.videowall.model import (
    MOST_TOGETHER,
    KeepingRule,
    Recording,
    RecordingId,
    RecordingState,
)
from console.videowall.page.recording_parts import Opened, RecordingParts
from console.videowall.page.recording_steps import RecordingSteps
from console.videowall.page.replay_stage import ReplayStage
from console.videowall.page.replay_words import (
    facts_text,
    length_text,
    recording_face,
    why_text,
)
from console.videowall.service import recordings as acts

translate = QCoreApplication.translate
LIST_PX, STAGE_PX = 520, 860


class RecordingsPage(QWidget):
    """Recordings at the left, the replay at the right. ``news`` when recordings may have changed."""

    def __init__(self, parts: RecordingParts) -> None:
        super().__init__()
        self.parts = parts
        self.marked: dict[RecordingId, Recording] = {}
        self.rule: KeepingRule | None = None
        self._wanted = ""  # what is searched for; read by a worker
        self._call: str | None = None
        self.notice = Notice()
        self.list = Panel(translate("Recordings", "Recordings"))
        self.table = self._make_table()
        self.stage = ReplayStage(parts.wall)
        self.stage.failed.connect(self.failed)
        self.facts = ElidedLabel("soft", greedy=True)
        self.steps = RecordingSteps(self)
        self._build()
        self._lay_out()
        self.setFocusProxy(self.table)
        self.allow()

    def refresh(self) -> None:
        """The list shows the recordings as they are now, soon."""
        database, clock = self.parts.database, self.parts.clock

        def read() -> KeepingRule:
            with database.read() as connection:
                return acts.rule(connection, clock.now())

        self.table.refresh()
        self.parts.background.ask(read, self._on_rule, self.failed, self)

    def news(self) -> None:
        """Recordings may have changed; the page looks when it is seen."""
        if self.isVisible():
            self.table.refresh()

    def show_call(self, call_id: str | None) -> None:
        """Only the recordings of this call; None for all."""
        self._call = call_id
        self.all_button.setVisible(call_id is not None)
        self.table.restart()

    def picked(self) -> list[Recording]:
        """What an act is about: the marked recordings, or the chosen one."""
        if self.marked:
            return list(self.marked.values())
        chosen = self.table.chosen_row()
        return [chosen] if chosen is not None else []

    def unmark(self) -> None:
        """Nothing is marked."""
        self.marked.clear()
        self.table.model.repaint()
        self.allow()

    def open_films(self, opened: Opened) -> None:
        """These films are replayed."""
        self.notice.say("")
        self.unmark()
        self.stage.open_films(opened)
        self.stage.play_button.setFocus()

    def failed(self, error: Exception) -> None:
        """The page says what was refused."""
        self.notice.say(say_refusal(error), "alarm")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def allow(self) -> None:
        """Each button is as what is picked and who sits here allow it."""
        picked, actor = self.picked(), self.parts.actor()
        chosen = self.table.chosen_row()
        takes, leads = allowed(actor, Right.TAKE_CALLS), allowed(actor, Right.CHECK_CALLS)
        kept = bool(picked) and all(one.state is RecordingState.KEPT for one in picked)
        self.mark_button.setEnabled(chosen is not None)
        self.play_button.setEnabled(kept and takes and len(picked) <= MOST_TOGETHER)
        self.hold_button.setEnabled(chosen is not None and (leads if chosen.hold else takes))
        words = translate("Recordings", "Release"), translate("Recordings", "Hold")
        self.hold_button.setText(words[0] if chosen is not None and chosen.hold else words[1])
        self.looks_button.setEnabled(chosen is not None)
        self.export_button.setEnabled(kept and leads)
        runs = chosen is not None and chosen.state is RecordingState.RUNNING
        self.end_button.setEnabled(runs and takes)
        note = translate("Recordings", "{n} marked").format(n=len(self.marked))
        self.list.set_title(translate("Recordings", "Recordings"), note if self.marked else "")

    def _make_table(self) -> RowTable[Recording]:
        empty = (
            translate("Recordings", "No recording here"),
            translate("Recordings", "On the wall, R records the camera that is shown."),
        )
        now = self.parts.clock.now
        columns: list[Column[Recording]] = [
            Column("", lambda one: "■" if one.id in self.marked else "", 24),
            Column(
                translate("Recordings", "State"),
                lambda one: recording_face(one).word,
                88,
                face=recording_face,
            ),
            Column(
                translate("Recordings", "From"),
                lambda one: moment_text(one.began_at or one.asked_at, now()),
                80,
            ),
            Column(translate("Recordings", "Length"), length_text, 56, right=True),
            Column(
                translate("Recordings", "Camera"),
                lambda one: f"{one.camera_number} {one.camera_name}",
            ),
            Column(translate("Recordings", "For"), why_text, 48),
            Column(
                translate("Recordings", "Evidence"),
                lambda one: translate("Recordings", "held") if one.hold else "",
                56,
            ),
        ]
        table: RowTable[Recording] = RowTable(
            columns, lambda one: one.id, self.parts.background, self._window, empty
        )
        table.view.setAccessibleName(translate("Recordings", "Recordings"))
        table.chosen.connect(lambda _: self._on_chosen())
        table.opened.connect(lambda _: self.steps.play())
        table.model.modelReset.connect(self._choose_first)
        table.model.rowsInserted.connect(self._choose_first)
        table.model.dataChanged.connect(lambda *_: self._on_chosen())
        return table

    def _build(self) -> None:
        steps = self.steps
        self.mark_button = KeyButton(translate("Recordings", "Mark"), "M")
        self.play_button = KeyButton(translate("Recordings", "Replay"), "Return", "primary")
        self.hold_button = KeyButton(translate("Recordings", "Hold"), "H")
        self.looks_button = KeyButton(translate("Recordings", "Looks"), "L")
        self.end_button = KeyButton(translate("Recordings", "End"), "S")
        self.export_button = KeyButton(translate("Recordings", "Give out"), "Ctrl+E")
        self.all_button = KeyButton(translate("Recordings", "Show all"), "A")
        self.all_button.hide()
        for button, slot in (
            (self.mark_button, self._on_mark),
            (self.play_button, steps.play),
            (self.hold_button, steps.hold),
            (self.looks_button, steps.looks),
            (self.end_button, steps.end),
            (self.export_button, steps.export),
            (self.all_button, lambda: self.show_call(None)),
        ):
            button.clicked.connect(slot)
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            translate("Recordings", "Find by the camera's number or name (Ctrl+F)")
        )
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        finder = QShortcut(QKeySequence("Ctrl+F"), self)
        finder.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finder.activated.connect(self.search.setFocus)

    def _lay_out(self) -> None:
        for button in (self.mark_button, self.play_button):
            self.list.add_action(button)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 2)
        top.addWidget(self.search, 1)
        top.addWidget(self.all_button)
        foot.setContentsMargins(8, 2, 8, 8)
        for button in (self.hold_button, self.looks_button, self.end_button, self.export_button):
            foot.addWidget(button)
        foot.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(10, 2, 10, 2)
        line.addWidget(self.facts, 1)
        self.list.body.addLayout(top)
        self.list.body.addWidget(self.table, 1)
        self.list.body.addLayout(line)
        self.list.body.addLayout(foot)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.stage)
        split.setStretchFactor(1, 1)
        split.setSizes([px(LIST_PX), px(STAGE_PX)])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(split, 1)

    def _window(self, after: Recording | None, limit: int) -> Sequence[Recording]:
        with self.parts.database.read() as connection:
            return acts.recordings(connection, self._wanted, after, limit, self._call)

    def _on_rule(self, rule: KeepingRule) -> None:
        self.rule = rule
        self._on_chosen()

    def _on_search(self, text: str) -> None:
        self._wanted = text.strip()
        self.table.restart()

    def _choose_first(self) -> None:
        if self.table.chosen_row() is None and self.table.model.rows:
            self.table.choose(self.table.model.rows[0].id)

    def _on_chosen(self) -> None:
        chosen = self.table.chosen_row()
        now = self.parts.clock.now()
        self.facts.show_words(facts_text(chosen, self.rule, now) if chosen is not None else "")
        self.allow()

    def _on_mark(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        if self.marked.pop(chosen.id, None) is None:
            self.marked[chosen.id] = chosen
        self.table.model.repaint()
        rows = self.table.model.rows
        at = next((n for n, one in enumerate(rows) if one.id == chosen.id), 0)
        if at + 1 < len(rows):
            self.table.choose(rows[at + 1].id)
        self.allow()

    def say(self, words: str) -> None:
        """The frame says what was done."""
        self.notice.say("")
        self.parts.say(words, Tone.CALM)
        self.table.refresh()

    def export_told(self, place: Path) -> None:
        """The films were given out."""
        self.unmark()
        self.say(translate("Recordings", "Given out into {folder}").format(folder=place))
