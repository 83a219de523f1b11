"""How much of each section is left, one figure a card."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.handover.model import Content, Part, Section
from console.handover.page.words import count_text, empty_words, section_words
from console.ui.figure_card import FigureCard
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate


class SectionCards(QWidget):
    """A section that nobody could read shows a question mark, never a zero."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = {section: FigureCard(section_words(section)) for section in Section}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for card in self.cards.values():
            row.addWidget(card, 1)

    def show_content(self, content: Content) -> None:
        """The cards show what was found."""
        for part in content.parts:
            note, tone = _note(part)
            card = self.cards[part.section]
            card.show_figure(count_text(part), note, tone)
            card.setToolTip(pick(part.reason) if part.reason is not None else note)


def _note(part: Part) -> tuple[str, Tone]:
    if not part.known:
        return translate("Handover", "unknown"), Tone.LATE
    late = sum(line.late for line in part.lines)
    if late:
        return translate("Handover", "{n} need a look").format(n=late), Tone.LATE
    return ("", Tone.CALM) if part.count else (empty_words(part.section), Tone.CALM)
