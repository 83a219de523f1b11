"""The acts of a page: done in the background, told on the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from console.ui.background import Background
from console.ui.style import Tone
from console.ui.words import say_refusal

T = TypeVar("T")
Failed = Callable[[Exception], None]
Say = Callable[[str, Tone], None]


class PageActs(QObject):
    """Each method of a page's acts is one act; ``done`` follows when it is saved or refused."""

    done = Signal()

    def __init__(self, background: Background, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._say = background, say

    def _tell(self, words: str, tone: Tone = Tone.CALM) -> None:
        self._say(words, tone)
        self.done.emit()

    def _ask(
        self, work: Callable[[], T], saved: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """The act; without ``failed`` the status line says why it was refused."""

        def refused(error: Exception) -> None:
            self._tell(say_refusal(error), Tone.ALARM)

        self._background.act(work, saved, failed or refused, self)
