"""The recordings that lie in the data folder, and how one is played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from console.links.model import FAMILY_WORDS
from console.links.service import Capture
from console.ui.background import Background
from console.ui.file_field import FileField, choose_open
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import label
from console.ui.tables import Column, RowTable
from console.ui.words import pick

translate = QCoreApplication.translate

SPEEDS = (0.5, 1.0, 2.0, 10.0)


class RecordingsPanel(QWidget):
    """``wished`` (file, speed) when a recording is to be played."""

    wished = Signal(object, float)

    def __init__(
        self,
        background: Background,
        read: Callable[[], Sequence[Capture]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()

        def page(after: Capture | None, limit: int) -> Sequence[Capture]:
            found = read()
            at = 0 if after is None else [one.file for one in found].index(after.file) + 1
            return found[at : at + limit]

        self.table: RowTable[Capture] = RowTable(
            _columns(now),
            lambda one: str(one.file),
            background,
            page,
            (
                translate("Recordings", "Nothing was recorded yet"),
                translate("Recordings", "Choose a link above and press Ctrl+R to record it."),
            ),
        )
        self._build()
        self.play.clicked.connect(self._on_play)
        self.table.opened.connect(lambda _: self._on_play())
        self.table.chosen.connect(lambda _: self._allow())
        self.other.changed.connect(self._allow)
        self._allow()

    def refresh(self) -> None:
        """The list is read again."""
        self.table.refresh()

    def _build(self) -> None:
        self.speed = QComboBox()
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.setAccessibleName(translate("Recordings", "Speed"))
        self.play = KeyButton(translate("Recordings", "Play"), "Ctrl+P", "primary")
        title = translate("Recordings", "Play another recording")
        kinds = translate("Recordings", "Recordings ({names})")
        self.other = FileField(title, (".capture",), choose_open, kinds)
        self.other.line.setPlaceholderText(translate("Recordings", "or another file: its path"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self.other, 1)
        row.addWidget(label(translate("Recordings", "Speed"), "small"))
        row.addWidget(self.speed)
        row.addWidget(self.play)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def _file(self) -> Path | None:
        """A path that was typed, or else the chosen recording."""
        typed, chosen = self.other.path(), self.table.chosen_row()
        return typed or (chosen.file if chosen is not None else None)

    def _allow(self) -> None:
        self.play.setEnabled(self._file() is not None)

    def _on_play(self) -> None:
        file = self._file()
        if file is not None:
            self.wished.emit(file, float(self.speed.currentData()))


def _columns(now: Callable[[], datetime]) -> list[Column[Capture]]:
    return [
        Column(translate("Recordings", "Link"), lambda one: one.link, 200),
        Column(translate("Recordings", "Begun"), lambda one: moment_text(one.began_at, now()), 120),
        Column(
            translate("Recordings", "Size"),
            lambda one: f"{one.size / 1024:,.1f} KiB",
            96,
            right=True,
        ),
        Column(translate("Recordings", "Kind of device"), _family, 230),
        Column(translate("Recordings", "File"), lambda one: one.file.name),
    ]


def _family(one: Capture) -> str:
    words = FAMILY_WORDS.get(one.family)
    return pick(words) if words else one.family
