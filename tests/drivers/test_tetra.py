"""TETRA PEI: the published vectors, every rule of bad frames, short data in all its forms."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest

from drivers.as_json import as_json
from drivers.contract import Bad, Message, Other, Position, RadioCall, Status, Text
from drivers.radio.tetra import TetraDecoder
from drivers.radio.tetra_lip import speed
from drivers.radio.tetra_pei import LONGEST
from drivers.sim.tetra import Fix, location, said


def decoded(*parts: bytes) -> list[Message]:
    decoder = TetraDecoder()
    messages: list[Message] = []
    for part in parts:
        messages += decoder.feed(part)
    return messages + decoder.finish()


def one(data: bytes) -> Message:
    (message,) = decoded(data)
    return message


def sds(digits: str, bits: int | None = None, service: int = 12) -> bytes:
    told = 4 * len(digits) if bits is None else bits
    return said(f"+CTSDSR: {service},1234567,0,2345678,0,{told}", digits)


def reason(data: bytes) -> str:
    message = one(data)
    assert isinstance(message, Bad), message
    return message.reason


STATUS = sds("8004", service=13)
SIMPLE = sds("0201746573746D657373616765")
TRANSFER = sds("82029C01746573746D657373616765")
REPORT = sds("821000C9")
REPORT_ACK = sds("821800CA")
SHORT_REPORT = sds("7ECA", service=13)
PLACE_MOTOROLA = sds("0A0088BD4247F737FFE810", 84)
PLACE_SEPURA = sds("0A0BA7D5B95BC50AFFE16", 84)
PLACE = sds("0A052C5819C614110A8030", 84)
INCOMING = said("+CTICN: 1,0,0,5,23404,1,1,0,1,1,5,1000,0")
CONNECTED = said("+CTCC: 1,1,1,0,0,1,1")
TALKING = said("+CTXG: 1,3,0,0,1,23404")
CEASED = said("+CDTXC: 1,0")
RELEASED = said("+CTCR: 1,13")
PUBLISHED = (
    STATUS, SIMPLE, TRANSFER, REPORT, REPORT_ACK, SHORT_REPORT, PLACE_MOTOROLA, PLACE_SEPURA,
    PLACE, INCOMING, CONNECTED, TALKING, CEASED, RELEASED,
)  # fmt: skip


def test_published_status_and_texts() -> None:
    assert one(STATUS) == Status("1234567", 0x8004, "2345678")
    assert one(SIMPLE) == Text("1234567", "2345678", "testmessage")
    assert one(TRANSFER) == Text("1234567", "2345678", "testmessage", 0x9C, False)
    assert one(sds("09" + "01746573746D657373616765")) == one(SIMPLE)
    asks = one(sds("8206C981445A0F" + b"testmessage".hex()))
    assert asks == Text("1234567", "2345678", "testmessage", 0xC9, True)


def test_published_receipts() -> None:
    report, wants, short = (
        as_json("tetra", one(data)) for data in (REPORT, REPORT_ACK, SHORT_REPORT)
    )
    assert report == {
        "family": "tetra", "kind": "ack", "what": "report", "source": "1234567",
        "destination": "2345678", "delivery": 0, "reference": 0xC9, "report": "ok",
        "ack_wanted": False,
    }  # fmt: skip
    assert (wants["reference"], wants["ack_wanted"]) == (0xCA, True)
    assert (short["kind"], short["report"], short["reference"]) == ("ack", "received", 0xCA)
    acknowledged = as_json("tetra", one(sds("822001C9")))
    assert (acknowledged["kind"], acknowledged["what"]) == ("ack", "acknowledgement")
    assert as_json("tetra", one(sds("82105AC9")))["report"] == "unreachable"
    assert "report" not in as_json("tetra", one(sds("8210EEC9")))


@pytest.mark.parametrize(
    ("code", "report"),
    [
        ("7C01", "not_supported"),
        ("7DFF", "memory_full"),
        ("7E00", "received"),
        ("7FFF", "consumed"),
        ("7BFF", None),
        ("8000", None),
        ("7ACA", None),  # a public implementation takes it for a receipt: it is a status
    ],
)
def test_short_reports_are_7c00_to_7fff(code: str, report: str | None) -> None:
    message = one(sds(code, service=13))
    if report is None:
        assert message == Status("1234567", int(code, 16), "2345678")
    else:
        told = as_json("tetra", message)
        assert (told["kind"], told["report"], told["reference"]) == (
            "ack", report, int(code[2:], 16),
        )  # fmt: skip


def test_published_places() -> None:
    first, second, third = (
        as_json("tetra", one(data)) for data in (PLACE_MOTOROLA, PLACE_SEPURA, PLACE)
    )
    assert (first["lon"], first["lat"]) == pytest.approx((12.018099, 51.325099), abs=1e-6)
    assert (first["course_deg"], first["valid"]) == (337.5, True)
    assert not {"error_m", "speed_mps", "time", "alarm"} & set(first)
    assert (second["lon"], second["lat"]) == pytest.approx((-97.748891, 30.565692), abs=1e-6)
    assert second["error_m"] == 200
    assert (third["lon"], third["lat"]) == pytest.approx((116.397432, 39.909232), abs=1e-6)
    assert (third["error_m"], third["course_deg"]) == (20, 90)
    assert third["speed_mps"] == pytest.approx(5 / 3.6)
    assert third["source"] == "1234567"


@pytest.mark.parametrize(
    ("told", "kmh"), [(0, 0), (28, 28), (29, 29.06), (30, 30.16), (126, 1082.7), (127, None)]
)
def test_speeds_of_places(told: int, kmh: float | None) -> None:
    value = speed(told)
    assert value is None if kmh is None else value == pytest.approx(kmh / 3.6, rel=1e-3)


def test_an_emergency_place_and_others() -> None:
    fix = Fix(-33.5, -70.25, 60, 180)
    sos = one(sds(location(fix, 2), 84))
    assert isinstance(sos, Position)
    assert sos.alarms == ("sos",)
    assert (sos.lat, sos.lon) == pytest.approx((-33.5, -70.25), abs=2e-5)
    plain = one(sds(location(fix, 129), 84))
    assert isinstance(plain, Position)
    assert plain.alarms == ()
    deaf = TetraDecoder(sos_reasons=())
    (unmarked,) = deaf.feed(sds(location(fix, 2), 84))
    assert isinstance(unmarked, Position)
    assert unmarked.alarms == ()
    user_data = f"{int(location(fix, 2), 16) | 1 << 8:021X}"  # type of additional data
    assert one(sds(user_data, 84)) == sos._replace(alarms=())


def test_place_pdus_of_other_types_are_logged() -> None:
    told = as_json("tetra", one(sds("0A4580", 21)))
    assert (told["kind"], told["what"], told["extension"]) == ("other", "lip", "immediate_request")
    assert as_json("tetra", one(sds("0A4C" + "00" * 20)))["extension"] == "long_report"
    assert as_json("tetra", one(sds("0A80")))["what"] == "lip"


def test_published_calls() -> None:
    assert one(INCOMING) == RadioCall("incoming", "23404", "1000", 0)
    long = said("+CTICN: 1,0,0,5,09011638300023404,1,1,0,1,1,5,09011638300000001,3")
    assert one(long) == RadioCall("incoming", "09011638300023404", "09011638300000001", 3)
    alone = said("+CTICN: 1,0,0,5,23404,1,1,0,0,1,5,23401,0")
    assert one(alone) == RadioCall("incoming", "23404", None, 0)
    assert one(CONNECTED) == RadioCall("connected")
    assert one(TALKING) == RadioCall("talking", "23404", granted=False)
    assert one(said("+CTXG: 1,0,0,0")) == RadioCall("talking", granted=True)
    assert one(said("+CTXG: 1,2,0,0")) == RadioCall("talking", granted=None)
    assert one(CEASED) == RadioCall("ceased")
    assert one(RELEASED) == RadioCall("released", cause=13)
    told = as_json("tetra", one(INCOMING))
    assert told == {
        "family": "tetra", "kind": "call", "phase": "incoming", "source": "23404",
        "group": "1000", "priority": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "what", "told"),
    [
        ("+CTDGR: 2,1001,90116383,0", "CTDGR", {"address": "1001", "network": "90116383"}),
        ("+CTOM: 0", "CTOM", {"mode": 0}),
        ("+CTGS: 1,09011638300000001", "CTGS", {"group": "09011638300000001"}),
        ("+CNUMS: (0),(1-2000),(1-2000)", "CNUMS", {"fields": ["(0)", "(1-2000)", "(1-2000)"]}),
        (
            "+CNUMS: 1,123456712341234,Test Group",
            "CNUMS",
            {"fields": ["1", "123456712341234", "Test Group"]},
        ),
        ("+CNUMF: 6,09011638300023401", "CNUMF", {"number": "09011638300023401"}),
        ("+CSQ: 20,99", "CSQ", {"level": 20, "signal_dbm": -73}),
        ("+CBC: 0,87", "CBC", {"battery_percent": 87}),
        ("+CREG: 1", "CREG", {"registration": "home"}),
        ("+CTOCP: 1,1", "CTOCP", {"instance": 1, "progress": 1}),
        ("+CME ERROR: 35", "CME ERROR", {"code": 35, "told": "syntax"}),
        ("+CMS ERROR: 5", "CMS ERROR", {"code": 5}),
        ("ok", "OK", {}),
        ("ERROR", "ERROR", {}),
        ("AT+CTOM?", "command", {"command": "AT+CTOM?"}),
        ("AT", "command", {"command": "AT"}),
    ],
)
def test_other_lines_name_their_fields(line: str, what: str, told: dict[str, Any]) -> None:
    message = as_json("tetra", one(said(line)))
    assert (message["kind"], message["what"]) == ("other", what)
    assert told.items() <= message.items()
    json.dumps(message)


def test_an_unknown_signal_is_no_figure() -> None:
    assert "signal_dbm" not in as_json("tetra", one(said("+CSQ: 99,99")))


def test_names_in_any_coding() -> None:
    for raw in ("一号组".encode(), "Straße".encode("latin-1")):
        message = one(b"+CNUMS: 1,1001," + raw + b"\r\n")
        assert isinstance(message, Other)
        assert message.fields["fields"][2] in ("一号组", "Straße")


def test_a_command_with_its_pdu_is_one_object() -> None:
    told = as_json("tetra", one(b"AT+CMGS=1234567,32\r\n821000C9\x1a"))
    assert told["command"] == "AT+CMGS=1234567,32"
    assert told["pdu"] == "821000C9"
    cut = decoded(b"AT+CMGS=1234567,32\r\n", STATUS)
    assert [as_json("tetra", message)["kind"] for message in cut] == ["other", "status"]
    assert as_json("tetra", one(b"AT+CMGS=1234567,32\r\n"))["kind"] == "other"
    asks = decoded(b"AT+CMGS=?\r\n+CMGS: (0-3),(8-1184)\r\nOK\r\n")
    assert [as_json("tetra", message)["what"] for message in asks] == ["command", "CMGS", "OK"]


@pytest.mark.parametrize(
    "header",
    [
        "12,1234567,104",
        "12,1234567,0,104",
        "12,1234567,0,2345678,0,104",
        "12,1234567,0,2345678,0,104,0",
        "12,,,2345678,0,104,1",
    ],
)
@pytest.mark.parametrize("space", ["", " "])
def test_every_form_of_the_header(header: str, space: str) -> None:
    message = one(said(f"+CTSDSR:{space}{header}", "0201746573746D657373616765"))
    assert isinstance(message, Text)
    assert message.text == "testmessage"
    assert message.destination in ("1234567", "2345678")
    assert message.source == ("1234567" if header.startswith("12,1234567,0,2") else "")


@pytest.mark.parametrize(
    "data",
    [
        said("+CTSDSR: 12,1,0,2,0,32"),  # no PDU at all
        said("+CTSDSR: 12,1,0,2,0,32", "8210"),
        said("+CTSDSR: 12,1,0,2,0,0", "82"),
        said("+CTSDSR: 12,1,0,2,0,4096", "82" * 512),
        sds("02"),
        sds("82"),
        sds("82029C"),
        sds("8203"),
        sds("821000"),
        sds("82039C51"),
        sds("82039C510102"),
        sds("82039C53"),
        sds("8A02C901"),
        sds("8A02C90105"),
        sds("0A0088BD42"),
        sds("80", service=13),
        b"x" * LONGEST + b"x",
    ],
)
def test_bad_length(data: bytes) -> None:
    found = [message for message in decoded(data) if isinstance(message, Bad)]
    assert found[0].reason == "length"


@pytest.mark.parametrize(
    "data",
    [
        sds("82ZZ00C9"),
        said("+CTSDSR: 12,1,0,2,32", "821000C9"),
        said("+CTSDSR: 12,1", "821000C9"),
        said("+CTSDSR: x,1,0,2,0,32", "821000C9"),
        said("+CTSDSR: 12,1,0,2,0,", "821000C9"),
        said("+CTSDSR: 12,abc,0,2,0,32", "821000C9"),
        said("+CTICN: 1,0"),
        said("+CTICN: x,0,0,5,23404,1,1,0,1,1,5,1000,0"),
        said("+CTXG: 1"),
        said("+CTXG: 1,"),
        said("+CTCR: 1,x"),
        said("821000C9"),
        b"\x00\xff\x17\r\n",
        "+CTXG: ١,٠\r\n".encode(),
    ],
)
def test_bad_syntax(data: bytes) -> None:
    assert reason(data) == "syntax"


def test_bad_value() -> None:
    assert reason(said("+CTXG: 1,4,0,0")) == "value"


def test_the_length_is_looked_at_before_the_digits() -> None:
    assert reason(sds("ZZ", bits=32)) == "length"


def test_more_digits_than_the_bits_take_are_cut() -> None:
    assert one(sds("821000C9FFFF", bits=32)) == one(REPORT)
    assert one(sds("80047", bits=16, service=13)) == one(STATUS)


def test_a_lost_pdu_costs_no_other_line() -> None:
    lost = said("+CTSDSR: 12,1,0,2,0,32")
    for following in (STATUS, INCOMING, said("OK"), said("AT")):
        messages = decoded(lost, following)
        assert isinstance(messages[0], Bad)
        assert messages[1:] == decoded(following)


def test_lines_that_ran_together() -> None:
    """Some radios leave the line end out; noise may eat one."""
    messages = decoded(b"+CTTCT:1+CTSDSR:12,1033,0,3130,0,64\r\n8204010574657374\r\n")
    assert isinstance(messages[0], Other)
    assert messages[1] == Text("1033", "3130", "test", 1, True)
    assert decoded(b"\x00garbage" + STATUS.strip())[1:] == decoded(STATUS)
    assert decoded(b"> " + STATUS.strip()) == decoded(STATUS)
    assert decoded(b"g" * 5000 + STATUS.strip())[-1:] == decoded(STATUS)


def test_noise_ends_in_seconds() -> None:
    noise = random.Random(5).randbytes(1 << 20)
    for data in (
        noise, b"+" * (1 << 18), b"A" * (1 << 20), b"+CTSDSR: 12,1,2,32\r\n" * (1 << 13),
        b"+CTSDSR:" * (1 << 15), b"\r\n" * (1 << 19), b"AT+CMGS=1\r\n" * (1 << 14),
    ):  # fmt: skip
        began = time.process_time()
        messages = decoded(data)
        assert time.process_time() - began < 10
        assert all(len(one.raw) <= 2 * LONGEST + 2 for one in messages if isinstance(one, Bad))
