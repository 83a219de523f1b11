"""TETRA PEI under hypothesis: every split, flipped bits, garbage around, whatever bytes come."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.contract import (
    AskPosition,
    Bad,
    CheckRadio,
    ChooseGroup,
    Message,
    Order,
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
from drivers.radio.tetra import DEFAULTS
from drivers.radio.tetra_orders import MOST_PARTS, Ways, plan
from drivers.radio.tetra_pei import LONGEST
from drivers.radio.tetra_talk import TetraTalk
from drivers.sim.tetra import Fix, location, said
from tests.drivers.test_tetra import PLACE, PUBLISHED, REPORT, SIMPLE, STATUS, decoded, sds

BEFORE, AFTER = said("+CREG: 1"), said("+CTOM: 0")
STREAM = b"".join(
    (
        *PUBLISHED, said("+CTSDSR: 12,1,0,2,0,32"), STATUS, b"\x00\xff+CTX\x1a", b"AT+CMGS=1,32\r\n",
        b"821000C9\x1a", b"x" * (LONGEST + 50), b"+CTXG: 1,0\x1b> ", STATUS.strip(), said("ok"),
    )
)  # fmt: skip
noise = st.binary(max_size=400)
digits = st.text("0123456789ABCDEFabcdef", max_size=80)
lines = st.one_of(
    st.sampled_from(PUBLISHED),
    noise,
    digits.map(said),
    st.tuples(st.integers(0, 20), st.integers(0, 700), digits).map(
        lambda one: said(f"+CTSDSR: {one[0]},1234567,0,2345678,0,{one[1]}", one[2])
    ),
    st.text("0123,x \r\n", max_size=30).map(lambda rest: f"+CTICN: {rest}\r\n".encode()),
    st.text("0123,x", max_size=12).map(lambda rest: f"\r\n+CTXG: {rest}\r\n".encode()),
    st.sampled_from(
        [
            b"+",
            b"AT+CMGS=1,2\r\n",
            b"\x1b",
            b"+CTSDSR:",
            b"OK\r\n",
            b"y" * LONGEST,
            b"+CTCR: 1,13\r",
        ]
    ),
)
mixed = st.lists(lines, max_size=12).map(b"".join)


def in_pieces(data: bytes, cuts: list[int]) -> list[Message]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return decoded(*(data[a:b] for a, b in pairwise(edges)))


@given(mixed, st.lists(st.integers(min_value=0), max_size=20))
def test_pieces_of_any_size_give_the_same(data: bytes, cuts: list[int]) -> None:
    assert in_pieces(data, cuts) == decoded(data)


@given(mixed)
@settings(max_examples=30)
def test_single_bytes_give_the_same(data: bytes) -> None:
    assert decoded(*(data[n : n + 1] for n in range(len(data)))) == decoded(data)


def test_every_split_in_two_gives_the_same() -> None:
    whole = decoded(STREAM)
    assert len(whole) == len(PUBLISHED) + 9
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == whole


def test_a_flipped_bit_harms_no_other_frame() -> None:
    """There is no check value in these lines: what is flipped may read as something else."""
    around = [*decoded(BEFORE), *decoded(AFTER)]
    for frame in PUBLISHED:
        for bit in range(len(frame) * 8):
            flipped = bytearray(frame)
            flipped[bit // 8] ^= 1 << bit % 8
            messages = decoded(BEFORE, bytes(flipped), AFTER)
            assert [messages[0], messages[-1]] == around


def test_a_flipped_bit_among_the_digits_is_bad_or_another_value() -> None:
    for bit in range(8 * len(b"8004")):
        flipped = bytearray(b"8004")
        flipped[bit // 8] ^= 1 << bit % 8
        messages = decoded(said("+CTSDSR: 13,1234567,0,2345678,0,16") + bytes(flipped) + b"\r\n")
        hexadecimal = re.fullmatch(rb"[0-9A-Fa-f]{4}", bytes(flipped)) is not None
        if bytes(flipped).upper() == b"8004" or not hexadecimal:
            assert isinstance(messages[0], Bad) == (not hexadecimal)
        else:
            assert messages != decoded(STATUS)


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    for frame in (STATUS, PLACE, REPORT):
        (wanted,) = decoded(frame)
        assert wanted in decoded(before + frame + after)
        assert wanted in decoded(before + frame.lstrip() + after)


@given(st.binary(max_size=3000))
def test_whatever_comes_is_decoded_without_fail(data: bytes) -> None:
    for message in decoded(data):
        assert as_json("tetra", message)["family"] == "tetra"
        if isinstance(message, Bad):
            assert message.reason in ("length", "syntax", "value")
            assert len(message.raw) <= 2 * LONGEST + 2


@given(st.binary(min_size=1, max_size=255), st.integers(0, 7), st.integers(9, 13))
def test_no_pdu_raises(data: bytes, less: int, service: int) -> None:
    (message,) = decoded(sds(data.hex(), 8 * len(data) - less, service))
    assert as_json("tetra", message)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500), st.integers(0, 255))
def test_a_text_arrives_as_it_was_ordered(words: str, reference: int) -> None:
    """What goes out for an order reads, in its parts, as the text that was ordered."""
    planned = plan(SendText("1", words, reference), Ways())
    parts = []
    for command in planned.commands[1::2]:
        head, _, pdu = command.partition(b"\r\n")
        bits = int(head.rpartition(b",")[2])
        (message,) = decoded(sds(pdu.rstrip(b"\x1a").decode(), bits))
        assert isinstance(message, Text)
        assert message.reported
        parts.append(message.text)
    assert "".join(parts) == words
    assert len(parts) == planned.fields["parts"] <= MOST_PARTS


@given(
    st.floats(-90, 89.9999),
    st.floats(-180, 179.9999),
    st.integers(0, 127),
    st.integers(0, 15),
    st.integers(0, 255),
)
def test_what_the_simulator_says_is_what_is_read(
    lat: float, lon: float, speed: int, course: int, reason: int
) -> None:
    fix = Fix(lat, lon, speed, course * 22.5)
    (place,) = decoded(sds(location(fix, reason), 84))
    assert isinstance(place, Position)
    assert place.lat is not None
    assert place.lon is not None
    assert abs(place.lat - lat) < 1.1e-5
    assert abs(place.lon - lon) < 1.1e-5 or abs(abs(place.lon) - 180) < 1.1e-5
    assert place.course_deg == course * 22.5
    assert (place.speed_mps is None) == (speed == 127)
    assert place.alarms == (("sos",) if reason == 2 else ())


identities = st.sampled_from(["23404", "09011638300023401", "", "1", "x"])
orders: st.SearchStrategy[Order] = st.one_of(
    st.builds(SendText, identities, st.text(max_size=200), st.integers(0, 255), st.booleans()),
    st.builds(SendStatus, identities, st.integers(0, 0xFFFF)),
    st.builds(ChooseGroup, identities),
    st.builds(PressToTalk, identities, st.integers(0, 3)),
    st.just(ReleaseTalk()),
    st.builds(AskPosition, identities),
    st.builds(CheckRadio, identities),
    st.just(Probe()),
)
answers = st.one_of(
    mixed,
    st.sampled_from(
        [
            *(said(words) for words in ("OK", "ERROR", "+CME ERROR: 35", "+CME ERROR: 42")),
            *(said(f"+CTXG: {call},{grant},0,0") for call in (1, 2) for grant in range(4)),
            said("+CTOCP: 1,0"), said("+CTCC: 1,1,1,0,0,1,1"), said("+CTCR: 1,13"),
            said("+CDTXC: 1,0"), said("+CTICN: 1,0,0,5,23404,1,1,0,1,1,5,1000,0"),
            said("+CNUMF: 6,09011638300023401"), said("+CMGS: (0),(8-1184)"), SIMPLE, REPORT,
            sds("8206C91A4E004E00"), sds("8A02C91A050003C902014E00"),
        ]
    ),
)  # fmt: skip
steps = st.lists(st.one_of(orders, answers, st.floats(0, 20)), max_size=60)


@given(steps)
@settings(max_examples=100)
def test_every_order_is_settled_once_whatever_the_radio_says(story: list[Any]) -> None:
    talk = TetraTalk(dict(DEFAULTS))
    now = 50.0
    ordered: list[str] = []
    settled: list[str] = []

    def took(turn: Turn) -> None:
        settled.extend(outcome.order_id for outcome in turn.outcomes)
        assert turn.out.count(b"\x1a") <= 1
        assert turn.out.count(b"AT") <= 1

    took(talk.begin(now))
    for step in story:
        if isinstance(step, bytes):
            took(talk.hear(step, now))
        elif isinstance(step, float):
            now += step
            took(talk.pass_time(now))
        else:
            name = f"order {len(ordered)}"
            try:
                took(talk.order(name, step, now + 5, now))
            except NotSupported:
                continue
            ordered.append(name)
        assert len(settled) == len(set(settled))
    took(talk.pass_time(now + 5))
    assert sorted(settled) == sorted(ordered)
    took(talk.end())
    assert sorted(settled) == sorted(ordered)
