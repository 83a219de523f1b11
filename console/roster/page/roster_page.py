"""The page of the crews: who is here, what each crew is doing, and what the duty level asks for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.ids import UnitId
from console.people.model import Right
from console.roster.model import DutyLevel, Meaning, NewUnit, Unit
from console.roster.page.acts import RosterActs
from console.roster.page.columns import crew_columns
from console.roster.page.crew_sheet import ClashSheet, CrewSheet
from console.roster.page.duty_panel import DutyPanel, LevelSheet
from console.roster.page.figures_panel import FiguresPanel
from console.roster.page.history_panel import HistoryPanel
from console.roster.page.merge import Clash
from console.roster.page.parts import CrewRow, Look, PageParts, look
from console.roster.page.words import why_not
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, confirm
from console.ui.keycap import KeyButton
from console.ui.panel import Panel
from console.ui.style import look as style_look
from console.ui.style import px
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

TICK_MS = 1000
READ_TICKS = 5
NEWS_MS = 150
SIDE_PX = 312


class RosterPage(QWidget):
    """Crews, figures, duty level and the chosen crew's log. ``news`` when crews may have changed."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._look: Look | None = None
        self._reading = self._again = False
        self._ticks = 0
        self._wanted: UnitId | None = None
        self.acts = RosterActs(parts, self)
        self.acts.done.connect(self.refresh)
        self.figures = FiguresPanel()
        self.duty = DutyPanel()
        self.history = HistoryPanel(parts)
        self.panel = Panel(translate("Roster", "Crews"))
        self.table: RowTable[CrewRow] = RowTable(
            crew_columns(parts.clock.now),
            lambda row: row.id,
            empty=(translate("Roster", "Being read…"), ""),
        )
        self.table.view.setAccessibleName(translate("Roster", "Crews"))
        self._build_buttons()
        self.panel.body.addWidget(self.table)
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.status_button.click())
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self.refresh)
        self._allow()

    def news(self) -> None:
        """Crews may have changed; the page looks soon when it is seen."""
        if self.isVisible() and not self._news.isActive():
            self._news.start()

    def refresh(self) -> None:
        """The page shows how things stand now, soon."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._parts.background.ask(partial(look, self._parts), self._show, self._on_unread, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        left.addWidget(self.figures)
        left.addWidget(self.panel, 1)
        right.addWidget(self.duty)
        right.addWidget(self.history, 1)
        # what is short must never be cut; the log below scrolls
        self.history.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._measure()
        style_look().changed.connect(self._measure)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 8, 8, 8)
        across.setSpacing(8)
        across.addLayout(left, 1)
        across.addLayout(right)

    def _measure(self) -> None:
        for panel in (self.duty, self.history):
            panel.setFixedWidth(px(SIDE_PX))

    def _build_buttons(self) -> None:
        self.status_button = KeyButton(translate("Roster", "Status"), "S", "primary")
        self.on_button = KeyButton(translate("Roster", "Sign on"), "O")
        self.change_button = KeyButton(translate("Roster", "Change"), "Ctrl+E")
        self.add_button = KeyButton(translate("Roster", "Add"), "Insert")
        for button, slot in (
            (self.add_button, self._on_add),
            (self.change_button, self._on_change),
            (self.on_button, self._on_duty),
            (self.status_button, self._on_status),
        ):
            button.clicked.connect(slot)
            self.panel.add_action(button)
        self.duty.switch.clicked.connect(self._on_switch)

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._ticks % READ_TICKS == 0:
            self.refresh()
        self.table.model.repaint()
        self.duty.tick(self._parts.clock.now())
        self._allow()

    def _show(self, seen: Look) -> None:
        self._look = seen
        self._reading = False
        self.table.set_empty(
            translate("Roster", "No crew yet"),
            translate("Roster", "No call can be given to anyone. Press Insert to add a crew."),
        )
        self.table.show_rows(seen.rows)
        self.figures.show_look(seen)
        self.duty.show_look(seen)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        if seen.rows and not self.table.view.selectionModel().hasSelection():
            self.table.choose((self.table.chosen_row() or seen.rows[0]).id)
        self._on_chosen(self.table.chosen_row())
        self._once_more()

    def _on_unread(self, error: Exception) -> None:
        self._reading = False
        self.table.freshness.failed(say_refusal(error))
        self.figures.failed(say_refusal(error))
        self._once_more()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.refresh()

    def _on_chosen(self, row: CrewRow | None) -> None:
        self.history.show_crew(row, self._look)
        self._allow()

    def _allow(self) -> None:
        """Each button obeys, or says under the pointer why it does not."""
        actor, row = self._parts.actor(), self.table.chosen_row()
        manage, use = why_not(actor, Right.MANAGE_UNITS), why_not(actor, Right.SET_UNITS)
        unread = translate("Roster", "The crews are not read yet.") if self._look is None else ""
        none = "" if row is not None else translate("Roster", "Choose a crew first.")
        for button, reason in (
            (self.add_button, manage or unread),
            (self.change_button, manage or unread or none),
            (self.on_button, use or unread or none),
            (self.status_button, use or unread or none),
            (self.duty.switch, why_not(actor, Right.CHECK_CALLS) or unread),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason)
        off = row is not None and row.view.unit.on_duty
        self.on_button.setText(
            translate("Roster", "Sign off") if off else translate("Roster", "Sign on")
        )

    def _on_add(self) -> None:
        if self._look is None:
            return

        def save(new: NewUnit) -> None:
            def added(unit_id: UnitId) -> None:
                self._wanted = unit_id
                sheet.accept()

            self.acts.add(new, added, sheet.refused)

        sheet = CrewSheet(self, self._look, save)
        sheet.open()

    def _on_change(self) -> None:
        row = self.table.chosen_row()
        if row is None or self._look is None:
            return
        base, seen = row.view.unit, self._look

        def save(new: NewUnit) -> None:
            self._change(sheet, base, new, seen)

        sheet = CrewSheet(self, seen, save, base)
        sheet.open()

    def _change(self, sheet: CrewSheet, base: Unit, new: NewUnit, seen: Look) -> None:
        def saved(clash: Clash | None) -> None:
            if clash is None:
                sheet.accept()
                return
            ClashSheet(
                sheet, seen, clash, lambda decided: self._change(sheet, clash.theirs, decided, seen)
            )

        self.acts.change(base, new, saved, sheet.refused)

    def _on_status(self) -> None:
        row, seen = self.table.chosen_row(), self._look
        if row is None or seen is None:
            return
        options = [Option(one.code, pick(one.words)) for one in seen.statuses.values()]
        ChoiceSheet(
            self,
            Question(translate("Roster", "Status of {crew}").format(crew=row.view.unit.call_sign)),
            options,
            lambda code, _: self.acts.set_status(row, seen.statuses[code], seen.undo_s),
        )

    def _on_duty(self) -> None:
        row, seen = self.table.chosen_row(), self._look
        if row is None or seen is None:
            return
        unit, meaning = row.view.unit, row.view.status.meaning
        act = partial(self.acts.set_on_duty, row, not unit.on_duty, seen.undo_s)
        if not (unit.on_duty and meaning in (Meaning.BOUND, Meaning.EMERGENCY)):
            act()
            return
        confirm(
            self,
            Question(
                translate("Roster", "Sign {crew} off although it is {status}?").format(
                    crew=unit.call_sign, status=pick(row.view.status.words)
                ),
                translate("Roster", "Its call stays open, and nobody else is sent by this."),
                translate("Roster", "Sign off"),
                danger=True,
            ),
            act,
        )

    def _on_switch(self) -> None:
        if self._look is None:
            return

        def save(level: DutyLevel, note: str) -> None:
            self.acts.set_level(level, note, sheet.accept, sheet.refused)

        sheet = LevelSheet(self, self._look.standing.level, save)
        sheet.open()
