"""The figures of the whole day, one a card."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.assessment.model import Figures, Missing
from console.assessment.page.words import bin_words, seconds_text, share_text
from console.ui.figure_card import FigureCard
from console.ui.style import Tone

translate = QCoreApplication.translate


class Cards(QWidget):
    """Calls, share within the target, percentiles, and how many have no span."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = FigureCard(translate("Figures", "Valid calls"))
        self.within = FigureCard(translate("Figures", "Within the target"))
        self.p50 = FigureCard(translate("Figures", "Median"))
        self.p90 = FigureCard(translate("Figures", "90th percentile"))
        self.p99 = FigureCard(translate("Figures", "99th percentile"))
        self.missing = FigureCard(translate("Figures", "Without a time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for card in (self.calls, self.within, self.p50, self.p90, self.p99, self.missing):
            row.addWidget(card, 1)

    def show_figures(self, seen: Figures) -> None:
        """The cards show this day; what nobody knows is a dash."""
        total, spans = seen.total, seen.total.spans
        left = translate("Figures", "{received} received, {open} still open").format(
            received=seen.received, open=seen.still_open
        )
        self.calls.show_figure(str(total.calls), left)
        self._show_within(seen)
        n = translate("Figures", "of {n} calls").format(n=spans.n)
        self.p50.show_figure(seconds_text(spans.p50_s), _other(seen, 0) or n)
        self.p90.show_figure(seconds_text(spans.p90_s), _other(seen, 1) or n)
        self.p99.show_figure(seconds_text(spans.p99_s), _other(seen, 2) or n)
        waiting = total.missing[Missing.WAITING]
        told = translate("Figures", "{waiting} not yet, {unknown} unknown").format(
            waiting=waiting, unknown=total.unknown
        )
        tone = Tone.LATE if total.unknown else Tone.CALM
        self.missing.show_figure(str(waiting + total.unknown), told, tone)

    def _show_within(self, seen: Figures) -> None:
        total, bins = seen.total, seen.bins
        title = translate("Figures", "Within {target}").format(target=seconds_text(bins.target_s))
        if bins.edges_s and bins.edges_s[0] == bins.target_s:
            title = translate("Figures", "Within the target ({target})").format(
                target=bin_words(bins)[0]
            )
        self.within.set_title(title)
        n = total.spans.n
        note = translate("Figures", "{part} of {n}").format(part=total.within, n=n)
        tone = Tone.CALM
        if bins.target_share is not None and n:
            wanted = f"{100 * bins.target_share:.0f}%"
            note += translate("Figures", ", {wanted} wanted").format(wanted=wanted)
            tone = Tone.LATE if total.within < bins.target_share * n else Tone.CALM
        self.within.show_figure(share_text(total.within, n), note, tone)


def _other(seen: Figures, at: int) -> str:
    """Turning out has two ends; the small line is what the other one gives."""
    if seen.other is None:
        return ""
    seconds = (seen.other.p50_s, seen.other.p90_s, seen.other.p99_s)[at]
    if seen.bins.ends_with == "arrived":
        told = translate("Figures", "to the departure {time} (n={n})")
    else:
        told = translate("Figures", "to the arrival {time} (n={n})")
    return told.format(time=seconds_text(seconds), n=seen.other.n)
