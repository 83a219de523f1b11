"""The roster's view: the month as a grid, the shift in force beside it; everything by key."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.people.model import Right
from console.roster.model import LeaveKind, month_days, month_end, month_of
from console.roster.page.grid import MonthGrid
from console.roster.page.month_acts import MonthActs
from console.roster.page.month_choices import ask_cell, ask_leave_back, ask_skill, ask_team
from console.roster.page.month_parts import MonthLook, month_look
from console.roster.page.month_sheets import GenerateSheet, LeaveSheet, PublishSheet
from console.roster.page.parts import PageParts
from console.roster.page.today_panel import DutyRow, OfficerPanel, TodayPanel
from console.roster.page.words import why_not
from console.roster.service import today_of
from console.roster.service.exchange import ROSTER
from console.ui.keycap import KeyButton
from console.ui.panel import EmptyState, Panel
from console.ui.style import look as style_look
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate
NEWS_MS = 150
READ_MS = 15_000
SIDE_PX = 300


class MonthView(QWidget):
    """One month of the roster. ``news`` when it may have changed."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self.look: MonthLook | None = None
        self.month = month_of(today_of(parts.clock.now()))
        self._reading = self._again = False
        self.acts = MonthActs(parts, self)
        self.acts.done.connect(self.refresh)
        self.panel = Panel(self.month, freshness=True)
        self.grid = MonthGrid()
        self.grid.setAccessibleName(translate("Roster", "Roster of the month"))
        self.empty = EmptyState(translate("Roster", "Being read…"))
        self.today, self.officer = TodayPanel(), OfficerPanel()
        self._build()
        self.setFocusProxy(self.grid)
        self.grid.chosen.connect(self._on_chosen)
        self.today.table.chosen.connect(self._on_person)
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.refresh)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self.refresh)
        self._allow()

    def news(self) -> None:
        """Something of the roster changed; the view looks soon when it is seen."""
        if self.isVisible() and not self._news.isActive():
            self._news.start()

    def refresh(self) -> None:
        """The view shows how things stand now, soon."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        work = partial(month_look, self._parts, self.month)
        self._parts.background.ask(work, self._show, self._on_unread, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        self.grid.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _build(self) -> None:
        self.before = KeyButton("‹", "[", "quiet")
        self.after = KeyButton("›", "]", "quiet")
        self.before.setAccessibleName(translate("Roster", "Month before"))
        self.after.setAccessibleName(translate("Roster", "Month after"))
        self.generate = KeyButton(translate("Roster", "Generate"), "G")
        self.publish = KeyButton(translate("Roster", "Publish"), "P")
        self.change = KeyButton(translate("Roster", "Change"), "Return", "primary")
        self.take = KeyButton(translate("Roster", "Import"), "Ctrl+I", "quiet")
        self.give = KeyButton(translate("Roster", "Export"), "Ctrl+E", "quiet")
        for button, slot in (
            (self.before, partial(self._turn, -1)),
            (self.after, partial(self._turn, 1)),
            (self.take, self._on_import),
            (self.give, self._on_export),
            (self.generate, self._on_generate),
            (self.publish, self._on_publish),
            (self.change, self._on_change),
        ):
            button.clicked.connect(slot)
            self.panel.add_action(button)
        side = self.officer
        for button, slot in (
            (side.on, partial(self._on_sign, True)),
            (side.off, partial(self._on_sign, False)),
            (side.team, partial(self._on_ask, ask_team)),
            (side.leave, self._on_leave),
            (side.skills, partial(self._on_ask, ask_skill)),
            (side.back, partial(self._on_ask, ask_leave_back)),
        ):
            button.clicked.connect(slot)
        self.panel.body.addWidget(self.grid)
        self.panel.body.addWidget(self.empty)
        self.grid.hide()
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.today, 1)
        right.addWidget(self.officer)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 8, 8, 8)
        across.setSpacing(8)
        across.addWidget(self.panel, 1)
        across.addLayout(right)
        self._measure()
        style_look().changed.connect(self._measure)

    def _measure(self) -> None:
        for panel in (self.today, self.officer):
            panel.setFixedWidth(px(SIDE_PX))

    def _show(self, seen: MonthLook) -> None:
        self._reading = False
        if seen.view.month == self.month:
            had = self.look is not None and self.isAncestorOf(self.focusWidget() or self)
            self.look = seen
            self._tell_title(seen)
            self.grid.show_look(seen)
            some = bool(seen.view.officers)
            self.grid.setVisible(some)
            self.empty.setVisible(not some)
            self.empty.say(translate("Roster", "No officer yet; add officers on F10 first."))
            if some and not had and self.isVisible():
                self.grid.setFocus()
            self.today.show_look(seen)
            if self.panel.freshness is not None:
                self.panel.freshness.fresh(seen.at)
            self._on_chosen()
        self._once_more()

    def _tell_title(self, seen: MonthLook) -> None:
        view = seen.view
        if view.revision is None:
            note = translate("Roster", "not published") if view.cells else ""
            if not view.cells:
                note = translate("Roster", "nothing planned")
        elif view.changed:
            note = translate("Roster", "revision {rev} · {n} changes not published").format(
                rev=view.base_rev, n=len(view.changed)
            )
        else:
            note = translate("Roster", "revision {rev} in force").format(rev=view.base_rev)
        self.panel.set_title(translate("Roster", "Roster {month}").format(month=view.month), note)

    def _on_unread(self, error: Exception) -> None:
        self._reading = False
        if self.panel.freshness is not None:
            self.panel.freshness.failed(say_refusal(error))
        self._once_more()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.refresh()

    def _on_chosen(self) -> None:
        self.officer.show_officer(self.grid.officer(), self.look)
        self._allow()

    def _on_person(self, row: DutyRow | None) -> None:
        if row is not None and self.today.table.view.hasFocus():
            self.grid.choose(row.person.id)

    def _allow(self) -> None:
        """Each button obeys, or says under the pointer why it does not."""
        actor, seen, person = self._parts.actor(), self.look, self.grid.officer()
        manage, use = why_not(actor, Right.MANAGE_UNITS), why_not(actor, Right.SET_UNITS)
        none = "" if person is not None else translate("Roster", "Choose an officer first.")
        here = person is not None and seen is not None and person.id in seen.here
        away = person is not None and seen is not None and bool(seen.leaves_of(person.id))
        on = translate("Roster", "Signed on already.") if here else ""
        off = "" if here else translate("Roster", "Not signed on.")
        free = "" if away else translate("Roster", "No leave in this month.")
        same = ""
        if seen is not None and not seen.view.changed:
            same = translate("Roster", "Nothing to publish.")
        side = self.officer
        for button, reason in (
            (self.take, manage),
            (self.give, ""),
            (self.generate, manage),
            (self.publish, manage or same),
            (self.change, manage or none),
            (side.on, use or none or on),
            (side.off, use or none or off),
            (side.team, manage or none),
            (side.leave, manage or none),
            (side.skills, manage or none),
            (side.back, manage or none or free),
        ):
            button.setEnabled(not reason and seen is not None)
            button.setToolTip(reason)

    def _turn(self, step: int) -> None:
        first = month_days(self.month)[0]
        self.month = month_of(
            first - timedelta(days=1) if step < 0 else month_end(first) + timedelta(days=1)
        )
        self.refresh()

    def _on_generate(self) -> None:
        if self.look is None:
            return

        def save(rotation: str, starts_on: date, teams: list[str]) -> None:
            def made() -> None:
                self.month = month_of(starts_on)
                sheet.accept()
                self.refresh()

            self.acts.generate(rotation, starts_on, teams, made, sheet.refused)

        sheet = GenerateSheet(self, self.look, save)
        sheet.open()

    def _on_publish(self) -> None:
        seen = self.look
        if seen is None:
            return

        def save(reason: str) -> None:
            view = seen.view
            self.acts.publish(view.month, view.base_rev, reason, sheet.accept, sheet.refused)

        sheet = PublishSheet(self, seen, save)
        sheet.open()

    def _on_change(self) -> None:
        if self.look is not None:
            ask_cell(self, self.look, self.grid, self.acts)

    def _on_ask(self, ask: object) -> None:
        person = self.grid.officer()
        if self.look is not None and person is not None and callable(ask):
            ask(self, self.look, person, self.acts)

    def _on_sign(self, on: bool) -> None:
        person = self.grid.officer()
        if person is not None:
            (self.acts.sign_on if on else self.acts.sign_off)(person)

    def _on_leave(self) -> None:
        person, day = self.grid.officer(), self.grid.day()
        if person is None or day is None:
            return

        def save(kind: LeaveKind, span: tuple[date, date], note: str) -> None:
            answer = (sheet.accept, sheet.refused)
            self.acts.add_leave(person.id, kind, span, note, answer)

        sheet = LeaveSheet(self, person, day, save)
        sheet.open()

    def _on_import(self) -> None:
        from console.ui.exchange_sheet import ExchangeSheet

        parts = self._parts
        sheet = ExchangeSheet(self, parts.background, parts.database, parts.actor(), ROSTER)
        sheet.taken.connect(lambda _: self.refresh())
        sheet.ask_file()

    def _on_export(self) -> None:
        from console.ui.exchange_sheet import export_table

        parts = self._parts
        export_table(self, parts.background, parts.database, parts.actor(), ROSTER)
