"""The alarms' round: a help pillar is pressed, acknowledged by key and made a call by key."""

from __future__ import annotations

import time

from console.alarms import service
from console.alarms.model import Alarm
from console.alarms.page import AlarmsPage
from console.app.console import Console
from console.core.actor import Actor
from console.drill.rounds import Press

PILLAR = Actor("device", "simulated pillar")
PATIENCE_S = 1.5  # before the same key is pressed again


class AlarmsRound:
    """One pillar's button, as a simulated input, from its press to its call."""

    page = "alarms"

    def __init__(self) -> None:
        self._asked = False
        self._alarm_id = ""
        self._last = ("", 0.0)

    def step(self, console: Console, press: Press) -> bool:
        """True once the alarm is a call."""
        page = console.window.page(self.page)
        if not isinstance(page, AlarmsPage):
            return False
        if not self._asked:
            self._asked = True
            console.background.act(lambda: _press_first(console), self._on_pressed)
        alarm = next((row for row in page.table.model.rows if row.id == self._alarm_id), None)
        if alarm is None:
            return False
        if alarm.call_id:
            return True
        self._act(page, press, alarm)
        return False

    def _act(self, page: AlarmsPage, press: Press, alarm: Alarm) -> None:
        chosen = page.table.chosen_row()
        if chosen is None or chosen.id != alarm.id:
            press(page, "Up")  # it is the most urgent of all
            return
        key = "C" if alarm.acknowledged else "A"
        now = time.monotonic()
        if self._last[0] != key or now - self._last[1] > PATIENCE_S:
            self._last = (key, now)
            press(page, key)

    def _on_pressed(self, alarm_id: str) -> None:
        self._alarm_id = alarm_id


def _press_first(console: Console) -> str:
    database = console.post.database
    with database.read() as connection:
        (device, *_) = service.devices(connection)
    return service.press(database, PILLAR, device.id)
