"""A card with the one figure that matters, what it counts, and a small line under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.ui.panel import label
from console.ui.style import Tone, mark


class FigureCard(QFrame):
    """``show_figure`` says how many; a dash means that nobody knows, never zero."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        self._title = label(title, "caption")
        self.figure = label("–", "figure")
        self.note = label("", "small")
        for part in (self._title, self.figure, self.note):
            column.addWidget(part)

    def set_title(self, title: str) -> None:
        """What is counted."""
        self._title.setText(title)

    def show_figure(self, figure: str, note: str = "", tone: Tone = Tone.CALM) -> None:
        """The card says this; late and alarm colour the note, which says why."""
        self.figure.setText(figure)
        self.note.setText(note)
        mark(self.note, tone=str(tone) if tone in (Tone.LATE, Tone.ALARM) else "")
        self.setAccessibleName(f"{self._title.text()} {figure} {note}".strip())
