"""A talk on a wire, turned by a test: what the link's thread does in the product."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from drivers.contract import Message, Order, Outcome, Talk, Turn, Wire


class Line:
    """One talk from the opened wire on. ``messages`` and ``outcomes`` keep what it brought."""

    def __init__(self, talk: Talk, wire: Wire) -> None:
        self.talk, self.wire = talk, wire
        self.messages: list[Message] = []
        self.outcomes: dict[str, Outcome] = {}

    def __enter__(self) -> Line:
        self.wire.open()
        self._do(self.talk.begin(time.monotonic()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.wire.close()

    def order(self, order_id: str, order: Order, deadline_s: float = 3.0) -> None:
        now = time.monotonic()
        self._do(self.talk.order(order_id, order, now + deadline_s, now))

    def until(self, seen: Callable[[], bool], within_s: float = 5.0) -> None:
        """The talk goes on until the condition holds."""
        deadline = time.monotonic() + within_s
        while not seen():
            now = time.monotonic()
            assert now < deadline, "the talk did not come so far"
            data = self.wire.read(min(max(self.talk.wake_at() - now, 0.0), 0.05))
            if data:
                self._do(self.talk.hear(data, time.monotonic()))
            self._do(self.talk.pass_time(time.monotonic()))

    def outcome(self, order_id: str) -> Outcome:
        """What became of this order."""
        self.until(lambda: order_id in self.outcomes)
        return self.outcomes[order_id]

    def _do(self, turn: Turn) -> None:
        self.messages += turn.messages
        for outcome in turn.outcomes:
            assert outcome.order_id not in self.outcomes, "an outcome is told once"
            self.outcomes[outcome.order_id] = outcome
        if turn.out:
            self.wire.write(turn.out)
