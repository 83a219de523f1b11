"""How long the UI thread was away: the gaps between ticks of a timer that asks for every tick."""

from __future__ import annotations

import time
from collections import Counter

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 5


class GapMeter(QObject):
    """Counts, from ``start`` to ``stop``, how late each tick came beyond the asked interval."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._last = 0.0
        # gaps in tenths of a millisecond → how often; bounded however long it runs
        self._gaps: Counter[int] = Counter()

    def start(self) -> None:
        """Measuring begins afresh."""
        self._gaps.clear()
        self._last = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Measuring has ended; the figures stay."""
        self._timer.stop()

    def figures(self) -> dict[str, float]:
        """Milliseconds of absence: p50, p99, p99.9 (``p999``) and the longest."""
        total = sum(self._gaps.values())
        ordered = sorted(self._gaps.items())
        return {
            "p50": _quantile(ordered, total, 0.5),
            "p99": _quantile(ordered, total, 0.99),
            "p999": _quantile(ordered, total, 0.999),
            "max": ordered[-1][0] / 10 if ordered else 0.0,
        }

    def _on_tick(self) -> None:
        now = time.monotonic()
        gap_ms = max(0.0, (now - self._last) * 1000 - TICK_MS)
        self._last = now
        self._gaps[round(gap_ms * 10)] += 1


def _quantile(ordered: list[tuple[int, int]], total: int, share: float) -> float:
    seen = 0
    for value, count in ordered:
        seen += count
        if seen >= share * total:
            return value / 10
    return 0.0
