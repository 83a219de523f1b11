"""Events that bring cameras onto the wall by themselves: in which order, and what is sent back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from console.core.words import Words
from console.videowall.model.nearest import Sight
from console.videowall.model.recording import Why

MOST_SENT_BACK = 500
MOST_CAMERAS = 4
EVENT_TITLE = {
    Why.CALL: Words("警情联动", "call"),
    Why.ALARM: Words("告警联动", "alarm"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Why cameras come: a call or an alarm, ``at`` its place, with what shows that place.

    ``priority``: 1 is the most urgent. ``at`` is when it came, or was raised anew: one that was sent
    back stays away until it is raised again. ``ref`` is the call's or the alarm's id.
    """

    why: Why
    ref: str
    title: Words
    place: str
    priority: int
    at: datetime
    sights: tuple[Sight, ...]

    @property
    def id(self) -> str:
        """What tells it from every other event."""
        return f"{self.why}:{self.ref}"

    @property
    def call_id(self) -> str | None:
        """The call that its recordings belong to."""
        return self.ref if self.why is Why.CALL else None


@dataclass(frozen=True, slots=True)
class PopUps:
    """``waiting``: who has the reserved region first, then those behind; ``sent_back``: the newest
    first. An event is in one of the two, and leaves only when it is over."""

    waiting: tuple[Event, ...] = ()
    sent_back: tuple[Event, ...] = ()
    chosen: str = ""  # brought by hand, or held: first until something more urgent comes

    @property
    def front(self) -> Event | None:
        """Whose cameras are shown."""
        return self.waiting[0] if self.waiting else None

    def put(self, event: Event) -> PopUps:
        """The event has its place in the queue: by priority, the newest of one priority first.

        One that was sent back stays so, unless it was raised anew since.
        """
        away = {one.id: one for one in self.sent_back}
        if event.id in away and event.at <= away[event.id].at:
            back = tuple(event if one.id == event.id else one for one in self.sent_back)
            return replace(self, sent_back=back)
        was = next((one for one in self.waiting if one.id == event.id), None)
        first = next((one for one in self.waiting if one.id == self.chosen), None)
        urgent = was is None and first is not None and event.priority < first.priority
        rest = [one for one in self.waiting if one.id != event.id]
        return replace(
            self,
            sent_back=tuple(one for one in self.sent_back if one.id != event.id),
            chosen="" if urgent else self.chosen,
        )._ordered([*rest, event])

    def send_back(self) -> PopUps:
        """The front one leaves the region; the next one has it. It stays on the list."""
        if self.front is None:
            return self
        away = (self.front, *self.sent_back)[:MOST_SENT_BACK]
        left = replace(self, sent_back=away, chosen="")
        return left._ordered(list(self.waiting[1:]))

    def bring(self, event_id: str) -> PopUps:
        """This event has the region, wherever it stood; by hand."""
        known = {one.id: one for one in (*self.waiting, *self.sent_back)}
        if event_id not in known:
            return self
        rest = [one for one in self.waiting if one.id != event_id]
        away = tuple(one for one in self.sent_back if one.id != event_id)
        return replace(self, sent_back=away, chosen=event_id)._ordered([*rest, known[event_id]])

    def held(self) -> PopUps:
        """The front one stays so, whatever as urgent comes."""
        return self if self.front is None else replace(self, chosen=self.front.id)

    def released(self) -> PopUps:
        """Nothing is held or chosen: the newest of the most urgent ones is in front."""
        return replace(self, chosen="")._ordered(list(self.waiting))

    def over(self, event_id: str) -> PopUps:
        """The event is over: nothing is left of it."""
        away = tuple(one for one in self.sent_back if one.id != event_id)
        left = replace(self, sent_back=away)
        return left._ordered([one for one in self.waiting if one.id != event_id])

    def _ordered(self, events: list[Event]) -> PopUps:
        def order(one: Event) -> tuple[bool, int, float, str]:
            return one.id != self.chosen, one.priority, -one.at.timestamp(), one.id

        return replace(self, waiting=tuple(sorted(events, key=order)))


@dataclass(frozen=True, slots=True)
class PopUpRule:
    """The post's rule: how many cameras come, from how far, for what, and how long they are recorded."""

    cameras: int
    within_m: float
    call_level: int  # calls of this level and the more urgent ones
    alarms: frozenset[str]  # kinds
    tests: bool
    shelved: bool
    record: bool
    record_s: float

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> PopUpRule:
        """The rule of a reference table, each value held within what makes sense."""

        def within(name: str, low: int, high: int) -> int:
            return min(max(int(table[name]), low), high)

        return cls(
            cameras=within("cameras", 1, MOST_CAMERAS),
            within_m=float(within("within_m", 20, 5000)),
            call_level=within("call_level", 0, 9),
            alarms=frozenset(map(str, table["alarms"])),
            tests=bool(table["tests"]),
            shelved=bool(table["shelved"]),
            record=bool(table["record"]),
            record_s=within("record_minutes", 1, 120) * 60.0,
        )

    def still_records(self, begun: datetime, now: datetime) -> bool:
        """Whether an event that was first shown then is recorded still."""
        return self.record and now - begun < timedelta(seconds=self.record_s)
