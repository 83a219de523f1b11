"""Readers: the published frames, what is bad, and whatever else comes over the line."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.as_json import as_json
from drivers.catalog import driver
from drivers.contract import Bad, Card, Message, Tag
from drivers.errors import BadFrame
from drivers.reader import idcard_frames as cards
from drivers.reader import rfid_r200 as r200
from drivers.reader import rfid_r2000 as r2000
from drivers.sim.idcard import SAMPLE, card_text, read_reply, reply
from drivers.sim.tag_reader import r200_notice, r2000_notice

# the sample of the protocol reference: an invented person with the standard's own number
TEXT = bytes.fromhex(
    "4E67DB56200020002000200020002000200020002000200020002000200032003000310031003900340039003100320033003100D0670177D067025ED0673A53"
    "8C54735E57883500F753200020002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000310031003000"
    "310030003500310039003400390031003200330031003000300032005800D067025E6C51895B405CD0673A530652405C20002000200020002000200032003000"
    "31003800300036003000310032003000330038003000360030003100200020002000200020002000200020002000200020002000200020002000200020002000"
)
CARD = bytes.fromhex("AAAAAA9669050800009001000400") + TEXT + bytes(1024) + b"\x82"
PERSON = {
    "name": "李四", "sex": "女", "nation": "汉", "birth": "1949-12-31", "address": "某省某市某区和平街5号",
    "number": "11010519491231002X", "issuer": "某市公安局某区分局", "valid_from": "2018-06-01",
    "valid_to": "2038-06-01",
}  # fmt: skip
TAG_A0 = bytes.fromhex("A01301891D3000E20000172211014418905F2A4094")
TAG_BB = bytes.fromhex("BB02220011C9340030751FEB705C5904E3D50D703A76EF7E")
FRAMES = {
    "idcard": [
        bytes.fromhex(text)
        for text in (
            "AAAAAA96690003200122", "AAAAAA9669000800009F0000000097", "AAAAAA9669000400008084",
            "AAAAAA96690003200221", "AAAAAA9669000C00009000000000000000009C",
            "AAAAAA96690003300132", "AAAAAA96690003301023", "AAAAAA96690003300330",
        )
    ],
    "rfid-r2000": [
        bytes.fromhex(text)
        for text in ("A0030172EA", "A003FF70EE", "A004017400E7", "A004018901D1")
    ] + [TAG_A0],
    "rfid-r200": [
        bytes.fromhex(text)
        for text in (
            "BB00220000227E", "BB00270003222710837E", "BB00280000287E", "BB0003000100047E",
            "BB01FF000115167E",
        )
    ] + [TAG_BB],
}  # fmt: skip
FAMILIES = tuple(FRAMES)


def decoded(family: str, *pieces: bytes) -> list[Message]:
    decoder = driver(family).decoder()
    messages = [message for piece in pieces for message in decoder.feed(piece)]
    return messages + decoder.finish()


def said(family: str, raw: bytes) -> list[dict[str, Any]]:
    told = [as_json(family, message) for message in decoded(family, raw)]
    for one in told:
        assert one.pop("family") == family
    read: list[dict[str, Any]] = json.loads(json.dumps(told))
    return read


def test_the_published_card() -> None:
    assert len(CARD) == 1295
    assert said("idcard", CARD) == [{"kind": "card", **PERSON}]
    assert said("idcard", bytes.fromhex("AAAAAA9669") + CARD) == [
        {"kind": "bad", "reason": "length", "bytes": "aaaaaa9669aaaa"},
        {"kind": "card", **PERSON},
    ]


def test_the_published_frames_of_card_readers() -> None:
    told = said("idcard", b"".join(FRAMES["idcard"]))
    assert [one["kind"] for one in told] == ["other"] * 8
    assert [one["what"] for one in told] == [
        "find", "found", "no card", "select", "ok", "read", "read_with_fingerprint", "read_address",
    ]  # fmt: skip


@pytest.mark.parametrize("print_bytes", [1024, 512, 0])
def test_a_card_with_a_fingerprint(print_bytes: int) -> None:
    head = b"\x01\x00\x04\x00" + print_bytes.to_bytes(2, "big")
    raw = reply(cards.OK, head + TEXT + bytes(1024 + print_bytes))
    assert len(raw) == {1024: 2321, 512: 1809, 0: 1297}[print_bytes]
    assert said("idcard", raw) == [{"kind": "card", **PERSON}]


def test_a_photograph_never_leaves_the_decoder() -> None:
    photo = b"PHOTO" * 204 + b"PHOT"
    whole = read_reply(SAMPLE, photo)
    broken = whole[:-1] + bytes((whole[-1] ^ 1,))
    head = b"\x01\x01\x04\x00"  # a text length that is none
    odd = reply(cards.OK, head + card_text(SAMPLE) + photo)
    for raw in (whole, broken, whole[:-20], whole[:400], odd, broken + whole):
        for message in decoded("idcard", raw):
            assert b"PHOTO".hex() not in json.dumps(as_json("idcard", message))
            if isinstance(message, Bad):
                assert len(message.raw) <= 10
    assert [type(message) for message in decoded("idcard", broken + whole)] == [Bad, Card]


def test_what_the_simulator_lays_is_what_is_read() -> None:
    assert decoded("idcard", read_reply(SAMPLE)) == [SAMPLE]
    long = SAMPLE._replace(nation="维吾尔", valid_to="长期", sex="男")
    assert decoded("idcard", read_reply(long)) == [long]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "110105194912310021"}, {"number": "1101051949123100"}, {"birth": "1949-13-31"},
        {"birth": ""}, {"valid_to": "2038-02-30"}, {"valid_from": "长期"}, {"name": ""},
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_is_bad(wrong: dict[str, str]) -> None:
    raw = read_reply(SAMPLE._replace(**wrong))
    assert decoded("idcard", raw) == [Bad("value", raw[:10])]


def test_text_that_is_no_text_is_bad() -> None:
    with pytest.raises(BadFrame, match="value"):
        cards.card_of(b"\x00\xd8" + card_text(SAMPLE)[2:])


def test_a_nation_without_a_name_is_shown_by_its_code() -> None:
    text = card_text(SAMPLE)
    assert cards.card_of(text[:32] + "99".encode("utf-16-le") + text[36:]).nation == "99"


def test_the_published_frames_of_tag_readers() -> None:
    tag = {"kind": "tag", "epc": "E20000172211014418905F2A", "rssi_dbm": -65}
    assert said("rfid-r2000", TAG_A0) == [tag]
    tag = {"kind": "tag", "epc": "30751FEB705C5904E3D50D70", "rssi_dbm": -55}
    assert said("rfid-r200", TAG_BB) == [tag]
    for family in ("rfid-r2000", "rfid-r200"):
        told = said(family, b"".join(FRAMES[family][:-1]))
        assert {one["kind"] for one in told} == {"other"}
        assert len(told) == len(FRAMES[family]) - 1
    assert said("rfid-r200", FRAMES["rfid-r200"][4])[0]["told"] == "no tag"


def test_ends_of_rounds_and_errors_of_tag_readers() -> None:
    end = r2000.frame(1, 0x89, b"\x02\x00\x32\x00\x00\x00\x07")
    fast = r2000.frame(1, 0x8A, b"\x00\x00\x07\x00\x00\x01\x00")
    error = r2000.frame(1, 0x89, b"\x22")
    told = said("rfid-r2000", end + fast + error)
    assert [one["what"] for one in told] == ["round_end", "round_end", "round"]
    assert (told[0]["antenna"], told[0]["rate"], told[0]["total"]) == (2, 50, 7)
    assert (told[1]["total"], told[1]["duration_ms"]) == (7, 256)
    assert told[2]["result"] == "antenna missing"


@pytest.mark.parametrize(
    ("family", "raw", "reason"),
    [
        ("idcard", FRAMES["idcard"][0][:-1] + b"\x23", "checksum"),
        ("idcard", FRAMES["idcard"][0][:-1], "length"),
        ("idcard", bytes.fromhex("AAAAAA96690002"), "length"),
        ("idcard", bytes.fromhex("AAAAAA9669FFFF"), "length"),
        ("rfid-r2000", TAG_A0[:-1] + b"\x95", "checksum"),
        ("rfid-r2000", TAG_A0[:-1], "length"),
        ("rfid-r2000", b"\xa0\x02", "length"),
        ("rfid-r2000", r2000.frame(1, 0x89, b"\x1d\x30\x00\x01\x02\x03\x04\x40"), "syntax"),
        ("rfid-r200", TAG_BB[:-2] + b"\xf0\x7e", "checksum"),
        ("rfid-r200", TAG_BB[:-1] + b"\x7d", "syntax"),
        ("rfid-r200", TAG_BB[:-1], "length"),
        ("rfid-r200", b"\xbb\x02\x22\x00\x41", "length"),
        ("rfid-r200", r200.frame(3, 0x22), "syntax"),
        ("rfid-r200", r200.frame(2, 0x22, b"\xc9\x34\x00\x00\x00\x00"), "checksum"),
        (
            "rfid-r200",
            r200.frame(
                2,
                0x22,
                b"\xc9\x34\x00\x01\x02" + r200.tag_crc(b"\x34\x00\x01\x02").to_bytes(2, "big"),
            ),
            "syntax",
        ),
    ],
)
def test_what_is_bad_is_bad_once(family: str, raw: bytes, reason: str) -> None:
    assert decoded(family, raw) == [Bad(reason, raw)]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_flipped_bit_passes_for_another_reading(family: str) -> None:
    """A flipped bit is bad or noise; a good frame behind it is found."""
    last = FRAMES[family][-1]
    for raw in FRAMES[family]:
        for bit in range(len(raw) * 8):
            flipped = bytearray(raw)
            flipped[bit // 8] ^= 1 << bit % 8
            told = decoded(family, bytes(flipped), last)
            assert told[-1] == decoded(family, last)[0]
            assert all(isinstance(message, Bad) for message in told[:-1])


def test_no_flipped_bit_of_a_card_passes() -> None:
    for bit in range(0, len(CARD) * 8, 7):
        flipped = bytearray(CARD)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not [one for one in decoded("idcard", bytes(flipped)) if not isinstance(one, Bad)]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_split_in_two_gives_the_same(family: str) -> None:
    frames = FRAMES[family]
    stream = b"".join(frames) + frames[-1][:9] + b"\x00\xff\xbb\xa0\xaa" + frames[0] + frames[-1]
    whole = decoded(family, stream)
    assert sum(not isinstance(message, Bad) for message in whole) == len(frames) + 2
    for cut in range(len(stream) + 1):
        assert decoded(family, stream[:cut], stream[cut:]) == whole
    assert decoded(family, *(stream[n : n + 1] for n in range(len(stream)))) == whole


def test_a_card_in_any_two_pieces_is_the_same_card() -> None:
    for cut in range(0, len(CARD) + 1, 3):
        assert decoded("idcard", CARD[:cut], CARD[cut:]) == decoded("idcard", CARD)


every = st.sampled_from([frame for frames in FRAMES.values() for frame in frames] + [CARD])
made = st.builds(r2000.frame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=40))
made_too = st.builds(r200.frame, st.integers(0, 3), st.integers(0, 255), st.binary(max_size=70))
made_cards = st.binary(min_size=2, max_size=90).map(cards.frame)
mixed = st.lists(
    st.one_of(every, st.binary(max_size=300), made, made_too, made_cards), max_size=10
).map(b"".join)


@given(st.sampled_from(FAMILIES), mixed, st.lists(st.integers(min_value=0), max_size=20))
def test_pieces_of_any_size_give_the_same(family: str, data: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[a:b] for a, b in pairwise(edges)]
    assert decoded(family, *pieces) == decoded(family, data)


@given(st.sampled_from(FAMILIES), mixed)
def test_whatever_comes_is_decoded_without_fail(family: str, data: bytes) -> None:
    for message in decoded(family, data):
        assert as_json(family, message)["family"] == family
        if isinstance(message, Bad):
            assert message.reason in ("length", "checksum", "syntax", "value")
            assert message.raw in data


@given(st.sampled_from(FAMILIES), st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(family: str, before: bytes, after: bytes) -> None:
    last = FRAMES[family][-1]
    assert decoded(family, last)[0] in decoded(family, before + last + after)


@given(
    st.binary(min_size=1, max_size=31).filter(lambda code: len(code) % 2 == 0), st.integers(-129, 0)
)
def test_what_a_simulated_tag_says_is_what_is_read(code: bytes, rssi: int) -> None:
    tag = Tag(code.hex().upper(), max(rssi, -128))
    if len(code) not in (6,):  # a tag of six bytes looks like the fast switch command
        assert decoded("rfid-r2000", r2000_notice(tag)) == [tag]
    assert decoded("rfid-r200", r200_notice(tag)) == [tag]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "pattern", [b"\xa0\xff", b"\xbb\x02\x22\x00\x40", b"\xaa", cards.MARK + b"\x08\x00"]
)
def test_noise_ends_soon(family: str, pattern: bytes) -> None:
    """Also noise that looks like the beginning of a long frame everywhere."""
    last = FRAMES[family][-1]
    for noise in (Random(5).randbytes(1 << 17), pattern * ((1 << 17) // len(pattern))):
        assert decoded(family, noise, last)[-1] == decoded(family, last)[0]


def test_barcodes_are_lines() -> None:
    assert decoded("barcode", b"A-001\r\nB", b"-2\r\r\n\n", "警械 07\n".encode(), b"last") == [
        Tag("A-001"), Tag("B-2"), Tag("警械 07"), Tag("last"),
    ]  # fmt: skip
    assert decoded("barcode", "警械".encode("gb18030") + b"\r") == [Tag("警械")]
    assert decoded("barcode", b"\x01\x02\r\n \r\nX\r\n") == [
        Bad("syntax", b"\x01\x02"), Bad("syntax", b" "), Tag("X"),
    ]  # fmt: skip


@given(
    st.lists(st.one_of(st.binary(max_size=50), st.just(b"A" * 3000), st.just(b"\r\n"))),
    st.lists(st.integers(min_value=0), max_size=20),
)
def test_barcodes_in_pieces_are_the_same(parts: list[bytes], cuts: list[int]) -> None:
    data = b"".join(parts)
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[a:b] for a, b in pairwise(edges)]
    told = decoded("barcode", data)
    assert decoded("barcode", *pieces) == told
    assert all(len(message.raw) <= 2048 for message in told if isinstance(message, Bad))
