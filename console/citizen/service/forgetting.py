"""Personal data end after their term: blanked, and the blanking is itself on the record."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.citizen import store
from console.citizen.model import VisitsChanged, number_of
from console.citizen.service.recording import add_line
from console.citizen.service.tables import table
from console.core.actor import SYSTEM
from console.core.clock import Clock, to_text
from console.core.database import Database
from console.core.rounds import Rounds

FORM = "visit"
AT_ONCE = 500  # visits an act, so that no officer waits for a year's worth
EVERY_S = 3600.0


def forget_expired(database: Database, now: datetime) -> int:
    """No visit older than the post's term holds personal data, nor does a draft; returns how many
    visits were blanked. The trail names each by its number."""
    with database.read() as connection:
        term = timedelta(days=table(connection, now).personal_days)
    before, count = now - term, 0
    while bite := _forget_some(database, before):
        count += bite
    return count


def _forget_some(database: Database, before: datetime) -> int:
    with database.read() as connection:
        if not store.to_forget(connection, before, 1) and not store.old_drafts(
            connection, FORM, before
        ):
            return 0  # no act where nothing is due
    with database.act(SYSTEM) as act:
        rows = store.to_forget(act.connection, before, AT_ONCE)
        drafts = store.forget_drafts(act.connection, FORM, before)
        store.forget(act.connection, [row.id for row in rows])
        for row in rows:
            add_line(act, row.id, row.rev + 1, "forgotten")
        act.audit(
            "visit.forgotten", "visit", "personal", before=to_text(before), drafts=drafts,
            numbers=[number_of(row.key) for row in rows],
        )  # fmt: skip
        act.announce(VisitsChanged())
    return len(rows)


class Forgetter:
    """From ``start`` to ``stop`` looks every hour whether a term has run out."""

    def __init__(self, database: Database, clock: Clock, every_s: float = EVERY_S) -> None:
        self._database, self._clock = database, clock
        self._rounds = Rounds("visits-forget", self._turn, every_s)

    def start(self) -> None:
        """The thread runs."""
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """The thread has ended, or is left to end alone."""
        self._rounds.stop(timeout_s)

    def _turn(self) -> None:
        forget_expired(self._database, self._clock.now())
