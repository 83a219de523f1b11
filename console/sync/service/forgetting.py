"""What the city has for good is cleared here, a little at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from console.core.actor import CITY
from console.core.database import Database
from console.sync.store import lane as store

KEEP_DAYS = 90
_AT_ONCE = 200
_LONG_AGO = datetime(1970, 6, 1, tzinfo=UTC)  # 90 days before it there is still a date


@dataclass(frozen=True, slots=True)
class LaneSpan:
    """One lane of one epoch, up to this number, which the city has archived."""

    epoch: str
    lane: int
    through: int


def forget_settled(
    database: Database, halted: threading.Event, span: LaneSpan, city_at: datetime | None
) -> None:
    """What the city has archived is gone from here, and what is too old by both clocks: one that
    jumped must not clear anything. ``city_at``: the city's moment."""
    before = min(database.clock.now(), city_at or _LONG_AGO) - timedelta(days=KEEP_DAYS)
    after = 0
    while not halted.is_set():
        with database.read() as connection:
            seqs = store.forgettable(
                connection, span.epoch, span.lane, (after, span.through), before, _AT_ONCE
            )
        if not seqs:
            return
        after = seqs[-1]
        with database.act(CITY) as act:
            store.forget(act.connection, span.epoch, span.lane, seqs)
        halted.wait(0.005)  # the officer's act comes first
