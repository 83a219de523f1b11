"""The conversation over a packet radio modem: messages and their receipts, questions to trackers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Protocol

from drivers.contract import (
    AskPosition,
    CheckRadio,
    Message,
    Order,
    Other,
    Outcome,
    Position,
    SendText,
    Text,
    Turn,
)
from drivers.errors import NotSupported
from drivers.pending import Pending, Waiting
from drivers.position.ax25 import is_name, kiss

DEFAULTS: Mapping[str, Any] = {
    "call": "",  # our own call sign; without one the modem is only listened to
    "path": [],  # the relays that carry what we send
    "port": 0,  # of the modem
    "again_s": 10.0,  # a message without its receipt is sent again after so long
}
TO = "APRS"
LONGEST_TEXT = 67
_NOT_IN_TEXTS = frozenset("|~{")
_LAST_REFERENCE = 99_999


def checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """All settings, defaults filled in. Raises NotSupported for what cannot be."""
    unknown = sorted(set(settings) - set(DEFAULTS))
    if unknown:
        raise NotSupported(f"unknown settings: {', '.join(unknown)}", "bad_setting")
    whole = {**DEFAULTS, **settings}
    call, path, port, again_s = (whole[name] for name in DEFAULTS)
    good = {
        "call": isinstance(call, str) and (not call or is_name(call)),
        "path": isinstance(path, (list, tuple))
        and len(path) <= 8
        and all(isinstance(name, str) and is_name(name) for name in path),
        "port": isinstance(port, int) and not isinstance(port, bool) and 0 <= port <= 15,
        "again_s": isinstance(again_s, (int, float))
        and not isinstance(again_s, bool)
        and 0.05 <= again_s <= 600,
    }
    for name, fits in good.items():
        if not fits:
            raise NotSupported(f"{name}: {whole[name]!r} cannot be", "bad_setting")
    return {**whole, "path": list(path)}


class Hearing(Protocol):
    """The modem's decoder, that also knows who wants a receipt."""

    def feed(self, data: bytes) -> list[Message]:
        """What these further bytes complete."""

    def finish(self) -> list[Message]:
        """What is left at the end."""

    def receipts_wanted(self) -> list[tuple[str, str, str]]:
        """Who wrote to whom under which number."""


class KissTalk:
    """One modem and the stations behind it."""

    def __init__(self, decoder: Hearing, settings: Mapping[str, Any]) -> None:
        self.identity = ""  # a modem does not say who it is
        self.beat_at: float | None = None  # nor does it beat
        self._decoder = decoder
        self._settings = settings
        self._pending = Pending()
        self._again: dict[str, tuple[float, bytes]] = {}  # by order: when its frame goes out again
        self._reference = 0

    def begin(self, now: float) -> Turn:
        return Turn()

    def hear(self, data: bytes, now: float) -> Turn:
        found = self._decoder.feed(data)
        out = b"".join(self._receipt(*wanted) for wanted in self._decoder.receipts_wanted())
        outcomes: list[Outcome] = []
        for message in found:
            outcomes += self._settled(message)
        return Turn(found, out, outcomes)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        said, mark = self._said(order)
        waiting = self._pending.take(order_id, order, deadline)
        if waiting is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        waiting.sent, waiting.mark = True, mark
        if mark is None:
            return Turn(out=said, outcomes=[self._pending.done(waiting)])
        self._again[order_id] = (now + self._settings["again_s"], said)
        return Turn(out=said)

    def pass_time(self, now: float) -> Turn:
        outcomes = self._pending.overdue(now)
        for outcome in outcomes:
            self._again.pop(outcome.order_id, None)
        out = b""
        for order_id, (due, said) in self._again.items():
            if now >= due:
                out += said
                self._again[order_id] = (now + self._settings["again_s"], said)
        return Turn(out=out, outcomes=outcomes)

    def wake_at(self) -> float:
        again = min((due for due, _ in self._again.values()), default=math.inf)
        return min(again, self._pending.next_deadline())

    def end(self) -> Turn:
        self._again.clear()
        return Turn(self._decoder.finish(), b"", self._pending.lost())

    def _said(self, order: Order) -> tuple[bytes, object]:
        """The frame of this order, and what will name its answer."""
        if not self._settings["call"]:
            raise NotSupported("no call sign is set: the modem is only listened to", "no_call")
        if isinstance(order, SendText):
            return self._message(order)
        if isinstance(order, AskPosition):
            return self._frame(order.of, "?APRSP"), ("place", order.of)
        if isinstance(order, CheckRadio):
            return self._frame(order.of, "?PING?"), ("heard", order.of)
        raise NotSupported(f"not an order for a modem: {type(order).__name__}", "not_supported")

    def _message(self, order: SendText) -> tuple[bytes, object]:
        if not 0 < len(order.text) <= LONGEST_TEXT or _NOT_IN_TEXTS & set(order.text):
            told = f"a message has 1 to {LONGEST_TEXT} characters, none of them | ~ {{"
            raise NotSupported(told, "bad_order")
        if not order.receipt:
            return self._frame(order.to, order.text), None
        self._reference = self._reference % _LAST_REFERENCE + 1
        number = str(self._reference)
        return self._frame(order.to, f"{order.text}{{{number}"), ("ack", order.to, number)

    def _frame(self, to: str, text: str) -> bytes:
        if not is_name(to):
            raise NotSupported(f"no call sign: {to!r}", "bad_order")
        information = b":" + to.ljust(9).encode("ascii") + b":" + text.encode("utf-8")
        settings = self._settings
        return kiss(settings["port"], settings["call"], TO, settings["path"], information)

    def _receipt(self, source: str, to: str, number: str) -> bytes:
        """A message to us that asks for a receipt gets one."""
        ours = bool(to) and to == self._settings["call"]
        return self._frame(source, f"ack{number}") if ours else b""

    def _settled(self, message: Message) -> list[Outcome]:
        outcomes: list[Outcome] = []
        source = _source(message)
        if source is None:
            return outcomes
        marks: list[object] = [("heard", source)]
        if isinstance(message, Position):
            marks.append(("place", source))
        refused = isinstance(message, Other) and message.what == "reject"
        if isinstance(message, Other) and message.kind == "ack":
            marks.append(("ack", source, message.fields["reference"]))
        for mark in marks:
            while (waiting := self._pending.marked(mark)) is not None:
                outcomes.append(self._settle(waiting, refused and mark == marks[-1]))
        return outcomes

    def _settle(self, waiting: Waiting, refused: bool) -> Outcome:
        self._again.pop(waiting.order_id, None)
        if refused:
            return self._pending.failed(waiting, "refused", "the station rejected it")
        return self._pending.done(waiting)


def _source(message: Message) -> str | None:
    if isinstance(message, (Position, Text)):
        return message.source
    if isinstance(message, Other):
        source = message.fields.get("source")
        return source if isinstance(source, str) else None
    return None
