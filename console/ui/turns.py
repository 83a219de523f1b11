"""Work of the screen spread over the turns of its loop, so that no single turn is long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
PAUSE_MS = 8  # keys, mouse and painting come in between


class Turns(QObject):
    """Does one waiting thing a turn, in the order of asking. Of one name only the last is done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[str, Callable[[], None]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._next)

    def soon(self, name: str, work: Callable[[], None]) -> None:
        """``work`` will be done in a turn of its own, instead of what waits under this name."""
        self._waiting[name] = work
        if not self._timer.isActive():
            self._timer.start()

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        work = self._waiting.pop(next(iter(self._waiting)))
        if not self._waiting:
            self._timer.stop()
        work()


class Newest:
    """Keeps answers in the order of their questions: one that a later one has overtaken is dropped."""

    def __init__(self) -> None:
        self._asked = self._shown = 0

    def only(self, show: Callable[[T], None]) -> Callable[[T], None]:
        """``show``, for the answer to a question that is asked now."""
        self._asked += 1
        turn = self._asked

        def newest(answer: T) -> None:
            if turn > self._shown:
                self._shown = turn
                show(answer)

        return newest
