"""The wall clock watched against the monotonic clock: a jump is noticed, recorded and told."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.core import audit
from console.core.actor import SYSTEM
from console.core.clock import Clock, to_text
from console.core.database import Database
from console.core.rounds import Rounds

log = logging.getLogger(__name__)
LIMIT_S = 2.0
SLEW = 0.0005  # seconds a second: how fast a clock that is kept right by small steps may drift
LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class ClockJumped:
    """The wall clock was put forward by so many seconds (back, when negative), and shows ``at``."""

    at: datetime
    seconds: float


class ClockWatch:
    """A thread that compares the clocks. A machine that slept is a jump forward, too."""

    def __init__(self, database: Database, clock: Clock, look_s: float = LOOK_S) -> None:
        self._database, self._clock = database, clock
        self._offset_s = self._seen_at = 0.0
        self._rounds = Rounds("clock", self.look, look_s, first=self.look_back)

    def start(self) -> None:
        """Jumps are noticed from now on; one that happened while nobody watched is told at once."""
        self._seen_at, self._offset_s = self._clock.monotonic(), self._offset()
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nobody watches."""
        self._rounds.stop(timeout_s)

    def look(self) -> float | None:
        """By how many seconds the clock has jumped since the last look; None when it has not.

        Small steps add up: what goes faster than a clock is slewed counts as a jump once it is
        more than two seconds.
        """
        now, offset = self._clock.monotonic(), self._offset()
        passed, self._seen_at = now - self._seen_at, now
        apart = offset - self._offset_s
        if abs(apart) > LIMIT_S:
            self._offset_s = offset
            self._tell(apart)
            return apart
        allowed = SLEW * max(0.0, passed)
        self._offset_s += max(-allowed, min(allowed, apart))
        return None

    def look_back(self) -> float | None:
        """How far the clock is behind the last record of the trail; None when it is not."""
        with self._database.read() as connection:
            last = audit.last(connection)
        if last is None:
            return None
        behind = (self._clock.now() - last.at).total_seconds()
        if behind >= -LIMIT_S:
            return None
        self._tell(behind, since=last.seq)
        return behind

    def _offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    def _tell(self, seconds: float, since: int | None = None) -> None:
        now = self._clock.now()
        log.warning("the clock jumped by %.1f s", seconds)
        detail: dict[str, object] = {
            "seconds": round(seconds, 3),
            "before": to_text(now - timedelta(seconds=seconds)),
            "after": to_text(now),
        }
        if since is not None:
            detail["behind_record"] = since
        with self._database.act(SYSTEM) as act:
            act.audit("clock.jumped", "clock", self._database.post, **detail)
            act.announce(ClockJumped(now, seconds))
