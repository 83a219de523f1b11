"""A family made for tests: lines ``word value``; its device says who it is, answers and beats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from drivers import catalog
from drivers.contract import Bad, Message, Order, Other, Position, Probe, SendText, Turn
from drivers.errors import NotSupported
from drivers.pending import Pending
from drivers.sim.terminal import AnsweringDevice

FAMILY = "talker"


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The family is one that the drivers know."""
    monkeypatch.setitem(catalog.FAMILIES, FAMILY, f"{__name__}:TalkerDriver")


class TalkerDecoder:
    """``pos LAT``, ``sos NAME``, ``say TEXT``: readings; all else is bad."""

    def __init__(self) -> None:
        self._left = b""

    def feed(self, data: bytes) -> list[Message]:
        *lines, self._left = (self._left + data).split(b"\n")
        self._left = self._left[-1000:]
        return [self._message(line) for line in lines if line]

    def finish(self) -> list[Message]:
        left, self._left = self._left, b""
        return [Bad("length", left)] if left else []

    def _message(self, line: bytes) -> Message:
        word, _, value = line.partition(b" ")
        told = value.decode("ascii", "replace")
        match word:
            case b"pos":
                source, _, lat = told.rpartition("@")
                return Position(source or None, float(lat), 117.0, True)
            case b"sos":
                return Position(told, 35.0, 117.0, True, alarms=("sos",))
            case b"am" | b"ok" | b"no" | b"beat" | b"say":
                return Other(word.decode(), {"told": told}, kind="ack")
            case b"bug":
                raise RuntimeError("a bug of the driver")
        return Bad("syntax", line)


class TalkerTalk:
    """Asks who is there; ``probe N`` is answered ``ok N`` or ``no N``; a text needs no answer."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._ask = settings["ask"]
        self._decoder = TalkerDecoder()
        self._orders = Pending()
        self._count = 0

    def begin(self, now: float) -> Turn:
        return Turn(out=b"who\n" if self._ask else b"")

    def hear(self, data: bytes, now: float) -> Turn:
        messages = self._decoder.feed(data)
        outcomes = []
        for message in messages:
            if not isinstance(message, Other):
                continue
            told = message.fields["told"]
            if message.what == "am":
                self.identity = told
            if message.what in ("beat", "ok"):
                self.beat_at = now
            waiting = self._orders.marked(told)
            if waiting is not None and message.what == "ok":
                outcomes.append(self._orders.done(waiting, {"told": told}))
            elif waiting is not None and message.what == "no":
                outcomes.append(self._orders.failed(waiting, "refused", "no"))
        quiet = [m for m in messages if not (isinstance(m, Other) and m.what in ("am", "beat"))]
        return Turn(quiet, outcomes=outcomes)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        match order:
            case Probe():
                self._count += 1
                waiting = self._orders.take(order_id, order, deadline)
                assert waiting is not None
                waiting.sent, waiting.mark = True, str(self._count)
                return Turn(out=b"probe %d\n" % self._count)
            case SendText():
                return Turn(out=f"text {order.to} {order.text}\n".encode())
        raise NotSupported(f"cannot {type(order).__name__}", "not_supported")

    def pass_time(self, now: float) -> Turn:
        return Turn(outcomes=self._orders.overdue(now))

    def wake_at(self) -> float:
        return self._orders.next_deadline()

    def end(self) -> Turn:
        return Turn(self._decoder.finish(), outcomes=self._orders.lost())


class TalkerDriver:
    """The family; ``ask`` False: the device is not asked who it is."""

    family = FAMILY
    silence_s = 5.0

    def decoder(self) -> TalkerDecoder:
        return TalkerDecoder()

    def talk(self, settings: Mapping[str, Any]) -> TalkerTalk:
        return TalkerTalk(settings)

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        unknown = settings.keys() - {"ask"}
        if unknown or not isinstance(settings.get("ask", True), bool):
            raise NotSupported("ask is true or false", "bad_setting")
        return {"ask": True, **settings}


class Talker(AnsweringDevice):
    """The device: says its name when asked, answers probes as ``reply`` says."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.called = name
        self.reply = b"ok"
        self.words: list[bytes] = []
        self._left = b""

    def answer(self, data: bytes) -> bytes:
        *lines, self._left = (self._left + data).split(b"\n")
        said = b""
        for line in lines:
            self.words.append(line)
            if line == b"who":
                said += b"am " + self.called.encode() + b"\n"
            elif line.startswith(b"probe ") and self.reply:
                said += self.reply + b" " + line[6:] + b"\n"
        return said
