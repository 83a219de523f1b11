"""Hytera: the published vectors, every message that is read, every rule of bad frames."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from drivers.as_json import as_json
from drivers.contract import Bad, Message, Position
from drivers.radio.hytera_decoder import HyteraDecoder
from drivers.radio.hytera_frames import (
    LP,
    RCP,
    RRS,
    TMP,
    address_of,
    hdap,
    hrnp,
    hrnp_check,
    hstrp,
    name_of,
)

HRNP_CONNECT = bytes.fromhex("7e0300fe20100000000c60e2")
HRNP_CALL = bytes.fromhex("7e000000201000000018738d0241080500006f0000007503")
HSTRP_CONNECT = bytes.fromhex("324200240002830400000001040101")
HEARTBEAT = bytes.fromhex("324200020000")
CONNECT_ACK = bytes.fromhex("324200250001830400000001040101")
TEXT = bytes.fromhex(
    "3242000000010900a10022000000000a0003eac0a81464480065006c006c006f00200057006f0072006c0064007c03"
)
BLOCK = b"A183648261015N4718.8051E01854.43870.1121"
PLACE = bytes.fromhex("08a0020032000000010a2110dd0000") + BLOCK + b"\x0b\x03"
PUBLISHED = (HRNP_CONNECT, HRNP_CALL, HSTRP_CONNECT, HEARTBEAT, CONNECT_ACK, TEXT, PLACE)
# those whose every bit a check value watches, but the service of a message, which none does
CHECKED = (HRNP_CONNECT, HRNP_CALL, TEXT[6:], PLACE)


def decoded(*parts: bytes) -> list[Message]:
    decoder = HyteraDecoder()
    messages: list[Message] = []
    for part in parts:
        messages += decoder.feed(part)
    return messages + decoder.finish()


def told(data: bytes) -> dict[str, Any]:
    (message,) = decoded(data)
    found = as_json("hytera", message)
    assert found.pop("family") == "hytera"
    json.dumps(found)
    return found


def lp(opcode: int, body: bytes) -> bytes:
    return hdap(LP, opcode, body)


RADIO = address_of("2167005")


def test_published_packets() -> None:
    assert told(HRNP_CONNECT) == {
        "kind": "other", "what": "connect", "carrier": "hrnp", "number": 0, "sender": 0x20,
        "receiver": 0x10,
    }  # fmt: skip
    assert told(HRNP_CALL) == {
        "kind": "other", "what": "call_request", "call_type": "private", "destination": "111",
    }  # fmt: skip
    assert told(HSTRP_CONNECT) == {
        "kind": "other", "what": "connect", "carrier": "hstrp", "number": 2, "device": 1, "slot": 1,
    }  # fmt: skip
    assert told(HEARTBEAT)["kind"] == "heartbeat"
    ack = told(CONNECT_ACK)
    assert (ack["kind"], ack["what"], ack["of"], ack["number"]) == ("ack", "ack", "connect", 1)
    assert told(TEXT) == {
        "kind": "text", "source": "192.168.20.100", "destination": "1002", "text": "Hello World",
        "reference": 0, "reported": True,
    }  # fmt: skip
    assert told(PLACE) == {
        "kind": "position", "source": "2167005", "valid": True, "time": "2015-10-26T18:36:48Z",
        "lat": pytest.approx(47 + 18.8051 / 60, abs=1e-9),
        "lon": pytest.approx(18 + 54.4387 / 60, abs=1e-9),
        "speed_mps": pytest.approx(0.1 * 1852 / 3600), "course_deg": 121.0,
    }  # fmt: skip
    assert len(decoded(*PUBLISHED)) == len(decoded(b"".join(PUBLISHED))) == len(PUBLISHED)


def test_what_the_host_writes_is_what_was_published() -> None:
    assert hrnp(0xFE, 0x20, 0x10, 0) == HRNP_CONNECT
    call = hdap(RCP, 0x0841, bytes.fromhex("006f000000"))
    assert hrnp(0x00, 0x20, 0x10, 0, call) == HRNP_CALL
    options = ((3, b"\x00\x00\x00\x01"), (4, b"\x01"))
    assert hstrp(0x04, 2, options=options) == HSTRP_CONNECT
    assert hstrp(0x02, 0) == HEARTBEAT
    body = bytes(4) + address_of("1002") + address_of("192.168.20.100")
    assert hstrp(0, 1, hdap(TMP, 0xA1, body + "Hello World".encode("utf-16-le"))) == TEXT


def test_the_hrnp_check_is_the_ones_complement_sum_of_words() -> None:
    for length in (12, 13, 14, 31, 500):
        packet = bytes((7 * n + length) & 0xFF for n in range(length))
        even = packet[:10] + b"\x00\x00" + packet[12:] + (b"\x00" if length % 2 else b"")
        total = sum(int.from_bytes(even[n : n + 2], "big") for n in range(0, len(even), 2))
        while total > 0xFFFF:
            total = (total & 0xFFFF) + (total >> 16)
        assert hrnp_check(packet) == total ^ 0xFFFF
    assert hrnp_check(bytes(12)) == 0xFFFF


def test_an_address_is_a_decimal_id_only_in_the_networks_of_radios() -> None:
    assert name_of(bytes.fromhex("0a0003ea")) == "1002"
    assert name_of(bytes.fromhex("e1000064")) == "100"
    assert name_of(bytes.fromhex("c0a81464")) == "192.168.20.100"
    assert address_of("1002") == bytes.fromhex("0a0003ea")
    for wrong in ("0", "16777216", "-1", "x", "1.2.3.256"):
        with pytest.raises(ValueError, match=r"."):
            address_of(wrong)


def test_texts_to_groups_with_options_and_without_a_wish_for_an_answer() -> None:
    body = b"\x00\x00\x00\x07" + address_of("100", 225) + address_of("1002")
    group = told(hdap(TMP, 0x80B1, body + "速到西门".encode("utf-16-le")))
    assert (group["destination"], group["text"], group["reported"]) == ("100", "速到西门", False)
    option = told(hdap(TMP, 0x40A1, b"\x00\x02" + body + "行".encode("utf-16-le") + b"\x01\x02"))
    assert (option["text"], option["reference"]) == ("行", 7)
    whole = hdap(TMP, 0x40A1, b"\x00\x02" + body + b"A\x00\x01\x02")
    # the other reading of the length: the option's own two bytes are not counted in it
    shorter = whole[:3] + (len(whole) - 9).to_bytes(2, "big") + whole[5:]
    inner = shorter[1:-2]
    fixed = shorter[:-2] + bytes(((~sum(inner) + 0x33) & 0xFF, 3))
    assert told(fixed)["text"] == "A"


def test_delivery_answers_are_acks() -> None:
    body = b"\x00\x00\x00\x07" + RADIO + address_of("1")
    private = told(hdap(TMP, 0xA2, body + b"\x04"))
    assert private == {
        "kind": "ack", "what": "delivery", "reference": 7, "destination": "2167005", "source": "1",
        "result": 4, "told": "channel busy",
    }  # fmt: skip
    group = told(hdap(TMP, 0xB2, body[:8] + b"\x00"))
    assert (group["kind"], group["told"]) == ("ack", "ok")


def test_an_emergency_is_a_position_with_sos_even_without_a_place() -> None:
    sos = told(lp(0xB003, RADIO + b"\x01" + BLOCK))
    assert (sos["kind"], sos["source"], sos["alarm"]) == ("position", "2167005", ["sos"])
    assert sos["valid"] is True
    blind = told(lp(0xB003, RADIO + b"\x01"))
    assert (blind["lat"], blind["valid"], blind["alarm"]) == (None, False, ["sos"])


def test_places_that_come_by_themselves() -> None:
    timed = told(lp(0xC003, bytes(4) + RADIO + b"000005" + BLOCK))
    conditional = told(lp(0xD003, bytes(4) + RADIO + BLOCK))
    assert timed == conditional
    assert timed["source"] == "2167005"


@pytest.mark.parametrize(
    "block",
    [
        b"V" + b"0" * 12 + b"N0000.0000E00000.00000.0000",
        b"V" + b" " * 39,
        b"V" + b"\x00" * 39,
    ],
)
def test_a_void_fix_has_no_place(block: bytes) -> None:
    void = told(lp(0xD003, bytes(4) + RADIO + block))
    assert (void["lat"], void["lon"], void["valid"]) == (None, None, False)
    assert "time" not in void


def test_a_void_fix_keeps_the_place_it_was_sent_with() -> None:
    void = told(lp(0xA002, bytes(4) + RADIO + b"\x00\x06" + b"V" + BLOCK[1:]))
    assert void["lat"] == pytest.approx(47.313418333)
    assert void["valid"] is False
    failed = told(lp(0xA002, bytes(4) + RADIO + b"\x00\x06" + BLOCK))
    assert failed["valid"] is False
    bare = told(lp(0xA002, bytes(4) + RADIO + b"\x00\x69"))
    assert (bare["kind"], bare["told"]) == ("other", "format error")


def test_south_and_west_are_negative() -> None:
    block = BLOCK.replace(b"N47", b"S47").replace(b"E018", b"W018")
    (place,) = decoded(lp(0xD003, bytes(4) + RADIO + block))
    assert isinstance(place, Position)
    assert (place.lat, place.lon) == pytest.approx((-47.313418333, -18.907311667))
    assert place.at == datetime(2015, 10, 26, 18, 36, 48, tzinfo=UTC)


def test_registrations_in_either_byte_order() -> None:
    frame = hdap(RRS, 0x03, RADIO)
    assert told(frame) == {"kind": "register", "what": "registration", "source": "2167005"}
    inner = b"\x00\x03\x04\x00" + RADIO
    little = b"\x11" + inner + bytes(((~sum(inner) + 0x33) & 0xFF, 3))
    assert told(little) == told(frame)
    assert told(hdap(RRS, 0x01, RADIO))["what"] == "deregistration"
    assert told(hdap(RRS, 0x01, RADIO))["kind"] == "register"
    granted = told(hdap(RRS, 0x80, RADIO + b"\x00\x00\x00\x0e\x10"))
    assert (granted["kind"], granted["valid_s"]) == ("other", 3600)
    assert told(hdap(RRS, 0x82, RADIO + b"\x01"))["online"] is False


def test_radio_control_replies_are_acks() -> None:
    assert told(hdap(RCP, 0x8841, b"\x00")) == {"kind": "ack", "what": "call_reply", "result": 0}
    assert told(hdap(RCP, 0xFFFF, b"\x01\x02"))["kind"] == "ack"
    assert told(hdap(RCP, 0x0041, b"\x03\x01"))["kind"] == "other"
    status = told(hdap(RCP, 0xB845, bytes.fromhex("00000b0001000100640000001a000000")))
    assert (status["source"], status["destination"], status["status"]) == ("26", "100", 11)


def test_other_services_and_carrier_packets_are_other() -> None:
    for service in (0x12, 0x13, 0x14, 0x92):
        assert told(hdap(service, 0x0102, b"abc"))["kind"] == "other"
    assert told(hrnp(0x10, 0x10, 0x20, 5))["kind"] == "ack"
    for operation in (0xFD, 0xFC, 0xFB, 0xFA, 0x55):
        assert told(hrnp(operation, 0x10, 0x20, 5))["kind"] == "other"
    assert told(hstrp(0x01, 9)) == {"kind": "ack", "what": "ack", "carrier": "hstrp", "number": 9}
    assert told(hstrp(0x10, 9))["what"] == "reject"
    assert told(hstrp(0x08, 9))["what"] == "close"
    assert told(hstrp(0x09, 9))["kind"] == "ack"


def test_one_packet_may_carry_several_messages() -> None:
    both = hrnp(0, 0x10, 0x20, 1, hdap(RRS, 0x03, RADIO) + PLACE)
    assert [as_json("hytera", one)["kind"] for one in decoded(both)] == ["register", "position"]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (HRNP_CONNECT[:-1] + b"\xe3", "checksum"),
        (HRNP_CALL[:4] + b"\x21" + HRNP_CALL[5:], "checksum"),
        (HRNP_CONNECT[:11], "length"),
        (HRNP_CONNECT[:8] + b"\x00\x0b" + HRNP_CONNECT[10:], "length"),
        (HRNP_CONNECT[:8] + b"\xff\xff" + HRNP_CONNECT[10:], "length"),
        (HRNP_CALL[:20], "length"),
        (hrnp(0xFE, 0x20, 0x10, 0, b"abc"), "syntax"),
        (hrnp(0x00, 0x20, 0x10, 0, b"abc"), "syntax"),
        (hrnp(0x00, 0x20, 0x10, 0, TEXT[6:-2] + b"\x7d\x03"), "checksum"),
        (TEXT[:-2] + b"\x7d\x03", "checksum"),
        (TEXT[:-1] + b"\x04", "syntax"),
        (TEXT[:-2] + b"\x7d\x04", "checksum"),
        (TEXT[:-5], "length"),
        (TEXT[:9] + b"\xff\xff" + TEXT[11:], "length"),
        (PLACE[:-2] + b"\x0c\x03", "checksum"),
        (PLACE[:-1] + b"\x00", "syntax"),
        (PLACE[:-1], "length"),
        (b"2B\x01\x02\x00\x00", "syntax"),
        (b"2B\x00\x42\x00\x00", "syntax"),
        (b"2B\x00\x06\x00\x00", "syntax"),
        (b"2B\x00\x02\x00", "length"),
        (HSTRP_CONNECT[:-1], "length"),
        (b"2B\x00\x24\x00\x02" + b"\x83\x00" * 9, "length"),
        (b"2B\x00\x24\x00\x02\x83\xff" + b"\x00" * 255 + b"\x04\x01\x01", "length"),
        (b"2B\x00\x00\x00\x01", "length"),
        (b"2B\x00\x00\x00\x01\x55", "syntax"),
        (hdap(TMP, 0xA1, bytes(11)), "syntax"),
        (hdap(TMP, 0xA1, bytes(13)), "syntax"),
        (hdap(TMP, 0xA2, bytes(12)), "syntax"),
        (hdap(TMP, 0x40A1, b"\x00\xff" + bytes(12)), "syntax"),
        (hdap(RRS, 0x03, b"\x0a"), "syntax"),
        (lp(0xA002, bytes(20)), "syntax"),
        (lp(0xB003, bytes(6)), "syntax"),
        (lp(0xD003, bytes(8) + BLOCK + b"x"), "syntax"),
        (lp(0xD003, bytes(8) + b"B" + BLOCK[1:]), "syntax"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"4718", b"47x8")), "syntax"),
        (lp(0xD003, bytes(8) + BLOCK[:-3] + b"1x1"), "syntax"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"4718", b"    ").replace(b".8051", b"     ")), "syntax"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"N47", b"N99")), "value"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"4718", b"4760")), "value"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"E018", b"E181")), "value"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"183648", b"243648")), "value"),
        (lp(0xD003, bytes(8) + BLOCK.replace(b"261015", b"320115")), "value"),
        (lp(0xD003, bytes(8) + BLOCK[:-3] + b"361"), "value"),
    ],
)  # fmt: skip
def test_bad_frames_say_why_once(data: bytes, wanted: str) -> None:
    bad = [one for one in decoded(data) if isinstance(one, Bad)]
    assert [one.reason for one in bad] == [wanted]
    assert data.startswith(bad[0].raw)


def test_the_message_of_a_hurt_packet_is_found_on_its_own() -> None:
    hurt = HRNP_CALL[:10] + b"\x00\x00" + HRNP_CALL[12:]
    bad, call = decoded(hurt)
    assert isinstance(bad, Bad)
    assert as_json("hytera", call)["what"] == "call_request"


def test_a_false_start_does_not_hide_a_true_packet() -> None:
    for noise in (b"2", b"2B", b"~", b"~\x00\x00\x00", b"\x09\x00\xa1\x00\x40", b"\x11"):
        assert decoded(noise + PLACE)[-1] == decoded(PLACE)[0], noise


def test_a_megabyte_of_noise_ends_in_seconds() -> None:
    worst = (
        b"\x02" * (1 << 18),
        b"~" * (1 << 19),
        b"\x09\x00\xa1\x01\x00" * (1 << 15),
        b"~\x00\x00\x00\x00\x00\x00\x00\x04\x0b" * 20_000,
        b"2B" * (1 << 18),
        bytes(range(256)) * (1 << 12),
    )
    for noise in worst:
        begun = time.process_time()
        decoded(noise)
        assert time.process_time() - begun < 20, noise[:10]
