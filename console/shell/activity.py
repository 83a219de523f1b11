"""The status line: what the last act did, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from console.ui.elided import ElidedLabel
from console.ui.moments import clock_text
from console.ui.style import mark


class ActivityLine(ElidedLabel):
    """What the last act did stays until the next one."""

    def __init__(self) -> None:
        super().__init__("caption", greedy=True)

    def say(self, words: str, tone: str = "") -> None:
        """The line says this with the time (``late`` or ``alarm`` in tone)."""
        mark(self, tone=tone)
        self.show_words(f"{clock_text(datetime.now(UTC))}  {words}" if words else "")
