"""A talk over a real wire, in the thread of a test: what a link's thread does, and nothing more."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from drivers.contract import Message, Order, Outcome, Talk, Turn
from drivers.transport.udp import UdpPort


class Way(Protocol):
    """What a conversation needs of a wire."""

    def read(self, timeout_s: float) -> bytes:
        """What has come."""

    def write(self, data: bytes) -> None:
        """The bytes are on their way."""


class Datagrams:
    """The one device behind a UDP port."""

    def __init__(self, port: UdpPort) -> None:
        self._port = port

    def read(self, timeout_s: float) -> bytes:
        return b"".join(heard.data for heard in self._port.read(timeout_s))

    def write(self, data: bytes) -> None:
        self._port.write(self._port.peers[0], data)


class Conversation:
    """Talks until something is so; keeps all that was said."""

    def __init__(self, talk: Talk, way: Way) -> None:
        self.talk, self._way = talk, way
        self.messages: list[Message] = []
        self.outcomes: dict[str, Outcome] = {}

    def begin(self) -> None:
        """The wire is open."""
        self._take(self.talk.begin(time.monotonic()))

    def order(self, order_id: str, order: Order, deadline_s: float = 5.0) -> Outcome:
        """The order's outcome, when it has come."""
        self.give(order_id, order, deadline_s)
        self.until(lambda: order_id in self.outcomes, deadline_s + 2)
        return self.outcomes[order_id]

    def give(self, order_id: str, order: Order, deadline_s: float = 5.0) -> None:
        """The order is on its way."""
        now = time.monotonic()
        self._take(self.talk.order(order_id, order, now + deadline_s, now))

    def until(self, so: Callable[[], object], timeout_s: float = 5.0) -> None:
        """Talks on until it is so; fails when it never is."""
        end = time.monotonic() + timeout_s
        while not so():
            now = time.monotonic()
            assert now < end, f"never came so; heard {self.messages[-5:]}, {self.outcomes}"
            data = self._way.read(min(0.02, max(0.001, self.talk.wake_at() - now)))
            if data:
                self._take(self.talk.hear(data, time.monotonic()))
            if self.talk.wake_at() <= time.monotonic():
                self._take(self.talk.pass_time(time.monotonic()))

    def _take(self, turn: Turn) -> None:
        self.messages += turn.messages
        for outcome in turn.outcomes:
            assert outcome.order_id not in self.outcomes, "an order is settled once"
            self.outcomes[outcome.order_id] = outcome
        if turn.out:
            self._way.write(turn.out)
