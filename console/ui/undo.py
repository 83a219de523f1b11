"""Taking back the last act for a short while, by an act that compensates it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.clock import Clock

DEEP = 20


@dataclass(frozen=True, slots=True)
class _Offer:
    label: str
    take_back: Callable[[], None]
    until: float


class Undo(QObject):
    """What Ctrl+Z would take back. ``changed(label, seconds_left)`` follows; no label means nothing."""

    changed = Signal(str, int)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._offers: list[_Offer] = []
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tell)

    def offer(self, label: str, take_back: Callable[[], None], seconds: float) -> None:
        """For so many seconds Ctrl+Z will call ``take_back``; ``label`` says what it undoes."""
        self._offers.append(_Offer(label, take_back, self._clock.monotonic() + seconds))
        del self._offers[:-DEEP]
        self._timer.start()
        self.tell()

    def take_back(self) -> bool:
        """The newest act still on offer is taken back; False when there is none."""
        self._expire()
        if not self._offers:
            self.tell()
            return False
        offer = self._offers.pop()
        self.tell()
        offer.take_back()
        return True

    def clear(self) -> None:
        """Nothing is on offer (another officer has taken over)."""
        self._offers.clear()
        self.tell()

    def tell(self) -> None:
        """``changed`` says what is on offer now."""
        self._expire()
        if self._offers:
            last = self._offers[-1]
            self.changed.emit(last.label, max(1, round(last.until - self._clock.monotonic())))
        else:
            self._timer.stop()
            self.changed.emit("", 0)

    def _expire(self) -> None:
        now = self._clock.monotonic()
        self._offers = [offer for offer in self._offers if offer.until > now]
