"""The talks of one link: one with each device on its wire. No wire and no clock of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from console.links.model import Bad, Order, Outcome, Reading, plain_number, source_of
from console.links.service.asking import Ask
from drivers.contract import Driver, Talk, Turn
from drivers.errors import NotSupported
from drivers.listening import Listening

MOST_SOURCES = 4096  # remembered: through which device each radio was heard last


class Talks:
    """The conversations with the devices that are there, by peer."""

    def __init__(self, driver: Driver, settings: Mapping[str, Any], many: bool) -> None:
        self._driver, self._settings, self._many = driver, settings, many
        self._talks: dict[str, Talk] = {}
        self._noise: dict[str, int] = {}  # bytes since the last good frame
        self._through: dict[str, str] = {}  # source → peer
        self._last = ""  # heard last

    def __len__(self) -> int:
        return len(self._talks)

    def __contains__(self, peer: str) -> bool:
        return peer in self._talks

    @property
    def identity(self) -> str:
        """What the one device said it is; empty where there are more."""
        return next(iter(self._talks.values())).identity if len(self._talks) == 1 else ""

    @property
    def names_itself(self) -> bool:
        """A device of this family may say who it is; one that only speaks does not."""
        return not all(isinstance(talk, Listening) for talk in self._talks.values())

    @property
    def beat_at(self) -> float | None:
        """When any of them last answered or beat by itself."""
        return max((t.beat_at for t in self._talks.values() if t.beat_at is not None), default=None)

    def begin(self, peer: str, now: float) -> Turn:
        """A device is there."""
        talk = self._talks[peer] = self._driver.talk(self._settings)
        self._noise[peer] = 0
        return talk.begin(now)

    def hear(self, peer: str, data: bytes, now: float) -> Turn:
        """These bytes came from it."""
        turn = self._talks[peer].hear(data, now)
        good = [message for message in turn.messages if not isinstance(message, Bad)]
        self._noise[peer] = 0 if good else self._noise[peer] + len(data)
        self._last = peer
        if self._many:
            self._learn(peer, good)
        return turn

    def noise(self, peer: str) -> int:
        """How many bytes came from it since its last good frame."""
        return self._noise.get(peer, 0)

    def give(self, ask: Ask, now: float) -> tuple[str, Turn]:
        """The order goes to the device for which it is; to which, and what that brings."""
        peer = self._addressee(ask.order)
        if peer is None:
            return "", Turn(outcomes=(Outcome(ask.id, False, "lost", "not connected"),))
        try:
            return peer, self._talks[peer].order(ask.id, ask.order, ask.deadline, now)
        except NotSupported as cannot:
            return peer, Turn(outcomes=(Outcome(ask.id, False, "not_supported", str(cannot)),))

    def pass_time(self, now: float) -> list[tuple[str, Turn]]:
        """What those bring whose moment has come."""
        due = [(peer, talk) for peer, talk in self._talks.items() if talk.wake_at() <= now]
        return [(peer, talk.pass_time(now)) for peer, talk in due]

    def wake_at(self) -> float:
        """When the first of them wants ``pass_time``."""
        return min((talk.wake_at() for talk in self._talks.values()), default=math.inf)

    def end(self, peer: str) -> Turn:
        """This device is gone."""
        talk = self.forget(peer)
        return Turn() if talk is None else talk.end()

    def peers(self) -> list[str]:
        """Who is there."""
        return list(self._talks)

    def forget(self, peer: str) -> Talk | None:
        """This device is known no more, without a word."""
        self._noise.pop(peer, None)
        return self._talks.pop(peer, None)

    def _learn(self, peer: str, readings: list[Reading]) -> None:
        for reading in readings:
            told = source_of(reading)
            source = told and plain_number(told)
            if source and self._through.get(source) != peer:
                if len(self._through) >= MOST_SOURCES:
                    self._through.pop(next(iter(self._through)))
                self._through[source] = peer

    def _addressee(self, order: Order) -> str | None:
        """The device that is or carries whom the order names, the newest where one has called in
        again and its old wire is not known to be dead; without a name, the one heard last."""
        if not self._many:
            return next(iter(self._talks), None)
        named = getattr(order, "to", None) or getattr(order, "of", None)
        if named is None:
            return self._last if self._last in self._talks else next(iter(self._talks), None)
        named = plain_number(named)
        for peer, talk in reversed(self._talks.items()):
            if talk.identity and plain_number(talk.identity) == named:
                return peer
        through = self._through.get(named, "")
        return through if through in self._talks else None
