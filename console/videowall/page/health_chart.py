"""The four rates over the last thirty days, each with the city's bar. Brought when first shown."""

from __future__ import annotations

from math import isnan, nan

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.panel import label
from console.ui.style import look, px, small_font
from console.ui.words import pick
from console.videowall.model.health import RATE_WORDS, Rate
from console.videowall.page.health_parts import DAYS, Seen

translate = QCoreApplication.translate
LOWEST = 80.0
AXIS_PX, DATES_PX = 52, 38
TOP = 101.5
WEEK = 7


class RateStrip(QWidget):
    """One rate, day by day; days below the bar have another sign."""

    def __init__(self, rate: Rate, dated: bool) -> None:
        super().__init__()
        self.rate, self._dated = rate, dated
        self._marks: tuple[int, int] | None = None  # the lowest share of the scale and the bar
        self.plot = pg.PlotWidget(antialias=True)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.disableAutoRange()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setMinimumHeight(px(56) + (px(DATES_PX) if dated else 0))
        title = label(pick(RATE_WORDS[rate]), "caption")
        title.setContentsMargins(12, 2, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.plot, 1)

    def draw(self, seen: Seen, lowest: float) -> None:
        """The line is that of these figures."""
        now, bar, points = look().tokens, seen.rule.bar_percent, points_of(seen, self.rate)
        self.plot.clear()
        self.plot.setBackground(QColor(now.panel))
        line = QPen(QColor(now.alarm), 1.2, Qt.PenStyle.DashLine)
        line.setCosmetic(True)
        self.plot.addItem(pg.InfiniteLine(bar, 0, pen=line))
        if not all(isnan(value) for value in points):
            self._draw_days(points, bar)
        self._dress(seen, lowest)

    def _draw_days(self, points: list[float], bar: int) -> None:
        now = look().tokens
        pen = QPen(QColor(now.accent), 1.6)
        pen.setCosmetic(True)
        good, bad = QBrush(QColor(now.accent)), QBrush(QColor(now.alarm))
        fine = [isnan(value) or value >= bar for value in points]
        self.plot.plot(
            list(range(1 - DAYS, 1)), points, pen=pen, connect="finite", symbolPen=None,
            symbol=["o" if one else "s" for one in fine],
            symbolBrush=[good if one else bad for one in fine],
            symbolSize=[px(5) if one else px(7) for one in fine],
        )  # fmt: skip

    def _dress(self, seen: Seen, lowest: float) -> None:
        now, first = look().tokens, seen.today.toordinal()
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(QPen(QColor(now.line_strong)))
            axis.setTextPen(QColor(now.ink_soft))
            axis.setStyle(tickFont=small_font(), showValues=side == "left" or self._dated)
            axis.enableAutoSIPrefix(False)
        weeks = [(-ago, f"{seen.today.fromordinal(first - ago):%m-%d}")
                 for ago in range(0, DAYS, WEEK)]  # fmt: skip
        bottom = self.plot.getAxis("bottom")
        self.plot.getAxis("left").setWidth(px(AXIS_PX))
        bottom.setTicks([weeks])
        if self._dated:
            day = translate("CameraHealth", "Day")
            bottom.setLabel(day, color=now.ink_soft, **{"font-size": "12px"})
        self._marks = (round(lowest), seen.rule.bar_percent)
        self._mark()
        self.plot.setXRange(0.2 - DAYS, 1.4, padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark()

    def _mark(self) -> None:
        """The bar is always marked; what would stand on it is not. The lowest mark is seen whole."""
        if self._marks is None:
            return
        lowest, bar = self._marks
        high = self.plot.height() - (px(DATES_PX) if self._dated else 0)
        line = QFontMetrics(small_font()).height()
        apart = line * (TOP - lowest) / max(1, high - line / 2)
        marks = [one for one in (lowest, 100) if abs(one - bar) >= apart]
        told = [(one, f"{one} %") for one in sorted({bar, *marks})]
        self.plot.getAxis("left").setTicks([told])
        self.plot.setYRange(lowest - apart / 2, TOP, padding=0)


class RatesChart(QWidget):
    """``show_seen`` draws; a strip for each rate, all on the same days and the same scale."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        last = list(Rate)[-1]
        self.strips = {rate: RateStrip(rate, rate is last) for rate in Rate}
        self.told = label("", "small")
        self.told.setContentsMargins(12, 0, 0, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 8, 0)
        column.setSpacing(2)
        for rate, strip in self.strips.items():
            column.addWidget(strip, 6 if rate is last else 4)
        column.addWidget(self.told)
        look().changed.connect(self._draw)

    def show_seen(self, seen: Seen) -> None:
        """The lines are those of these figures."""
        self._seen = seen
        self._draw()

    def _draw(self) -> None:
        seen = self._seen
        if seen is None:
            return
        shares = [one.share * 100 for one in seen.figures if one.share is not None]
        lowest = min([LOWEST, *(share // 5 * 5 for share in shares)])
        for strip in self.strips.values():
            strip.draw(seen, lowest)
        self.told.setText(
            translate(
                "CameraHealth", "Share of cameras · dashed: the city's bar, {n} % · ■ below it"
            ).format(n=seen.rule.bar_percent)
        )


def points_of(seen: Seen, rate: Rate) -> list[float]:
    """Percent by day; a day without data leaves a gap."""
    known = {(seen.today - one.day).days: one for one in seen.figures if one.rate is rate}
    shares = [known[ago].share if ago in known else None for ago in range(DAYS - 1, -1, -1)]
    return [nan if share is None else share * 100 for share in shares]
