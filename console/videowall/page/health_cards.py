"""The four rates of today, each against the city's bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.lamp import Lamp
from console.ui.panel import label
from console.ui.words import pick
from console.videowall.model.health import RATE_WORDS, Rate
from console.videowall.page.health_parts import Seen
from console.videowall.page.health_words import rate_face, rate_note, share_text

translate = QCoreApplication.translate


class RateCard(QFrame):
    """One rate: the figure, a lamp that says whether the bar is reached, and how many that is."""

    def __init__(self, rate: Rate) -> None:
        super().__init__()
        self.rate = rate
        self.setProperty("role", "card")
        self.figure, self.note, self.lamp = label("–", "figure"), label("", "small"), Lamp()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(label(pick(RATE_WORDS[rate]), "caption"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.figure)
        row.addWidget(self.lamp)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.note)

    def show_seen(self, seen: Seen) -> None:
        """The card shows this."""
        figure = seen.of_today(self.rate)
        self.figure.setText(share_text(figure))
        self.note.setText(rate_note(figure, seen.cameras))
        face = rate_face(figure, seen.rule.bar_percent)
        self.lamp.show_face(face)
        name = f"{pick(RATE_WORDS[self.rate])} {self.figure.text()} {face.word} {self.note.text()}"
        self.setAccessibleName(name)


class RateCards(QWidget):
    """All four."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = {rate: RateCard(rate) for rate in Rate}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for card in self.cards.values():
            row.addWidget(card, 1)

    def show_seen(self, seen: Seen) -> None:
        """The cards show this."""
        for card in self.cards.values():
            card.show_seen(seen)
