"""The page of patrol: which points this shift still owes, and who reached the others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.patrol import service
from console.patrol.model import Due, NewPoint, PointId
from console.patrol.page.parts import Look, PageParts, PointRow, look
from console.patrol.page.point_list import PointList
from console.patrol.page.point_sheet import PointSheet
from console.patrol.page.story_panel import StoryPanel
from console.patrol.page.words import jumps_text, jumps_tip, shift_text, why_not
from console.patrol.service.exchange import POINTS
from console.people.model import Right
from console.ui.dialogs import Question, ask_reason
from console.ui.keycap import KeyButton
from console.ui.panel import Panel, label
from console.ui.pill import Pill
from console.ui.style import Tone, px
from console.ui.style import look as style_look
from console.ui.words import say_refusal

translate = QCoreApplication.translate
READ_MS = 2000
SIDE_PX = 452


class PatrolPage(QWidget):
    """The points of the shift, and the chosen one's story. ``refresh`` when something is new."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._look: Look | None = None
        self._reading = self._again = False
        self.story = StoryPanel(parts)
        self.list = PointList(parts.clock.now)
        self.table = self.list.table
        self.setFocusProxy(self.table)  # the frame gives the keys to the page
        self._build_shift()
        self._lay_out()
        for button, slot in (
            (self.list.add_button, self._on_add),
            (self.story.map_button, self._on_map),
            (self.story.change_button, self._on_change),
            (self.story.retire_button, self._on_retire),
            (self.report_button, self._on_report),
            (self.list.import_button, self._on_import),
            (self.list.export_button, self._on_export),
        ):
            button.clicked.connect(slot)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.story.map_button.click())
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.refresh)
        self._allow()

    @property
    def seen(self) -> Look | None:
        """What the page shows; None until the first look."""
        return self._look

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

    def _build_shift(self) -> None:
        self.shift_panel = Panel(translate("Patrol", "This shift"), margin=10)
        self.progress = label("", "figure")
        self.span = label("", "caption")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.progress)
        row.addWidget(self.span)
        self.jumps = Pill()
        self.jumps.hide()
        row.addWidget(self.jumps)
        row.addStretch(1)
        self.shift_panel.body.addLayout(row)
        self.report_button = KeyButton(translate("Patrol", "Report to the city"), "R")
        self.shift_panel.add_action(self.report_button)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.shift_panel)
        left.addWidget(self.list, 1)
        self._measure()
        style_look().changed.connect(self._measure)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 8, 8, 8)
        across.setSpacing(8)
        across.addLayout(left, 1)
        across.addWidget(self.story)

    def _measure(self) -> None:
        self.story.setFixedWidth(px(SIDE_PX))

    # ---- what it shows -----------------------------------------------------------------------
    def _show(self, seen: Look) -> None:
        self._look = seen
        self._reading = False
        self.progress.setText(
            translate("Patrol", "Reached {met}/{due}").format(met=seen.met, due=seen.due)
        )
        self.span.setText(shift_text(seen.shift, seen.at))
        self.jumps.say(jumps_text(seen.jumps, seen.at), Tone.LATE)
        self.jumps.setToolTip(jumps_tip(seen.jumps, seen.at))
        self.list.show_look(seen)
        self._once_more()

    def _on_unread(self, error: Exception) -> None:
        self._reading = False
        self.table.freshness.failed(say_refusal(error))
        self._once_more()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.refresh()

    def _on_chosen(self, row: PointRow | None) -> None:
        self.story.show_point(row, self._look)
        self._allow()

    def _allow(self) -> None:
        """Each button obeys, or says under the pointer why it does not."""
        actor, row = self._parts.actor(), self.table.chosen_row()
        edit, tell = why_not(actor, Right.EDIT_REFERENCE), why_not(actor, Right.TAKE_CALLS)
        none = "" if row is not None else translate("Patrol", "Choose a point first.")
        over = row is not None and row.point.retired_at is not None
        gone = translate("Patrol", "The point is retired.") if over else ""
        for button, reason in (
            (self.list.add_button, edit),
            (self.list.import_button, edit),
            (self.report_button, tell),
            (self.story.map_button, none or gone),
            (self.story.change_button, edit or none or gone),
            (self.story.retire_button, edit or none or gone),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason)

    # ---- what is done ------------------------------------------------------------------------
    def _on_map(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self._parts.show_on_map(row.point)

    def _on_add(self) -> None:
        parts = self._parts

        def save(told: NewPoint) -> None:
            def added(point_id: PointId) -> None:
                self.list.want(point_id)
                sheet.accept()
                self._done(translate("Patrol", "Point {number} added").format(number=told.number))

            work = partial(service.add_point, parts.database, parts.actor(), told)
            parts.background.act(work, added, sheet.refused, sheet)

        sheet = PointSheet(self, parts, save)
        sheet.open()

    def _on_change(self) -> None:
        row, parts = self.table.chosen_row(), self._parts
        if row is None:
            return
        point = row.point

        def save(told: NewPoint) -> None:
            def changed(_: None) -> None:
                sheet.accept()
                self._done(translate("Patrol", "Point {number} changed").format(number=told.number))

            database, actor = parts.database, parts.actor()
            work = partial(service.change_point, database, actor, point.id, point.rev, told)
            parts.background.act(work, changed, sheet.refused, sheet)

        sheet = PointSheet(self, parts, save, point.told)
        sheet.open()

    def _on_retire(self) -> None:
        row, parts = self.table.chosen_row(), self._parts
        if row is None:
            return
        point = row.point
        told = translate("Patrol", "Point {number} retired").format(number=point.number)

        def retire(why: str) -> None:
            work = partial(service.retire_point, parts.database, parts.actor(), point.id, why)
            parts.background.act(work, lambda _: self._done(told), self._on_refused, self)

        question = Question(
            translate("Patrol", "Retire the point {number}?").format(number=point.number),
            translate("Patrol", "It is due no more; its visits stay. Say why."),
            translate("Patrol", "Retire"),
            danger=True,
            choices=(
                translate("Patrol", "Road closed"),
                translate("Patrol", "No longer a focus of the patrol"),
                translate("Patrol", "Another point takes its place"),
            ),
        )
        ask_reason(self, question, retire)

    def _on_report(self) -> None:
        parts = self._parts

        def reported(found: list[Due]) -> None:
            self._done(
                translate("Patrol", "The city will be told: {met}/{due} reached").format(
                    met=sum(one.met for one in found), due=sum(one.due for one in found)
                )
            )

        work = partial(service.report_coverage, parts.database, parts.actor())
        parts.background.act(work, reported, self._on_refused, self)

    def _on_import(self) -> None:
        from console.ui.exchange_sheet import ExchangeSheet  # its readers only for who reads a file

        parts = self._parts
        sheet = ExchangeSheet(self, parts.background, parts.database, parts.actor(), POINTS)
        sheet.taken.connect(
            lambda count: self._done(
                translate("Patrol", "{count} points added or changed").format(count=count)
            )
        )
        sheet.ask_file()

    def _on_export(self) -> None:
        from console.ui.exchange_sheet import export_table

        def written(rows: int) -> None:
            self._done(translate("Patrol", "{count} points written").format(count=rows))

        parts = self._parts
        export_table(self, parts.background, parts.database, parts.actor(), POINTS, written)

    def _on_refused(self, error: Exception) -> None:
        self._parts.say(say_refusal(error), Tone.ALARM)
        self.refresh()

    def _done(self, told: str) -> None:
        self._parts.say(told, Tone.CALM)
        self.refresh()
