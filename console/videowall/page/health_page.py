"""The page of camera health: the four rates, thirty days of them, and who fails since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.people.model import Right, allowed
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.moments import age_text, moment_text
from console.ui.panel import EmptyState, Notice, Panel
from console.ui.row_model import Column
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import say_refusal
from console.videowall.model.health import Rate
from console.videowall.page.health_cards import RateCards
from console.videowall.page.health_parts import HealthParts, Line, Seen, read
from console.videowall.page.health_sheets import GiveOutSheet, OutageSheet
from console.videowall.page.health_words import advice_text, cause_text, line_face
from console.videowall.service import health

if TYPE_CHECKING:
    from console.videowall.page.health_chart import RatesChart

translate = QCoreApplication.translate
READ_MS = 5000
LIST_PX, CHART_PX = 760, 520


class HealthPage(QWidget):
    """``news`` when a camera's health may have changed; the page looks by itself while it is seen."""

    def __init__(self, parts: HealthParts) -> None:
        super().__init__()
        self._parts = parts
        self.seen: Seen | None = None
        self.chart: RatesChart | None = None
        self._turn = 0
        self.notice = Notice()
        self.head = Panel(translate("CameraHealth", "Today"), freshness=True, margin=8)
        self.cards = RateCards()
        self.head.body.addWidget(self.cards)
        self.list = Panel(translate("CameraHealth", "Cameras that fail"))
        self.table = self._make_table()
        self.advice = ElidedLabel("soft", greedy=True)
        self.chart_panel = Panel(translate("CameraHealth", "Last 30 days"))
        self._chart_empty = EmptyState(translate("CameraHealth", "The chart is being brought…"))
        self.chart_panel.body.addWidget(self._chart_empty, 1)
        self._build_buttons()
        self._lay_out()
        self.setFocusProxy(self.table)
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.refresh)
        self._allow()

    def refresh(self) -> None:
        """The page shows cameras and figures as they are now, soon."""
        self._turn += 1
        turn, parts = self._turn, self._parts

        def show(seen: Seen) -> None:
            if turn == self._turn:
                self._show(seen)

        def failed(error: Exception) -> None:
            if turn == self._turn and self.head.freshness is not None:
                self.head.freshness.failed(say_refusal(error))

        work: Callable[[], Seen] = lambda: read(parts.database, parts.clock.now())  # noqa: E731
        parts.background.ask(work, show, failed, self)

    def news(self) -> None:
        """Something may have changed; the page looks when it is seen."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.patrol.nudge()  # who looks has today's figures now
        self.refresh()
        self._timer.start()
        if self.chart is None:
            self._bring_chart()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _make_table(self) -> RowTable[Line]:
        empty = (
            translate("CameraHealth", "Being read…"),
            "",
        )
        now = self._parts.clock.now
        columns: list[Column[Line]] = [
            Column(translate("CameraHealth", "Fails"), lambda line: "", 92, face=line_face),
            Column(
                translate("CameraHealth", "Camera"),
                lambda line: f"{line.camera.number} {line.camera.name}",
            ),
            Column(translate("CameraHealth", "What is wrong"), cause_text),
            Column(
                translate("CameraHealth", "Since"), lambda line: moment_text(line.since, now()), 92
            ),
            Column(
                translate("CameraHealth", "For"),
                lambda line: age_text((now() - line.since).total_seconds()),
                64,
                right=True,
            ),
        ]
        table: RowTable[Line] = RowTable(columns, lambda line: line.key, empty=empty)
        table.view.setAccessibleName(translate("CameraHealth", "Cameras that fail"))
        table.freshness.hide()  # the head says it for the whole page
        table.chosen.connect(lambda _: self._allow())
        table.opened.connect(lambda _: self._on_wall())
        return table

    def _build_buttons(self) -> None:
        self.wall_button = KeyButton(translate("CameraHealth", "On the wall"), "Return", "primary")
        self.map_button = KeyButton(translate("CameraHealth", "On the map"), "M")
        self.look_button = KeyButton(translate("CameraHealth", "Look now"), "L")
        self.right_button = KeyButton(translate("CameraHealth", "Position right"), "G")
        self.wrong_button = KeyButton(translate("CameraHealth", "Position wrong"), "B")
        self.outage_button = KeyButton(translate("CameraHealth", "Plan outage"), "O")
        self.export_button = KeyButton(translate("CameraHealth", "Export"), "Ctrl+E")
        for button, slot in (
            (self.wall_button, self._on_wall),
            (self.map_button, self._on_map),
            (self.look_button, self._on_look),
            (self.right_button, lambda: self._on_place(True)),
            (self.wrong_button, lambda: self._on_place(False)),
            (self.outage_button, self._on_outage),
            (self.export_button, self._on_export),
        ):
            button.clicked.connect(lambda _=False, slot=slot: slot())

    def _lay_out(self) -> None:
        self.head.add_action(self.export_button)
        self.list.add_action(self.map_button)
        self.list.add_action(self.wall_button)
        line, foot = QHBoxLayout(), QHBoxLayout()
        line.setContentsMargins(10, 4, 10, 2)
        line.addWidget(self.advice, 1)
        foot.setContentsMargins(8, 2, 8, 8)
        foot.setSpacing(8)
        for button in (self.look_button, self.right_button, self.wrong_button, self.outage_button):
            foot.addWidget(button)
        foot.addStretch(1)
        self.list.body.setSpacing(0)
        self.list.body.addWidget(self.table, 1)
        self.list.body.addLayout(line)
        self.list.body.addLayout(foot)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.chart_panel)
        split.setStretchFactor(0, 1)
        split.setSizes([px(LIST_PX), px(CHART_PX)])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.head)
        column.addWidget(split, 1)

    def _bring_chart(self) -> None:
        """The library of charts takes a moment to load: in a worker, and not before it is needed."""

        def bring() -> Callable[[], RatesChart]:
            from console.videowall.page.health_chart import RatesChart

            return RatesChart

        def put(make: Callable[[], RatesChart]) -> None:
            if self.chart is None:
                self.chart = make()
                self._chart_empty.setVisible(False)
                self.chart_panel.body.insertWidget(0, self.chart, 1)
                if self.seen is not None:
                    self.chart.show_seen(self.seen)

        self._parts.background.ask(bring, put, None, self)

    def _show(self, seen: Seen) -> None:
        changed = self.seen is None or self.seen.figures != seen.figures
        self.seen = seen
        self.cards.show_seen(seen)
        looked = self._parts.patrol.looks_at
        note = translate("CameraHealth", "Each is to be {n} % at least.").format(
            n=seen.rule.bar_percent
        )
        if looked is not None:
            going = translate("CameraHealth", "The patrol looks at {camera} …")
            note = f"{note}  {going.format(camera=f'{looked.number} {looked.name}')}"
        self.head.set_title(translate("CameraHealth", "Today"), note)
        self._show_list(seen)
        if self.chart is not None and changed:
            self.chart.show_seen(seen)
        if self.head.freshness is not None:
            self.head.freshness.fresh(seen.at)

    def _show_list(self, seen: Seen) -> None:
        if not seen.cameras:
            self.table.set_empty(
                translate("CameraHealth", "There is nothing to judge yet"),
                translate("CameraHealth", "Cameras are added on the wall with N, or as a list with Ctrl+I."),
            )  # fmt: skip
        else:
            self.table.set_empty(
                translate("CameraHealth", "No camera fails"),
                translate("CameraHealth", "A patrol looks at those that nobody has on the wall."),
            )
        self.table.show_rows(seen.lines)
        failing = {line.camera.id for line in seen.lines if line.rate is not None}
        off = sum(line.rate is None for line in seen.lines)
        note = translate("CameraHealth", "{n} cameras").format(n=len(failing))
        if off:
            planned = translate("CameraHealth", "{n} off by plan").format(n=off)
            note = f"{note} · {planned}"
        self.list.set_title(translate("CameraHealth", "Cameras that fail"), note)
        if self.table.chosen_row() is None and seen.lines:
            self.table.choose(seen.lines[0].key)
        self._allow()

    def _allow(self) -> None:
        """Each button is as the chosen line and who sits here allow it."""
        line, takes = self.table.chosen_row(), allowed(self._parts.actor(), Right.TAKE_CALLS)
        chosen = line is not None
        off = line is not None and line.rate is None
        placed = line is not None and line.rate is Rate.PLACED
        for button in (self.wall_button, self.map_button):
            button.setEnabled(chosen)
        self.look_button.setEnabled(chosen and not off)
        for button in (self.right_button, self.wrong_button):
            button.setEnabled(placed and takes)
        self.outage_button.setEnabled(chosen and takes)
        ends = translate("CameraHealth", "End outage")
        self.outage_button.setText(ends if off else translate("CameraHealth", "Plan outage"))
        self.export_button.setEnabled(self.seen is not None)
        self.advice.show_words(advice_text(line, self._parts.clock.now()))

    def _on_wall(self) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._parts.on_wall(line.camera.id)

    def _on_map(self) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._parts.on_map(line.camera)

    def _on_look(self) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._parts.patrol.look_at(line.camera.id)
            told = translate("CameraHealth", "The patrol looks at {camera} next.")
            self._parts.say(told.format(camera=line.camera.number), Tone.CALM)

    def _on_place(self, right: bool) -> None:
        line = self.table.chosen_row()
        if line is None:
            return
        parts, actor, camera_id = self._parts, self._parts.actor(), line.camera.id
        told = (
            translate("CameraHealth", "{camera}: position checked, right.")
            if right
            else translate("CameraHealth", "{camera}: position checked, wrong.")
        ).format(camera=line.camera.number)
        self._act(lambda: health.check_place(parts.database, actor, camera_id, right), told)

    def _on_outage(self) -> None:
        line, parts = self.table.chosen_row(), self._parts
        if line is None:
            return
        actor, one = parts.actor(), line.camera
        if line.rate is None:
            told = translate("CameraHealth", "{camera} is looked at again.")
            self._act(lambda: health.end_outage(parts.database, actor, one.id),
                      told.format(camera=one.number))  # fmt: skip
            return

        def planned(_: object) -> None:
            sheet.accept()
            told = translate("CameraHealth", "{camera} is off by plan.")
            self._done(told.format(camera=one.number))

        def save(until: datetime, reason: str) -> None:
            parts.background.act(
                lambda: health.plan_outage(parts.database, actor, one.id, until, reason),
                planned,
                sheet.refused,
                sheet,
            )

        sheet = OutageSheet(self, one, parts.clock.now(), save)

    def _on_export(self) -> None:
        if self.seen is not None:
            GiveOutSheet(self, self._parts, self.seen)

    def _act(self, work: Callable[[], object], told: str) -> None:
        self._parts.background.act(work, lambda _: self._done(told), self._on_failed, self)

    def _done(self, told: str) -> None:
        self.notice.say("")
        self._parts.say(told, Tone.CALM)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
