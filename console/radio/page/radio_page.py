"""The radio page: channels and talk at the left, crews' radios and the log at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.radio.model import Exchange, Target
from console.radio.page.acts import RadioActs
from console.radio.page.log_panel import LogPanel
from console.radio.page.parts import PageParts
from console.radio.page.reading import Reading, read_room, who_of
from console.radio.page.setting_up import SettingUp
from console.radio.page.talk_panel import TalkPanel
from console.radio.page.words import (
    ChannelRow,
    CrewRadio,
    channel_columns,
    channel_rows,
    crew_columns,
    what_text,
)
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.tables import RowTable
from console.ui.words import say_refusal

translate = QCoreApplication.translate

SECOND_MS = 1000
TALK_MS = 200


class RadioPage(QWidget):
    """``refresh`` at each news of the radio room; ``show_talk`` when only the talk goes on."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._reading: Reading | None = None
        self._calling: Exchange | None = None
        self.acts = RadioActs(parts, self, self)
        self.emergency = Notice()
        self.confirm = KeyButton(translate("Radio", "Confirm"), "E", "danger")
        self.emergency.row.addWidget(self.confirm)
        self.talk = TalkPanel()
        self.channels: RowTable[ChannelRow] = RowTable(
            channel_columns(), lambda row: row.state.channel.id,
            empty=(
                translate("Radio", "No channel is set up"),
                translate("Radio", "Add one with + once a radio stands on the page of the wires."),
            ),
        )  # fmt: skip
        self.crews: RowTable[CrewRadio] = RowTable(
            crew_columns(), lambda row: row.radio.target,
            empty=(
                translate("Radio", "No crew carries a radio that is known here"),
                translate(
                    "Radio", "The technician enters the crews' radios at the wire of the radio (F8)."
                ),
            ),
        )  # fmt: skip
        self.log = LogPanel(parts, self.acts, self._chosen_unit)
        self.setting_up = SettingUp(parts, self.acts, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.crews)

    def refresh(self) -> None:
        """The room and the log are read again, soon."""
        if self.isVisible():
            self._parts.background.ask(
                lambda: read_room(self._parts), self._show, self._on_failed, self
            )
            self.log.refresh()

    def show_talk(self) -> None:
        """Channels and talk, as they stand in memory."""
        reading = self._reading
        if reading is None or not self.isVisible():
            return
        view, clock = self._parts.room.view(), self._parts.clock
        self.channels.show_rows(channel_rows(view, reading.crews, clock.now()))
        self.talk.show_view(view, clock.monotonic())
        self.talk.show_voice(self._parts.voice)
        self._second.setInterval(TALK_MS if view.talk.held else SECOND_MS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def _lay_out(self) -> None:
        self.channel_panel = Panel(translate("Radio", "Channels"))
        self.add_channel = KeyButton("", "+", "quiet")
        self.add_channel.setToolTip(translate("Radio", "New channel"))
        self.edit_channel = KeyButton(translate("Radio", "Change"), "F", "quiet")
        self.table_button = KeyButton(translate("Radio", "Statuses"), "B", "quiet")
        for button in (self.table_button, self.edit_channel, self.add_channel):
            self.channel_panel.add_action(button)
        self.channel_panel.body.addWidget(self.channels)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.channel_panel, 1)
        left.addWidget(self.talk)
        column = QWidget()
        column.setFixedWidth(px(380))
        column.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        crews = Panel(translate("Radio", "Crews' radios"))
        self.text_button = KeyButton(translate("Radio", "Message"), "T", "primary")
        self.status_button = KeyButton(translate("Radio", "Status"), "S")
        self.check_button = KeyButton(translate("Radio", "Radio check"), "K")
        self.group_button = KeyButton(translate("Radio", "Message to the channel"), "M", "quiet")
        for button in (
            self.group_button, self.check_button, self.status_button, self.text_button,
        ):  # fmt: skip
            crews.add_action(button)
        crews.body.addWidget(self.crews)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(crews)
        right.addWidget(self.log)
        right.setSizes([px(250), px(420)])
        sides = QHBoxLayout()
        sides.setSpacing(px(8))
        sides.addWidget(column)
        sides.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(8), px(8), px(8), px(8))
        whole.setSpacing(px(8))
        whole.addWidget(self.emergency)
        whole.addLayout(sides, 1)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._on_confirm)
        self.talk.pressed.connect(self.acts.press)
        self.talk.let_go.connect(self.acts.let_go)
        self.talk.latch.connect(lambda: self.acts.press(latched=True))
        self.talk.recall.connect(self.acts.recall)
        self.talk.devices.connect(self.setting_up.devices)
        self.talk.pedal.clicked.connect(self.setting_up.foot_switch)
        self.channels.opened.connect(lambda row: self.acts.choose(row.state.channel.id))
        self.crews.opened.connect(lambda _: self._to_crew("text"))
        self.crews.chosen.connect(lambda _: self.log.crew_changed())
        self.text_button.clicked.connect(lambda: self._to_crew("text"))
        self.status_button.clicked.connect(lambda: self._to_crew("status"))
        self.check_button.clicked.connect(lambda: self._to_crew("check"))
        self.group_button.clicked.connect(self._to_channel)
        self.add_channel.clicked.connect(self.setting_up.new_channel)
        self.edit_channel.clicked.connect(self._on_edit)
        self.table_button.clicked.connect(self.setting_up.statuses)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.activated.connect(partial(self._choose_number, number))
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._on_second)

    def _on_second(self) -> None:
        self.show_talk()
        self.crews.model.repaint()

    def _show(self, reading: Reading) -> None:
        self._reading = reading
        self.crews.show_rows(reading.radios)
        if reading.radios and self.crews.chosen_row() is None:
            self.crews.choose(reading.radios[0].radio.target)
        calling = reading.view.emergencies
        self._calling = calling[0] if calling else None
        self._tell_emergency(reading)
        for button in (self.text_button, self.status_button, self.check_button):
            button.setEnabled(bool(reading.radios))
        self.group_button.setEnabled(reading.view.chosen_channel is not None)
        self.edit_channel.setEnabled(bool(reading.view.channels))
        self.show_talk()

    def _tell_emergency(self, reading: Reading) -> None:
        line = self._calling
        if line is None:
            self.emergency.say("")
            return
        told = translate("Radio", "{who} calls for help: {what}, {time}, {channel}").format(
            who=who_of(line, reading.crews), what=what_text(line),
            time=moment_text(line.at, self._parts.clock.now()), channel=line.channel or "–",
        )  # fmt: skip
        more = len(reading.view.emergencies) - 1
        if more:
            told += translate("Radio", "; {n} more").format(n=more)
        self.emergency.say(told, "alarm")

    def _on_confirm(self) -> None:
        if self._calling is not None and self._reading is not None:
            self.acts.confirm(self._calling, who_of(self._calling, self._reading.crews))

    def _choose_number(self, number: int) -> None:
        rows = self.channels.model.rows
        if number <= len(rows):
            self.acts.choose(rows[number - 1].state.channel.id)

    def _to_crew(self, what: str) -> None:
        row = self.crews.chosen_row()
        if row is None:
            return
        if what == "text":
            self.acts.text(row.radio.target, row.call_sign)
        elif what == "status":
            self.acts.status(row.radio.target, row.call_sign, row.radio.family)
        else:
            self.acts.check(row.radio.target, row.call_sign)

    def _to_channel(self) -> None:
        chosen = self._parts.room.view().chosen_channel
        if chosen is not None:
            channel = chosen.channel
            to = Target(channel.link_id, channel.group, channel=channel.name)
            self.acts.text(to, channel.name)

    def _on_edit(self) -> None:
        row = self.channels.chosen_row()
        rows = self.channels.model.rows
        chosen = next((one for one in rows if one.chosen), None)
        found = row or chosen
        if found is not None:
            self.setting_up.change_channel(found.state.channel)

    def _chosen_unit(self) -> str:
        row = self.crews.chosen_row()
        return row.radio.unit_id if row is not None else ""

    def _on_failed(self, error: Exception) -> None:
        self.crews.freshness.failed(say_refusal(error))
