"""The gentle patrol: looks through cameras that nobody has on the wall, one at a time, with no window.

It has a child process of its own, so a camera that kills or hangs it makes no officer's tile blink.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import psutil

from console.core.clock import Clock
from console.videowall.model import Camera, Failure, Phase, Picture, Stream, Verdict
from console.videowall.model.health import STALLED, Found, HealthRule, Looker
from console.videowall.service.keeper import Limits
from console.videowall.service.wall import MOST_TILES, Wall

TILE = "inspection"
IDLE_S = 30.0  # so long after a look its process waits for the next one
BEGIN_S = 60.0  # after the start of the console: the desk comes first
SETTLES_S = 30.0  # without a look after the machine was found busy
NOT_THE_CAMERAS = frozenset({Failure.NO_OUTPUT, Failure.NO_PLAYER})


class Screen(Protocol):
    """What decodes one camera: a wall without a window."""

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None: ...
    def hide(self, tile: str) -> None: ...
    def picture(self, tile: str) -> Picture: ...
    def stop(self, timeout_s: float = 4.0) -> None: ...


def spare_screen() -> Wall:
    """A wall of its own for the patrol: one child, which ends when nothing is to be looked at."""
    return Wall(limits=Limits(idle_s=IDLE_S, stays=False))


class Load:
    """How much of the machine is used, in percent, since it was asked last."""

    def __init__(self) -> None:
        psutil.cpu_percent(None)

    def __call__(self) -> float:
        waiting = os.getloadavg()[0] / (os.cpu_count() or 1) * 100 if hasattr(os, "getloadavg") else 0.0  # fmt: skip
        return max(psutil.cpu_percent(None), min(waiting, 100.0))


@dataclass(slots=True)
class _Look:
    """The look that goes on."""

    camera: Camera
    begun: float
    at: datetime


class Inspection:
    """``step`` a few times a second: begins, ends or breaks off a look. Called by one thread.

    Never while the wall has all its tiles, never while the machine is busy, never at a duty level
    whose pause is 0; what was broken off found nothing.
    """

    def __init__(
        self,
        clock: Clock,
        screen: Screen,
        load: Callable[[], float],
        begin_s: float = BEGIN_S,
    ) -> None:
        self._clock, self._screen, self._load = clock, screen, load
        self._look: _Look | None = None
        self._not_before = clock.monotonic() + begin_s
        self._weighed_at = float("-inf")
        self._busy = False

    @property
    def looks_at(self) -> Camera | None:
        """The camera that is looked through now."""
        return None if self._look is None else self._look.camera

    def wish(self) -> None:
        """The next look need not wait for its pause."""
        self._not_before = min(self._not_before, self._clock.monotonic())

    def step(
        self,
        pictures: Mapping[str, Picture],
        rule: HealthRule,
        level: str,
        next_one: Callable[[], Camera | None],
    ) -> Found | None:
        """What a look that ended now found; ``next_one`` tells whose turn it is."""
        now, pause = self._clock.monotonic(), rule.pause_s.get(level, 0.0)
        if self._held_up(pictures, rule, pause, now):
            self._break_off(now)
            return None
        if self._look is not None:
            return self._seen(self._look, rule, pause, now)
        if now >= self._not_before:
            one = next_one()
            self._not_before = now + pause
            if one is not None:
                self._screen.show(TILE, one, 0)
                self._look = _Look(one, now, self._clock.now())
        return None

    def stop(self) -> None:
        """Its process is gone."""
        self._look = None
        self._screen.stop()

    def _held_up(
        self, pictures: Mapping[str, Picture], rule: HealthRule, pause: float, now: float
    ) -> bool:
        if len(pictures) >= MOST_TILES or pause <= 0:
            return True
        if now - self._weighed_at >= 1.0:
            self._weighed_at = now
            self._busy = self._load() > rule.busy_percent
        return self._busy

    def _break_off(self, now: float) -> None:
        if self._look is not None:
            self._look = None
            self._screen.hide(TILE)
        if self._busy:
            self._not_before = max(self._not_before, now + SETTLES_S)

    def _seen(self, look: _Look, rule: HealthRule, pause: float, now: float) -> Found | None:
        picture, gone = self._screen.picture(TILE), now - look.begun
        bad = picture.verdict not in (None, Verdict.GOOD)
        if gone < rule.look_s and not bad:
            return None
        self._look = None
        self._screen.hide(TILE)
        self._not_before = now + pause
        return found_of(look.camera, picture, self._clock.now(), look.at)


def found_of(camera: Camera, picture: Picture, now: datetime, asked_at: datetime) -> Found | None:
    """What this picture says of the camera; None where this machine itself cannot show any."""
    if picture.failure in NOT_THE_CAMERAS:
        return None
    if picture.phase is Phase.PLAYING:
        return Found(camera.id, now, True, verdict=picture.verdict, by=Looker.PATROL)
    since = asked_at if picture.age_s is None else now - timedelta(seconds=picture.age_s)
    cause = str(picture.failure or (STALLED if picture.shown else Failure.NO_ANSWER))
    return Found(camera.id, now, False, cause, by=Looker.PATROL, since=since)
