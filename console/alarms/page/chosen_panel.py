"""The chosen alarm: its facts, its log, and what can be done about it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.alarms.model import Alarm, LogLine, Outcome
from console.alarms.page.parts import Story
from console.alarms.page.words import (
    Now,
    alert_facts,
    camera_fact,
    facts,
    log_columns,
    what_text,
)
from console.ui.keycap import KeyButton
from console.ui.panel import Panel, label
from console.ui.style import px
from console.ui.tables import RowTable

translate = QCoreApplication.translate
MOST_FACTS = 12


class ChosenPanel(Panel):
    """``show_story`` says how it stands; the page connects the buttons."""

    def __init__(self, now: Now) -> None:
        super().__init__(translate("Alarms", "The chosen alarm"), margin=10)
        self._now = now
        self.setFixedWidth(px(368))
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
        self.verify = KeyButton(translate("Alarms", "Verify"), "V")
        self.camera = KeyButton(translate("Alarms", "Look through camera"), "P")
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
        self.body.addStretch(0)
        self.show_story(None)

    def show_story(self, story: Story | None) -> None:
        """The panel tells of this alarm, or that none is chosen."""
        for button in (self.acknowledge, self.call, self.shelve, self.clear):
            button.setVisible(story is not None)
        self.verify.setVisible(story is not None and story.alert is not None)
        self.camera.setVisible(story is not None and story.camera is not None)
        self.log.setVisible(story is not None)
        if story is None:
            self._tell_facts([])
            self.heading.setText(translate("Alarms", "None is chosen"))
            self.advice.setText(translate("Alarms", "Choose one with the arrow keys."))
            return
        alarm, kind, now = story.alarm, story.kind, self._now()
        self.heading.setText(what_text(alarm))
        more = [*camera_fact(story.camera), *alert_facts(story.alert, now)]
        self._tell_facts([*facts(alarm, now), *more])
        shelved = alarm.shelved(now)
        self.acknowledge.setEnabled(not alarm.acknowledged and not alarm.is_test)
        self.verify.setEnabled(
            story.alert is not None and not story.alert.outcome and not story.alert.expired(now)
        )
        self.acknowledge.set_kind("plain" if alarm.acknowledged else "primary")
        self.verify.set_kind("primary" if alarm.acknowledged else "plain")
        self.call.setEnabled(not alarm.is_test and _may_be_a_call(story, now))
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
        self.advice.setText(advice(story, now))

    def _lay_out_buttons(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, px(6), 0, px(2))
        column.setSpacing(px(6))
        pairs = (
            (self.acknowledge, self.call), (self.shelve, self.clear), (self.verify, self.camera),
        )  # fmt: skip
        for pair in pairs:
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


def _may_be_a_call(story: Story, now: datetime) -> bool:
    if story.alarm.call_id or story.alert is None:
        return True
    return story.alert.outcome == Outcome.MATCH and not story.alert.expired(now)


def advice(story: Story, now: datetime) -> str:
    """What to do about it, or why something cannot be done."""
    alarm, kind, alert = story.alarm, story.kind, story.alert
    if not alarm.is_open:
        return translate("Alarms", "It is over; nothing is left to do.")
    if alarm.is_test:
        return translate("Alarms", "Its device is in test mode: it rings nowhere, nobody is told.")
    if not alarm.acknowledged:
        return climb_advice(alarm)
    if alert is not None and not alert.outcome and not alert.expired(now):
        return translate(
            "Alarms", "A person verifies it before anyone is sent; the look is logged."
        )
    if alarm.active and alert is not None:
        return translate("Alarms", "It ends by itself when its time is over.")
    if alarm.active and not kind.hand_clear:
        return translate("Alarms", "It is cleared by itself once the device or crew is back.")
    if alarm.active:
        return translate("Alarms", "When the matter is settled, clear it by hand with the reason.")
    return ""


def climb_advice(alarm: Alarm) -> str:
    """What to do about one that rings."""
    if alarm.escalated:
        return translate("Alarms", "Nobody answers it: tell the chief, and acknowledge it.")
    return translate("Alarms", "It rings until somebody acknowledges it.")
