"""The head of the simulated camera: it turns with the speed it was told, until it is stopped."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

RANGE_A_S = 0.5  # of the whole range, at full speed
Three = tuple[float, float, float]


@dataclass
class Head:
    """Pan and tilt −1…1, zoom 0…1, over time by speed. ``keeps_limit``: a Timeout ends a move."""

    keeps_limit: bool = True
    presets: dict[str, tuple[str, Three]] = field(default_factory=dict)
    _at: Three = (0.0, 0.0, 0.0)
    _speed: Three = (0.0, 0.0, 0.0)
    _since: float = field(default_factory=time.monotonic)
    _until: float = float("inf")
    _guard: threading.RLock = field(default_factory=threading.RLock)

    @property
    def moving(self) -> bool:
        """Whether it turns at this moment."""
        with self._guard:
            self._pass_time()
            return any(self._speed)

    @property
    def place(self) -> Three:
        """Where it looks at this moment."""
        with self._guard:
            self._pass_time()
            return self._at

    def move(self, speed: Three, for_s: float | None) -> None:
        """It turns so from now on."""
        with self._guard:
            self._pass_time()
            self._speed = speed
            limited = for_s is not None and self.keeps_limit
            self._until = self._since + (for_s or 0.0) if limited else float("inf")

    def stop(self) -> None:
        """It stands."""
        self.move((0.0, 0.0, 0.0), None)

    def put(self, place: Three) -> None:
        """It stands there."""
        with self._guard:
            self.stop()
            self._at = _held(place)

    def keep(self, token: str, name: str) -> str:
        """Where it looks now is a preset; returns its token."""
        with self._guard:
            token = token or f"preset-{len(self.presets) + 1}"
            self.presets[token] = (name, self.place)
            return token

    def _pass_time(self) -> None:
        now = time.monotonic()
        end = min(now, self._until)
        passed = max(0.0, end - self._since) * RANGE_A_S
        pan, tilt, zoom = (
            at + speed * passed for at, speed in zip(self._at, self._speed, strict=True)
        )
        self._at = _held((pan, tilt, zoom))
        if now >= self._until:
            self._speed, self._until = (0.0, 0.0, 0.0), float("inf")
        self._since = now


def _held(place: Three) -> Three:
    pan, tilt, zoom = place
    return (max(-1.0, min(1.0, pan)), max(-1.0, min(1.0, tilt)), max(0.0, min(1.0, zoom)))
