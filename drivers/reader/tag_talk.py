"""The talk with a reader of UHF tags, whatever its frames look like."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from drivers.contract import (
    Decoder,
    Message,
    Order,
    Other,
    Outcome,
    Probe,
    ReadTags,
    Tag,
    Turn,
)
from drivers.errors import NotSupported
from drivers.pending import Pending, Waiting

BEAT_S = 3.0  # an idle reader is asked so often whether it is there
QUIET_S = 1.0  # a reader that was told to look and says nothing is told again
STOPPED_S = 0.3  # silence of a reader that was told to stop
AGAIN_S = 1.0  # a tag in the field is told so often, not a hundred times a second
ROUND_S = 0.02  # between two rounds
_MOST_KNOWN = 10_000


class Meaning(Enum):
    """What a frame of the reader means for the talk."""

    NOTHING = auto()
    HELLO = auto()  # its words are the reader's identity
    LOOKING = auto()  # it looks for tags
    ROUND_OVER = auto()  # it looked, and waits for the next round to be asked
    STOPPED = auto()
    FAILED = auto()  # its words say why


_EMPTY = frozenset({Meaning.LOOKING, Meaning.ROUND_OVER})  # said many times a second


class Dialect(NamedTuple):
    """The commands of a family; an empty ``stop`` where a round ends by itself."""

    hello: bytes
    start: bytes
    stop: bytes


class TagTalk:
    """Looks for tags from one order to the other; a reader that forgot to look is told again."""

    def __init__(
        self,
        dialect: Dialect,
        decoder: Decoder,
        meaning: Callable[[Other], tuple[Meaning, str]],
    ) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._dialect, self._decoder, self._meaning = dialect, decoder, meaning
        self._pending = Pending()
        self._looks = False
        self._stopping_until = math.inf
        self._next_at = math.inf
        self._seen: dict[str, float] = {}
        self._told_at = -math.inf

    def begin(self, now: float) -> Turn:
        self._next_at = now + BEAT_S
        return Turn(out=self._dialect.stop + self._dialect.hello)

    def hear(self, data: bytes, now: float) -> Turn:
        return self._take(self._decoder.feed(data), now)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        if not isinstance(order, ReadTags | Probe):
            raise NotSupported(f"takes no {type(order).__name__}", "not_supported")
        waiting = self._pending.take(order_id, order, deadline)
        if waiting is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        waiting.sent = True
        if isinstance(order, Probe):
            return Turn(out=self._dialect.hello)
        if order.on:
            self._looks, self._stopping_until = True, math.inf
            self._seen.clear()
            return Turn(out=self._start(now))
        self._looks, self._stopping_until = False, now + STOPPED_S
        self._next_at = now + BEAT_S
        return Turn(out=self._dialect.stop)

    def pass_time(self, now: float) -> Turn:
        turn = Turn()
        out = b""
        if now >= self._next_at:
            turn = self._take(self._decoder.finish(), now)  # noise may have held a frame up
            if now >= self._next_at:
                out = self._start(now) if self._looks else self._hello(now)
        outcomes = [*turn.outcomes]
        if now >= self._stopping_until and not self._dialect.stop:
            outcomes += self._stopped()
        outcomes += self._pending.overdue(now)
        return Turn(turn.messages, turn.out + out, outcomes)

    def wake_at(self) -> float:
        soonest = min(self._next_at, self._pending.next_deadline())
        return soonest if self._dialect.stop else min(soonest, self._stopping_until)

    def end(self) -> Turn:
        return Turn(self._decoder.finish(), outcomes=self._pending.lost())

    def _start(self, now: float) -> bytes:
        self._next_at = now + QUIET_S
        return self._dialect.start

    def _hello(self, now: float) -> bytes:
        self._next_at = now + BEAT_S
        return self._dialect.hello

    def _take(self, found: list[Message], now: float) -> Turn:
        messages: list[Message] = []
        outcomes: list[Outcome] = []
        for message in found:
            if isinstance(message, Tag):
                self.beat_at = now
                outcomes += self._looking(now)
                if self._is_news(message, now):
                    messages.append(message)
                continue
            if not isinstance(message, Other):
                messages.append(message)
                continue
            meaning, words = self._meaning(message)
            outcomes += self._obey(meaning, words, now)
            if meaning not in _EMPTY or now - self._told_at >= AGAIN_S:
                self._told_at = now
                messages.append(message)
        return Turn(messages, outcomes=outcomes)

    def _obey(self, meaning: Meaning, words: str, now: float) -> list[Outcome]:
        """What a frame settles."""
        if meaning is Meaning.NOTHING:
            return []
        self.beat_at = now
        if meaning is Meaning.HELLO:
            self.identity = words
            fields = {"identity": words}
            return [self._pending.done(one, fields) for one in self._of(Probe)]
        if meaning is Meaning.STOPPED:
            return self._stopped()
        if meaning is Meaning.FAILED:
            starting = [one for one in self._of(ReadTags) if one.order == ReadTags(True)]
            return [self._pending.failed(one, "refused", words) for one in starting]
        outcomes = self._looking(now)
        if meaning is Meaning.ROUND_OVER:
            if not self._looks:
                return outcomes + self._stopped()
            self._next_at = now + ROUND_S
        return outcomes

    def _of(self, kind: type) -> list[Waiting]:
        return [one for one in self._pending if isinstance(one.order, kind)]

    def _looking(self, now: float) -> list[Outcome]:
        if self._looks:
            self._next_at = now + QUIET_S
        starting = [one for one in self._of(ReadTags) if one.order == ReadTags(True)]
        return [self._pending.done(one) for one in starting]

    def _stopped(self) -> list[Outcome]:
        self._stopping_until = math.inf
        ending = [one for one in self._of(ReadTags) if one.order == ReadTags(False)]
        return [self._pending.done(one) for one in ending]

    def _is_news(self, tag: Tag, now: float) -> bool:
        """The tag was not told within the last second."""
        if now - self._seen.get(tag.epc, -math.inf) < AGAIN_S:
            return False
        if len(self._seen) >= _MOST_KNOWN:
            self._seen.clear()
        self._seen[tag.epc] = now
        return True
