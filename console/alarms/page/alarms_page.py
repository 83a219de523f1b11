"""The page of the alarms: what waits, what is put aside, and what to do about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.alarms import service
from console.alarms.model import Alarm, AlarmKind, Device, LogLine, Look
from console.alarms.page.chosen_panel import ChosenPanel
from console.alarms.page.shelve_sheet import ShelveSheet
from console.alarms.page.words import columns, what_text
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.words import Words
from console.ui.background import Background
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, ask_text
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import Notice, Panel
from console.ui.style import Tone
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

REFRESH_MS = 5000
MakeCall = Callable[[Actor, str, str], str]


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with.

    ``make_call(actor, alarm id, nature)`` makes the alarm a call in one act and returns
    the call's number; ``natures`` tells what natures are called; both are called off the UI thread.
    ``show_call(call id)`` opens a call on the desk.
    """

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    make_call: MakeCall
    natures: Callable[[], Mapping[str, Words]]
    show_call: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Story:
    """What is read of the chosen alarm."""

    alarm: Alarm
    kind: AlarmKind
    lines: Sequence[LogLine]
    natures: Mapping[str, Words]


class AlarmsPage(QWidget):
    """The list at the left, the chosen alarm at the right. ``refresh`` at each news of alarms."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._look = Look.OPEN
        self._row = 0
        self._story: _Story | None = None
        self.notice = Notice()
        self.panel = Panel(translate("Alarms", "Alarms"))
        self.table: RowTable[Alarm] = RowTable(
            columns(parts.clock.now), lambda alarm: alarm.id, parts.background, self._window
        )
        self.chosen = ChosenPanel(parts.clock.now)
        self._build_buttons()
        self.panel.body.addWidget(self.table)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(8)
        sides.addWidget(self.panel, 1)
        sides.addWidget(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(sides, 1)
        self.setFocusProxy(self.table)
        self._connect()
        self._show_look(Look.OPEN)

    def refresh(self) -> None:
        """The list and the chosen alarm are read again, soon."""
        if self.isVisible():
            self.table.refresh()
            self._read_story()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _build_buttons(self) -> None:
        self.test_button = KeyButton(translate("Alarms", "Simulated press"), "T", "quiet")
        self.look_buttons = {
            Look.OPEN: KeyButton(translate("Alarms", "Open"), "1"),
            Look.SHELVED: KeyButton(translate("Alarms", "Shelved"), "2"),
            Look.TODAY: KeyButton(translate("Alarms", "All of today"), "3"),
        }
        self.panel.add_action(self.test_button)
        for button in self.look_buttons.values():
            button.setCheckable(True)
            self.panel.add_action(button)

    def _connect(self) -> None:
        for look, button in self.look_buttons.items():
            button.clicked.connect(partial(self._show_look, look))
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._on_enter())
        self.table.model.modelReset.connect(lambda: QTimer.singleShot(0, self, self._keep_place))
        chosen = self.chosen
        chosen.acknowledge.clicked.connect(self._on_acknowledge)
        chosen.call.clicked.connect(self._on_call)
        chosen.shelve.clicked.connect(self._on_shelve)
        chosen.clear.clicked.connect(self._on_clear)
        self.test_button.clicked.connect(self._on_test)
        space = QShortcut(QKeySequence("Space"), self)
        space.activated.connect(self.chosen.acknowledge.click)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _show_look(self, look: Look, _: bool = False) -> None:
        self._look = look
        for one, button in self.look_buttons.items():
            button.setChecked(one is look)
        told = {
            Look.OPEN: (
                translate("Alarms", "No alarm is open"),
                translate("Alarms", "Wires, crews and help buttons are watched all the time."),
            ),
            Look.SHELVED: (translate("Alarms", "No alarm is shelved"), ""),
            Look.TODAY: (translate("Alarms", "There was no alarm today"), ""),
        }[look]
        self.table.set_empty(*told)
        self._row = 0
        self.table.refresh()

    def _window(self, after: Alarm | None, limit: int) -> list[Alarm]:
        now = self._parts.clock.now()
        with self._parts.database.read() as connection:
            return service.alarms(connection, self._look, now, after, limit)

    def _keep_place(self) -> None:
        """One is always chosen while there is one: the next when the chosen one has left."""
        rows = self.table.model.rows
        if rows and self.table.chosen_row() is None:
            self.table.choose(rows[min(self._row, len(rows) - 1)].id)
        elif not rows:
            self._on_chosen(None)

    def _on_chosen(self, alarm: Alarm | None) -> None:
        if alarm is None:
            if not self.table.model.rows:
                self._story = None
                self.chosen.show_alarm(None, None, None)
            return
        self._row = self.table.model.position(alarm.id)
        self._read_story()

    def _read_story(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        parts, alarm_id = self._parts, chosen.id

        def read() -> _Story:
            now = parts.clock.now()
            with parts.database.read() as connection:
                found = service.alarm(connection, alarm_id, now)
                kind = service.kinds_now(connection, now).of(found.kind)
                lines = service.log_lines(connection, alarm_id)
            return _Story(found, kind, lines, parts.natures())

        parts.background.ask(read, self._show_story, self._on_failed, self)

    def _show_story(self, story: _Story) -> None:
        chosen = self.table.chosen_row()
        if chosen is None or chosen.id != story.alarm.id:
            return
        self._story = story
        self.chosen.show_alarm(story.alarm, story.kind, self._parts.clock.now())
        self.chosen.log.show_rows(story.lines)

    def _on_enter(self) -> None:
        """The obvious next thing: acknowledge; then the call of what is one, or is to be one."""
        story = self._told()
        if story is None:
            return
        if not story.alarm.acknowledged:
            self._on_acknowledge()
        elif story.alarm.call_id or len(story.kind.natures) == 1:
            self._on_call()

    def _told(self) -> _Story | None:
        """The chosen alarm as it was read; None while it is on its way."""
        chosen, story = self.table.chosen_row(), self._story
        return story if chosen is not None and story and story.alarm.id == chosen.id else None

    def _on_acknowledge(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        told = translate("Alarms", "Acknowledged: {what}").format(what=what_text(chosen))
        self._act(lambda actor: service.acknowledge(self._parts.database, actor, chosen.id), told)

    def _on_call(self) -> None:
        story = self._told()
        if story is None:
            return
        if story.alarm.call_id:
            self._parts.show_call(story.alarm.call_id)
        elif len(story.kind.natures) == 1:
            self._make_call(story.alarm.id, story.kind.natures[0])
        else:
            options = [
                Option(code, f"{code}  {pick(story.natures[code])}")
                for code in story.kind.natures
                if code in story.natures
            ]
            question = Question(
                translate("Alarms", "What kind of call does it become?"), what_text(story.alarm)
            )
            alarm_id = story.alarm.id
            ChoiceSheet(
                self, question, options, lambda nature, _: self._make_call(alarm_id, nature)
            )

    def _make_call(self, alarm_id: str, nature: str) -> None:
        parts, actor = self._parts, self._parts.actor()

        def made(number: str) -> None:
            told = translate("Alarms", "The alarm is now call {number}; Enter shows it.")
            self._done(told.format(number=number))

        parts.background.act(
            lambda: parts.make_call(actor, alarm_id, nature), made, self._on_failed, self
        )

    def _on_shelve(self) -> None:
        story = self._told()
        if story is None:
            return
        alarm, parts, now = story.alarm, self._parts, self._parts.clock.now()
        if alarm.shelved(now):
            told = translate("Alarms", "Off the shelf: {what}").format(what=what_text(alarm))
            self._act(lambda actor: service.unshelve(parts.database, actor, alarm.id), told)
            return

        def save(until: datetime, reason: str) -> None:
            actor = parts.actor()

            def shelved(end: datetime) -> None:
                sheet.accept()
                told = translate("Alarms", "Shelved until {time}: {what}")
                self._done(told.format(time=moment_text(end, now), what=what_text(alarm)))

            parts.background.act(
                lambda: service.shelve(parts.database, actor, alarm.id, until, reason),
                shelved,
                sheet.refused,
                sheet,
            )

        sheet = ShelveSheet(self, alarm, now, save)

    def _on_clear(self) -> None:
        story = self._told()
        if story is None:
            return
        alarm, database = story.alarm, self._parts.database
        question = Question(
            translate("Alarms", "Clear “{what}” by hand?").format(what=what_text(alarm)),
            translate("Alarms", "Write how it ended; it stays in the alarm's log."),
            translate("Alarms", "Clear"),
        )
        told = translate("Alarms", "Cleared: {what}").format(what=what_text(alarm))

        def clear(reason: str) -> None:
            self._act(lambda actor: service.clear_by_hand(database, actor, alarm.id, reason), told)

        ask_text(self, question, clear)

    def _on_test(self) -> None:
        parts = self._parts

        def read() -> list[Device]:
            with parts.database.read() as connection:
                return service.devices(connection)

        parts.background.ask(read, self._ask_device, self._on_failed, self)

    def _ask_device(self, devices: Sequence[Device]) -> None:
        if not devices:
            self.notice.say(translate("Alarms", "No help button is set up yet."), "late")
            return
        question = Question(
            translate("Alarms", "Whose button is to be pressed, as a test?"),
            translate(
                "Alarms", "The alarm says that its input was simulated; the city hears it too."
            ),
            translate("Alarms", "Press"),
        )
        options = [Option(one.id, f"{one.name}  {one.place}") for one in devices]
        database, told = self._parts.database, translate("Alarms", "Pressed, as a test")

        def press(device: str, _: str) -> None:
            self._act(lambda actor: service.press(database, actor, device), told)

        ChoiceSheet(self, question, options, press)

    def _act(self, act: Callable[[Actor], object], told: str) -> None:
        actor = self._parts.actor()
        self._parts.background.act(
            lambda: act(actor), lambda _: self._done(told), self._on_failed, self
        )

    def _done(self, told: str) -> None:
        self.notice.say("")
        self._parts.say(told, Tone.CALM)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
        self.refresh()
