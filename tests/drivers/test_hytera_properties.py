"""Hytera under hypothesis: every split, flipped bits, garbage around, whatever bytes come."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.contract import Bad, Message, Position
from drivers.radio.hytera_cut import LONGEST
from drivers.radio.hytera_frames import hdap, hrnp, hstrp
from drivers.sim.hytera_radios import Place, Radios
from tests.drivers.test_hytera import (
    CHECKED,
    HEARTBEAT,
    HRNP_CALL,
    PLACE,
    PUBLISHED,
    TEXT,
    decoded,
)

STREAM = b"".join((*PUBLISHED, b"\x00\x02\xff", TEXT[:20], HRNP_CALL[:15], *PUBLISHED, b"2B\x00"))
services = st.sampled_from([0x02, 0x08, 0x09, 0x11, 0x12, 0x13, 0x14, 0x82, 0x89])
opcodes = st.sampled_from([0xA1, 0xA2, 0xB1, 0xB2, 0x40A1, 0xA002, 0xB003, 0xC003, 0xD003, 0x03])
opcodes = opcodes | st.integers(0, 0xFFFF)
messages = st.builds(hdap, services, opcodes, st.binary(max_size=80))
carried = st.one_of(
    messages,
    messages.map(lambda one: hstrp(0, 7, one)),
    messages.map(lambda one: hrnp(0, 0x10, 0x20, 7, one)),
    st.binary(max_size=40).map(lambda data: hrnp(0, 0x10, 0x20, 7, data)),
    st.integers(0, 0x3F).map(lambda flags: hstrp(flags, 7)),
)
mixed = st.lists(
    st.one_of(
        st.sampled_from(PUBLISHED),
        carried,
        st.binary(max_size=300),
        st.binary(max_size=60).map(lambda data: b"2B\x00" + data),
        st.binary(max_size=60).map(lambda data: b"~" + data),
    ),
    max_size=10,
).map(b"".join)


def in_pieces(data: bytes, cuts: list[int]) -> list[Message]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return decoded(*(data[a:b] for a, b in pairwise(edges)))


@given(mixed, st.lists(st.integers(min_value=0), max_size=20))
def test_pieces_of_any_size_give_the_same(data: bytes, cuts: list[int]) -> None:
    assert in_pieces(data, cuts) == decoded(data)


@given(mixed)
@example(bytes.fromhex("7e 00000010 2000 07000df3ca7e 7e 0300fe20100000000c60e2"))
@settings(max_examples=30)
def test_single_bytes_give_the_same(data: bytes) -> None:
    assert decoded(*(data[n : n + 1] for n in range(len(data)))) == decoded(data)


def test_every_split_in_two_gives_the_same() -> None:
    whole = decoded(STREAM)
    assert len([one for one in whole if not isinstance(one, Bad)]) >= 2 * len(PUBLISHED)
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == whole


def test_no_flipped_bit_passes_for_another_message() -> None:
    """What a check value watches is bad or gone when a bit of it flips; the frames around stay.

    The first byte of a bare message, its service, no check value watches.
    """
    before, after = decoded(PLACE)[0], decoded(HEARTBEAT)[0]
    for frame in CHECKED:
        good = decoded(frame)
        for bit in range(8, len(frame) * 8):
            flipped = bytearray(frame)
            flipped[bit // 8] ^= 1 << bit % 8
            found = decoded(PLACE, bytes(flipped), HEARTBEAT)
            assert found[0] == before
            assert found[-1] == after
            for message in found[1:-1]:
                # a hurt packet may still hold its whole message
                assert isinstance(message, Bad) or message in good


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    wanted = decoded(HRNP_CALL)[0]
    assert wanted in decoded(before + HRNP_CALL + after)


@given(st.one_of(st.binary(max_size=3000), mixed))
def test_whatever_comes_is_decoded_without_fail(data: bytes) -> None:
    for message in decoded(data):
        assert as_json("hytera", message)["family"] == "hytera"
        if isinstance(message, Bad):
            assert message.reason in ("length", "checksum", "syntax", "value")
            assert message.raw in data
            assert len(message.raw) <= LONGEST


@given(
    st.floats(-89.9999, 89.9999),
    st.floats(-179.9999, 179.9999),
    st.integers(0, 360),
    st.integers(int(datetime(2001, 1, 1, tzinfo=UTC).timestamp()), 3_400_000_000),
)
def test_what_the_simulator_says_is_what_is_read(
    lat: float, lon: float, course: int, second: int
) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    radios = Radios()
    radios.places["2167005"] = Place(lat, lon, moment, 12, course)
    (sos,) = decoded(radios.sos("2167005"))
    assert isinstance(sos, Position)
    assert sos.lat is not None
    assert sos.lon is not None
    assert abs(sos.lat - lat) < 1e-6
    assert abs(sos.lon - lon) < 1e-6
    assert (sos.at, sos.course_deg, sos.alarms) == (moment, course, ("sos",))
