"""The chosen alarm: its facts, its log, and what can be done about it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.alarms.model import Alarm, AlarmKind, LogLine
from console.alarms.page.words import Now, facts, log_columns, what_text
from console.ui.keycap import KeyButton
from console.ui.panel import Panel, label
from console.ui.style import px
from console.ui.tables import RowTable

translate = QCoreApplication.translate
MOST_FACTS = 7


class ChosenPanel(Panel):
    """``show_alarm`` says how it stands; the page connects the buttons."""

    def __init__(self, now: Now) -> None:
        super().__init__(translate("Alarms", "The chosen alarm"), margin=10)
        self.setFixedWidth(px(392))
        self.heading = label("", "heading", wrap=True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.heading)
        self._facts = [(label("", "caption"), label("", wrap=True)) for _ in range(MOST_FACTS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(3))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._facts):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self.body.addLayout(grid)
        self.acknowledge = KeyButton(translate("Alarms", "Acknowledge"), "A", "primary")
        self.call = KeyButton(translate("Alarms", "Make a call"), "C")
        self.shelve = KeyButton(translate("Alarms", "Shelve"), "S")
        self.clear = KeyButton(translate("Alarms", "Clear by hand"), "L")
        self.advice = label("", "small", wrap=True)
        self._lay_out_buttons()
        self.body.addWidget(self.advice)
        self.log: RowTable[LogLine] = RowTable(
            log_columns(now),
            lambda line: line.seq,
            empty=(translate("Alarms", "Nothing is written yet"), ""),
        )
        self.log.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.log, 1)
        self.show_alarm(None, None, None)

    def show_alarm(self, alarm: Alarm | None, kind: AlarmKind | None, now: datetime | None) -> None:
        """The panel tells of this alarm, or that none is chosen."""
        there = alarm is not None and kind is not None and now is not None
        for button in (self.acknowledge, self.call, self.shelve, self.clear):
            button.setVisible(there)
        self.log.setVisible(there)
        if alarm is None or kind is None or now is None:
            self._tell_facts([])
            self.heading.setText(translate("Alarms", "None is chosen"))
            self.advice.setText(translate("Alarms", "Choose one with the arrow keys."))
            return
        self.heading.setText(what_text(alarm))
        self._tell_facts(facts(alarm, now))
        shelved = alarm.shelved(now)
        self.acknowledge.setEnabled(not alarm.acknowledged)
        self.call.setText(
            translate("Alarms", "Show its call")
            if alarm.call_id
            else translate("Alarms", "Make a call")
        )
        self.shelve.setText(
            translate("Alarms", "Off the shelf") if shelved else translate("Alarms", "Shelve")
        )
        self.shelve.setEnabled(alarm.is_open)
        self.clear.setEnabled(alarm.active and kind.hand_clear)
        self.advice.setText(advice(alarm, kind))

    def _lay_out_buttons(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, px(6), 0, px(2))
        column.setSpacing(px(6))
        for pair in ((self.acknowledge, self.call), (self.shelve, self.clear)):
            row = QHBoxLayout()
            row.setSpacing(px(6))
            for button in pair:
                row.addWidget(button, 1)
            column.addLayout(row)
        self.body.addWidget(box)

    def _tell_facts(self, told: list[tuple[str, str]]) -> None:
        for at, (name, value) in enumerate(self._facts):
            there = at < len(told)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                name.setText(told[at][0])
                value.setText(told[at][1])


def advice(alarm: Alarm, kind: AlarmKind) -> str:
    """What to do about it, or why something cannot be done."""
    if not alarm.is_open:
        return translate("Alarms", "It is over; nothing is left to do.")
    if not alarm.acknowledged:
        return translate("Alarms", "It rings until somebody acknowledges it.")
    if alarm.active and not kind.hand_clear:
        return translate("Alarms", "It is cleared by itself once the device or crew is back.")
    if alarm.active:
        return translate("Alarms", "When the matter is settled, clear it by hand with the reason.")
    return ""
