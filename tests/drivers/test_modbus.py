"""Modbus RTU: the published frames, what is bad, and whatever else comes over the line."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.catalog import driver
from drivers.contract import Bad, Inputs, Message, Other
from drivers.io import modbus_frames as frames
from drivers.io.modbus_frames import LONGEST, crc, frame

INPUTS_1_AND_3 = bytes.fromhex("01 02 01 05 61 8B")
READ_INPUTS = bytes.fromhex("01 02 00 00 00 08 79 CC")
ON = bytes.fromhex("01 05 00 00 FF 00 8C 3A")
PUBLISHED = (
    ON,
    bytes.fromhex("01 05 00 00 00 00 CD CA"),
    bytes.fromhex("01 05 00 00 55 00 F2 9A"),
    bytes.fromhex("01 05 00 FF FF 00 BC 0A"),
    bytes.fromhex("01 01 00 00 00 08 3D CC"),
    READ_INPUTS,
    INPUTS_1_AND_3,
)


def decoded(*pieces: bytes) -> list[Message]:
    decoder = driver("modbus").decoder()
    messages = [message for piece in pieces for message in decoder.feed(piece)]
    return messages + decoder.finish()


def in_pieces(data: bytes, cuts: list[int]) -> list[Message]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return decoded(*(data[a:b] for a, b in pairwise(edges)))


def test_the_published_frames() -> None:
    said = json.loads(json.dumps([as_json("modbus", one) for one in decoded(b"".join(PUBLISHED))]))
    assert said == [
        {"family": "modbus", "kind": "other", "unit": 1, **told}
        for told in (
            {"what": "write_output", "function": 5, "address": 0, "value": 0xFF00, "on": True},
            {"what": "write_output", "function": 5, "address": 0, "value": 0, "on": False},
            {"what": "write_output", "function": 5, "address": 0, "value": 0x5500},
            {"what": "write_output", "function": 5, "address": 255, "value": 0xFF00, "on": True},
            {"what": "read_outputs", "function": 1, "address": 0, "count": 8},
            {"what": "read_inputs", "function": 2, "address": 0, "count": 8},
        )
    ] + [
        {
            "family": "modbus", "kind": "inputs", "unit": 1,
            "values": [True, False, True, False, False, False, False, False],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kind", "told"),
    [
        (frame(7, 3, b"\x04\x00\x2a\xff\xfe"), "register", {"unit": 7, "values": [42, 65534]}),
        (frame(7, 4, b"\x02\x01\x00"), "register", {"unit": 7, "values": [256]}),
        (frame(7, 0x83, b"\x02"), "other", {"function": 3, "code": 2, "told": "illegal address"}),
        (frame(7, 6, b"\x0f\xa0\x00\x02"), "other", {"address": 4000, "value": 2}),
        (frame(7, 3, b"\x0f\xa0\x00\x02"), "other", {"address": 4000, "count": 2}),
        (
            frame(7, 15, b"\x00\x02\x00\x03\x01\x05"),
            "other",
            {"address": 2, "count": 3, "values": [True, False, True]},
        ),
        (frame(7, 15, b"\x00\x02\x00\x03"), "other", {"address": 2, "count": 3}),
        (
            frame(7, 16, b"\x00\x01\x00\x01\x02\x00\x07"),
            "other",
            {"address": 1, "count": 1, "values": [7]},
        ),
        (frame(7, 17, b"\x02AB"), "other", {"what": "report_id", "data": "024142"}),
    ],
)
def test_other_frames(raw: bytes, kind: str, told: dict[str, Any]) -> None:
    (message,) = decoded(raw)
    said = as_json("modbus", message)
    assert (said["kind"], said["unit"]) == (kind, 7)
    assert {**said, **told} == said


def test_a_reply_of_three_bytes_is_taken_for_a_reply() -> None:
    """Its length is that of a question for the inputs from 0x0300 on."""
    assert decoded(frame(1, 2, b"\x03\x01\x00\x08")) == [
        Inputs(1, (True, *(False,) * 18, True, *(False,) * 4))
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (INPUTS_1_AND_3[:-1] + b"\x8c", "checksum"),
        (READ_INPUTS[:-1] + b"\xcd", "checksum"),
        (READ_INPUTS[:-1], "length"),
        (INPUTS_1_AND_3[:-1], "length"),
        (READ_INPUTS[:1], "length"),
        (frame(1, 2, b"\x00\x00\x00\x00"), "value"),
        (frame(1, 2, b"\x00\x00\x07\xd1"), "value"),
        (frame(1, 3, b"\x00\x00\x00\x7e"), "value"),
        (frame(248, 2, b"\x00\x00\x00\x08"), "value"),
        (frame(1, 15, b"\x00\x02\x00\x09\x01\x05"), "value"),
        (frame(1, 16, b"\x00\x01\x00\x02\x02\x00\x07"), "value"),
        (b"\x00", "length"),
        (b"\x55" * 20, "checksum"),
    ],
)
def test_what_is_bad_is_bad_once(raw: bytes, reason: str) -> None:
    assert decoded(raw) == [Bad(reason, raw)]


def test_a_bad_frame_does_not_hide_its_neighbours() -> None:
    broken = INPUTS_1_AND_3[:3] + b"\x04" + INPUTS_1_AND_3[4:]
    told = decoded(READ_INPUTS + broken + INPUTS_1_AND_3 + broken + broken + ON)
    assert [type(message) for message in told] == [Other, Bad, Inputs, Bad, Bad, Other]
    assert [message.raw for message in told if isinstance(message, Bad)] == [broken] * 3


def test_a_frame_cut_short_by_the_next_is_bad_by_length() -> None:
    assert decoded(READ_INPUTS[:5] + INPUTS_1_AND_3) == [
        Bad("length", READ_INPUTS[:5]),
        *decoded(INPUTS_1_AND_3),
    ]


@pytest.mark.parametrize("raw", PUBLISHED)
def test_no_flipped_bit_passes_for_another_message(raw: bytes) -> None:
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        told = decoded(READ_INPUTS, bytes(flipped), ON)
        assert (told[0], told[-1]) == (decoded(READ_INPUTS)[0], decoded(ON)[0])
        assert told[1:-1]
        assert all(isinstance(message, Bad) for message in told[1:-1])


STREAM = b"".join(PUBLISHED) + READ_INPUTS[:4] + b"\x00\xff" + INPUTS_1_AND_3 + b"\x01\x03\xfa" + ON


def test_every_split_in_two_gives_the_same() -> None:
    whole = decoded(STREAM)
    assert sum(not isinstance(message, Bad) for message in whole) == 9
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == whole
    assert decoded(*(STREAM[n : n + 1] for n in range(len(STREAM)))) == whole


good = st.builds(
    frame,
    st.integers(0, 255),
    st.sampled_from((1, 2, 3, 4, 5, 6, 15, 16, 17, 22, 23, 0x81, 0x83)),
    st.binary(max_size=60),
)
mixed = st.lists(
    st.one_of(st.sampled_from(PUBLISHED), st.binary(max_size=400), good), max_size=12
).map(b"".join)


@given(mixed, st.lists(st.integers(min_value=0), max_size=20))
def test_pieces_of_any_size_give_the_same(data: bytes, cuts: list[int]) -> None:
    assert in_pieces(data, cuts) == decoded(data)


@given(mixed)
@settings(max_examples=30)
def test_single_bytes_give_the_same(data: bytes) -> None:
    assert decoded(*(data[n : n + 1] for n in range(len(data)))) == decoded(data)


@given(st.binary(max_size=600), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    assert decoded(INPUTS_1_AND_3)[0] in decoded(before + INPUTS_1_AND_3 + after)


@given(mixed)
def test_every_byte_is_in_a_frame_or_bad_and_bad_is_bounded(data: bytes) -> None:
    cutter = frames.Cutter()
    found = cutter.feed(data) + cutter.finish()
    assert b"".join(one.raw for one in found) == data
    for message in decoded(data):
        assert as_json("modbus", message)["family"] == "modbus"
        if isinstance(message, Bad):
            assert message.reason in ("length", "checksum", "value")
            assert 0 < len(message.raw) <= LONGEST


@given(st.binary(max_size=254))
def test_the_check_value_is_that_of_the_polynomial(data: bytes) -> None:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    assert crc(data) == value
    assert crc(data + value.to_bytes(2, "little")) == 0


def test_noise_ends_soon() -> None:
    """Also noise that looks like the beginning of a long frame everywhere."""
    for noise in (Random(5).randbytes(1 << 18), b"\x03\x03\xfa" * (1 << 16)):
        begun = time.process_time()
        told = decoded(noise, INPUTS_1_AND_3)
        assert time.process_time() - begun < 30
        assert told[-1] == decoded(INPUTS_1_AND_3)[0]
