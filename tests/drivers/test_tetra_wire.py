"""A TETRA radio at a real serial port of this machine, pulled out and plugged in again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers import catalog
from drivers.contract import (
    Message,
    Outcome,
    Position,
    PressToTalk,
    RadioCall,
    ReleaseTalk,
    SendText,
    Status,
    Talk,
    Text,
    Turn,
)
from drivers.errors import LinkLost
from drivers.sim.tetra import Fix, TetraRadio
from drivers.transport.serial_port import SerialWire

CREW = "23404"


class Desk:
    """What a link's thread does, until a condition holds."""

    def __init__(self, identity: str) -> None:
        self.wire = SerialWire(identity, 9600)
        driver = catalog.driver("tetra")
        self.talk: Talk = driver.talk(driver.checked({"groups": ["1001"]}))
        self.messages: list[Message] = []
        self.outcomes: list[Outcome] = []

    def open(self) -> None:
        self.wire.open()
        self._took(self.talk.begin(time.monotonic()))

    def order(self, order: SendText | PressToTalk | ReleaseTalk) -> Outcome:
        """The order is given and settled."""
        begun, now = len(self.outcomes), time.monotonic()
        self._took(self.talk.order(f"order {begun}", order, now + 10, now))
        self.until(lambda: len(self.outcomes) > begun)
        return self.outcomes[begun]

    def until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline, self.messages[-5:]
            data = self.wire.read(0.02)
            now = time.monotonic()
            if data:
                self._took(self.talk.hear(data, now))
            if self.talk.wake_at() <= now:
                self._took(self.talk.pass_time(now))

    def of(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.messages if isinstance(message, kind)]

    def _took(self, turn: Turn) -> None:
        self.messages += turn.messages
        self.outcomes += turn.outcomes
        if turn.out:
            self.wire.write(turn.out)


@pytest.fixture
def radio(tmp_path: Path) -> Iterator[TetraRadio]:
    one = TetraRadio("radio", tmp_path)
    one.start()
    yield one
    one.stop()


def test_a_radio_at_a_serial_port(radio: TetraRadio) -> None:
    desk = Desk(radio.identity)
    desk.open()
    try:
        desk.until(lambda: "AT+CREG?" in radio.commands)
        assert desk.talk.identity == radio.number
        assert desk.order(SendText(CREW, "速到东门增援", 17)).done
        assert radio.texts == [(CREW, "速到东门增援")]
        assert desk.order(PressToTalk("1001")).done
        assert radio.talking
        assert desk.order(ReleaseTalk()).done
        assert not radio.talking
        radio.fixes[CREW] = Fix(35.405, 117.004)
        radio.sos(CREW)
        radio.send_text(CREW, "收到", 3)
        radio.call(CREW, "1001", 3)
        desk.until(lambda: bool(desk.of(Text)) and len(radio.receipts) == 1)
        assert desk.of(Status) == [Status(CREW, 0, radio.short)]
        (place,) = desk.of(Position)
        assert isinstance(place, Position)
        assert place.alarms == ("sos",)
        desk.until(lambda: RadioCall("incoming", CREW, "1001", 3) in desk.of(RadioCall))
    finally:
        desk.wire.close()


def test_a_pulled_radio_is_lost_and_comes_back(radio: TetraRadio) -> None:
    desk = Desk(radio.identity)
    desk.open()
    desk.until(lambda: bool(desk.talk.identity))
    radio.unplug()
    with pytest.raises(LinkLost):
        desk.until(lambda: False)
    desk.wire.close()
    radio.plug()
    again = Desk(radio.identity)
    again.open()
    try:
        again.until(lambda: bool(again.talk.identity))
    finally:
        again.wire.close()
