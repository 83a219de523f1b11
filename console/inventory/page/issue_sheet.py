"""The sheet in which items are handed to an officer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.inventory.model import NOTE_CHARS, Item
from console.inventory.page.acts import several
from console.inventory.page.parts import Look
from console.inventory.service import Handing
from console.ui.dialogs import Question
from console.ui.find_sheet import FindSheet
from console.ui.forms import Form
from console.ui.words import say_refusal

translate = QCoreApplication.translate
HOURS = (2.0, 4.0, 8.0, 12.0, 24.0, 72.0)
LISTED = 6


class IssueSheet(FindSheet):
    """Asks to whom, until when; ``save(handing)`` is called once an officer is marked."""

    def __init__(
        self, parent: QWidget, items: Sequence[Item], look: Look, save: Callable[[Handing], None]
    ) -> None:
        question = Question(
            translate("Inventory", "Issue {what} to…").format(what=several(items)),
            listed(items) if len(items) > 1 else "",
            translate("Inventory", "Issue"),
        )
        hint = translate("Inventory", "Officer: number, name or pinyin initials; or scan the card")
        super().__init__(parent, question, look.holders, hint)
        self._save, self._at = save, look.at
        self.form = Form(2)
        self.due = QComboBox()
        usual = look.rules.due_hours
        for hours in sorted({*HOURS, usual}):
            at = (look.at + timedelta(hours=hours)).astimezone()
            self.due.addItem(due_words(hours, at), hours)
        self.due.setCurrentIndex(self.due.findData(usual))
        self.form.add("due", translate("Inventory", "Due back"), self.due)
        note = QLineEdit()
        note.setMaxLength(NOTE_CHARS)
        self.form.add("note", translate("Inventory", "Note"), note)
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._on_yes)
        self.open()
        self.field.setFocus()

    def refused(self, error: Exception) -> None:
        """The sheet stays open and says why nothing was issued."""
        self.yes.setEnabled(True)
        self.say(say_refusal(error))

    def _on_yes(self) -> None:
        officer = self.answer()
        if officer is None:
            return
        told = self.form.values()
        due_at: datetime = self._at + timedelta(hours=float(told["due"]))
        self.yes.setEnabled(False)  # one answer is enough
        self._save(Handing(officer, due_at, told["note"]))


def due_words(hours: float, at: datetime) -> str:
    """How long, and until when by the clock on the wall."""
    return translate("Inventory", "{n} h, until {time}").format(
        n=f"{hours:g}", time=f"{at:%m-%d %H:%M}"
    )


def listed(items: Sequence[Item]) -> str:
    """The first items by number and name, and how many more."""
    told = [f"{one.number} {one.facts.name}" for one in items[:LISTED]]
    if len(items) > LISTED:
        told.append(translate("Inventory", "and {n} more").format(n=len(items) - LISTED))
    return translate("Inventory", ", ").join(told)
