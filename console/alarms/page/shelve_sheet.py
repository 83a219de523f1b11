"""The sheet in which an alarm is put aside: until when, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from console.alarms.model import REASON_CHARS, Alarm
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.moments import moment_text
from console.ui.words import pick

translate = QCoreApplication.translate

MINUTES = (15, 30, 60, 120, 240, 480, 720, 1440)


class ShelveSheet(FormSheet):
    """Asks for the end and the reason; ``save(until, reason)`` when both are there."""

    def __init__(
        self,
        parent: QWidget,
        alarm: Alarm,
        now: datetime,
        save: Callable[[datetime, str], None],
    ) -> None:
        told = translate(
            "Alarms",
            "Until then it is silent and only stands under “Shelved”. If it lasts, it comes back by itself.",
        )
        asked = translate("Alarms", "Shelve “{what}”?").format(what=pick(alarm.title))
        super().__init__(parent, Question(asked, told, translate("Alarms", "Shelve")))
        self._now, self._save = now, save
        self.until, self.reason = QComboBox(), QComboBox()
        for minutes in MINUTES:
            end = moment_text(now + timedelta(minutes=minutes), now)
            self.until.addItem(f"{end}  ({_length(minutes)})", minutes)
        self.until.setCurrentIndex(MINUTES.index(60))
        self.reason.setEditable(True)
        self.reason.addItems(usual_reasons())
        self.reason.setCurrentIndex(-1)
        line = self.reason.lineEdit()
        assert line is not None
        line.setMaxLength(REASON_CHARS)
        line.setPlaceholderText(translate("Alarms", "arrows choose a usual one, or write your own"))
        self.form.add("reason", translate("Alarms", "Reason"), self.reason, required=True)
        self.form.add("until", translate("Alarms", "Until"), self.until)
        self.filled.connect(self._on_filled)
        self.open()
        self.reason.setFocus()

    def _on_filled(self) -> None:
        values = self.form.values()
        until = self._now + timedelta(minutes=int(values["until"]))
        self._save(until, str(values["reason"]))


def usual_reasons() -> list[str]:
    """Why alarms are put aside on most days."""
    return [
        translate("Alarms", "device under repair"),
        translate("Alarms", "somebody is on the way"),
        translate("Alarms", "known, waits for the supplier"),
        translate("Alarms", "test"),
    ]


def _length(minutes: int) -> str:
    if minutes < 60:
        return translate("Alarms", "{n} min").format(n=minutes)
    return translate("Alarms", "{n} h").format(n=minutes // 60)
