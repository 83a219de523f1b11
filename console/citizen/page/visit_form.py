"""The form of a visit: a new one, or the correction of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from console.citizen.model import (
    Correction,
    NewVisit,
    Personal,
    Visit,
    VisitTable,
    masked_identity,
    masked_name,
)
from console.core.errors import ConsoleError
from console.ui.choice import CAPS
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

TYPED = ("asked", "done", "place", "name", "phone", "id_number")
PERSON = ("name", "phone", "id_number")


class VisitForm(Panel):
    """``recorded(NewVisit)`` or ``corrected(Visit, Correction)`` when it is to be saved, ``left``
    when the officer goes back; ``draft_ready`` carries what has been typed of a new visit.
    ``card_wanted`` when a visitor's card is to be read: of it the form keeps name and number, shows
    them masked, puts them into no draft, and forgets them when it is saved or left."""

    recorded = Signal(object)
    corrected = Signal(object, object)
    left = Signal()
    draft_ready = Signal(dict)
    card_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Citizen", "New visit"), margin=10)
        self.form = Form(columns=2)
        self.kind, self.result = QComboBox(), QComboBox()
        self.asked, self.done = QPlainTextEdit(), QPlainTextEdit()
        self.lines = {name: QLineEdit() for name in ("place", *PERSON, "reason")}
        self.notice = Notice()
        self._was: Visit | None = None
        self._card: tuple[str, str] | None = None  # name and number, as read
        self._build()

    def offer(self, table: VisitTable) -> None:
        """The kinds and results of today stand in the form; digits and letters choose among them."""
        kept = self.form.values()
        for box, entries, blank in (
            (self.kind, table.kinds, False), (self.result, table.results, True),
        ):  # fmt: skip
            box.clear()
            if blank:
                box.addItem("–", "")
            for cap, entry in zip(CAPS, entries.values(), strict=False):
                box.addItem(f"{cap}  {pick(entry.words)}", entry.code)
        self.form.fill({name: kept[name] for name in ("kind", "result")})

    def begin(self, draft: Mapping[str, Any] | None = None) -> None:
        """An empty form for a new visit, or the draft of one, with the keys in its first field."""
        self._was = None
        self.forget_card()
        self._show_kind_of_form()
        self.form.clear()
        self.notice.say("")
        self.result.setCurrentIndex(0)
        if draft and any(draft.get(name) for name in TYPED):
            self.form.restore(dict(draft))
            self.notice.say(
                translate("Citizen", "What you had typed before is back; Esc keeps it for later.")
            )
        self.kind.setFocus()

    def correct(self, visit: Visit) -> None:
        """The visit's words, to be corrected; who came stays masked and only new data are typed."""
        self._was = visit
        self.forget_card()
        self._show_kind_of_form()
        self.form.clear()
        self.notice.say("")
        self.form.fill(
            {name: getattr(visit, name) for name in ("kind", "result", "asked", "done", "place")}
        )
        for name in PERSON:
            masked = getattr(visit.person, name)
            told = translate("Citizen", "stays {masked}").format(masked=masked or "–")
            self.lines[name].setPlaceholderText(told)
            self.lines[name].setEnabled(not visit.forgotten)
        self.asked.setFocus()

    @property
    def waits_for_card(self) -> bool:
        """A card was wanted for what is in the form now, and has not come."""
        return not self.read.isEnabled()

    def take_card(self, name: str, number: str) -> None:
        """The visitor is the one of this card; it is shown masked and saved whole."""
        self._card = (name, number)
        for field, masked in (("name", masked_name(name)), ("id_number", masked_identity(number))):
            self.lines[field].setText(masked)
            self.lines[field].setReadOnly(True)
        self.read.setEnabled(True)
        self.notice.say(translate("Citizen", "Read from the card. Only name and number are kept."))

    def card_failed(self, told: str) -> None:
        """No card was read; the form says why."""
        self.read.setEnabled(True)
        self.notice.say(told, "alarm")

    def forget_card(self) -> None:
        """Nothing of a card is here any more."""
        was, self._card = self._card, None
        for field in ("name", "id_number") if was else ():
            self.lines[field].setReadOnly(False)
            self.lines[field].clear()
        self.read.setEnabled(True)

    @property
    def touched(self) -> bool:
        """Something has been typed into it."""
        values = self.form.values()
        return any(values[name] for name in TYPED)

    def refused(self, error: Exception) -> None:
        """The form says why it was not saved; all that was typed stays."""
        self.save.setEnabled(True)
        self._on_draft(self.form.values())
        if not (isinstance(error, ConsoleError) and self.form.say_refused(error)):
            self.notice.say(say_refusal(error), "alarm")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit or letter in the field of kinds chooses one and goes on to what was asked."""
        if watched is self.kind and isinstance(event, QKeyEvent):
            typed = event.text().upper()
            at = CAPS.find(typed) if len(typed) == 1 else -1
            if event.type() == QEvent.Type.KeyPress and 0 <= at < self.kind.count():
                self.kind.setCurrentIndex(at)
                self.asked.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        add = self.form.add
        add("kind", translate("Citizen", "Kind"), self.kind, required=True)
        add("result", translate("Citizen", "Result"), self.result)
        add("asked", translate("Citizen", "Asked"), self.asked, required=True, wide=True)
        add("done", translate("Citizen", "Done"), self.done, wide=True)
        titles = {
            "place": translate("Citizen", "Place"),
            "name": translate("Citizen", "Visitor"),
            "phone": translate("Citizen", "Phone"),
            "id_number": translate("Citizen", "Id number"),
            "reason": translate("Citizen", "Reason for the correction *"),
        }
        for name, editor in self.lines.items():
            add(name, titles[name], editor, wide=name == "reason")
        self.kind.setPlaceholderText(translate("Citizen", "press its digit or letter"))
        self.kind.installEventFilter(self)
        for words in (self.asked, self.done):
            words.setTabChangesFocus(True)
            words.setFixedHeight(px(76))
        self.form.draft_ready.connect(self._on_draft)
        self.body.addWidget(self.form)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        row = QHBoxLayout()
        self.back = KeyButton(translate("Citizen", "Back"), "Escape", "quiet")
        self.read = KeyButton(translate("Citizen", "Read card"), "Ctrl+R")
        self.save = KeyButton(translate("Citizen", "Save"), "Ctrl+Return", "primary")
        self.read.clicked.connect(self._on_read)
        self.back.clicked.connect(self._on_back)
        self.save.clicked.connect(self._on_save)
        row.addWidget(self.back)
        row.addWidget(self.read)
        row.addWidget(self.save, 1)
        self.body.addLayout(row)
        order: list[QWidget] = [
            self.kind, self.asked, self.done, self.result, *self.lines.values(), self.read,
            self.save, self.back,
        ]  # fmt: skip
        for one, next_one in pairwise(order):
            QWidget.setTabOrder(one, next_one)

    def _show_kind_of_form(self) -> None:
        fresh = self._was is None
        self.set_title(
            translate("Citizen", "New visit")
            if self._was is None
            else translate("Citizen", "Correct {number}").format(number=self._was.number)
        )
        self.save.setEnabled(True)
        self.form.show_field("reason", not fresh)
        for name in PERSON:
            self.lines[name].setEnabled(True)
            self.lines[name].setPlaceholderText("")

    def _on_draft(self, values: dict[str, Any]) -> None:
        saving = not self.save.isEnabled()
        if self._was is None and not saving and any(values.get(name) for name in TYPED):
            values.pop("reason", None)
            if self._card is not None:
                values.update(name="", id_number="")
            self.draft_ready.emit(values)

    def _on_read(self) -> None:
        self.forget_card()
        self.read.setEnabled(False)  # one card at a time
        self.notice.say(translate("Citizen", "Lay the visitor's identity card on the reader."))
        self.card_wanted.emit()

    def _on_back(self) -> None:
        self._on_draft(self.form.values())
        self.forget_card()
        self.left.emit()

    def _on_save(self) -> None:
        needed = [name for name in self.form.missing() if name != "reason"]
        if needed:
            return
        values = self.form.values()
        if self._card is not None:
            values["name"], values["id_number"] = self._card
        self.notice.say("")
        if self._was is not None:
            if not values["reason"]:
                told = translate("Citizen", "Write why it is corrected")
                self.form.say("reason", told)
                self.lines["reason"].setFocus()
                return
            self.save.setEnabled(False)  # one answer is enough
            self.corrected.emit(self._was, _correction(values))
            return
        self.save.setEnabled(False)
        person = Personal(values["name"], values["phone"], values["id_number"])
        new = NewVisit(values["kind"], values["asked"], values["done"], values["result"] or "")
        self.recorded.emit(replace(new, place=values["place"], person=person))


def _correction(values: Mapping[str, Any]) -> Correction:
    """What was typed; an empty field of the person leaves it as it is."""
    return Correction(
        values["reason"], values["kind"], values["asked"], values["done"], values["result"] or "",
        values["place"], *(values[name] or None for name in PERSON),
    )  # fmt: skip
