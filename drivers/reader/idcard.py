"""Identity card readers: a card is read when somebody asks for it, and not otherwise."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from drivers.contract import (
    Bad,
    Card,
    Decoder,
    Message,
    Order,
    Outcome,
    Probe,
    ReadCard,
    Talk,
    Turn,
)
from drivers.errors import NotSupported
from drivers.listening import no_settings
from drivers.pending import Pending, Waiting
from drivers.reader import idcard_frames as frames
from drivers.reader.idcard_frames import CardFrames, Reply

FIND_S = 0.3  # a reader without a card is asked so often
BEAT_S = 3.0  # and an idle one whether it is there
ANSWER_S = 1.0
READ_ANSWER_S = 3.0
LIFT = "the card of before still lies on the reader"


class IdCardDriver:
    """A reader of resident identity cards. Its bytes are personal data: neither recorded nor shown."""

    family = "idcard"
    silence_s = 10.0

    def decoder(self) -> Decoder:
        return CardFrames()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return IdCardTalk()

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return no_settings(settings)


class _Asked(NamedTuple):
    """The command on the wire, and until when its answer may come."""

    command: bytes
    until: float


class IdCardTalk:
    """Finds, selects and reads one card for one order; then waits until that card is lifted, so
    that the next person's order is never answered with the card of the last one.

    A card is handed on only while an order waits for it.
    """

    def __init__(self) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._frames = CardFrames()
        self._pending = Pending()
        self._asked: _Asked | None = None
        self._command, self._ask_at = frames.SAM_ID, math.inf
        self._lies = False  # a card that was read has not been lifted
        self._told = ""  # why no card was read so far
        self._on_reply: dict[bytes, Callable[[Reply, float], Turn]] = {
            frames.SAM_ID: self._on_identity,
            frames.STATUS: self._on_status,
            frames.FIND: self._on_find,
            frames.SELECT: self._on_select,
            frames.READ: self._on_read,
        }

    def begin(self, now: float) -> Turn:
        self._command, self._ask_at = frames.SAM_ID, now
        return Turn(out=self._ask(now))

    def hear(self, data: bytes, now: float) -> Turn:
        turn = self._take(self._frames.feed(data), now)
        return turn._replace(out=self._ask(now))

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        if not isinstance(order, ReadCard | Probe):
            raise NotSupported(f"takes no {type(order).__name__}", "not_supported")
        if self._pending.take(order_id, order, deadline) is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        if self._asked is None:
            self._plan(now)
        return Turn(out=self._ask(now))

    def pass_time(self, now: float) -> Turn:
        turn = Turn()
        if self._asked is not None and now >= self._asked.until:
            turn = self._take(self._frames.finish(), now)  # noise may have held the answer up
            if self._asked is not None and now >= self._asked.until:
                self._asked = None
                self._plan(now)
        outcomes = [*turn.outcomes, *self._overdue(now)]
        return Turn(turn.messages, self._ask(now), outcomes)

    def wake_at(self) -> float:
        due = self._ask_at if self._asked is None else self._asked.until
        return min(due, self._pending.next_deadline())

    def end(self) -> Turn:
        left = [one for one in self._frames.finish() if isinstance(one, Bad)]
        self._asked = None
        return Turn(left, outcomes=self._pending.lost())

    def _ask(self, now: float) -> bytes:
        if self._asked is not None or now < self._ask_at:
            return b""
        answer_s = READ_ANSWER_S if self._command == frames.READ else ANSWER_S
        self._asked = _Asked(self._command, now + answer_s)
        return frames.frame(self._command)

    def _plan(self, now: float, wait_s: float = 0.0) -> None:
        """What is asked next: a card where one is wanted or lies there still, else how the reader is."""
        if any(isinstance(one.order, Probe) for one in self._pending):
            self._command, self._ask_at = frames.STATUS, now
        elif self._lies or self._wanted() is not None:
            self._command, self._ask_at = frames.FIND, now + wait_s
        else:
            self._command = frames.STATUS if self.identity else frames.SAM_ID
            self._ask_at = now + BEAT_S

    def _wanted(self) -> Waiting | None:
        return next((one for one in self._pending if isinstance(one.order, ReadCard)), None)

    def _take(self, messages: list[Message], now: float) -> Turn:
        """What came. Cards are taken from the reply that was asked for, and from nothing else."""
        told: list[Message] = [one for one in messages if not isinstance(one, Card)]
        outcomes: list[Outcome] = []
        for reply in self._frames.replies():
            if self._asked is None:
                continue
            asked, self._asked, self.beat_at = self._asked, None, now
            turn = self._on_reply[asked.command](reply, now)
            told += turn.messages
            outcomes += turn.outcomes
        return Turn(told, outcomes=outcomes)

    def _on_identity(self, reply: Reply, now: float) -> Turn:
        if reply.state == frames.OK and reply.data:
            self.identity = f"sam:{reply.data.hex().upper()}"
        self._plan(now)
        return Turn()

    def _on_status(self, reply: Reply, now: float) -> Turn:
        fine, told = reply.state == frames.OK, _told(reply)
        outcomes = [
            self._pending.done(one, {"identity": self.identity})
            if fine
            else self._pending.failed(one, "refused", told)
            for one in self._pending
            if isinstance(one.order, Probe)
        ]
        self._plan(now)
        return Turn(outcomes=outcomes)

    def _on_find(self, reply: Reply, now: float) -> Turn:
        if reply.state == frames.FOUND and not self._lies:
            self._command, self._ask_at = frames.SELECT, now
            return Turn()
        if reply.state != frames.FOUND:
            self._lies, self._told = False, self._told or _told(reply)
        self._plan(now, FIND_S)
        return Turn()

    def _on_select(self, reply: Reply, now: float) -> Turn:
        if reply.state == frames.OK:
            self._command, self._ask_at = frames.READ, now
        else:
            self._told = _told(reply)
            self._plan(now, FIND_S)
        return Turn()

    def _on_read(self, reply: Reply, now: float) -> Turn:
        wanted, turn = self._wanted(), Turn()
        if reply.card is None:
            self._told = _told(reply)
        elif wanted is not None:
            self._lies, self._told = True, ""
            turn = Turn((reply.card,), outcomes=(self._pending.done(wanted),))
        self._plan(now, FIND_S)
        return turn

    def _overdue(self, now: float) -> list[Outcome]:
        """Orders whose time has passed, each with the reason the officer can do something about."""
        readings = {one.order_id for one in self._pending if isinstance(one.order, ReadCard)}
        late = self._pending.overdue(now)
        for number, outcome in enumerate(late):
            if outcome.order_id in readings and self._lies:
                late[number] = outcome._replace(cause="busy", told=LIFT)
            elif outcome.order_id in readings:
                late[number] = outcome._replace(told=self._told)
                self._told = ""
        return late


def _told(reply: Reply) -> str:
    return frames.TOLD.get(reply.state, f"state {reply.state:02x}")
