"""The log of a call, oldest first; what was taken back stays, struck through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.dispatch.model import LogLine
from console.dispatch.page.words import actor_words, log_words
from console.ui.moments import moment_text
from console.ui.style import small_font, table_font

translate = QCoreApplication.translate


class Timeline(QListWidget):
    """The lines of one call."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Desk", "Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWordWrap(True)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self._shown: tuple[LogLine, ...] = ()

    def show_lines(
        self, lines: Sequence[LogLine], now: datetime, people: Mapping[str, str] | None = None
    ) -> None:
        """The list shows exactly these lines, with the people's names, and stands at the newest."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        names = people or {}
        self.clear()
        for line in lines:
            item = QListWidgetItem(_line_text(line, now, names))
            font = table_font()
            if line.undone:
                font.setStrikeOut(True)
            if line.undoes is not None:
                font = small_font()
            item.setFont(font)
            item.setToolTip(
                translate("Desk", "Happened {happened}, written {written}, by {who}").format(
                    happened=moment_text(line.happened_at, now),
                    written=moment_text(line.written_at, now),
                    who=actor_words(line.actor, names),
                )
            )
            self.addItem(item)
        self.scrollToBottom()


def _line_text(line: LogLine, now: datetime, names: Mapping[str, str]) -> str:
    who = actor_words(line.actor, names)
    parts = [moment_text(line.happened_at, now), log_words(line.kind), line.text, who]
    return "  ".join(part for part in parts if part)
