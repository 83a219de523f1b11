"""JT/T 808: the published frames, what is bad and why, split messages."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from drivers.as_json import as_json
from drivers.contract import Bad, Message, Other, Position, Text
from drivers.position.jt808_decoder import Jt808Decoder
from drivers.position.jt808_frame import LONGEST, Frame, in_frames, written
from drivers.position.jt808_parts import MOST_OPEN

SOS = bytes.fromhex(
    "7E0200002612345678901200"
    "7D02000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01137E"
)
ACK = bytes.fromhex("7E8001000501234567890000 0A0064020000617E")
REGISTERED = bytes.fromhex("7E8100000901234567890000 0A006400313233343536687E")
BEAT = bytes.fromhex("7E000200000123456789 00000A817E")
TEXT_2019 = bytes.fromhex("7E8300400E010000000001234567890000010501736D616C6C63686920353138417E")
PUBLISHED = (SOS, ACK, REGISTERED, BEAT, TEXT_2019)
NUMBER = bytes.fromhex("012345678900")


def decoded(*pieces: bytes) -> list[Message]:
    decoder = Jt808Decoder()
    found = [message for piece in pieces for message in decoder.feed(piece)]
    return found + decoder.finish()


def only(data: bytes) -> Message:
    (message,) = decoded(data)
    return message


def frame(id_: int, body: bytes, serial: int = 1, version: int | None = None) -> bytes:
    number = NUMBER if version is None else bytes(4) + NUMBER
    return written(Frame(id_, "", serial, body, number, version))


def place(
    lat: int = 35_405_185, lon: int = 117_003_743, status: int = 3, alarm: int = 0,
    clock: str = "261121180000", course: int = 90,
) -> bytes:  # fmt: skip
    return struct.pack(">IIIIHHH6s", alarm, status, lat, lon, 50, 360, course, bytes.fromhex(clock))


def test_the_published_position_with_sos() -> None:
    assert only(SOS) == Position(
        "123456789012", 12.222222, 132.444444, True,
        datetime(2018, 10, 15, 2, 10, 10, tzinfo=UTC), 60 / 36, 0.0, None, ("sos",),
    )  # fmt: skip
    assert as_json("jt808", only(SOS))["alarm"] == ["sos"]


def test_the_published_acknowledgements_heartbeat_and_text() -> None:
    ack, registered, beat, text = (only(data) for data in PUBLISHED[1:])
    assert isinstance(ack, Other)
    assert ack.kind == "ack"
    assert ack.fields == {
        "id": "8001", "source": "12345678900", "serial": 10, "reference": 100, "of": "0200",
        "result": 0, "meaning": "ok",
    }  # fmt: skip
    assert isinstance(registered, Other)
    assert registered.kind == "ack"
    assert (registered.fields["meaning"], registered.fields["code"]) == ("ok", "123456")
    assert isinstance(beat, Other)
    assert (beat.kind, beat.fields["source"]) == ("heartbeat", "12345678900")
    assert text == Text("12345678900", "12345678900", "smallchi 518", 1)


def test_one_mark_ends_a_frame_and_begins_the_next() -> None:
    joined = b"".join(data[:-1] for data in PUBLISHED) + b"\x7e"
    assert decoded(joined) == decoded(b"".join(PUBLISHED))
    assert len(decoded(joined)) == 5


def test_a_frame_cut_short_is_followed_by_the_next() -> None:
    messages = decoded(SOS[:20] + BEAT)
    assert messages[0] == Bad("escape" if SOS[19] == 0x7D else "length", SOS[:20] + b"\x7e")
    assert messages[1:] == decoded(BEAT)
    assert decoded(BEAT + SOS[:20])[1:] == [Bad("length", SOS[:20])]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (BEAT[:-2] + b"\x00\x7e", "checksum"),
        (BEAT[:-2] + b"\x7d\x03\x7e", "escape"),
        (BEAT[:-1] + b"\x7d\x7e", "escape"),
        (b"\x7e\x00\x02\x7e", "length"),
        (BEAT[:4] + b"\x01" + BEAT[5:], "length"),
        (written(Frame(2, "", 1, b"", bytes.fromhex("01234567890A"))), "syntax"),
        (frame(0x0200, place(clock="26112118000A")), "syntax"),
        (frame(0x0200, place(clock="261321180000")), "value"),
        (frame(0x0200, place(lat=90_000_001)), "value"),
        (frame(0x0200, place(lon=180_000_001)), "value"),
        (frame(0x0200, place(course=361)), "value"),
        (frame(0x0200, place()[:27]), "length"),
        (frame(0x8001, b"\0\0\0\0"), "length"),
        (frame(0x0704, b"\0\2\0\0\x1c" + place()), "length"),
        (written(Frame(2, "", 1, b"x", NUMBER, None, 2, 3)), "value"),
    ],
)
def test_what_is_bad_says_why_and_hides_nothing(raw: bytes, reason: str) -> None:
    assert decoded(raw) == [Bad(reason, raw)]
    assert decoded(BEAT + raw + SOS) == [only(BEAT), Bad(reason, raw), only(SOS)]


def test_a_terminal_without_a_fix_is_nowhere_and_not_at_zero() -> None:
    lost = only(frame(0x0200, place(0, 0, status=1, clock="000000000000")))
    assert isinstance(lost, Position)
    assert (lost.lat, lost.lon, lost.valid, lost.at) == (None, None, False, None)
    last_known = only(frame(0x0200, place(status=1)))
    assert isinstance(last_known, Position)
    assert (last_known.lat, last_known.valid) == (35.405185, False)


def test_south_and_west_are_negative() -> None:
    far = only(frame(0x0200, place(status=0b1111)))
    assert isinstance(far, Position)
    assert (far.lat, far.lon) == (-35.405185, -117.003743)


def test_every_alarm_has_its_name() -> None:
    everything = only(frame(0x0200, place(alarm=0xFFFFFFFF)))
    assert isinstance(everything, Position)
    assert everything.alarms == (
        "sos", "overspeed", "fatigue", "gnss_fault", "gnss_antenna_open", "gnss_antenna_short",
        "undervoltage", "power_loss", "drive_time", "area", "route", "deviation", "stolen",
        "illegal_move",
    )  # fmt: skip
    nothing_known = only(frame(0x0200, place(alarm=1 << 3 | 1 << 30)))
    assert isinstance(nothing_known, Position)
    assert nothing_known.alarms == ()


def test_additional_items_however_broken_take_no_alarm_away() -> None:
    sos = only(frame(0x0200, place(alarm=1) + b"\x01\xff\x00"))
    assert isinstance(sos, Position)
    assert sos.alarms == ("sos",)


def test_a_batch_gives_its_places_in_order() -> None:
    items = [place(lat=35_000_000 + n, clock=f"2611211800{n:02d}") for n in range(3)]
    body = b"\0\3\1" + b"".join(struct.pack(">H", len(one)) + one for one in items)
    for version in (None, 1):
        found = decoded(frame(0x0704, body, version=version))
        assert [p.lat for p in found if isinstance(p, Position)] == [35.0, 35.000001, 35.000002]


@pytest.mark.parametrize(
    ("version", "maker", "model", "device"), [(None, 5, 20, 7), (None, 5, 8, 7), (1, 11, 30, 30)]
)
def test_registrations_of_all_editions(
    version: int | None, maker: int, model: int, device: int
) -> None:
    body = struct.pack(">HH", 37, 800) + b"MAKER".ljust(maker, b"\0")
    body += b"MODEL-1".ljust(model, b"\0") + b"0000001".ljust(device, b"\0")
    told = only(frame(0x0100, body + b"\x02" + "鲁H12345".encode("gbk"), version=version))
    assert isinstance(told, Other)
    assert told.kind == "register"
    wanted = {
        "source": "12345678900", "province": 37, "city": 800, "manufacturer": "MAKER",
        "model": "MODEL-1", "device": "0000001", "plate_colour": 2, "plate": "鲁H12345",
    }  # fmt: skip
    assert wanted.items() <= told.fields.items()


def test_a_platforms_text_is_chinese_in_both_editions() -> None:
    said = "立即赶往古塔路".encode("gbk")
    for version, head in ((None, b"\x0c"), (1, b"\x0c\x01")):
        told = only(frame(0x8300, head + said, version=version))
        assert isinstance(told, Text)
        assert told.text == "立即赶往古塔路"


def test_commands_answers_and_what_is_unknown_are_other_and_name_their_message() -> None:
    for id_, body, what in (
        (0x8201, b"", "query_location"),
        (0x9101, bytes(12), "live_video"),
        (0x0201, b"\0\5" + place(), "location_reply"),
        (0x8203, b"\0\0\0\0\0\1", "confirm_alarm"),
        (0x0F77, b"\xab", "message"),
    ):
        told = only(frame(id_, body))
        assert isinstance(told, Other)
        assert (told.kind, told.what, told.fields["id"]) == ("other", what, f"{id_:04X}")


def test_the_code_of_a_terminal_is_in_no_message() -> None:
    told = only(frame(0x0102, b"very secret"))
    assert isinstance(told, Other)
    assert b"very secret".hex() not in str(told)
    assert "very secret" not in str(told)


def test_an_encrypted_body_is_not_guessed_at() -> None:
    raw = bytearray(frame(0x0200, place())[1:-2])
    raw[2] |= 0x04
    check = 0
    for byte in raw:
        check ^= byte
    told = only(b"\x7e" + bytes(raw) + bytes([check]) + b"\x7e")
    assert isinstance(told, Other)
    assert told.what == "encrypted"


# split messages


def split(body: bytes, serial: int = 1, id_: int = 0x8300) -> list[bytes]:
    return [written(one) for one in in_frames(Frame(id_, "", serial, body, NUMBER))]


LONG = b"\x0c" + b"7" * 2500


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 1, 2, 0)])
def test_the_last_part_gives_the_whole_whatever_the_order(order: tuple[int, ...]) -> None:
    parts = split(LONG, serial=0xFFFF)
    assert len(parts) == 3
    *under_way, whole = decoded(*(parts[number] for number in order))
    assert isinstance(whole, Text)
    assert whole.text == "7" * 2500
    assert whole.reference == 0xFFFF
    assert all(isinstance(one, Other) and one.what == "part" for one in under_way)


def test_parts_that_never_come_whole_are_bounded() -> None:
    decoder = Jt808Decoder()
    for serial in range(0, 3000, 3):
        decoder.feed(split(LONG, serial)[0])
    assert len(decoder.parts.keys()) <= MOST_OPEN
    huge = [
        written(Frame(0x0801, "", n, bytes(1000), NUMBER, None, 65535, n)) for n in range(1, 2000)
    ]
    for one in huge:
        decoder.feed(one)
    held = sum(len(f.body) for parts in decoder.parts._open.values() for f in parts.values())
    assert held <= 5 << 20


def test_two_megabytes_of_marks_and_of_nothing_take_seconds() -> None:
    assert decoded(b"\x7e" * (1 << 20)) == []
    lone = decoded(b"\x7e" + bytes(1 << 20))
    assert [m.reason for m in lone if isinstance(m, Bad)] == ["length"]
    assert isinstance(lone[0], Bad)
    assert len(lone[0].raw) == LONGEST
