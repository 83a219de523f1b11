"""One tile of the wall as the player has it: opened, counted, opened again when it broke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.videowall.model import Failure
from console.videowall.player.ingest import Ingest, Source
from console.videowall.player.screen import Screen

AGAIN_S = 2.0
UNDRAWN_S = 3.0  # decoded, and never drawn: there is no way to the screen


@dataclass(frozen=True, slots=True)
class Order:
    """What the tile shows, and into which window (0: decode only); ``turn`` is told back."""

    tile: str
    turn: int
    source: Source
    window: int = 0


class Tile:
    """``step`` is called a few times a second, always by the same thread."""

    def __init__(self, window: int) -> None:
        self._screen = Screen(window)
        self._ingest: Ingest | None = None
        self._order: Order | None = None
        self._shown = self._drawn = 0
        self._last_at: float | None = None
        self._decoded_at: float | None = None
        self._again_at: float | None = None
        self._failure: Failure | None = None

    def show(self, order: Order) -> None:
        """The tile shows this and nothing else."""
        self.stop()
        self._order = order
        self._shown, self._last_at = 0, None
        self._open()

    def stop(self) -> None:
        """Nothing is taken in, decoded or drawn."""
        self._close()
        self._order, self._failure, self._again_at = None, None, None

    def step(self, now: float) -> None:
        """The counters are read; what broke is opened again after a while."""
        if self._order is None:
            return
        if self._again_at is not None:
            if now >= self._again_at:
                self._open()
            return
        self._count(now)
        assert self._ingest is not None
        failure = self._ingest.failure
        if failure is None and self._undrawn(now):
            failure = Failure.NO_OUTPUT
        if failure is not None:
            self._failure, self._again_at = failure, now + AGAIN_S
            self._close()

    def told(self, now: float) -> dict[str, Any]:
        """How the tile stands, as a line for the supervisor."""
        if self._order is None:
            return {"state": "idle"}
        state = "failed" if self._failure else "playing" if self._drawn else "opening"
        return {
            "tile": self._order.tile,
            "turn": self._order.turn,
            "state": state,
            "code": str(self._failure or ""),
            "shown": self._shown,
            "age_s": None if self._last_at is None else round(now - self._last_at, 3),
        }

    def _open(self) -> None:
        assert self._order is not None
        self._again_at = self._decoded_at = None
        self._drawn = 0
        self._ingest = Ingest(self._order.source)
        self._ingest.start()
        self._screen.show(self._ingest.pipe, self._order.window)

    def _close(self) -> None:
        if self._ingest is not None:
            self._ingest.stop()
            self._ingest = None
        self._screen.stop()

    def _count(self, now: float) -> None:
        decoded, drawn = self._screen.figures()
        if decoded and self._decoded_at is None:
            self._decoded_at = now
        if drawn > self._drawn:
            self._shown += drawn - self._drawn
            self._drawn, self._last_at, self._failure = drawn, now, None

    def _undrawn(self, now: float) -> bool:
        begun = self._decoded_at
        return not self._drawn and begun is not None and now - begun > UNDRAWN_S
