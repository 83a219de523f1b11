"""The conversation with a rigctld: one question at a time, asked by its long name."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drivers.contract import (
    ChooseGroup,
    Decoder,
    Message,
    Order,
    Other,
    Outcome,
    PressToTalk,
    Probe,
    RadioCall,
    ReleaseTalk,
    Turn,
)
from drivers.errors import NoAnswer, NotSupported
from drivers.pending import Pending, Waiting

TOLD: Mapping[int, str] = {
    -1: "invalid parameter", -2: "invalid configuration", -4: "not implemented",
    -5: "the radio does not answer", -6: "the radio's port fails", -8: "protocol error",
    -9: "the radio refused", -11: "not available", -13: "bus error", -14: "bus busy",
    -17: "out of range",
}  # fmt: skip
_NOT_THERE = frozenset((-1, -4, -11))  # it cannot say that: it is not asked again
_RADIO_MUTE = frozenset((-5, -6, -13))  # the daemon answers, its radio does not
_POLLS = ("get_ptt", "get_dcd", "get_ptt", "get_dcd", "get_freq", "get_mode")


@dataclass(frozen=True, slots=True)
class Question:
    """One command; ``order_id`` is empty where nobody ordered it."""

    name: str
    value: str = ""
    order_id: str = ""

    @property
    def bytes(self) -> bytes:
        """As rigctld wants it."""
        return f"+\\{self.name}{' ' + self.value if self.value else ''}\n".encode("ascii")


class RigctlTalk:
    """One radio. ``pass_time`` raises NoAnswer when the daemon did not answer: what it says after
    that may belong to any question, so the wire is to be opened anew."""

    def __init__(self, decoder: Decoder, settings: Mapping[str, Any]) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._decoder = decoder
        self._settings = settings
        self._pending = Pending()
        self._asking: deque[Question] = deque()
        self._asked: Question | None = None
        self._asked_at = math.inf
        self._polls = [name for name in _POLLS if settings["squelch"] or name != "get_dcd"]
        self._poll_at = math.inf
        self._channel: str | None = None
        self._talking = self._ordered = self._busy = False

    def begin(self, now: float) -> Turn:
        self._asking.append(Question("dump_caps"))
        if self._settings["transmit"]:  # whoever held the key when the wire went holds it no more
            self._asking.append(Question("set_ptt", "0"))
        self._asking += (Question("get_freq"), Question("get_mode"))
        self._poll_at = now
        return Turn(out=self._next(now))

    def hear(self, data: bytes, now: float) -> Turn:
        found = self._decoder.feed(data)
        news: list[Message] = []
        outcomes: list[Outcome] = []
        for message in found:
            news.append(message)
            if isinstance(message, Other):
                outcomes += self._answer(message, news, now)
        return Turn(news, self._next(now), outcomes)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        questions = self._questions(order_id, order)
        waiting = self._pending.take(order_id, order, deadline)
        if waiting is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        waiting.sent = True
        outcomes: list[Outcome] = []
        if isinstance(order, ReleaseTalk):
            pressing = [one for one in self._pending if isinstance(one.order, PressToTalk)]
            outcomes = [self._failed(one, "dropped", "the key was let go") for one in pressing]
        self._asking += questions
        return Turn(out=self._next(now), outcomes=outcomes)

    def pass_time(self, now: float) -> Turn:
        outcomes: list[Outcome] = []
        for waiting in self._pending:
            if now >= waiting.deadline:
                outcomes.append(self._failed(waiting, "no_answer"))
                if isinstance(waiting.order, PressToTalk):  # whether it went down is not known
                    self._asking.append(Question("set_ptt", "0"))
        if not outcomes and now >= self._asked_at + self._settings["answer_s"]:
            name = self._asked.name if self._asked is not None else ""
            raise NoAnswer(f"rigctld does not answer {name}", "stalled")
        if now >= self._poll_at and self._polls and not self._asking:
            self._poll_at = now + self._settings["poll_s"]
            self._polls.append(self._polls.pop(0))
            self._asking.append(Question(self._polls[-1]))
        return Turn(out=self._next(now), outcomes=outcomes)

    def wake_at(self) -> float:
        poll_at = self._poll_at if self._polls and not self._asking else math.inf
        answer_by: float = self._asked_at + self._settings["answer_s"]
        return min(poll_at, answer_by, self._pending.next_deadline())

    def end(self) -> Turn:
        asked = self._asked.order_id if self._asked is not None else ""
        outcomes = [
            self._failed(one, "no_answer") for one in self._pending if one.order_id == asked
        ]
        return Turn(self._decoder.finish(), b"", [*outcomes, *self._pending.lost()])

    def _next(self, now: float) -> bytes:
        if self._asked is not None or not self._asking:
            return b""
        self._asked, self._asked_at = self._asking.popleft(), now
        return self._asked.bytes

    def _questions(self, order_id: str, order: Order) -> list[Question]:
        if isinstance(order, Probe):
            return [Question("get_freq", order_id=order_id)]
        if isinstance(order, ChooseGroup):
            return self._choice(order_id, order.group)
        if isinstance(order, (PressToTalk, ReleaseTalk)) and not self._settings["transmit"]:
            raise NotSupported("this radio is only listened to", "not_supported")
        key = [Question("get_ptt", order_id=order_id)]
        if isinstance(order, ReleaseTalk):
            return [Question("set_ptt", "0", order_id), *key]
        if not isinstance(order, PressToTalk):
            told = f"not an order for a conventional radio: {type(order).__name__}"
            raise NotSupported(told, "not_supported")
        asked: list[Question] = []
        if order.group and order.group != self._channel:
            asked += self._choice(order_id, order.group)
        if self._settings["busy_lockout"] and not order.priority and "get_dcd" in self._polls:
            asked.append(Question("get_dcd", order_id=order_id))
        return [*asked, Question("set_ptt", "1", order_id), *key]

    def _choice(self, order_id: str, name: str) -> list[Question]:
        channel = self._settings["channels"].get(name)
        if channel is None:
            raise NotSupported(f"no channel {name!r}", "bad_order")
        mode = f"{channel['mode']} {channel['passband_hz']}"
        frequency = Question("set_freq", str(channel["frequency_hz"]), order_id)
        # read back: the last answer settles the order and says which channel it is now
        return [frequency, Question("set_mode", mode, order_id), Question("get_freq", "", order_id)]

    def _answer(self, message: Other, news: list[Message], now: float) -> list[Outcome]:
        asked, self._asked, self._asked_at = self._asked, None, math.inf
        if asked is None or message.what != asked.name:
            raise NoAnswer(f"rigctld answered {message.what} out of turn", "stalled")
        result = message.fields["result"]
        if result not in _RADIO_MUTE:
            self.beat_at = now
        if result in _NOT_THERE and not asked.order_id:
            self._polls = [name for name in self._polls if name != asked.name]
        if result == 0:
            news += self._learned(message, asked)
        if not asked.order_id:
            return []
        return self._settled(asked, message.fields)

    def _learned(self, message: Other, asked: Question) -> list[RadioCall]:
        fields = message.fields
        if message.what == "dump_caps":
            named = (str(fields.get("maker", "")), str(fields.get("model", "")))
            self.identity = " ".join(named).strip()
        elif message.what == "get_freq" and "frequency_hz" in fields:
            self._channel = self._channel_of(fields["frequency_hz"])
        elif message.what == "set_ptt":
            self._ordered = asked.value == "1"
        elif message.what == "get_ptt" and "ptt" in fields:
            return self._keyed(fields["ptt"])
        elif message.what == "get_dcd" and "dcd" in fields:
            return self._squelch(fields["dcd"])
        return []

    def _keyed(self, down: bool) -> list[RadioCall]:
        if down == self._talking:
            return []
        self._talking = down
        if not down:
            return [RadioCall("ceased", group=self._channel)]
        # pressed at the radio itself: nobody here asked for it
        return [RadioCall("talking", group=self._channel, granted=True if self._ordered else None)]

    def _squelch(self, opened: bool) -> list[RadioCall]:
        if opened == self._busy:
            return []
        self._busy = opened
        if self._talking:
            return []
        if not opened:
            return [RadioCall("ceased", group=self._channel)]
        return [RadioCall("talking", group=self._channel, granted=False)]

    def _channel_of(self, frequency_hz: int) -> str:
        for name, channel in self._settings["channels"].items():
            if channel["frequency_hz"] == frequency_hz:
                return str(name)
        return f"{frequency_hz / 1e6:.4f} MHz"

    def _settled(self, asked: Question, fields: Mapping[str, Any]) -> list[Outcome]:
        waiting = next((one for one in self._pending if one.order_id == asked.order_id), None)
        if waiting is None:
            return []
        result = fields["result"]
        if result != 0:
            told = f"RPRT {result}: {TOLD.get(result, 'failed')}"
            return [self._failed(waiting, "refused", told)]
        if asked.name == "get_dcd" and fields.get("dcd"):
            return [self._failed(waiting, "busy", "the channel is in use")]
        if any(one.order_id == asked.order_id for one in self._asking):
            return []
        wanted = {PressToTalk: True, ReleaseTalk: False}.get(type(waiting.order))
        if wanted is not None and fields.get("ptt") is not wanted:
            if wanted:
                self._asking.append(Question("set_ptt", "0"))
            return [self._failed(waiting, "refused", "the radio did not follow")]
        told_fields = {key: value for key, value in fields.items() if key != "result"}
        return [self._pending.done(waiting, told_fields)]

    def _failed(self, waiting: Waiting, cause: str, told: str = "") -> Outcome:
        self._asking = deque(one for one in self._asking if one.order_id != waiting.order_id)
        return self._pending.failed(waiting, cause, told)
