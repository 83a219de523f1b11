"""NMEA 0183 under hypothesis: every split, flipped bits, garbage around, whatever bytes come."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.contract import Bad, Message, Position
from drivers.position.nmea import LONGEST, NmeaDecoder
from drivers.sim.receiver import burst, sentence
from tests.drivers.test_nmea import GGA, GSA, GSV, PUBLISHED, RMC, ZDA, decoded

STREAM = b"".join((RMC, GGA, GSV, RMC[:33], GSA, b"\x00$\xff*00", ZDA, b"$" + b"x" * 300, RMC))
bodies = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=LONGEST - 5)
noise = st.binary(max_size=600)
mixed = st.lists(
    st.one_of(
        st.sampled_from(PUBLISHED),
        noise,
        st.binary(max_size=300).map(lambda data: b"$" + data),
        bodies.map(lambda body: sentence(body.replace("$", "").replace("*", ""))),
    ),
    max_size=12,
).map(b"".join)


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
    assert len(whole) == 9
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == whole


def test_no_flipped_bit_passes_for_another_message() -> None:
    """A flipped bit in a frame is bad or noise; the frames around it stay as they were."""
    for frame in PUBLISHED:
        line = frame.strip()
        for bit in range(len(line) * 8):
            flipped = bytearray(line)
            flipped[bit // 8] ^= 1 << bit % 8
            messages = decoded(ZDA, bytes(flipped) + b"\r\n", GSA)
            assert messages[0] == decoded(ZDA)[0]
            assert messages[-1] == decoded(GSA)[0]
            assert all(isinstance(message, Bad) for message in messages[1:-1])


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    wanted = decoded(RMC)[0]
    assert wanted in decoded(before + RMC + after)


@given(st.binary(max_size=3000))
def test_whatever_comes_is_decoded_without_fail(data: bytes) -> None:
    for message in decoded(data):
        assert as_json("nmea", message)["family"] == "nmea"
        if isinstance(message, Bad):
            assert message.reason in ("length", "checksum", "syntax", "value")
            assert message.raw in data
            assert len(message.raw) <= LONGEST


@given(bodies)
def test_no_sentence_with_a_right_check_value_raises(body: str) -> None:
    decoder = NmeaDecoder()
    for kind in ("", "GNRMC,", "GNGGA,", "GNGLL,", "GNZDA,", "GNGSV,"):
        for message in decoder.feed(sentence(kind + body[: LONGEST - 12])):
            assert as_json("nmea", message)


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.floats(0, 90),
    st.floats(0, 360, exclude_max=True),
    st.integers(int(datetime(1981, 1, 1, tzinfo=UTC).timestamp()), 3_400_000_000),
    st.integers(0, 999),
)
def test_what_the_simulator_says_is_what_is_read(
    lat: float, lon: float, speed: float, course: float, second: int, millis: int
) -> None:
    moment = datetime.fromtimestamp(second, UTC).replace(microsecond=millis * 1000)
    rmc, gga = decoded(burst(lat, lon, speed, course, moment))
    assert isinstance(rmc, Position)
    assert isinstance(gga, Position)
    assert rmc.lat is not None
    assert rmc.lon is not None
    assert abs(rmc.lat - lat) < 1e-7
    assert abs(rmc.lon - lon) < 1e-7
    assert rmc.speed_mps is not None
    assert abs(rmc.speed_mps - speed) < 0.003
    assert rmc.at == moment
    assert (gga.lat, gga.lon, gga.at) == (rmc.lat, rmc.lon, rmc.at)
