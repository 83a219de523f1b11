"""The page of the figures: one day, one measure, by hour or by area; chart, table, outliers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.assessment import service
from console.assessment.model import Bins, Figures, Grouping, Measure, Outlier
from console.assessment.page.cards import Cards
from console.assessment.page.columns import GroupRow, group_columns, group_rows, outlier_columns
from console.assessment.page.export import ExportSheet
from console.assessment.page.parts import PageParts
from console.assessment.page.words import day_words, grouping_words, measure_told, measure_words
from console.core.words import Words
from console.ui.keycap import KeyButton
from console.ui.panel import EmptyState, Panel
from console.ui.style import look, px
from console.ui.tables import RowTable
from console.ui.words import say_refusal

if TYPE_CHECKING:
    from console.assessment.page.chart import GroupChart

translate = QCoreApplication.translate
READ_MS = 5000
SIDE_PX = 392
TABLE_PX = 214


class FiguresPage(QWidget):
    """``refresh`` reads anew; the page does so itself while it is seen."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._day: date | None = None  # None: today, also after midnight
        self.measure, self.grouping = Measure.SIGN, Grouping.HOUR
        self.seen: Figures | None = None
        self._areas: Mapping[str, Words] = {}
        self._turn = 0
        self._bins: Bins | None = None
        self._title = ""
        self.chart: GroupChart | None = None
        self.head = Panel(translate("Figures", "Figures"), freshness=True, margin=8)
        self.cards = Cards()
        self.head.body.addWidget(self.cards)
        self.chart_panel = Panel(translate("Figures", "Chart"))
        self._chart_empty = EmptyState(translate("Figures", "The chart is being brought…"))
        self.chart_panel.body.addWidget(self._chart_empty, 1)
        self.outlier_panel = Panel(translate("Figures", "Calls that stand out"))
        self.outliers: RowTable[Outlier] = RowTable(
            outlier_columns(self._area), lambda row: row.call.id,
            empty=(translate("Figures", "Being read…"), ""),
        )  # fmt: skip
        self.outlier_panel.body.addWidget(self.outliers)
        self.table_panel = Panel(translate("Figures", "Table"))
        self.outliers.freshness.hide()
        self.table: RowTable[GroupRow] | None = None
        self._build_buttons()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.refresh)
        self._bring_chart()
        self._mark_choice()

    @property
    def today(self) -> date:
        """The local day of now."""
        return self._parts.clock.now().astimezone().date()

    @property
    def day(self) -> date:
        """The day that is wanted."""
        return self._day or self.today

    def refresh(self) -> None:
        """The page shows the figures as they are now, soon."""
        self._turn += 1
        turn, day, measure, parts = self._turn, self.day, self.measure, self._parts

        def read() -> tuple[Figures, Mapping[str, Words]]:
            with parts.database.read() as connection:
                found = service.figures_of(connection, day, measure, parts.clock.now())
            return found, dict(parts.areas())

        def show(answer: tuple[Figures, Mapping[str, Words]]) -> None:
            if turn == self._turn:
                self._show(*answer)

        def failed(error: Exception) -> None:
            if turn == self._turn and self.head.freshness is not None:
                self.head.freshness.failed(say_refusal(error))

        parts.background.ask(read, show, failed, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        (self.table or self).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _build_buttons(self) -> None:
        self.before = KeyButton(translate("Figures", "Day before"), "Left")
        self.now = KeyButton(translate("Figures", "Today"), "T")
        self.after = KeyButton(translate("Figures", "Day after"), "Right")
        self.measures = {
            measure: KeyButton(measure_words(measure), str(at))
            for at, measure in enumerate(Measure, 1)
        }
        self.groupings = {
            Grouping.HOUR: KeyButton(translate("Figures", "By hour"), "H"),
            Grouping.AREA: KeyButton(translate("Figures", "By area"), "A"),
        }
        self.export = KeyButton(translate("Figures", "Export"), "Ctrl+E")
        self.before.clicked.connect(lambda: self._go(self.day - timedelta(days=1)))
        self.after.clicked.connect(lambda: self._go(self.day + timedelta(days=1)))
        self.now.clicked.connect(lambda: self._go(None))
        for measure, button in self.measures.items():
            button.clicked.connect(lambda _=False, one=measure: self._measure_by(one))
        for grouping, button in self.groupings.items():
            button.clicked.connect(lambda _=False, one=grouping: self._group_by(one))
        self.export.clicked.connect(self._on_export)
        for button in (*self.measures.values(), self.before, self.now, self.after, self.export):
            self.head.add_action(button)
        for button in self.groupings.values():
            self.chart_panel.add_action(button)

    def _lay_out(self) -> None:
        for panel in (self.outlier_panel, self.chart_panel, self.table_panel):
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.chart_panel, 1)
        middle.addWidget(self.outlier_panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(middle, 3)
        column.addWidget(self.table_panel, 2)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.outlier_panel.setFixedWidth(px(SIDE_PX))
        self.table_panel.setMinimumHeight(px(TABLE_PX))

    def _bring_chart(self) -> None:
        """The library of charts takes a moment to load: in a worker, and not before it is needed."""

        def bring() -> Callable[[], GroupChart]:
            from console.assessment.page.chart import GroupChart

            return GroupChart

        self._parts.background.ask(bring, self._put_chart, None, self)

    def _put_chart(self, make: Callable[[], GroupChart]) -> None:
        self.chart = make()
        self._chart_empty.say("")
        self._chart_empty.setVisible(False)
        self.chart_panel.body.insertWidget(0, self.chart, 1)
        self._draw()

    def _go(self, day: date | None) -> None:
        self._day = None if day is None or day >= self.today else day
        self._mark_choice()
        self.refresh()

    def _measure_by(self, measure: Measure) -> None:
        self.measure = measure
        self._mark_choice()
        self.refresh()

    def _group_by(self, grouping: Grouping) -> None:
        self.grouping = grouping
        self._mark_choice()
        if self.seen is not None:
            self._show(self.seen, self._areas)

    def _mark_choice(self) -> None:
        for measure, button in self.measures.items():
            button.set_kind("primary" if measure is self.measure else "plain")
        for grouping, button in self.groupings.items():
            button.set_kind("primary" if grouping is self.grouping else "plain")
        past = self.day < self.today
        self.after.setEnabled(past)
        self.now.setEnabled(past)
        self.export.setEnabled(self.seen is not None)

    def _show(self, seen: Figures, areas: Mapping[str, Words]) -> None:
        self.seen, self._areas = seen, areas
        told = f"{measure_words(seen.measure)} · {measure_told(seen.measure, seen.bins)}"
        self.head.set_title(day_words(seen.day, self.today), told)
        self.cards.show_figures(seen)
        title = grouping_words(self.grouping)
        if self.table is None or (self._bins, self._title) != (seen.bins, title):
            self.table = self._new_table(self.table, seen.bins, title)
        self.table.set_empty(
            translate("Figures", "No call was received on this day"),
            translate("Figures", "The figures come from this post's own store."),
        )
        self.table.show_rows(group_rows(seen, self.grouping, areas))
        hours = self.grouping is Grouping.HOUR
        self.table_panel.set_title(
            translate("Figures", "Table by hour")
            if hours
            else translate("Figures", "Table by area")
        )
        self._show_outliers(seen)
        self._draw()
        self._mark_choice()
        if self.head.freshness is not None:
            self.head.freshness.fresh(self._parts.clock.now())

    def _show_outliers(self, seen: Figures) -> None:
        if seen.total.calls:
            self.outliers.set_empty(
                translate("Figures", "No call stands out"),
                translate("Figures", "Each is within the target, and each has its time."),
            )
        else:
            self.outliers.set_empty(translate("Figures", "No call was received on this day"))
        self.outliers.show_rows(seen.outliers)
        note = ""
        if seen.left_out:
            note = translate("Figures", "{n} more are not listed").format(n=seen.left_out)
        self.outlier_panel.set_title(translate("Figures", "Calls that stand out"), note)

    def _new_table(
        self, old: RowTable[GroupRow] | None, bins: Bins, title: str
    ) -> RowTable[GroupRow]:
        """The bins are other columns."""
        self._bins, self._title = bins, title
        new: RowTable[GroupRow] = RowTable(group_columns(bins, title), lambda row: row.key)
        new.view.setAccessibleName(title)
        new.freshness.hide()  # the head says it for the whole page
        self.table_panel.body.addWidget(new)
        if old is None or old.view.hasFocus():
            new.setFocus()
        if old is not None:
            self.table_panel.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        return new

    def _area(self, area_id: str) -> Words | None:
        return self._areas.get(area_id)

    def _draw(self) -> None:
        if self.chart is not None and self.seen is not None:
            self.chart.show_figures(self.seen, self.grouping, self._areas)

    def _on_export(self) -> None:
        if self.seen is not None:
            ExportSheet(self, self._parts, self.seen, self.grouping, self._areas)
