"""What a source's readings say of its emergency: raised, still there, over, late, or a replay."""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.links.model import Position

LATE_AFTER = timedelta(minutes=5)
FROZEN_AFTER = timedelta(seconds=5)  # a clock that shows the same as so long ago stands still
KEPT = 512  # moments of a source's emergency, to know a replay by


class News(StrEnum):
    """What one more reading of a source means."""

    NOTHING = "nothing"
    RAISED = "raised"
    LASTS = "lasts"
    OVER = "over"
    LATE = "late"  # it is told after the event, and is no longer so
    REPLAYED = "replayed"  # the same word again: it was told before


@dataclass(slots=True)
class Source:
    """One source as it was heard so far. ``told`` holds the moments, by its own clock, of its
    emergency, ``judged`` those, by ours, at which its places told of one; whoever keeps it holds a
    lock."""

    is_on: bool = False
    at: datetime | None = None  # of its last word, by its own clock where that can be believed
    told: OrderedDict[datetime, None] = field(default_factory=OrderedDict)
    judged: deque[datetime] = field(default_factory=lambda: deque(maxlen=16))
    _last: tuple[datetime | None, datetime] | None = None

    @property
    def last_at(self) -> datetime | None:
        """The latest moment of its emergency, by its own clock."""
        return max(self.told, default=None)

    def hear(self, is_sos: bool, at: datetime | None, now: datetime) -> News:
        """What this reading means. A word of the past neither begins nor ends anything now."""
        if is_sos:
            self.judged.append(now)
        frozen = self._last is not None and self._last[0] == at
        if frozen and self._last is not None and now - self._last[1] > FROZEN_AFTER:
            self.at = None
        elif is_sos and at in self.told:
            return News.REPLAYED
        else:
            self.at = at
        self._last = (at, now)
        return self._hear_sos(now) if is_sos else self._hear_calm()

    def _hear_sos(self, now: datetime) -> News:
        if self.at is not None:
            self._keep(self.at)
            if self.at < now - LATE_AFTER:
                return News.LATE
        if self.is_on:
            return News.LASTS
        self.is_on = True
        return News.RAISED

    def _hear_calm(self) -> News:
        last = self.last_at
        if not self.is_on or (self.at is not None and last is not None and self.at <= last):
            return News.NOTHING
        self.is_on = False
        return News.OVER

    def _keep(self, at: datetime) -> None:
        self.told[at] = None
        while len(self.told) > KEPT:
            self.told.popitem(last=False)


def drawn(reading: Position) -> bool:
    """The place is one: a fix, finite, on the earth, and not the 0,0 of a receiver without one."""
    lat, lon = reading.lat, reading.lon
    if lat is None or lon is None or not reading.valid:
        return False
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)
