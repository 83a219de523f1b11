"""The page of the alarms: what waits, what is put aside, and what to do about the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.alarms import service
from console.alarms.model import Alarm, Device, Kind, Look
from console.alarms.page.chosen_acts import ChosenActs
from console.alarms.page.chosen_panel import ChosenPanel
from console.alarms.page.device_panel import DevicePanel
from console.alarms.page.parts import PageParts, Story
from console.alarms.page.words import columns
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import Tone
from console.ui.tables import RowTable
from console.ui.words import say_refusal

translate = QCoreApplication.translate

REFRESH_MS = 5000


class AlarmsPage(QWidget):
    """The list at the left, the chosen alarm at the right. ``refresh`` at each news of alarms."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._look = Look.OPEN
        self._row = 0
        self._story: Story | None = None
        self.notice = Notice()
        self.panel = Panel(translate("Alarms", "Alarms"))
        self.table: RowTable[Alarm] = RowTable(
            columns(parts.clock.now), lambda alarm: alarm.id, parts.background, self._window
        )
        self.chosen = ChosenPanel(parts.clock.now)
        self._build_buttons()
        self.panel.body.addWidget(self.table)
        self.devices = DevicePanel(parts, self)
        self._acts = ChosenActs(parts, self, self)
        lists = QWidget()
        sides = QHBoxLayout(lists)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(8)
        sides.addWidget(self.panel, 1)
        sides.addWidget(self.chosen)
        self._stack = QStackedWidget()
        self._stack.addWidget(lists)
        self._stack.addWidget(self.devices)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self._connect()
        self._show_look(Look.OPEN)

    def set_pictures(self, widget: QWidget) -> None:
        """What an alarm shows stands under the list."""
        self.panel.body.addWidget(widget)

    def refresh(self) -> None:
        """The list and the chosen alarm are read again, soon."""
        if not self.isVisible():
            return
        if self.devices.isVisible():
            self.devices.refresh()
        else:
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
        self.devices_button = KeyButton(translate("Alarms", "Devices"), "4")
        self.back_button = KeyButton(translate("Alarms", "Alarms"), "1")
        self.panel.add_action(self.test_button)
        for button in self.look_buttons.values():
            button.setCheckable(True)
            self.panel.add_action(button)
        self.panel.add_action(self.devices_button)

    def _connect(self) -> None:
        for look, button in self.look_buttons.items():
            button.clicked.connect(partial(self._show_look, look))
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._acts.enter())
        self.table.model.modelReset.connect(lambda: QTimer.singleShot(0, self, self._keep_place))
        chosen, acts = self.chosen, self._acts
        chosen.acknowledge.clicked.connect(acts.acknowledge)
        chosen.call.clicked.connect(acts.call)
        chosen.shelve.clicked.connect(acts.shelve)
        chosen.clear.clicked.connect(acts.clear)
        chosen.verify.clicked.connect(acts.verify)
        chosen.camera.clicked.connect(acts.camera)
        self.devices.add_action(self.back_button)
        self.devices_button.clicked.connect(self._show_devices)
        self.back_button.clicked.connect(self._show_lists)
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

    def _show_devices(self) -> None:
        self._stack.setCurrentWidget(self.devices)
        self.setFocusProxy(self.devices)
        self.devices.refresh()
        self.devices.table.setFocus()

    def _show_lists(self) -> None:
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self.table)
        self.refresh()
        self.table.setFocus()

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
                self.chosen.show_story(None)
            return
        self._row = self.table.model.position(alarm.id)
        self._read_story()

    def _read_story(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        parts, alarm_id = self._parts, chosen.id

        def read() -> Story:
            now = parts.clock.now()
            with parts.database.read() as connection:
                found = service.alarm(connection, alarm_id, now)
                kind = service.kinds_now(connection, now).of(found.kind)
                lines = service.log_lines(connection, alarm_id)
                alert = None
                if found.kind == Kind.CITY_ALERT:
                    alert = service.alert_of(connection, found)
            camera = None
            if found.lat is not None and found.lon is not None:
                camera = parts.camera_near(found.lat, found.lon)
            return Story(found, kind, lines, parts.natures(), alert, camera)

        parts.background.ask(read, self._show_story, self.on_failed, self)

    def _show_story(self, story: Story) -> None:
        chosen = self.table.chosen_row()
        if chosen is None or chosen.id != story.alarm.id:
            return
        self._story = story
        self.chosen.show_story(story)
        self.chosen.log.show_rows(story.lines)

    def told(self) -> Story | None:
        """The chosen alarm as it was read; None while it is on its way."""
        chosen, story = self.table.chosen_row(), self._story
        return story if chosen is not None and story and story.alarm.id == chosen.id else None

    def chosen_alarm(self) -> Alarm | None:
        """The chosen alarm as the list shows it."""
        return self.table.chosen_row()

    def done(self, told: str) -> None:
        """An act ended well: the status line says so, and everything is read again."""
        self.notice.say("")
        self._parts.say(told, Tone.CALM)
        self.refresh()

    def on_failed(self, error: Exception) -> None:
        """An act was refused or failed: the page says why."""
        self.notice.say(say_refusal(error), "alarm")
        self.refresh()

    def _on_test(self) -> None:
        parts = self._parts

        def read() -> list[Device]:
            with parts.database.read() as connection:
                found = service.devices(connection)
            return [one for one in found if not one.is_silent or one.in_test(parts.clock.now())]

        parts.background.ask(read, self._ask_device, self.on_failed, self)

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
            self._acts.act(lambda actor: service.press(database, actor, device), told)

        ChoiceSheet(self, question, options, press)
