"""The conversation with a Hytera radio or repeater: registrations, orders, who talks now."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from drivers.contract import (
    Message,
    Order,
    Other,
    Outcome,
    Position,
    PressToTalk,
    RadioCall,
    ReleaseTalk,
    Text,
    Turn,
)
from drivers.pending import Pending, Waiting
from drivers.radio import hytera_messages as messages
from drivers.radio.hytera_carrier import Carrier, Hrnp, Hstrp, Parcel
from drivers.radio.hytera_decoder import HyteraDecoder
from drivers.radio.hytera_frames import RCP, RRS, TMP, Hdap, address_of, hdap
from drivers.radio.hytera_orders import Asked, Mark, asked, verdict
from drivers.radio.hytera_voice import Voice

QUIET_S = 0.3  # a packet comes in one piece: what is unfinished for so long was never one


class HyteraTalk:
    """One radio or repeater. Each turn writes one packet at most: it may be a datagram."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._settings = settings
        self._decoder = HyteraDecoder()
        wrapping = Hrnp(settings) if settings["carrier"] == "hrnp" else Hstrp(settings)
        self._carrier = Carrier(wrapping, settings["beat_s"], settings["answer_s"])
        self._voice = Voice(settings["own_id"])
        self._pending = Pending()
        self._steps: dict[str, deque[Asked]] = {}  # what is still to be sent, by order
        self._replies: deque[tuple[object, str]] = deque()  # replies to come: of what, which order
        self._request = 0
        self._quiet_at = math.inf
        self._connections = 0
        self._pressed: PressToTalk | None = None  # the talk key is down, for this call

    def begin(self, now: float) -> Turn:
        self._carrier.begin(now)
        return self._turn()

    def hear(self, data: bytes, now: float) -> Turn:
        self._quiet_at = now + QUIET_S
        found, outcomes = self._heard(self._decoder.feed(data), now)
        return self._turn(found, outcomes)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        self._request = self._request % 0x7FFFFFFF + 1
        steps = asked(order, self._request, self._settings)
        waiting = self._pending.take(order_id, order, deadline)
        if waiting is None:
            return self._turn(outcomes=[Outcome(order_id, False, "dropped")])
        outcomes: list[Outcome] = []
        if isinstance(order, ReleaseTalk):
            pressing = [one for one in self._pending if isinstance(one.order, PressToTalk)]
            outcomes = [self._failed(one, "dropped", "the key was let go") for one in pressing]
        self._steps[order_id] = deque(steps)
        outcomes += self._send(waiting, now)
        return self._turn(outcomes=outcomes)

    def pass_time(self, now: float) -> Turn:
        found: list[Message] = []
        outcomes: list[Outcome] = []
        if now >= self._quiet_at:
            self._quiet_at = math.inf
            found, outcomes = self._heard(self._decoder.finish(), now)
        undelivered = set(self._carrier.pass_time(now))
        for waiting in self._pending:
            if waiting.order_id in undelivered:
                outcomes.append(self._failed(waiting, "no_answer", "not acknowledged"))
            elif now >= waiting.deadline:
                if isinstance(waiting.order, PressToTalk):
                    self._let_go(now)  # whether the key went down is not known
                outcomes.append(self._failed(waiting, "no_answer"))
        return self._turn(found, outcomes)

    def wake_at(self) -> float:
        return min(self._carrier.wake_at(), self._quiet_at, self._pending.next_deadline())

    def end(self) -> Turn:
        return Turn(self._decoder.finish(), b"", self._pending.lost())

    def _turn(self, found: Sequence[Message] = (), outcomes: Sequence[Outcome] = ()) -> Turn:
        self.identity, self.beat_at = self._carrier.identity, self._carrier.beat_at
        return Turn(found, self._carrier.take(), outcomes)

    def _heard(self, found: list[Message], now: float) -> tuple[list[Message], list[Outcome]]:
        news: list[Message] = []
        outcomes: list[Outcome] = []
        for message, packet in zip(found, self._decoder.packets(), strict=True):
            if packet is None:
                news.append(message)
            elif self._carrier.hear(packet, now):
                news.append(message)
                if packet.hdap is not None:
                    news += self._voice.hear(message)
                    self._reply(message, packet.hdap, now)
                    outcomes += self._settle(_answer(message, packet.hdap), news, now)
        if self._carrier.connections != self._connections:
            self._connections = self._carrier.connections
            self._introduce(now)
        landed = set(self._carrier.landed())
        done = [one for one in self._pending if one.order_id in landed and one.mark is None]
        outcomes += [self._done(one) for one in done]
        return news, outcomes

    def _introduce(self, now: float) -> None:
        """What a newly connected device is told; whatever it was to answer it has forgotten."""
        self._replies.clear()
        if self._settings["broadcasts"]:
            kinds = bytes((3, 1, 0, 1, 1, 1, 2))  # sent, received and repeated: each is on
            self._carrier.send(Parcel(hdap(RCP, messages.BROADCASTS, kinds)), now)
        if self._pressed is not None and self._connections > 1:
            self._let_go(now)

    def _let_go(self, now: float) -> None:
        """The talk key comes up although nobody ordered it."""
        release = bytes.fromhex(self._settings["ptt_release"])
        self._replies.append((messages.BUTTON_REPLY, ""))
        self._carrier.send(Parcel(hdap(RCP, messages.BUTTON, release)), now)
        self._pressed = None

    def _reply(self, message: Message, heard: Hdap, now: float) -> None:
        """The device is answered where it wants to be: a registration, a text to the console."""
        if heard.service == RRS and heard.opcode == messages.REGISTER:
            body = heard.body[:4] + b"\x00" + self._settings["valid_s"].to_bytes(4, "big")
            self._carrier.send(Parcel(hdap(RRS, messages.REGISTERED, body)), now)
        if isinstance(message, Text) and message.reported:
            private = heard.opcode & 0xFF == messages.PRIVATE_TEXT
            own = message.destination == self._settings["own_id"]
            if private and own and message.reference is not None:
                body = message.reference.to_bytes(4, "big")
                body += address_of(message.destination or "") + address_of(message.source) + b"\x00"
                self._carrier.send(Parcel(hdap(TMP, messages.PRIVATE_ANSWER, body)), now)

    def _settle(
        self, answer: tuple[Mark, bool, str] | None, news: list[Message], now: float
    ) -> list[Outcome]:
        """What this answer makes of the order that waits for it."""
        if answer is None:
            return []
        mark, good, told = answer
        waiting = self._replied(mark[1]) if mark[0] == "reply" else self._pending.marked(mark)
        if waiting is None:
            return []
        if not good:
            return [self._failed(waiting, "refused", told)]
        if self._steps.get(waiting.order_id):
            if isinstance(waiting.order, PressToTalk):
                news.append(RadioCall("connected", group=waiting.order.group))
            return self._send(waiting, now)
        if isinstance(waiting.order, PressToTalk):
            self._pressed = waiting.order
            group, priority = waiting.order.group or None, waiting.order.priority or None
            news.append(RadioCall("talking", None, group, priority, granted=True))
        elif isinstance(waiting.order, ReleaseTalk):
            pressed, self._pressed = self._pressed, None
            news.append(RadioCall("ceased", group=pressed.group or None if pressed else None))
        return [self._done(waiting)]

    def _replied(self, what: object) -> Waiting | None:
        """The order whose reply this is: these replies carry no number, they come in order."""
        for entry in self._replies:
            if entry[0] == what:
                self._replies.remove(entry)
                return next((one for one in self._pending if one.order_id == entry[1]), None)
        return None

    def _send(self, waiting: Waiting, now: float) -> list[Outcome]:
        step = self._steps[waiting.order_id].popleft()
        waiting.sent, waiting.mark = True, step.mark
        if step.mark is not None and step.mark[0] == "reply":
            self._replies.append((step.mark[1], waiting.order_id))
        if self._carrier.send(Parcel(step.data, waiting.order_id), now):
            return []
        return [self._failed(waiting, "dropped")]

    def _done(self, waiting: Waiting) -> Outcome:
        self._steps.pop(waiting.order_id, None)
        return self._pending.done(waiting)

    def _failed(self, waiting: Waiting, cause: str, told: str = "") -> Outcome:
        self._steps.pop(waiting.order_id, None)
        if self._carrier.forget(waiting.order_id) or cause == "no_answer":
            kept = (entry for entry in self._replies if entry[1] != waiting.order_id)
            self._replies = deque(kept)
        return self._pending.failed(waiting, cause, told)


def _answer(message: Message, heard: Hdap) -> tuple[Mark, bool, str] | None:
    """Which question this message answers, whether with yes, and in which words."""
    if isinstance(message, Position):
        if heard.opcode != messages.PLACE_ANSWER:
            return None
        result = int.from_bytes(heard.body[8:10], "big")
        told = messages.PLACE_RESULTS.get(result, "unknown")
        return ("place", int.from_bytes(heard.body[:4], "big")), result == 0, told
    return verdict(message) if isinstance(message, Other) else None
