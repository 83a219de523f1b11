"""How a link did over the last hours: frames a minute, bad ones among them, and when it was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.links.model import LinkPhase
from console.links.model.health import HealthMinute
from console.ui.keycap import KeyButton
from console.ui.panel import EmptyState, label
from console.ui.style import look, small_font
from console.ui.swatch import Swatch

translate = QCoreApplication.translate

DAY_BIN, HOUR_BIN = 10, 1  # minutes a bar
_BAND = 0.07  # of the height: the strip that says how the link stood


@dataclass(frozen=True, slots=True)
class Bin:
    """Some minutes together; ``start`` counts minutes before now (negative), rates are per minute."""

    start: int
    good: float
    bad: float
    lost: int
    standing: str  # up, silent, down


def bins_of(minutes: Sequence[HealthMinute], now: datetime, span: int, wide: int) -> list[Bin]:
    """The minutes of the last ``span`` in groups of ``wide``; a group nobody watched is left out."""
    groups: dict[int, list[HealthMinute]] = {}
    for minute in minutes:
        before = int((minute.at - now).total_seconds() // 60)
        if -span <= before <= 0:
            groups.setdefault(before // wide * wide, []).append(minute)
    return [_bin(start, group) for start, group in sorted(groups.items())]


class HealthChart(QWidget):
    """``show_health`` draws what is known; nothing known is said in words."""

    def __init__(self) -> None:
        super().__init__()
        self._minutes: Sequence[HealthMinute] = ()
        self._now: datetime | None = None
        self.plot = pg.PlotWidget(antialias=True)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.span_button = KeyButton("", "Ctrl+H")
        self.span_button.setCheckable(True)
        self.span_button.toggled.connect(lambda _: self._draw())
        self.told = label("", "small")
        self.legend = QHBoxLayout()
        self.legend.setSpacing(8)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 8, 4)
        foot.setSpacing(16)
        foot.addLayout(self.legend)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.span_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 0)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)
        self.empty = EmptyState(
            translate("Health", "Nothing was recorded in this time."),
            translate("Health", "How a link of the post does is noted every minute, for a week."),
        )
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        look().changed.connect(self._draw)
        self._draw()

    @property
    def span(self) -> int:
        """How many minutes are shown."""
        return 60 if self.span_button.isChecked() else 1440

    def show_health(self, minutes: Sequence[HealthMinute], now: datetime) -> None:
        """The bars are those of these minutes."""
        self._minutes, self._now = minutes, now
        self._draw()

    def _draw(self) -> None:
        hour = self.span_button.isChecked()
        self.span_button.setText(
            translate("Health", "Last 24 hours") if hour else translate("Health", "Last hour")
        )
        wide = HOUR_BIN if hour else DAY_BIN
        now = self._now
        bins = [] if now is None else bins_of(self._minutes, now, self.span, wide)
        self.plot.clear()
        highest = max((one.good + one.bad for one in bins), default=0) or 1
        self._bars(bins, wide, highest)
        self._losses([one for one in bins if one.lost], wide, highest)
        self._dress(now, highest)
        self._explain()
        lost = sum(one.lost for one in bins)
        self.plot.setVisible(bool(bins))
        self.empty.setVisible(not bins)
        if not bins:
            self.told.setText("")
        else:
            self.told.setText(translate("Health", "lost {count} times in all").format(count=lost))

    def _bars(self, bins: list[Bin], wide: int, highest: float) -> None:
        places = [one.start + wide / 2 for one in bins]
        good, bad = [one.good for one in bins], [one.bad for one in bins]
        brushes = _brushes()
        self._add(places, [0.0] * len(bins), good, wide * 0.8, brushes[0])
        self._add(places, good, bad, wide * 0.8, brushes[1])
        for name, brush in _standing_brushes().items():
            there = [one.start + wide / 2 for one in bins if one.standing == name]
            count = len(there)
            floor, high = [-_BAND * highest] * count, [_BAND * 0.6 * highest] * count
            self._add(there, floor, high, wide, brush)

    def _add(
        self, x: list[float], floor: list[float], high: list[float], wide: float, brush: QBrush
    ) -> None:
        if any(high):
            pen = QPen(brush.color())
            pen.setCosmetic(True)
            pen.setWidthF(0)
            self.plot.addItem(
                pg.BarGraphItem(x=x, y0=floor, height=high, width=wide, brush=brush, pen=pen)
            )

    def _losses(self, bins: list[Bin], wide: int, highest: float) -> None:
        if not bins:
            return
        colour = QColor(look().tokens.alarm)
        marks = pg.ScatterPlotItem(
            pos=[(one.start + wide / 2, highest * 1.06) for one in bins],
            symbol="x", size=11, pen=pg.mkPen(None), brush=QBrush(colour),
        )  # fmt: skip
        self.plot.addItem(marks)

    def _dress(self, now: datetime | None, highest: float) -> None:
        colours = look().tokens
        self.plot.setBackground(QColor(colours.panel))
        titles = {
            "bottom": translate("Health", "Time of day"),
            "left": translate("Health", "Frames (per minute)"),
        }
        for side, title in titles.items():
            axis = self.plot.getAxis(side)
            axis.setLabel(title, color=colours.ink_soft, **{"font-size": "12px"})
            axis.setPen(QPen(QColor(colours.line_strong)))
            axis.setTextPen(QColor(colours.ink_soft))
            axis.setStyle(tickFont=small_font())
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("bottom").setTicks([_ticks(now, self.span)])
        step = max(1, -(-int(highest) // 5))
        counts = range(0, int(highest) + step + 1, step)
        self.plot.getAxis("left").setTicks([[(count, str(count)) for count in counts]])
        self.plot.showGrid(y=True, alpha=0.15)
        self.plot.setXRange(-self.span, 0, padding=0.01)
        self.plot.setYRange(-_BAND * highest, highest * 1.12, padding=0)

    def _explain(self) -> None:
        while (item := self.legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        good, bad = _brushes()
        standing = _standing_brushes()
        for brush, words in (
            (good, translate("Health", "good frames")),
            (bad, translate("Health", "bad frames")),
            (standing["up"], translate("Health", "link up")),
            (standing["silent"], translate("Health", "silent")),
            (standing["down"], translate("Health", "down")),
        ):
            self.legend.addWidget(Swatch(brush))
            self.legend.addWidget(label(words, "small"))
        self.legend.addWidget(label(translate("Health", "× lost"), "small"))


def _bin(start: int, group: list[HealthMinute]) -> Bin:
    phases = {minute.phase for minute in group}
    lost = sum(minute.lost for minute in group)
    down = {LinkPhase.LOST, LinkPhase.ABSENT, LinkPhase.PLUGGED}
    standing = "down" if phases & down else "silent" if LinkPhase.SILENT in phases else "up"
    frames = sum(minute.frames for minute in group) / len(group)
    bad = sum(minute.bad for minute in group) / len(group)
    return Bin(start, frames, bad, lost, standing)


def _brushes() -> tuple[QBrush, QBrush]:
    now = look().tokens
    return QBrush(QColor(now.accent_fill)), QBrush(QColor(now.late), Qt.BrushStyle.Dense3Pattern)


def _standing_brushes() -> dict[str, QBrush]:
    now = look().tokens
    return {
        "up": QBrush(QColor(now.line_strong)),
        "silent": QBrush(QColor(now.late), Qt.BrushStyle.BDiagPattern),
        "down": QBrush(QColor(now.alarm), Qt.BrushStyle.DiagCrossPattern),
    }


def _ticks(now: datetime | None, span: int) -> list[tuple[float, str]]:
    """Whole hours (of which every second is named), or every ten minutes."""
    if now is None:
        return []
    local, step = now.astimezone(), 120 if span > 60 else 10
    minute = (local.hour * 60 + local.minute) % step
    first = local - timedelta(minutes=minute, seconds=local.second)
    moments = [first - timedelta(minutes=step * n) for n in range(span // step + 1)]
    return [((m - local).total_seconds() / 60, f"{m:%H:%M}") for m in moments]
