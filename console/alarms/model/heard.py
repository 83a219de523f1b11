"""What a source's readings say of its emergency: raised, still there, over, late, or a replay."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(minutes=5)
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
    emergency; whoever keeps it holds a lock."""

    is_on: bool = False
    told: OrderedDict[datetime, None] = field(default_factory=OrderedDict)

    @property
    def last_at(self) -> datetime | None:
        """The latest moment of its emergency, by its own clock."""
        return max(self.told, default=None)

    def hear(self, is_sos: bool, at: datetime | None, now: datetime) -> News:
        """What this reading means. A word of the past neither begins nor ends anything now."""
        if not is_sos:
            return self._hear_calm(at)
        if at is not None:
            if at in self.told:
                return News.REPLAYED
            self._keep(at)
            if at < now - LATE_AFTER:
                return News.LATE
        if self.is_on:
            return News.LASTS
        self.is_on = True
        return News.RAISED

    def _hear_calm(self, at: datetime | None) -> News:
        last = self.last_at
        if not self.is_on or (at is not None and last is not None and at <= last):
            return News.NOTHING
        self.is_on = False
        return News.OVER

    def _keep(self, at: datetime) -> None:
        self.told[at] = None
        while len(self.told) > KEPT:
            self.told.popitem(last=False)
