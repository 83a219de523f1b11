"""The audit trail's head is told to the city: every so many records, every hour, at a hand-over."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.audit import NO_HASH
from console.core.clock import Clock, to_text
from console.core.database import Act, Database
from console.core.outbox import Lane
from console.core.rounds import Rounds
from console.sync.store import checkpoint as store

EVERY_RECORDS = 500
EVERY_S = 3600.0
LOOK_S = 20.0
ENTITY = "audit"


def tell_checkpoint(act: Act, post: str, epoch: str) -> bool:
    """The city will be told how the trail stands in this act; False when it knows already."""
    has = store.length(act.connection)
    if has <= store.told_through(act.connection, post, epoch):
        return False
    head = store.hash_at(act.connection, has) or NO_HASH
    payload = {"seq": has, "hash": head, "at": to_text(act.at)}
    act.tell_city(Lane.CUSTODY, ENTITY, post, store.KIND, has, payload)
    return True


class Checkpointer:
    """A thread that tells a checkpoint when it is due. How long ago the last one was is measured
    on the monotonic clock, from the start of the console at the earliest."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        first: Callable[[], object] = lambda: None,
        look_s: float = LOOK_S,
    ) -> None:
        self._database, self._clock = database, clock
        self._last = clock.monotonic()
        self._rounds = Rounds("checkpoints", self.look, look_s, first)

    def start(self) -> None:
        """Checkpoints are told from now on; ``first`` is called once in the thread."""
        self._last = self._clock.monotonic()
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """No more is told."""
        self._rounds.stop(timeout_s)

    def look(self) -> bool:
        """Whether a checkpoint was due and is told now."""
        post, epoch = self._database.post, self._database.epoch
        with self._database.read() as connection:
            fresh = self._fresh(connection)
        hour = self._clock.monotonic() - self._last >= EVERY_S
        if not fresh or (fresh < EVERY_RECORDS and not hour):
            return False
        with self._database.act(SYSTEM) as act:
            told = tell_checkpoint(act, post, epoch)
        self._last = self._clock.monotonic()
        return told

    def _fresh(self, connection: sa.Connection) -> int:
        """How many records the city has not been told of."""
        told = store.told_through(connection, self._database.post, self._database.epoch)
        return store.length(connection) - told
