"""What is wanted on one tile, and what is known of it: by children that are gone, and by this one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from console.videowall.model import Camera, Failure, Phase, Picture, Stream, Verdict, phase_of


@dataclass(slots=True)
class Shown:
    """One tile since it was asked for. Only under the wall's guard."""

    tile: str
    camera: Camera
    window: int
    stream: Stream
    turn: int
    keeper: int
    replaced: int = 0
    asked_at: float = field(default_factory=time.monotonic)
    last_at: float | None = None  # of the last picture
    first_s: float | None = None
    stalled: bool = False
    shown: int = 0  # by children that are gone
    lost: int = 0
    beat: dict[str, Any] = field(default_factory=dict)

    def same(self, camera: Camera, window: int, stream: Stream) -> bool:
        """Whether this is shown already, so that nothing is to be done."""
        return (self.camera, self.window, self.stream) == (camera, window, stream)

    def order(self) -> dict[str, Any]:
        """What the child is told. Holds the password."""
        one = self.camera
        return {
            "order": "show",
            "tile": self.tile,
            "turn": self.turn,
            "window": self.window,
            "address": one.address_of(self.stream),
            "user": one.user,
            "password": one.password,
        }

    def hear(self, line: dict[str, Any]) -> bool:
        """The child's counters are taken over; whether they are of this order and hold a picture."""
        if line.get("turn") != self.turn:
            return False  # of what was wanted before
        self.beat = line
        age = line.get("age_s")
        if age is None:
            return False
        self.last_at = time.monotonic() - float(age)
        if self.first_s is None:
            first_at = time.monotonic() - float(line["first_age_s"])
            self.first_s = max(0.0, first_at - self.asked_at)
        return True

    def lose_child(self) -> None:
        """The child is gone; what it counted stays counted."""
        self.replaced += 1
        self.shown += int(self.beat.get("shown", 0))
        self.lost += int(self.beat.get("lost", 0))
        self.beat = {}

    def picture(self, no_player: bool) -> Picture:
        """How the tile stands now."""
        now = time.monotonic()
        shown = self.shown + int(self.beat.get("shown", 0))
        age = None if self.last_at is None else now - self.last_at
        code, verdict = self.beat.get("code"), self.beat.get("verdict")
        failure = Failure.NO_PLAYER if no_player else Failure(code) if code else None
        return Picture(
            self.camera.id,
            phase_of(shown, age, failure),
            failure,
            shown,
            age,
            now - self.asked_at,
            self.replaced,
            self.lost + int(self.beat.get("lost", 0)),
            self.first_s,
            Verdict(verdict) if verdict else None,
            self.stream,
            tuple(self.beat.get("size") or (0, 0)),
        )

    def turned_still(self, no_player: bool) -> bool:
        """Whether the picture has come to stand since this was asked last."""
        still = self.picture(no_player).phase is Phase.STALLED
        turned, self.stalled = still and not self.stalled, still
        return turned
