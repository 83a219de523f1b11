"""JT/T 808 under hypothesis: every split, flipped bits, garbage around, whatever bytes come."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.contract import Bad, Message
from drivers.framing.check import xor
from drivers.position.jt808_frame import Frame, parsed, written
from tests.drivers.test_jt808 import (
    ACK,
    BEAT,
    LONG,
    PUBLISHED,
    SOS,
    TEXT_2019,
    decoded,
    frame,
    place,
    split,
)

STREAM = b"".join(
    (
        SOS,
        ACK[:-1],
        BEAT,
        b"\x00\xff",
        SOS[:20],
        TEXT_2019,
        *split(LONG),
        BEAT[:-2] + b"\0\x7e",
        ACK,
    )
)
digits = st.text("0123456789", min_size=12, max_size=12).map(bytes.fromhex)
frames = st.builds(
    lambda id_, serial, body, number, version: written(
        Frame(id_, "", serial, body, number if version is None else bytes(4) + number, version)
    ),
    st.one_of(
        st.integers(0, 0xFFFF), st.sampled_from((0x0100, 0x0200, 0x0704, 0x8001, 0x8100, 0x8300))
    ),
    st.integers(0, 0xFFFF),
    st.one_of(st.binary(max_size=80), st.just(place())),
    digits,
    st.one_of(st.none(), st.integers(0, 255)),
)
mixed = st.lists(
    st.one_of(
        frames,
        st.sampled_from(PUBLISHED),
        st.binary(max_size=300),
        st.binary(max_size=60).map(lambda data: b"\x7e" + data + b"\x7e"),
        st.sampled_from(split(LONG)),
    ),
    max_size=10,
).map(b"".join)


@given(mixed, st.lists(st.integers(min_value=0), max_size=20))
def test_pieces_of_any_size_give_the_same(data: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    assert decoded(*(data[a:b] for a, b in pairwise(edges))) == decoded(data)


@given(mixed)
@settings(max_examples=30)
def test_single_bytes_give_the_same(data: bytes) -> None:
    assert decoded(*(data[n : n + 1] for n in range(len(data)))) == decoded(data)


def test_every_split_in_two_gives_the_same() -> None:
    whole = decoded(STREAM)
    assert len(whole) == 11
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == whole


def test_no_flipped_bit_passes_for_another_message() -> None:
    """A flipped bit in a frame is bad or noise; the frames around it stay as they were."""
    for one in PUBLISHED:
        for bit in range(len(one) * 8):
            flipped = bytearray(one)
            flipped[bit // 8] ^= 1 << bit % 8
            messages = decoded(BEAT, bytes(flipped), ACK)
            assert messages[0] == decoded(BEAT)[0]
            assert messages[-1] == decoded(ACK)[0]
            between = messages[1:-1]
            assert between
            assert all(isinstance(message, Bad) for message in between)


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    wanted = decoded(SOS)[0]
    assert wanted in decoded(before + SOS + after)


@given(mixed)
def test_every_message_has_its_json(data: bytes) -> None:
    for message in decoded(data):
        assert as_json("jt808", message)["family"] == "jt808"


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.binary(max_size=1023), digits)
def test_what_is_written_is_read(id_: int, serial: int, body: bytes, number: bytes) -> None:
    wanted = Frame(id_, number.hex().lstrip("0") or "0", serial, body, number)
    assert parsed(written(wanted)[1:-1]) == wanted


@given(st.binary(max_size=1100))
def test_the_check_value_is_the_exclusive_or_of_all(data: bytes) -> None:
    expected = 0
    for byte in data:
        expected ^= byte
    assert xor(data) == expected


def test_a_megabyte_of_noise_ends_in_seconds() -> None:
    worst = (
        random.Random(808).randbytes(1 << 20),
        b"\x7e" * (1 << 20),
        b"\x7e\x02" * (1 << 19),
        b"\x7d" * (1 << 20),
        b"\x7e" + bytes(1 << 20),
    )
    for noise in worst:
        begun = time.process_time()
        messages: list[Message] = decoded(*(noise[at : at + 64] for at in range(0, len(noise), 64)))
        assert all(isinstance(message, Bad) for message in messages)
        assert time.process_time() - begun < 12, noise[:10]


def test_good_frames_are_all_read() -> None:
    stream = b"".join(frame(0x0200, place(), serial) for serial in range(2000))
    assert len(decoded(stream)) == 2000
