"""What a link has to show for itself: its state, counted and shown anew by its own thread."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.core.clock import Clock
from console.links.model import Bad, LinkConfig, LinkPhase, LinkState, Message, Reading, Standing
from console.links.model.lamps import Known, lamps_of

log = logging.getLogger(__name__)

_ERROR_CHARS = 200


class Ledger:
    """Keeps ``state``, which any thread may read; the link's thread alone writes."""

    def __init__(self, config: LinkConfig, clock: Clock, silence_s: float, many: bool) -> None:
        self._clock = clock
        self._silence_s, self._many = silence_s, many
        self._beat: float | None = None
        self._other = False
        self._noise = 0  # bytes since the last that was understood
        self.state = LinkState(config, LinkPhase.ABSENT, clock.now())

    def adopt(self, config: LinkConfig) -> None:
        """The link goes by this set-up now."""
        recording = self.state.recording if config.record else ""
        self.state = replace(self.state, config=config, recording=recording)

    def received(self, count: int, recording: str) -> None:
        """So many bytes came, and this is the capture that has them."""
        state = self.state
        self._noise += count
        self.state = replace(
            state, received_bytes=state.received_bytes + count, recording=recording
        )

    def sent(self, count: int) -> None:
        """So many bytes went out."""
        self.state = replace(self.state, sent_bytes=self.state.sent_bytes + count)

    def understood(self, messages: Sequence[Message]) -> tuple[list[Reading], datetime]:
        """The good ones of these, and when they came."""
        readings = [message for message in messages if not isinstance(message, Bad)]
        state, now = self.state, self._clock.now()
        if len(readings) < len(messages):
            bad = [message for message in messages if isinstance(message, Bad)]
            size = sum(len(one.raw) for one in bad)
            state = replace(
                state,
                bad=state.bad + len(bad),
                bad_bytes=state.bad_bytes + size,
                last_bad=bad[-1].reason,
            )
        if readings:
            self._noise = 0
            state = replace(state, frames=state.frames + len(readings), heard_at=now)
        self.state = state
        return readings, now

    def met(self, identity: str, peers: int) -> None:
        """This is who is there now."""
        state = self.state
        if not self._many:
            identity = identity or state.identity
        if (identity, peers) == (state.identity, state.peers):
            return
        if state.identity and identity != state.identity and not self._many:
            self._other = True
            self.complain(f"{identity} answers in place of {state.identity}", "other_device")
        self.state = replace(self.state, identity=identity, peers=peers)

    def beat(self, at: float | None) -> bool:
        """When a device last beat, on the monotonic clock; whether that is news."""
        if at is None or at == self._beat:
            return False
        self._beat = at
        self._noise = 0
        moment = self._clock.now() - timedelta(seconds=self._clock.monotonic() - at)
        self.state = replace(self.state, beat_at=moment)
        return True

    def counted(self, orders: int, failed: int, dropped: int) -> None:
        """These are the sums so far."""
        state = self.state
        if (orders, failed, dropped) != (state.orders, state.failed_orders, state.dropped):
            self.state = replace(state, orders=orders, failed_orders=failed, dropped=dropped)

    def stand(self, was: Standing, now_is: Standing, port: str) -> None:
        """The link stands like this now."""
        state = self.state
        changed = now_is.phase is not was.phase
        lost = now_is.phase is LinkPhase.LOST and changed
        self.state = replace(
            state,
            phase=now_is.phase,
            opened=now_is.opened,
            since=self._clock.now() if changed else state.since,
            lost=state.lost + lost,
            recovered=state.recovered + (was.was_lost and not now_is.was_lost),
            port=port if now_is.opened else "",
        )
        if now_is.error and now_is.error != was.error:
            self.complain(now_is.error, now_is.cause)
        if changed and now_is.phase is LinkPhase.SILENT and self._noise:
            self.complain(f"{self._noise} bytes came, and nothing is understood", "unreadable")

    def took(self, noticed_s: float | None = None, resumed_s: float | None = None) -> None:
        """A loss was noticed after at most so long; the wire was open so long after its return."""
        if noticed_s is not None:
            self.state = replace(self.state, noticed_ms=round(noticed_s * 1000, 1))
        if resumed_s is not None:
            self.state = replace(self.state, resumed_ms=round(resumed_s * 1000, 1))

    def light(self, standing: Standing, names_itself: bool) -> None:
        """The lamps show how it stands now."""
        state = self.state
        refused = standing.phase is LinkPhase.PLUGGED and bool(standing.error)
        age_s = None if self._beat is None else self._clock.monotonic() - self._beat
        known = Known(names_itself, state.identity, self._other, age_s, refused)
        place = state.config.transport
        lamps = lamps_of(standing.phase, standing.opened, place, known, self._silence_s)
        if lamps != state.lamps:
            self.state = replace(state, lamps=lamps)

    def complain(self, told: str, cause: str) -> None:
        """This went wrong."""
        log.info("link %s: %s", self.state.config.name, told)
        now = self._clock.now()
        self.state = replace(self.state, error=told[:_ERROR_CHARS], cause=cause, error_at=now)
