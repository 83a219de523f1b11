"""The climb: an alarm that nobody acknowledges calls the chief, and at last tells the city so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.alarms.model import Alarm, Kinds, Step
from console.alarms.service.acts import escalate
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import Refused


class Climb:
    """``turn`` at every look of the watch, in its thread.

    How long an alarm waits is measured on the monotonic clock from the first look that saw it ask;
    what it waited before that, as before a restart, is taken from the store.
    """

    def __init__(self, database: Database, actor: Actor, clock: Clock) -> None:
        self._database, self._actor, self._clock = database, actor, clock
        self._since: dict[tuple[str, datetime | None], float] = {}

    def turn(self, there: Sequence[Alarm], kinds: Kinds, now: datetime) -> None:
        """Each alarm that rings has climbed as far as its waiting brings it."""
        at = self._clock.monotonic()
        ringing = {(one.id, one.asked_at): one for one in there if one.rings(now)}
        self._since = {key: at for key, at in self._since.items() if key in ringing}
        for key, one in ringing.items():
            asked_at = one.asked_at or one.raised_at
            before_s = max(0.0, (now - asked_at).total_seconds())
            waited_s = at - self._since.setdefault(key, at - before_s)
            step = _due(one, kinds, waited_s)
            if step is not None:
                self._escalate(one, step, waited_s)

    def _escalate(self, one: Alarm, step: Step, waited_s: float) -> None:
        try:
            escalate(self._database, self._actor, one.id, step, waited_s)
        except Refused:  # somebody acknowledged it just now
            return


def _due(one: Alarm, kinds: Kinds, waited_s: float) -> Step | None:
    limits = kinds.escalate_s.get(one.priority)
    if limits is None:
        return None
    if not one.escalated:
        return Step.CHIEF if waited_s >= limits[0] else None
    if one.escalated == Step.CHIEF and one.is_reported and waited_s >= limits[1]:
        return Step.CITY
    return None
