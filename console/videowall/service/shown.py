"""What is wanted on one tile, and what is known of it: by children that are gone, and by this one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from console.videowall.model import Camera, Failure, Phase, Picture, Stream, Verdict, phase_of


@dataclass(slots=True)
class Shown:
    """One tile since it was asked for. Changed only under the wall's guard; ``picture`` needs none:
    what is counted together is replaced in one step.
    """

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
    # shown and lost by children that are gone, and what this one tells
    counted: tuple[int, int, Mapping[str, Any]] = (0, 0, MappingProxyType({}))

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
        shown, lost, _ = self.counted
        self.counted = (shown, lost, line)
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
        shown, lost, beat = self.counted
        gone = int(beat.get("shown", 0)), int(beat.get("lost", 0))
        self.counted = (shown + gone[0], lost + gone[1], MappingProxyType({}))

    def picture(self, no_player: bool) -> Picture:
        """How the tile stands now. In any thread; never waits."""
        gone, gone_lost, beat = self.counted
        last_at, now = self.last_at, time.monotonic()
        shown = gone + int(beat.get("shown", 0))
        age = None if last_at is None else max(0.0, now - last_at)
        code, verdict = beat.get("code"), beat.get("verdict")
        failure = Failure.NO_PLAYER if no_player else Failure(code) if code else None
        return Picture(
            self.camera.id,
            phase_of(shown, age, failure),
            failure,
            shown,
            age,
            now - self.asked_at,
            self.replaced,
            gone_lost + int(beat.get("lost", 0)),
            self.first_s,
            Verdict(verdict) if verdict else None,
            self.stream,
            tuple(beat.get("size") or (0, 0)),
        )

    def turned_still(self, no_player: bool) -> bool:
        """Whether the picture has come to stand since this was asked last."""
        still = self.picture(no_player).phase is Phase.STALLED
        turned, self.stalled = still and not self.stalled, still
        return turned
