"""The counter: visits on the left, the chosen one or the form on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.citizen import service
from console.citizen.model import Correction, NewVisit, Personal, Visit, VisitView
from console.citizen.page.acts import CounterActs
from console.citizen.page.facts_panel import FactsPanel
from console.citizen.page.list_panel import ListPanel
from console.citizen.page.parts import Look, PageParts
from console.citizen.page.visit_form import VisitForm
from console.people import service as people
from console.people.model import Right, allowed
from console.ui.background import Asked
from console.ui.keycap import KeyButton
from console.ui.panel import Notice
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate


class CitizenPage(QWidget):
    """N records a visit; E, V, P and C act on the chosen one; Ctrl+F finds. ``refresh`` when a
    visit was written."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._look = Look()
        self._asked: Asked | None = None
        self._after_save = ""
        self._owner = ""
        self.acts = CounterActs(self, parts)
        self.notice = Notice()
        self.list = ListPanel(parts, lambda: self._look)
        self.table = self.list.table
        self.new = KeyButton(translate("Citizen", "New visit"), "N", "primary")
        self.take_in = KeyButton(translate("Citizen", "Import"), "Ctrl+I")
        self.give_out = KeyButton(translate("Citizen", "Export"), "Ctrl+E")
        self.facts = FactsPanel(parts)
        self.form = VisitForm()
        self.form.read.setVisible(parts.read_card is not None)
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """What is shown is read again."""
        self._read_look()
        self.table.refresh()
        self._open(self.table.chosen_row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.writing and str(self._parts.actor()) != self._owner:
            self.form.begin()  # another officer sits here: the first one's draft is kept for him
            self._on_left()
        may = allowed(self._parts.actor(), Right.TAKE_CALLS)
        for button in (self.new, self.take_in, self.give_out):
            button.setEnabled(may and not self.writing)
        self.refresh()
        if self.writing:
            self.form.asked.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.facts.hide_person()

    @property
    def writing(self) -> bool:
        """The form is open."""
        return self.side.currentWidget() is self.form

    @property
    def opened(self) -> Visit | None:
        """The visit whose facts are shown."""
        return self.facts.visit

    def _lay_out(self) -> None:
        for button in (self.give_out, self.take_in, self.new):
            self.list.add_action(button)
        self.side.addWidget(self.facts)
        self.side.addWidget(self.form)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.side)
        self.side.setMinimumWidth(px(420))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addWidget(split)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.table.chosen.connect(self._open)
        self.table.opened.connect(lambda _: self._on_wanted("P"))
        self.table.model.modelReset.connect(self._on_rows)
        self.new.clicked.connect(self._on_new)
        self.take_in.clicked.connect(self._on_import)
        self.give_out.clicked.connect(self._on_export)
        self.facts.wanted.connect(self._on_wanted)
        self.form.left.connect(self._on_left)
        self.form.recorded.connect(self._on_recorded)
        self.form.corrected.connect(self._on_corrected)
        self.form.card_wanted.connect(self._on_card_wanted)
        self.form.draft_ready.connect(lambda told: self.acts.keep_draft(self._owner, told))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def _read_look(self) -> None:
        parts = self._parts

        def read() -> Look:
            now = parts.clock.now()
            with parts.database.read() as connection:
                names = {one.number: one.name for one in people.officers(connection)}
                table = service.table(connection, now)
                return Look(table, names, service.figures(connection, now))

        parts.background.ask(read, self._show_look, self._on_failed, self)

    def _show_look(self, look: Look) -> None:
        if look.table is not self._look.table:
            self.form.offer(look.table)
        self._look = look
        self.facts.use(look)
        self.list.show_figures(look)
        self.table.model.repaint()
        self._open(self.table.chosen_row())

    def _on_rows(self) -> None:
        """The first visit is chosen where none is; the one just saved, where it is listed."""
        rows = self.table.model.rows
        if self._after_save and self.table.choose(self._after_save):
            self._after_save = ""
        elif rows and self.table.chosen_row() is None:
            self.table.choose(rows[0].id)

    def _open(self, visit: Visit | None) -> None:
        if self._asked is not None:
            self._asked.drop()
        if visit is None:
            if not self.table.model.rows:
                self.facts.show_visit(None, "")
            return
        if self.opened is None or self.opened.id != visit.id:
            self.facts.hide_person()
        parts = self._parts

        def read() -> tuple[VisitView, str]:
            with parts.database.read() as connection:
                view = service.visit(connection, visit.id)
            call = view.visit.call_id
            return view, parts.call_number(call) if call is not None else ""

        self._asked = parts.background.ask(
            read, lambda found: self.facts.show_visit(*found), self._on_failed, self
        )

    def _on_new(self) -> None:
        self._write()
        self.form.begin()
        self.acts.find_draft(self._show_draft)

    def _on_card_wanted(self) -> None:
        """The visitor's card is read for this form, and for no other one."""
        read, owner = self._parts.read_card, self._owner
        if read is None:
            return

        def came(name: str, number: str) -> None:
            if self.form.waits_for_card and str(self._parts.actor()) == owner:
                self.form.take_card(name, number)
                self.acts.note_card(number)

        def failed(told: str) -> None:
            if self.form.waits_for_card:
                self.form.card_failed(told)

        read(came, failed)

    def _show_draft(self, draft: dict[str, Any] | None) -> None:
        if draft and self.writing and not self.form.touched:
            self.form.begin(draft)

    def _write(self) -> None:
        self._owner = str(self._parts.actor())
        self.notice.say("")
        self.facts.hide_person()
        self.side.setCurrentWidget(self.form)
        for button in (self.new, self.take_in, self.give_out):
            button.setEnabled(False)

    def _on_left(self) -> None:
        self.side.setCurrentWidget(self.facts)
        may = allowed(self._parts.actor(), Right.TAKE_CALLS)
        for button in (self.new, self.take_in, self.give_out):
            button.setEnabled(may)
        self.table.setFocus()

    def _on_recorded(self, new: NewVisit) -> None:
        def saved(visit_id: str) -> None:
            self.form.begin()
            self._on_left()
            self._after_save = visit_id
            self.list.show_all()
            self.refresh()

        self.acts.record(new, saved, self.form.refused)

    def _on_corrected(self, visit: Visit, told: Correction) -> None:
        def saved() -> None:
            self.form.begin()
            self._on_left()
            self.refresh()

        self.acts.correct(visit, told, saved, self.form.refused)

    def _on_wanted(self, key: str) -> None:
        visit, facts = self.opened, self.facts
        if visit is None or not facts.buttons[key].isEnabled():
            return
        if key == "E":
            self._write()
            self.form.correct(visit)
        elif key == "V":
            self.acts.reveal(visit, self._on_revealed)
        elif key == "P":
            self.acts.print_receipt(visit, self._look, self.refresh)
        else:
            self.acts.make_call(visit, self.refresh)

    def _on_revealed(self, person: Personal) -> None:
        self.facts.show_person(person)
        self.refresh()

    def _on_import(self) -> None:
        from console.citizen.service.exchange import VISITS
        from console.ui.exchange_sheet import ExchangeSheet

        parts = self._parts
        sheet = ExchangeSheet(self, parts.background, parts.database, parts.actor(), VISITS)
        sheet.taken.connect(lambda _count: self.refresh())
        sheet.ask_file()

    def _on_export(self) -> None:
        from console.citizen.service.exchange import VISITS
        from console.ui.exchange_sheet import export_table

        parts = self._parts
        export_table(
            self, parts.background, parts.database, parts.actor(), VISITS, self.acts.tell_exported
        )

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
