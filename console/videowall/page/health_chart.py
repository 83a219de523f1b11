"""The four rates over the last thirty days, with the city's bar. Brought when first shown."""

from __future__ import annotations

from math import isnan, nan

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.ui.panel import label
from console.ui.style import look, px, small_font
from console.ui.words import pick
from console.videowall.model.health import RATE_WORDS, Rate
from console.videowall.page.health_parts import DAYS, Seen

translate = QCoreApplication.translate
SYMBOLS = {Rate.REGISTERED: "s", Rate.ONLINE: "o", Rate.INTACT: "t1", Rate.PLACED: "d"}
MARKS = {Rate.REGISTERED: "■", Rate.ONLINE: "●", Rate.INTACT: "▲", Rate.PLACED: "◆"}
LINES = {
    Rate.REGISTERED: Qt.PenStyle.DotLine,
    Rate.ONLINE: Qt.PenStyle.SolidLine,
    Rate.INTACT: Qt.PenStyle.DashLine,
    Rate.PLACED: Qt.PenStyle.DashDotLine,
}
LOWEST = 80.0


class RatesChart(QWidget):
    """``show_seen`` draws. Each rate has its own sign and line, never a colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.plot = pg.PlotWidget(antialias=True)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.disableAutoRange()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.legend = QGridLayout()
        self.legend.setContentsMargins(12, 0, 10, 6)
        self.legend.setHorizontalSpacing(px(16))
        self.legend.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 8, 0)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)
        column.addLayout(self.legend)
        look().changed.connect(self._draw)

    def show_seen(self, seen: Seen) -> None:
        """The lines are those of these figures."""
        self._seen = seen
        self._draw()

    def _draw(self) -> None:
        seen = self._seen
        if seen is None:
            return
        self.plot.clear()
        colours, lowest = self.colours(), LOWEST
        for rate in Rate:
            points = self._points(seen, rate)
            lowest = min([lowest, *(value - 3 for value in points if not isnan(value))])
            if all(isnan(value) for value in points):
                continue
            colour = QColor(colours[rate])
            pen = QPen(colour, 1.6, LINES[rate])
            pen.setCosmetic(True)
            self.plot.plot(
                list(range(1 - DAYS, 1)), points, pen=pen, connect="finite",
                symbol=SYMBOLS[rate], symbolSize=px(7), symbolBrush=QBrush(colour), symbolPen=None,
            )  # fmt: skip
        now = look().tokens
        bar = QPen(QColor(now.alarm), 1.4)
        bar.setCosmetic(True)
        self.plot.addItem(pg.InfiniteLine(seen.rule.bar_percent, 0, pen=bar))
        self._dress(seen, max(0.0, lowest))
        self._explain(seen, colours)

    def colours(self) -> dict[Rate, str]:
        """Of the lines, in this theme."""
        now = look().tokens
        return {
            Rate.REGISTERED: now.ink_soft,
            Rate.ONLINE: now.accent,
            Rate.INTACT: now.late,
            Rate.PLACED: now.ink,
        }

    def _points(self, seen: Seen, rate: Rate) -> list[float]:
        """Percent by day; a day without data leaves a gap."""
        known = {(seen.today - one.day).days: one for one in seen.figures if one.rate is rate}
        shares = [known[ago].share if ago in known else None for ago in range(DAYS - 1, -1, -1)]
        return [nan if share is None else share * 100 for share in shares]

    def _dress(self, seen: Seen, lowest: float) -> None:
        now = look().tokens
        self.plot.setBackground(QColor(now.panel))
        titles = {
            "bottom": translate("CameraHealth", "Day"),
            "left": translate("CameraHealth", "Share of cameras (%)"),
        }
        for side, title in titles.items():
            axis = self.plot.getAxis(side)
            axis.setLabel(title, color=now.ink_soft, **{"font-size": "12px"})
            axis.setPen(QPen(QColor(now.line_strong)))
            axis.setTextPen(QColor(now.ink_soft))
            axis.setStyle(tickFont=small_font())
            axis.enableAutoSIPrefix(False)
        days = [(-ago, f"{seen.today.fromordinal(seen.today.toordinal() - ago):%m-%d}")
                for ago in range(0, DAYS, 7)]  # fmt: skip
        self.plot.getAxis("bottom").setTicks([days])
        step = 5 if lowest >= 70 else 20
        first = int(lowest) // step * step
        bar = seen.rule.bar_percent
        marks = sorted({bar, *(m for m in range(first, 101, step) if abs(m - bar) >= step / 2)})
        self.plot.getAxis("left").setTicks([[(mark, str(mark)) for mark in marks]])
        self.plot.showGrid(y=True, alpha=0.15)
        self.plot.setXRange(0.4 - DAYS, 0.8, padding=0)
        self.plot.setYRange(min(lowest, first), 101, padding=0)

    def _explain(self, seen: Seen, colours: dict[Rate, str]) -> None:
        while (item := self.legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, rate in enumerate(Rate):
            words = label(f"{MARKS[rate]} {pick(RATE_WORDS[rate])}", "small")
            words.setStyleSheet(f"color: {colours[rate]}")
            self.legend.addWidget(words, at // 2, at % 2)
        told = translate("CameraHealth", "— the city's bar, {n} %").format(n=seen.rule.bar_percent)
        bar = label(told, "small")
        bar.setStyleSheet(f"color: {look().tokens.alarm}")
        self.legend.addWidget(bar, 0, 2)
        self.legend.setColumnStretch(3, 1)
