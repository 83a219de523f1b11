"""Durations gathered while the console runs, for reports that are measured and never assumed."""

from __future__ import annotations

import math
import threading


class Timings:
    """Milliseconds by name; thread-safe and bounded to the latest 100,000 of each."""

    _MOST = 100_000

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._kept: dict[str, list[float]] = {}

    def add(self, name: str, milliseconds: float) -> None:
        """One more duration of this name."""
        with self._guard:
            kept = self._kept.setdefault(name, [])
            if len(kept) >= self._MOST:
                del kept[: self._MOST // 2]
            kept.append(milliseconds)

    def figures(self, name: str) -> dict[str, float | None]:
        """Median and 99th percentile in milliseconds; None where nothing was measured."""
        with self._guard:
            kept = sorted(self._kept.get(name, ()))
        return {"p50": quantile(kept, 0.5), "p99": quantile(kept, 0.99)}

    def count(self, name: str) -> int:
        """How many durations of this name are kept."""
        with self._guard:
            return len(self._kept.get(name, ()))


def quantile(ordered: list[float], share: float) -> float | None:
    """The smallest value that at least ``share`` of the ordered values do not exceed."""
    if not ordered:
        return None
    return round(ordered[max(0, math.ceil(len(ordered) * share) - 1)], 3)
