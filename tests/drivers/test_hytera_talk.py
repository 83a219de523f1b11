"""The conversation with Hytera devices: by hand with a clock in it, over UDP, over a serial port."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from drivers import catalog
from drivers.contract import (
    AskPosition,
    CheckRadio,
    ChooseGroup,
    Order,
    Other,
    Outcome,
    Position,
    PressToTalk,
    Probe,
    ReleaseTalk,
    SendStatus,
    SendText,
    Text,
    Turn,
)
from drivers.errors import NotSupported
from drivers.radio.hytera_frames import RCP, RRS, TMP, address_of, hdap, hstrp
from drivers.radio.hytera_talk import HyteraTalk

SETTINGS = {"groups": ["100"], "own_id": "64250", "beat_s": 0.2, "answer_s": 0.1}
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
driver = catalog.driver("hytera")


def talk(**settings: Any) -> HyteraTalk:
    made = driver.talk({"broadcasts": False, **settings})
    assert isinstance(made, HyteraTalk)
    return made


class ByHand:
    """A talk over HSTRP whose device and clock are the test's own hands."""

    def __init__(self, **settings: Any) -> None:
        self.talk = talk(**settings)
        self.now = 100.0
        self.outcomes: list[Outcome] = []
        self.messages: list[object] = []
        self.out: list[bytes] = []
        self.keep(self.talk.begin(self.now))
        assert self.take()[3] == 0x24
        self.hear(hstrp(0x05, 0, options=((3, b"\x00\x00\x00\x07"),)))

    def keep(self, turn: Turn) -> None:
        self.outcomes += turn.outcomes
        self.messages += turn.messages
        if turn.out:
            self.out.append(turn.out)
        if self.talk.wake_at() <= self.now:
            self.keep(self.talk.pass_time(self.now))

    def take(self) -> bytes:
        return self.out.pop(0)

    def hear(self, data: bytes) -> None:
        self.keep(self.talk.hear(data, self.now))

    def order(self, order: Order, deadline_s: float = 10.0) -> None:
        name = f"o{len(self.outcomes)}{type(order).__name__}"
        self.keep(self.talk.order(name, order, self.now + deadline_s, self.now))

    def pass_(self, seconds: float) -> None:
        self.now += seconds
        self.keep(self.talk.pass_time(self.now))


def test_the_device_says_who_it_is_when_it_connects() -> None:
    hand = ByHand()
    assert hand.talk.identity == "hstrp 7"
    assert hand.talk.beat_at == hand.now


def test_one_packet_is_on_its_way_at_a_time_and_is_sent_again() -> None:
    hand = ByHand(answer_s=1.0)
    hand.order(Probe())
    hand.order(CheckRadio("1002"))
    first = hand.take()
    assert not hand.out
    hand.pass_(1.0)
    assert hand.take() == first
    number = first[4:6]
    hand.hear(b"2B\x00\x01" + number)
    assert hand.outcomes == [Outcome("o0Probe", True)]
    assert hand.take()[6:] == hdap(RRS, 0x02, address_of("1002"))


def test_a_packet_that_is_never_acknowledged_fails_its_order_and_connects_anew() -> None:
    hand = ByHand(answer_s=1.0, beat_s=60)
    hand.order(Probe(), 60)
    for _ in range(3):
        hand.pass_(1.0)
    assert [(one.done, one.cause) for one in hand.outcomes] == [(False, "no_answer")]
    assert hand.out[-1][3] == 0x24


def test_a_deadline_without_an_answer_ends_the_order() -> None:
    hand = ByHand(beat_s=60)
    hand.order(CheckRadio("1002"), 2.0)
    hand.hear(b"2B\x00\x01" + hand.take()[4:6])
    assert hand.talk.wake_at() <= hand.now + 2.0
    hand.pass_(2.0)
    assert [(one.done, one.cause) for one in hand.outcomes] == [(False, "no_answer")]


def test_an_order_waits_for_the_connection() -> None:
    made = talk()
    made.begin(1.0)
    assert made.order("a", Probe(), 9.0, 1.0).out == b""
    assert made.pass_time(2.0).out[3] == 0x24
    assert made.hear(hstrp(0x05, 0), 2.0).out[6:] == hdap(RCP, 0x0452, b"")


def test_a_packet_that_comes_twice_is_acknowledged_twice_and_told_once() -> None:
    hand = ByHand(beat_s=60)
    sos = hstrp(0, 9, hdap(0x08, 0xB003, address_of("1002") + b"\x01"))
    hand.hear(sos)
    hand.hear(sos)
    assert [packet for packet in hand.out if packet[3] == 0x01] == [b"2B\x00\x01\x00\x09"] * 2
    told = [one for one in hand.messages if isinstance(one, Position)]
    assert [one.alarms for one in told] == [("sos",)]
    hand.hear(hstrp(0, 10, hdap(0x08, 0xB003, address_of("1002") + b"\x01")))
    assert len([one for one in hand.messages if isinstance(one, Position)]) == 2
    hand.pass_(6.0)
    hand.hear(sos)  # long after: raised again, by a device that numbers nothing
    assert len([one for one in hand.messages if isinstance(one, Position)]) == 3


def test_silence_of_three_beats_asks_for_the_connection_again() -> None:
    hand = ByHand(beat_s=5.0)
    for _ in range(4):
        hand.pass_(5.0)
    kinds = [packet[3] for packet in hand.out]
    assert kinds.count(0x02) >= 3
    assert kinds[-1] == 0x24


def test_noise_that_begins_like_a_packet_does_not_hold_up_the_next_one() -> None:
    hand = ByHand(beat_s=60)
    hand.hear(b"\x09\x00\xa1\x00\x40")
    hand.pass_(0.3)
    hand.hear(hstrp(0, 3, hdap(RRS, 0x03, address_of("1002"))))
    assert [one.what for one in hand.messages if isinstance(one, Other)][-1] == "registration"


def test_letting_go_ends_a_press_that_still_waits() -> None:
    hand = ByHand(beat_s=60)
    hand.order(PressToTalk("100"))
    hand.order(ReleaseTalk())
    assert [(one.cause, one.told) for one in hand.outcomes] == [("dropped", "the key was let go")]


def test_a_press_whose_time_is_over_lets_the_key_come_up() -> None:
    hand = ByHand(beat_s=60)
    hand.order(PressToTalk(), 1.0)
    hand.hear(b"2B\x00\x01" + hand.take()[4:6])
    hand.pass_(1.0)
    assert [one.cause for one in hand.outcomes] == ["no_answer"]
    assert hand.take()[6:] == hdap(RCP, 0x0041, bytes.fromhex("0300"))


def test_the_end_of_the_wire_loses_every_order() -> None:
    hand = ByHand(beat_s=60)
    hand.order(CheckRadio("1002"))
    hand.order(Probe())
    assert [one.cause for one in hand.talk.end().outcomes] == ["lost", "lost"]


def test_more_orders_than_wait_are_dropped() -> None:
    made = talk()
    made.begin(1.0)
    turns = [made.order(str(n), Probe(), 9.0, 1.0) for n in range(65)]
    assert [one.cause for turn in turns for one in turn.outcomes] == ["dropped"]


@pytest.mark.parametrize(
    "order",
    [
        SendText("0", "x"),
        SendText("abc", "x"),
        SendText("1002", ""),
        SendText("1002", "x" * 241),
        AskPosition("99999999"),
        ChooseGroup(""),
        SendStatus("1002", 1),
    ],
)
def test_what_cannot_be_ordered_is_refused_in_words(order: Order) -> None:
    with pytest.raises(NotSupported, match=r"\w"):
        talk().order("a", order, 9.0, 1.0)


@pytest.mark.parametrize(
    "settings",
    [
        {"carrier": "smoke"},
        {"own_id": "x"},
        {"groups": "100"},
        {"groups": ["0"]},
        {"beat_s": 0},
        {"answer_s": "soon"},
        {"valid_s": 0},
        {"slot": 256},
        {"ptt_press": "zz"},
        {"colour": 1},
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(NotSupported, match=next(iter(settings))):
        driver.checked(settings)


def test_a_text_to_somebody_else_is_not_answered() -> None:
    hand = ByHand(beat_s=60)
    body = bytes(4) + address_of("1003") + address_of("1002") + b"x\x00"
    hand.hear(hstrp(0, 5, hdap(TMP, 0xA1, body)))
    assert [packet[3] for packet in hand.out] == [0x01]
    assert [one.text for one in hand.messages if isinstance(one, Text)] == ["x"]
