"""The chart of the groups: one bar a group, a piece of it for each bin. Brought when first shown."""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.assessment.model import Figures, Group, Grouping, Missing
from console.assessment.page.words import bin_words, group_words, grouping_words
from console.core.words import Words
from console.ui.panel import label
from console.ui.style import look, small_font
from console.ui.swatch import Swatch

translate = QCoreApplication.translate
WIDE = 0.62
LEAST_BARS = 6  # fewer are no wider
PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.DiagCrossPattern,
)


class GroupChart(QWidget):
    """``show_figures`` draws; the theme's colours follow. Never a colour alone: each bin has a pattern."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[Figures, Grouping, Mapping[str, Words]] | None = None
        self.plot = pg.PlotWidget(antialias=True)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.legend = QHBoxLayout()
        self.legend.setContentsMargins(10, 0, 10, 6)
        self.legend.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 0)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)
        column.addLayout(self.legend)
        look().changed.connect(self._draw)

    def show_figures(self, seen: Figures, grouping: Grouping, areas: Mapping[str, Words]) -> None:
        """The bars are those of these figures."""
        self._seen = (seen, grouping, areas)
        self._draw()

    def _draw(self) -> None:
        if self._seen is None:
            return
        seen, grouping, areas = self._seen
        groups = seen.groups(grouping)
        names = [
            *bin_words(seen.bins),
            translate("Figures", "Not yet"),
            translate("Figures", "Unknown"),
        ]
        brushes = _brushes(seen.bins.count)
        self.plot.clear()
        places = [_place(group, at) for at, group in enumerate(groups)]
        floor = [0] * len(groups)
        for at, brush in enumerate(brushes):
            heights = [_pieces(group)[at] for group in groups]
            self._bars(places, floor, heights, brush)
            floor = [low + high for low, high in zip(floor, heights, strict=True)]
        self._dress(seen, grouping, areas)
        self._explain(names, brushes)

    def _bars(self, places: list[int], floor: list[int], heights: list[int], brush: QBrush) -> None:
        if any(heights):
            pen = QPen(brush.color())
            pen.setCosmetic(True)
            bars = pg.BarGraphItem(
                x=places, y0=floor, height=heights, width=WIDE, brush=brush, pen=pen
            )
            self.plot.addItem(bars)

    def _dress(self, seen: Figures, grouping: Grouping, areas: Mapping[str, Words]) -> None:
        now, groups = look().tokens, seen.groups(grouping)
        self.plot.setBackground(QColor(now.panel))
        ink = QPen(QColor(now.line_strong))
        titles = {
            "bottom": grouping_words(grouping),
            "left": translate("Figures", "Calls (number)"),
        }
        for side, title in titles.items():
            axis = self.plot.getAxis(side)
            axis.setLabel(title, color=now.ink_soft, **{"font-size": "12px"})
            axis.setPen(ink)
            axis.setTextPen(QColor(now.ink_soft))
            axis.setStyle(tickFont=small_font())
            axis.enableAutoSIPrefix(False)
        hours = grouping is Grouping.HOUR
        ticks = [(h, f"{h:02d}") for h in range(0, 24, 2)] if hours else [
            (at, group_words(group, grouping, areas)) for at, group in enumerate(groups)
        ]  # fmt: skip
        self.plot.getAxis("bottom").setTicks([ticks])
        highest = max((group.calls for group in groups), default=0)
        step = max(1, -(-highest // 5))
        self.plot.getAxis("left").setTicks(
            [[(count, str(count)) for count in range(0, highest + step + 1, step)]]
        )
        self.plot.showGrid(y=True, alpha=0.15)
        right = 23.6 if hours else max(len(groups), LEAST_BARS) - 0.4
        self.plot.setXRange(-0.6, right, padding=0)
        self.plot.setYRange(0, max(highest * 1.1, 1), padding=0)

    def _explain(self, names: list[str], brushes: list[QBrush]) -> None:
        while (item := self.legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for name, brush in zip(names, brushes, strict=True):
            self.legend.addWidget(Swatch(brush))
            self.legend.addWidget(label(name, "small"))
        self.legend.addStretch(1)


def _place(group: Group, at: int) -> int:
    return group.key if isinstance(group.key, int) else at


def _pieces(group: Group) -> list[int]:
    return [*group.bins, group.missing[Missing.WAITING], group.unknown]


def _brushes(bins: int) -> list[QBrush]:
    """Calm within the first bin, red in the last; what nobody knows is grey and hatched."""
    now = look().tokens
    brushes = [QBrush(QColor(now.accent_fill))]
    for at in range(1, bins):
        last = at == bins - 1
        colour = now.alarm_fill if last else now.accent if at < bins / 2 else now.late
        pattern = Qt.BrushStyle.SolidPattern if last else PATTERNS[at % len(PATTERNS)]
        brushes.append(QBrush(QColor(colour), pattern))
    brushes.append(QBrush(QColor(now.line_strong), Qt.BrushStyle.SolidPattern))
    brushes.append(QBrush(QColor(now.ink_faint), Qt.BrushStyle.FDiagPattern))
    return brushes
