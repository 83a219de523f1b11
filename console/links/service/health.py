"""How each link did, minute by minute: counted from what the links show, kept for a week."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.ids import LinkId
from console.core.rounds import Rounds
from console.links import store
from console.links.model import LinkPhase, LinkState
from console.links.model.health import HealthMinute

log = logging.getLogger(__name__)

KEPT = timedelta(days=7)
LOOK_S = 2.0
MOST_UNKEPT = 5000  # minutes that wait for a store that takes none
HEALTH = Actor("system", "links")
_FORGET_EVERY = 60  # minutes
_RANK = (
    LinkPhase.TRAFFIC, LinkPhase.OPEN, LinkPhase.SILENT, LinkPhase.PLUGGED, LinkPhase.ABSENT,
    LinkPhase.LOST,
)  # fmt: skip


def counted_since(connection: sa.Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Good and bad frames of each link in the minutes from then on that are over."""
    return store.counted_since(connection, since)


def minute_of(at: datetime) -> datetime:
    """The beginning of its minute."""
    return at.replace(second=0, microsecond=0)


@dataclass(slots=True)
class MinuteBook:
    """Counts by minute what links show as sums. ``look`` closes the minutes that are over."""

    _sums: dict[LinkId, tuple[int, int, int, int]] = field(default_factory=dict)
    _running: dict[LinkId, HealthMinute] = field(default_factory=dict)

    def look(self, states: Sequence[LinkState], now: datetime) -> list[HealthMinute]:
        """What came since the last look is in the running minute; those that are over, in order."""
        minute = minute_of(now)
        over = [one for one in self._running.values() if one.at != minute]
        for one in over:
            del self._running[one.link_id]
        for state in states:
            self._count(state, minute)
        return sorted(over, key=lambda one: (one.at, one.link_id))

    def running(self, link_id: LinkId) -> HealthMinute | None:
        """The minute that is not over yet."""
        return self._running.get(link_id)

    def take_all(self) -> list[HealthMinute]:
        """The running minutes, as far as they came; they are counted no further."""
        left = list(self._running.values())
        self._running.clear()
        return left

    def _count(self, state: LinkState, minute: datetime) -> None:
        link = state.config.id
        sums = (state.frames, state.bad, state.lost, state.dropped)
        was = self._sums.get(link, (0, 0, 0, 0))
        if any(now < before for now, before in zip(sums, was, strict=True)):
            was = (0, 0, 0, 0)  # its thread was begun anew and counts from nothing
        self._sums[link] = sums
        frames, bad, lost, dropped = (now - before for now, before in zip(sums, was, strict=True))
        running = self._running.get(link) or HealthMinute(link, minute, state.phase)
        self._running[link] = replace(
            running,
            phase=max(running.phase, state.phase, key=_RANK.index),  # the worst that was seen
            frames=running.frames + frames,
            bad=running.bad + bad,
            lost=running.lost + lost,
            dropped=running.dropped + dropped,
        )


class HealthKeeper:
    """Writes the minutes of all links into the store, from ``start`` to ``stop``."""

    def __init__(
        self, database: Database, snapshot: Callable[[], Sequence[LinkState]], clock: Clock
    ) -> None:
        self._database, self._snapshot, self._clock = database, snapshot, clock
        self._guard = threading.Lock()
        self._book = MinuteBook()
        self._unkept: list[HealthMinute] = []
        self._minutes = 0
        self._rounds = Rounds("links health", self.look, LOOK_S)

    def start(self) -> None:
        """The minutes are counted."""
        self._rounds.start()

    def stop(self, timeout_s: float = 3.0) -> None:
        """The minute that runs is kept as far as it came."""
        self._rounds.stop(timeout_s)
        with self._guard:
            self._unkept += self._book.take_all()
        try:
            self._keep()
        except ConsoleError as failed:
            log.warning("the last minutes of the links are not kept: %s", failed)

    def look(self) -> None:
        """Everything up to this moment is counted, and what is over is in the store."""
        with self._guard:
            self._unkept += self._book.look(self._snapshot(), self._clock.now())
            del self._unkept[:-MOST_UNKEPT]
        self._keep()

    def health(
        self, connection: sa.Connection, link_id: LinkId, since: datetime
    ) -> list[HealthMinute]:
        """The minutes of this link from ``since`` on, oldest first, the running one included."""
        kept = {one.at: one for one in store.health(connection, link_id, minute_of(since))}
        with self._guard:
            running = self._book.running(link_id)
            for one in (*self._unkept, *((running,) if running else ())):
                if one.link_id == link_id:
                    kept[one.at] = store.added(kept.get(one.at), one)
        return [kept[at] for at in sorted(kept)]

    def _keep(self) -> None:
        with self._guard:
            over, self._unkept = self._unkept, []
        if not over:
            return
        if self._database.ballast.spent:
            return  # the disk has no room: these minutes are not worth what is left
        self._minutes += 1
        try:
            with self._database.act(HEALTH) as act:
                store.put_health(act.connection, over)
                if self._minutes % _FORGET_EVERY == 1:
                    store.forget_health(act.connection, self._clock.now() - KEPT)
        except BaseException:
            with self._guard:
                self._unkept = [*over, *self._unkept]
            raise
