"""The alarms' rounds: a pressed button, a terminal's emergency and a city's alert become calls by key."""

from __future__ import annotations

import time
from collections.abc import Callable

from console.alarms.model import Alarm, Kind
from console.alarms.page import AlarmsPage
from console.alarms.page.verify_sheet import VerifySheet
from console.app.console import Console
from console.drill.rounds import Press
from console.ui.dialogs import Sheet

PATIENCE_S = 1.5  # before the same key is pressed again


class AlarmsRound:
    """One alarm of this kind, from what ``raises`` it – a device at its wire, or the city – to its
    call."""

    page = "alarms"

    def __init__(self, kind: Kind, raises: Callable[[], object]) -> None:
        self._kind, self._raises = kind, raises
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
            console.background.ask(self._raises, lambda _: None, None, page)
        alarm = self._alarm(page)
        if alarm is None:  # it may be over, and so off the list, by the time that it is a call
            return bool(self._alarm_id) and self._last[0] == "C"
        self._alarm_id = alarm.id
        if alarm.call_id:
            return True
        self._act(page, press, alarm)
        return False

    def answer(self, sheet: Sheet, press: Press) -> bool:
        """What was found of an alert, by the arrows: the first outcome, that it is so."""
        if not isinstance(sheet, VerifySheet):
            return False
        self._press_once(sheet, press, "Down" if sheet.outcome.currentIndex() < 0 else "Return")
        return True

    def _alarm(self, page: AlarmsPage) -> Alarm | None:
        for row in page.table.model.rows:
            if row.kind == self._kind and (row.id == self._alarm_id or not row.call_id):
                return row
        return None

    def _act(self, page: AlarmsPage, press: Press, alarm: Alarm) -> None:
        chosen = page.table.chosen_row()
        rows = page.table.model
        if chosen is None or chosen.id != alarm.id:
            now = -1 if chosen is None else rows.position(chosen.id)
            press(page, "Down" if rows.position(alarm.id) > now else "Up")
            return
        story = page.told()
        if story is None:
            return
        if story.alert is not None and not story.alert.outcome:
            self._press_once(page, press, "V")
        else:  # seen and made a call by one key: a button that was let go leaves no open line behind
            self._press_once(page, press, "C")

    def _press_once(self, on: AlarmsPage | Sheet, press: Press, key: str) -> None:
        now = time.monotonic()
        if self._last[0] != key or now - self._last[1] > PATIENCE_S:
            self._last = (key, now)
            press(on, key)
