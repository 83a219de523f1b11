"""Who is here now: the crews on duty, counted by what their status means."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from console.roster.model import Meaning
from console.roster.page.parts import Look
from console.roster.page.words import MARKS, listed, meaning_words
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.panel import Panel, label
from console.ui.style import Tone

translate = QCoreApplication.translate

ORDER = (
    Meaning.AVAILABLE,
    Meaning.BOUND,
    Meaning.RESERVE,
    Meaning.OUT,
    Meaning.UNKNOWN,
    Meaning.EMERGENCY,
)


class Figure(QFrame):
    """One count on a card: a lamp with its word, the figure, and under the pointer which crews."""

    def __init__(self, face: LampFace) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._face = face
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        self._lamp = Lamp(face)
        self.figure = label("–", "figure")
        column.addWidget(self._lamp)
        column.addWidget(self.figure)

    def show_crews(self, crews: list[str]) -> None:
        """So many; a lamp without crews is quiet."""
        self.figure.setText(str(len(crews)))
        tone = self._face.tone if crews else Tone.QUIET
        self._lamp.show_face(LampFace(self._face.shape, tone, self._face.word))
        self.setToolTip(listed(crews))
        self.setAccessibleName(f"{self._face.word} {len(crews)}")


class FiguresPanel(Panel):
    """The counts of the crews on duty by meaning, and those off duty."""

    def __init__(self) -> None:
        super().__init__(translate("Roster", "Here now"), freshness=True, margin=10)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.figures: dict[str, Figure] = {}
        for meaning in ORDER:
            shape, tone = MARKS[meaning]
            self.figures[meaning] = Figure(LampFace(shape, tone, meaning_words(meaning)))
        off = LampFace(Shape.DASH, Tone.QUIET, translate("Roster", "Off duty"))
        self.figures["off"] = Figure(off)
        for figure in self.figures.values():
            row.addWidget(figure, 1)
        self.body.addLayout(row)

    def show_look(self, look: Look) -> None:
        """The panel shows what was read just now."""
        crews: dict[str, list[str]] = {key: [] for key in self.figures}
        for row in look.rows:
            unit = row.view.unit
            key = str(row.view.status.meaning) if unit.on_duty else "off"
            crews[key].append(unit.call_sign)
        for key, figure in self.figures.items():
            figure.show_crews(crews[key])
        here = len(look.rows) - len(crews["off"])
        told = translate("Roster", "{here} of {all} crews on duty").format(
            here=here, all=len(look.rows)
        )
        self.set_title(translate("Roster", "Here now"), told)
        if self.freshness is not None:
            self.freshness.fresh(look.at)

    def failed(self, reason: str) -> None:
        """The counts are those of before."""
        if self.freshness is not None:
            self.freshness.failed(reason)
