"""The road's state, put together from what its threads report; read without a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.core.clock import Clock
from console.core.events import EventBus
from console.core.outbox import Lane
from console.sync.model import MAX_EVENTS, LaneState, RoadChanged, RoadState

FEED = "feed"
# Troubles of one lane or one answer: the city was reached all the same.
_REACHED = frozenset(
    {"sync.city_busy", "sync.no_progress", "sync.ack_above_sent", "sync.ack_below_earlier"}
    | {"sync.city_ahead", "sync.history_missing", "sync.rejected_not_sent", "sync.gap_untrue"}
    | {"sync.schema_excluded", "sync.city_unsteady", "sync.feed_in_circles"}
)


class Board:
    """Threads write what they know; ``state`` is always whole."""

    def __init__(self, clock: Clock, bus: EventBus, configured: bool) -> None:
        self._clock = clock
        self._bus = bus
        self._guard = threading.Lock()
        self._telling = threading.RLock()
        self._troubles: dict[str, str | None] = {FEED: "sync.not_yet"}
        self._alarms: dict[str, str] = {}
        self.state = RoadState(
            configured=configured,
            up=False,
            since=clock.now(),
            trouble="sync.not_yet" if configured else "sync.no_road",
            lanes=tuple(LaneState(int(lane)) for lane in Lane),
        )

    @property
    def urgent_goes_up(self) -> bool:
        """The urgent lane has more than one request to send, and nothing holds it up."""
        lane = self.state.lanes[int(Lane.URGENT)]
        return lane.pending > MAX_EVENTS and not lane.stopped and lane.trouble is None

    def heard(self, part: str, trouble: str | None) -> None:
        """A part of the road had a good answer (None), or this trouble."""
        reached = trouble is None or trouble in _REACHED
        self._trouble(part, trouble, self._clock.now() if reached else None)

    def over(self, part: str) -> None:
        """This part's trouble is over, whether or not the city was spoken to."""
        self._trouble(part, None, None)

    def _trouble(self, part: str, trouble: str | None, contact: datetime | None) -> None:
        def change(state: RoadState) -> RoadState:
            self._troubles[part] = trouble
            bad = [code for code in self._troubles.values() if code and code not in _REACHED]
            up = not bad
            lanes = tuple(
                replace(lane, trouble=trouble) if f"lane-{lane.lane}" == part else lane
                for lane in state.lanes
            )
            return replace(
                state,
                up=up,
                since=state.since if up == state.up else self._clock.now(),
                trouble=bad[0] if bad else None,
                last_contact_at=contact or state.last_contact_at,
                lanes=lanes,
            )

        self._change(change)

    def alarm(self, part: str, code: str | None) -> None:
        """This part raises an alarm, or has none any more (None)."""

        def change(state: RoadState) -> RoadState:
            self._alarms.pop(part, None)
            if code is not None:
                self._alarms[part] = code
            return replace(state, alarm=next(iter(self._alarms.values()), None))

        self._change(change)

    def lane(self, lane: int, pending: int, oldest_at: datetime | None, stopped: bool) -> None:
        """One lane holds this much, since then, and is stopped or not."""

        def change(state: RoadState) -> RoadState:
            lanes = tuple(
                replace(known, pending=pending, oldest_pending_at=oldest_at, stopped=stopped)
                if known.lane == lane
                else known
                for known in state.lanes
            )
            waiting = [known.oldest_pending_at for known in lanes if known.oldest_pending_at]
            return replace(
                state,
                lanes=lanes,
                pending=sum(known.pending for known in lanes),
                oldest_pending_at=min(waiting, default=None),
            )

        self._change(change)

    def acknowledged(self, at: datetime) -> None:
        """The city has acknowledged events just now."""
        self._change(lambda state: replace(state, last_ack_at=at))

    def aside(self, set_aside: int, quarantined: int) -> None:
        """So many events are set aside, so many items in quarantine."""
        self._change(lambda state: replace(state, set_aside=set_aside, quarantined=quarantined))

    def _change(self, change: Callable[[RoadState], RoadState]) -> None:
        with self._guard:
            before = self.state
            self.state = change(before)
            after = self.state
        if replace(after, last_contact_at=before.last_contact_at) != before:
            with self._telling:  # whoever tells last tells the newest: the frame believes him
                self._bus.publish(RoadChanged(self.state))
