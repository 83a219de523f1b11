"""One tile of the wall as the player has it: opened, counted, opened again when it broke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.videowall.model import Failure
from console.videowall.player.ingest import MOST_POINTS, Ingest, Source
from console.videowall.player.recorder import Recorder
from console.videowall.player.ring import Ring
from console.videowall.player.screen import Figures, Library, Screen

if TYPE_CHECKING:
    from console.videowall.player.look import Look

AGAIN_S, AGAIN_MOST_S = 1.0, 4.0
LOOK_S, WHOLE_EVERY = 3.0, 5  # every so many looks go through all pictures since the key one
WHOLE = 16
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

    def __init__(self, order: Order, library: Library) -> None:
        self.ring = Ring()
        self.recorders: dict[str, Recorder] = {}
        self._order = order
        self._screen = Screen(library)
        self._look: Look | None = None
        self._looks = 0
        self._looked_at = 0.0
        self._ingest: Ingest | None = None
        self._counted = Figures()
        self._shown = self._lost = 0
        self._first_at: float | None = None
        self._last_at: float | None = None
        self._decoded_at: float | None = None
        self._again_at: float | None = None
        self._tries = 0
        self._failure: Failure | None = None

    @property
    def turn(self) -> int:
        """Which order this is."""
        return self._order.turn

    @property
    def opening(self) -> bool:
        """Whether its first picture is waited for."""
        return self._first_at is None and self._failure is None

    def start(self) -> None:
        """The tile shows what it was ordered to, and nothing else."""
        self._again_at = self._decoded_at = None
        self._counted = Figures()
        self._ingest = Ingest(self._order.source, self.ring)
        self._ingest.start()
        self._screen.show(self._ingest.pipe, self._order.window)

    def stop(self, cause: str = "hidden") -> None:
        """Nothing is taken in, decoded or drawn, and its recordings end."""
        for one in self.recorders.values():
            one.stop(cause)
        self._close()

    def _close(self) -> None:
        if self._ingest is not None:
            self._ingest.stop()
            self._ingest = None
        self._screen.stop()

    def step(self, now: float) -> None:
        """The counters are read; what broke is opened again after a while."""
        if self._again_at is not None:
            if now >= self._again_at:
                self.start()
            return
        self._count(now)
        assert self._ingest is not None
        failure = self._ingest.failure
        if failure is None and self._look is not None and self._look.points > MOST_POINTS:
            failure, self._look = Failure.TOO_LARGE, None
        if failure is None and self._undrawn(now):
            failure = Failure.NO_OUTPUT
        if failure is not None:
            wait = min(AGAIN_MOST_S, AGAIN_S * 2**self._tries)
            self._failure, self._again_at = failure, now + wait
            self._tries += 1
            self._close()

    def due(self, now: float) -> bool:
        """Whether its pictures are to be looked at again."""
        fresh = self._last_at is not None and now - self._last_at < LOOK_S
        if not fresh or now - self._looked_at < LOOK_S:
            return False
        self._looked_at = now
        return True

    def look(self) -> dict[str, Any] | None:
        """The news when its pictures look otherwise than before. In another thread."""
        from console.videowall.player.look import Look  # not before a picture: it takes its time

        look = self._look = self._look or Look()
        self._looks += 1
        whole = look.doubts or self._looks % WHOLE_EVERY == 0
        verdict = look.take(self.ring.newest(WHOLE if whole else 1))
        if verdict is None:
            return None
        return {"news": "judged", "tile": self._order.tile, "turn": self.turn, "verdict": verdict}

    def told(self, now: float) -> dict[str, Any]:
        """How the tile stands, as a part of the beat."""
        return {
            "tile": self._order.tile,
            "turn": self._order.turn,
            "code": str(self._failure or ""),
            "shown": self._shown,
            "lost": self._lost,
            "verdict": str((self._look and self._look.verdict) or ""),
            "size": self._look.size
            if self._look is not None and self._look.points
            else self.ring.size,
            "age_s": None if self._last_at is None else round(now - self._last_at, 3),
            "first_age_s": None if self._first_at is None else round(now - self._first_at, 3),
        }

    def _count(self, now: float) -> None:
        figures, was = self._screen.figures(), self._counted
        if figures.decoded and self._decoded_at is None:
            self._decoded_at = now
        if figures.drawn > was.drawn:
            self._shown += figures.drawn - was.drawn
            self._last_at, self._failure, self._tries = now, None, 0
            self._first_at = self._first_at or now
        self._lost += max(0, figures.lost - was.lost)
        self._counted = figures

    def _undrawn(self, now: float) -> bool:
        begun = self._decoded_at
        return not self._counted.drawn and begun is not None and now - begun > UNDRAWN_S
