"""TETRA short data (EN 300 392-2, SDS and SDS-TL): the digits after ``+CTSDSR`` → readings."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from drivers.contract import Other, Reading, Status, Text
from drivers.errors import BadFrame
from drivers.radio.tetra_lip import location
from drivers.radio.tetra_pei import MOST_BITS
from drivers.radio.tetra_text import decoded, readable

STATUS_SERVICE = 13
LOCATION = 0x0A
_DATA_SERVICES = range(9, 13)  # user data 1 to 4, the last with or without its transport layer
_SIMPLE_TEXTS = frozenset((0x02, 0x09))
_TEXTS = frozenset((0x82, 0x89, 0x8A))
_WITH_HEADER = 0x8A
_TRANSFER, _REPORT, _ACK = 0, 1, 2
SHORT_REPORTS = {0: "not_supported", 1: "memory_full", 2: "received", 3: "consumed"}
DELIVERY = {
    0x00: "ok", 0x01: "report acknowledged", 0x02: "consumed", 0x20: "congestion", 0x21: "stored",
    0x22: "unreachable, stored", 0x40: "overload", 0x44: "destination not authorised",
    0x48: "validity expired", 0x4A: "failed", 0x4B: "not registered", 0x5A: "unreachable",
    0x60: "memory full",
}  # fmt: skip
_FORWARD_BYTES = {0: 1, 1: 3, 2: 6}  # short number, SSI, TSI; without an address: none
_FORWARD_DIGITS = 3

_FIELD = re.compile(r"[\d*#+]{0,24}", re.ASCII)
_HEX = re.compile(r"[0-9A-F]*", re.IGNORECASE)


class Part(NamedTuple):
    """Which part of a text that came in several."""

    reference: int
    parts: int
    number: int


class Report(NamedTuple):
    """A receipt. ``delivery`` is the standard's delivery status, ``reference`` the message's."""

    reference: int
    delivery: int


class ShortData(NamedTuple):
    """What came, and what the transport layer says about it. ``owed``: the receipt, in digits,
    that its sender waits for."""

    reading: Reading
    source: str
    owed: str = ""
    part: Part | None = None
    report: Report | None = None


class _Header(NamedTuple):
    service: int
    source: str
    destination: str | None
    bits: int


def short_data(rest: str, pdu: bytes | None, sos: Container[int]) -> ShortData:
    """What a ``+CTSDSR`` line and its digits say. Raises BadFrame."""
    if pdu is None:
        raise BadFrame("length")
    header = _header(rest)
    data = _data(pdu, header.bits)
    if header.service == STATUS_SERVICE:
        return _status(header, data)
    if header.service not in _DATA_SERVICES:
        return ShortData(_other(header, data, "short_data"), header.source)
    pid = data[0]
    if pid in _SIMPLE_TEXTS:
        return _simple_text(header, data)
    if pid == LOCATION:
        return ShortData(location(header.source, data, header.bits, sos), header.source)
    if pid < 0x80:
        return ShortData(_other(header, data, "short_data"), header.source)
    return _transport(header, data)


def _header(rest: str) -> _Header:
    """Service, who, to whom, how long: in the forms with 3, 4, 6 and 7 fields. Raises BadFrame.

    The shorter ones leave the sender out: the standard lets it be empty, never who is called.
    """
    fields = [field.strip() for field in rest.split(",")]
    count = len(fields)
    if count not in (3, 4, 6, 7) or not all(_FIELD.fullmatch(field) for field in fields):
        raise BadFrame("syntax")
    told_bits = fields[5] if count > 4 else fields[-1]
    if not (fields[0].isdecimal() and told_bits.isdecimal()):
        raise BadFrame("syntax")
    bits = int(told_bits)
    if not 0 < bits <= MOST_BITS:
        raise BadFrame("length")
    if count > 4:
        return _Header(int(fields[0]), fields[1], fields[3] or None, bits)
    return _Header(int(fields[0]), "", fields[1] or None, bits)


def _data(pdu: bytes, bits: int) -> bytes:
    """The stated bits, padded with zeros to whole bytes: radios send a digit more, or one less
    than whole bytes would take. Raises BadFrame."""
    digits = -(-bits // 4)
    if len(pdu) < digits:
        raise BadFrame("length")
    text = pdu.decode("latin-1")
    if not _HEX.fullmatch(text):
        raise BadFrame("syntax")
    text = text[:digits]
    data = bytes.fromhex(text + "0" if digits % 2 else text)
    spare = -bits % 8
    return data[:-1] + bytes((data[-1] >> spare << spare,)) if spare else data


def _other(header: _Header, data: bytes, what: str) -> Other:
    fields = {"service": header.service, "source": header.source}
    if header.destination is not None:
        fields["destination"] = header.destination
    return Other(what, {**fields, "pdu": data.hex().upper()})


def _status(header: _Header, data: bytes) -> ShortData:
    """A status, or a receipt in its shortest form: 7C00 to 7FFF and no other."""
    if header.bits < 16:
        raise BadFrame("length")
    code = data[0] << 8 | data[1]
    if code >> 10 != 0b011111:
        return ShortData(Status(header.source, code, header.destination), header.source)
    kind, reference = code >> 8 & 3, code & 0xFF
    delivery = {0: 0x4A, 1: 0x60, 2: 0x00, 3: 0x02}[kind]
    told = {"report": SHORT_REPORTS[kind], "reference": reference}
    report = Report(reference, delivery)
    return ShortData(_ack(header, "short_report", told), header.source, report=report)


def _ack(header: _Header, what: str, told: dict[str, object]) -> Other:
    fields: dict[str, object] = {"source": header.source}
    if header.destination is not None:
        fields["destination"] = header.destination
    return Other(what, {**fields, **told}, "ack")


def _simple_text(header: _Header, data: bytes) -> ShortData:
    if len(data) < 2:
        raise BadFrame("length")
    coding = data[1] & 0x7F
    if not readable(coding):
        return ShortData(_other(header, data, "text"), header.source)
    text = decoded(coding, data[2:], header.bits - 16)
    return ShortData(Text(header.source, header.destination, text), header.source)


def _transport(header: _Header, data: bytes) -> ShortData:
    if len(data) < 3:
        raise BadFrame("length")
    kind = data[1] >> 4
    if kind in (_REPORT, _ACK):
        return _report(header, data, kind)
    if kind != _TRANSFER or data[0] not in _TEXTS:
        return ShortData(_other(header, data, "short_data"), header.source)
    return _text(header, data)


def _report(header: _Header, data: bytes, kind: int) -> ShortData:
    if len(data) < 4:
        raise BadFrame("length")
    delivery, reference = data[2], data[3]
    told: dict[str, object] = {"delivery": delivery, "reference": reference}
    if delivery in DELIVERY:
        told["report"] = DELIVERY[delivery]
    if kind == _ACK:
        return ShortData(_ack(header, "acknowledgement", told), header.source)
    wanted = bool(data[1] & 0x08)
    owed = f"{data[0]:02X}2001{reference:02X}" if wanted else ""
    told["ack_wanted"] = wanted
    report = Report(reference, delivery)
    return ShortData(_ack(header, "report", told), header.source, owed, report=report)


def _text(header: _Header, data: bytes) -> ShortData:
    """A text with its transport layer: reference, receipt wanted, coding, time, which part."""
    asked, reference = data[1] >> 2 & 3, data[2]
    at = _after_forward(data) if data[1] & 1 else 3
    if len(data) <= at:
        raise BadFrame("length")
    coding = data[at] & 0x7F
    at += 4 if data[at] & 0x80 else 1
    part, skip = None, 0
    if data[0] == _WITH_HEADER:
        part, skip = _user_header(data, at)
    if len(data) < at + skip:
        raise BadFrame("length")
    owed = f"{data[0]:02X}1000{reference:02X}" if asked else ""
    if not readable(coding):
        return ShortData(_other(header, data, "text"), header.source, owed)
    words = decoded(coding, data[at:], header.bits - 8 * at, 8 * skip)
    text = Text(header.source, header.destination, words, reference, bool(asked))
    return ShortData(text, header.source, owed, part)


def _after_forward(data: bytes) -> int:
    """Where the text header begins behind the validity and the address of store and forward."""
    if len(data) < 4:
        raise BadFrame("length")
    kind = data[3] & 7
    if kind != _FORWARD_DIGITS:
        return 4 + _FORWARD_BYTES.get(kind, 0)
    if len(data) < 5:
        raise BadFrame("length")
    return 5 + (data[4] + 1) // 2


def _user_header(data: bytes, at: int) -> tuple[Part | None, int]:
    """Which part this is, and how many bytes say so."""
    if len(data) <= at:
        raise BadFrame("length")
    size = data[at] + 1
    elements = data[at + 1 : at + size]
    while len(elements) >= 2:
        kind, length = elements[0], elements[1]
        if kind == 0 and length == 3 and len(elements) >= 5:
            part = Part(elements[2], elements[3], elements[4])
            return (part if 0 < part.number <= part.parts else None), size
        elements = elements[2 + length :]
    return None, size
