"""KISS, AX.25 and APRS: the published vector, every rule of bad frames, messages with receipts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import catalog
from drivers.as_json import as_json
from drivers.contract import (
    AskPosition,
    Bad,
    CheckRadio,
    Message,
    Position,
    Probe,
    SendText,
    Text,
)
from drivers.errors import NotSupported
from drivers.position.ax25 import kiss
from drivers.position.kiss import LONGEST, KissDecoder
from drivers.sim.kiss import KissModem, packet, report
from drivers.transport.serial_port import SerialWire
from tests.drivers.conversing import Conversation

KNOT = 1852 / 3600
PUBLISHED = bytes.fromhex(
    "C00082A0A4A64040E0A09EA6A860626F03F021333532342E33314E2F31313730302E3232453E504F5354C0"
)
MESSAGE = packet("CREW-3", ":POST01-7 :已到场{042")
FRAMES = (PUBLISHED, MESSAGE, packet("CREW-3", ">在岗"), report("CREW-3", 35.4, 117.0, 12, 90))
driver = catalog.driver("kiss")


def decoded(*parts: bytes) -> list[Message]:
    decoder = KissDecoder()
    messages: list[Message] = []
    for part in parts:
        messages += decoder.feed(part)
    return messages + decoder.finish()


def told(information: bytes | str, source: str = "CREW-3") -> dict[str, Any]:
    data = information.encode() if isinstance(information, str) else information
    (message,) = decoded(kiss(0, source, "APRS", [], data))
    found = as_json("kiss", message)
    json.dumps(found)
    return found


def test_the_published_frame() -> None:
    (message,) = decoded(PUBLISHED)
    assert as_json("kiss", message) == {
        "family": "kiss", "kind": "position", "source": "POST01-7", "valid": True,
        "lat": pytest.approx(35 + 24.31 / 60, abs=1e-9),
        "lon": pytest.approx(117 + 0.22 / 60, abs=1e-9),
    }  # fmt: skip
    assert kiss(0, "POST01-7", "APRS", [], b"!3524.31N/11700.22E>POST") == PUBLISHED


def test_places_with_course_and_speed() -> None:
    moving = told("=3524.31N/11700.22E>088/036text")
    assert (moving["course_deg"], moving["speed_mps"]) == (88.0, pytest.approx(36 * KNOT))
    standing = told("!3524.31S/11700.22W>000/000")
    assert "course_deg" not in standing
    assert (standing["speed_mps"], standing["lat"]) == (0, pytest.approx(-35.405166667))
    assert standing["lon"] == pytest.approx(-117.003666667)
    unknown = told("!3524.31N/11700.22E>.../...")
    assert "speed_mps" not in unknown
    wind = told("!3524.31N/11700.22E_220/004g005")
    assert "course_deg" not in wind
    stamped = told("@092345z3524.31N/11700.22E>088/036")
    assert (stamped["kind"], stamped["course_deg"]) == ("position", 88.0)
    assert "source" in told("/092345h3524.31N/11700.22E>")
    assert told("!3524.31N/11700.22E>", "CREW")["source"] == "CREW"


def test_a_place_left_coarse_says_how_coarse() -> None:
    tenth = told("!3524.3 N/11700.2 E>")
    assert tenth["lat"] == pytest.approx(35 + 24.345 / 60)
    assert tenth["error_m"] == pytest.approx(0.045 * 1852)
    whole = told("!35  .  N/117  .  E>")
    assert whole["lat"] == pytest.approx(35.5)
    assert whole["error_m"] == pytest.approx(30 * 1852)


def test_packed_places() -> None:
    packed = told(b"=/5L!!<*e7>7P[")
    assert packed["lat"] == pytest.approx(49.5, abs=1e-4)
    assert packed["lon"] == pytest.approx(-72.75, abs=1e-4)
    assert packed["course_deg"] == 88.0
    assert packed["speed_mps"] == pytest.approx(36.23 * KNOT, rel=1e-3)
    assert "speed_mps" not in told(b"=/5L!!<*e7>  [")


def test_messages_receipts_and_status() -> None:
    message = told(":POST01-7 :速到西门{042")
    assert (message["kind"], message["destination"], message["text"]) == (
        "text", "POST01-7", "速到西门",
    )  # fmt: skip
    assert (message["reference"], message["reported"]) == (42, True)
    plain = told(":POST01-7 :hello")
    assert "reference" not in plain
    assert "reference" not in told(":POST01-7 :hello{AB}")
    assert told(":POST01-7 :ack042")["kind"] == "ack"
    assert told(":POST01-7 :rej042")["what"] == "reject"
    status = told(">在岗")
    assert (status["kind"], status["what"], status["text"]) == ("other", "status", "在岗")
    for information in (";OBJECT   *", "T#005", "?APRSP", "'mic", "", "free text"):
        assert told(information)["kind"] == "other"


def test_a_comment_in_any_encoding_never_fails() -> None:
    place = told(b"!3524.31N/11700.22E>\xff\xfe\x00\xdb\xc0")
    assert place["lat"] == pytest.approx(35.405166667)
    assert told(">在岗".encode("gb18030"))["text"] == "在岗"
    assert told(b">\xff\xff")["text"] == "ÿÿ"


def test_modem_commands_and_other_packets_are_other() -> None:
    kinds = [
        as_json("kiss", one)["what"] for one in decoded(b"\xc0\x01\x32\xc0\xff\xc0\x1e\x01\xc0")
    ]
    assert kinds == ["tx_delay", "return", "command_14"]
    body = bytearray(PUBLISHED)
    body[16] = 0x3F  # a connect request, not UI
    (connect,) = decoded(bytes(body))
    assert as_json("kiss", connect)["control"] == 0x3F
    (relayed,) = decoded(kiss(1, "CREW-3", "APRS", ["WIDE1-1"], b">x"))
    assert as_json("kiss", relayed)["path"] == ["WIDE1-1"]


def test_port_12_is_escaped_in_its_first_byte() -> None:
    frame = kiss(12, "CREW-3", "APRS", [], b">x")
    assert frame[1:3] == b"\xdb\xdc"
    assert as_json("kiss", decoded(frame)[0])["text"] == "x"


@pytest.mark.parametrize("end", [b"", b"\xdb"])
def test_a_frame_that_the_end_of_input_cut_is_too_short(end: bytes) -> None:
    (bad,) = decoded(PUBLISHED[:-1] + end)
    assert bad == Bad("length", PUBLISHED[:-1] + end)
    assert decoded(PUBLISHED[:9] + b"\xdb\x00")[0] == Bad("escape", PUBLISHED[:9] + b"\xdb\x00")


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (PUBLISHED[:10] + b"\xdb\x01" + PUBLISHED[10:], "escape"),
        (PUBLISHED[:-1] + b"\xdb\xc0", "escape"),
        (PUBLISHED[:16] + b"\xc0", "length"),
        (PUBLISHED[:17] + b"\xc0", "length"),
        (PUBLISHED[:9] + b"\xc0", "length"),
        (b"\xc0\x00\xc0", "length"),
        (b"\xc0" + b"\x00" * 2000, "length"),
        (PUBLISHED[:8] + b"\xe1" + PUBLISHED[9:], "syntax"),
        (PUBLISHED.replace(b"\xa0\x9e\xa6", b"\xa1\x9e\xa6"), "syntax"),
        (PUBLISHED.replace(b"\xa0\x9e\xa6", b"\x40\x9e\xa6"), "syntax"),
        (b"\xc0\x00" + (bytes.fromhex("82A0A4A6404060")) * 11 + b"\x03\xf0\xc0", "syntax"),
        (kiss(0, "A", "B", [], b"!nonsense"), "syntax"),
        (kiss(0, "A", "B", [], b"@3524.31N/11700.22E>"), "syntax"),
        (kiss(0, "A", "B", [], b":SHORT:x"), "syntax"),
        (kiss(0, "A", "B", [], b"!9900.00N/11700.22E>"), "value"),
        (kiss(0, "A", "B", [], b"!3560.00N/11700.22E>"), "value"),
        (kiss(0, "A", "B", [], b"!3524.31N/18100.22E>"), "value"),
        (kiss(0, "A", "B", [], b"!3524.31N/11700.22E>361/010"), "value"),
    ],
)
def test_bad_frames_say_why_once(data: bytes, wanted: str) -> None:
    found = decoded(data, PUBLISHED)
    bad = [one for one in found if isinstance(one, Bad)]
    assert [one.reason for one in bad] == [wanted]
    assert found[-1] == decoded(PUBLISHED)[0]


mixed = st.lists(
    st.one_of(
        st.sampled_from(FRAMES),
        st.binary(max_size=200),
        st.binary(max_size=60).map(lambda data: kiss(0, "A-1", "APRS", [], data)),
        st.binary(max_size=60).map(lambda data: b"\xc0" + data + b"\xc0"),
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
    stream = b"".join((*FRAMES, b"junk", PUBLISHED[:20], *FRAMES, b"\xc0\xc0"))
    whole = decoded(stream)
    for cut in range(len(stream) + 1):
        assert decoded(stream[:cut], stream[cut:]) == whole


def test_a_flipped_bit_leaves_the_frames_around_it() -> None:
    """KISS has no check value: the frame itself may say something else, its neighbours never."""
    for frame in FRAMES:
        for bit in range(8, len(frame) * 8 - 8):
            flipped = bytearray(frame)
            flipped[bit // 8] ^= 1 << bit % 8
            found = decoded(PUBLISHED, bytes(flipped), MESSAGE)
            assert found[0] == decoded(PUBLISHED)[0]
            assert found[-1] == decoded(MESSAGE)[0]


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_garbage_around_a_frame_does_not_hide_it(before: bytes, after: bytes) -> None:
    assert decoded(PUBLISHED)[0] in decoded(before + PUBLISHED + after)


@given(st.one_of(st.binary(max_size=3000), mixed))
def test_whatever_comes_is_decoded_without_fail(data: bytes) -> None:
    for message in decoded(data):
        assert as_json("kiss", message)["family"] == "kiss"
        if isinstance(message, Bad):
            assert message.reason in ("escape", "length", "syntax", "value")
            assert message.raw in data
            assert len(message.raw) <= LONGEST + 1


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99), st.integers(0, 999))
def test_what_the_simulator_says_is_what_is_read(lat: float, lon: float, knots: int) -> None:
    (place,) = decoded(report("CREW-15", lat, lon, knots, 360))
    assert isinstance(place, Position)
    assert place.lat is not None
    assert place.lon is not None
    assert abs(place.lat - lat) < 1e-4
    assert abs(place.lon - lon) < 1e-4
    assert place.speed_mps == pytest.approx(knots * KNOT)
    assert (place.source, place.course_deg) == ("CREW-15", 360)


def test_a_megabyte_of_noise_ends_in_seconds() -> None:
    worst = (b"\xc0" * (1 << 20), b"\xc0\x00" * (1 << 17), b"\xc0\xdb" * (1 << 17))
    for noise in (*worst, bytes(range(256)) * (1 << 12), b"\xc0" + b"\x00" * (1 << 20)):
        begun = time.process_time()
        decoded(noise)
        assert time.process_time() - begun < 20, noise[:10]


@pytest.mark.parametrize(
    "settings",
    [{"call": "TOOLONG1"}, {"path": "WIDE"}, {"port": 16}, {"again_s": 0}, {"colour": 1}],
)
def test_impossible_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(NotSupported, match=next(iter(settings))):
        driver.checked(settings)


def test_without_a_call_sign_nothing_is_sent() -> None:
    talk = driver.talk({})
    with pytest.raises(NotSupported, match="call sign"):
        talk.order("a", SendText("CREW-3", "x"), 9.0, 1.0)
    assert talk.hear(packet("CREW-3", ":POST01-7 :x{1"), 1.0).out == b""
    assert driver.talk({"call": "POST01-7"}).hear(b"".join(FRAMES), 1.0).out != b""


def test_what_cannot_be_ordered_is_refused_in_words() -> None:
    talk = driver.talk({"call": "POST01-7"})
    for order in (SendText("nobody?", "x"), SendText("A", "x" * 68), SendText("A", "{"), Probe()):
        with pytest.raises(NotSupported, match=r"\w"):
            talk.order("a", order, 9.0, 1.0)


def test_a_message_is_sent_again_until_its_deadline() -> None:
    talk = driver.talk({"call": "POST01-7", "again_s": 2.0})
    first = talk.order("a", SendText("CREW-3", "x"), 5.0, 1.0).out
    assert talk.wake_at() == 3.0
    assert talk.pass_time(3.0).out == first
    turn = talk.pass_time(5.0)
    assert [(one.done, one.cause) for one in turn.outcomes] == [(False, "no_answer")]
    assert talk.pass_time(9.0).out == b""
    talk.order("b", SendText("CREW-3", "y"), 99.0, 10.0)
    refused = talk.hear(packet("CREW-3", ":POST01-7 :rej2"), 11.0)
    assert [one.cause for one in refused.outcomes] == ["refused"]
    talk.order("c", CheckRadio("CREW-3"), 99.0, 12.0)
    assert [one.cause for one in talk.end().outcomes] == ["lost"]


@pytest.fixture
def modem(tmp_path: Path) -> Iterator[KissModem]:
    made = KissModem("modem", tmp_path)
    made.start()
    yield made
    made.stop()


def test_a_conversation_over_a_serial_port(modem: KissModem) -> None:
    wire = SerialWire(modem.identity, 9600)
    wire.open()
    conversation = Conversation(driver.talk({"call": "POST01-7", "path": ["WIDE1-1"]}), wire)
    conversation.begin()
    modem.near["CREW-3"] = (35.4, 117.0)
    assert conversation.order("text", SendText("CREW-3", "速到西门")).done
    assert conversation.order("where", AskPosition("CREW-3")).done
    assert conversation.order("check", CheckRadio("CREW-3")).done
    assert conversation.order("gone", SendText("CREW-9", "在否"), 0.4).cause == "no_answer"
    modem.message("CREW-3", "POST01-7", "已到场", "007")
    conversation.until(lambda: ("CREW-3", "ack007") in [(w.to, w.text) for w in modem.written])
    modem.place("CREW-3", 35.5, 117.1, 20, 45)
    modem.status("CREW-3", "在岗")
    conversation.until(lambda: getattr(conversation.messages[-1], "what", "") == "status")
    places = [one for one in conversation.messages if isinstance(one, Position)]
    assert places[-1].course_deg == 45
    texts = [one for one in conversation.messages if isinstance(one, Text)]
    assert [(one.source, one.text, one.reference) for one in texts] == [("CREW-3", "已到场", 7)]
    wire.close()
