"""The sheet in which a person verifies a city's alert: what the city says, and what he found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.alarms.model import NOTE_CHARS, OUTCOME_WORDS, Alert, Outcome, source_words
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.moments import moment_text
from console.ui.panel import label
from console.ui.style import px
from console.ui.words import pick

translate = QCoreApplication.translate


class VerifySheet(FormSheet):
    """Shows everything that is said of the alert; ``save(outcome, note)`` when it is judged."""

    def __init__(
        self, parent: QWidget, alert: Alert, now: datetime, save: Callable[[str, str], None]
    ) -> None:
        told = translate(
            "Alarms",
            "A lead, not a fact: look at the place or the camera first. That you looked is on record.",
        )
        asked = translate("Alarms", "Is it so? {source}, {place}").format(
            source=pick(source_words(alert.source)), place=alert.place
        )
        super().__init__(parent, Question(asked, told, translate("Alarms", "Save")))
        self.setMinimumWidth(px(480))
        for name, value in said(alert, now):
            self.body.insertWidget(self.body.count() - 1, label(f"{name}  {value}", wrap=True))
        self._save = save
        self.outcome = QComboBox()
        for one, words in OUTCOME_WORDS.items():
            self.outcome.addItem(pick(words), str(one))
        self.outcome.setCurrentIndex(-1)
        self.note = QLineEdit()
        self.note.setMaxLength(NOTE_CHARS)
        self.note.setPlaceholderText(translate("Alarms", "what was seen, and how"))
        self.form.add("outcome", translate("Alarms", "Found"), self.outcome, required=True)
        self.form.add("note", translate("Alarms", "In words"), self.note)
        self.filled.connect(self._on_filled)
        self.open()
        self.outcome.setFocus()

    def _on_filled(self) -> None:
        values = self.form.values()
        self._save(str(Outcome(values["outcome"])), str(values["note"]))


def said(alert: Alert, now: datetime) -> list[tuple[str, str]]:
    """What the city says of the alert: label and value."""
    found = [
        (translate("Alarms", "Seen"), moment_text(alert.seen_at, now)),
        (translate("Alarms", "Holds until"), moment_text(alert.expires_at, now)),
    ]
    if alert.confidence is not None:
        found.append((translate("Alarms", "Confidence"), f"{alert.confidence:.0%}"))
    found += [(name, str(value)) for name, value in (alert.fields or {}).items()]
    if alert.picture:
        found.append((translate("Alarms", "Picture at the city"), f"{alert.picture[:12]}…"))
    return found
