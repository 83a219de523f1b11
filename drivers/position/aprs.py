"""APRS: what the information of a packet says – places, messages, status."""

from __future__ import annotations

import re
from typing import Any

from drivers.contract import Other, Position, Reading, Text
from drivers.errors import BadFrame
from drivers.position.ax25 import NO_LAYER_3, Packet

MPS_PER_KNOT = 1852 / 3600
_METRES_A_MINUTE = 1852.0

# digits that a station leaves blank make its place coarser on purpose
_PLAIN = re.compile(
    rb"(\d\d)([\d ][\d ]\.[\d ][\d ])([NS])[!-~]"
    rb"(\d\d\d)([\d ][\d ]\.[\d ][\d ])([EW])([!-~])(?:(\d{3}|\.{3}| {3})/(\d{3}|\.{3}| {3}))?",
    re.IGNORECASE,
)
_PACKED = re.compile(rb"[/\\A-Za-j]([!-{]{4})([!-{]{4})[!-~]([ -{])([!-{])([!-{])")
_TIME = re.compile(rb"\d{6}[zh/]")
_MESSAGE = re.compile(rb":([ -~]{9}):(.*)", re.DOTALL)
_NUMBERED = re.compile(rb"(.*?)\{([A-Za-z0-9]{1,5})(?:\}[A-Za-z0-9]{0,5})?", re.DOTALL)
_RECEIPT = re.compile(rb"(ack|rej)([A-Za-z0-9]{1,5})(?:\}[A-Za-z0-9]{0,5})?\s*")
_WEATHER = b"_"  # this symbol's numbers are the wind's
_KINDS = {
    ">": "status", ";": "object", ")": "item", "T": "telemetry", "_": "weather", "`": "mic_e",
    "'": "mic_e", "?": "query", "<": "capabilities", "}": "third_party", "$": "nmea",
}  # fmt: skip


def reading(packet: Packet) -> Reading:
    """What this packet says. Raises BadFrame: syntax or value."""
    if packet.protocol != NO_LAYER_3:
        return Other("packet", _about(packet) | {"data": packet.information.hex()})
    information = packet.information
    kind = chr(information[0]) if information else ""
    if kind in "!=" and kind:
        return _position(packet.source, information[1:])
    if kind in "/@" and kind:
        if not _TIME.match(information, 1):
            raise BadFrame("syntax")
        return _position(packet.source, information[8:])
    if kind == ":":
        return _message(packet)
    if kind == ">":
        status = information[8:] if _TIME.match(information, 1) else information[1:]
        return Other("status", _about(packet) | {"text": text_of(status)})
    if kind in _KINDS:
        return Other(_KINDS[kind], _about(packet) | {"text": text_of(information[1:])})
    return Other("packet", _about(packet) | {"text": text_of(information)})


def _about(packet: Packet) -> dict[str, Any]:
    told: dict[str, Any] = {"source": packet.source, "destination": packet.destination}
    if packet.path:
        told["path"] = list(packet.path)
    if packet.protocol != NO_LAYER_3:
        told["control"] = packet.control
        if packet.protocol is not None:
            told["protocol"] = packet.protocol
    return told


def text_of(data: bytes) -> str:
    """The text of these bytes, whatever its encoding: UTF-8, else GB18030, else byte by byte."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _position(source: str, report: bytes) -> Position:
    plain = _PLAIN.match(report)
    if plain is not None:
        return _plain(source, plain)
    packed = _PACKED.match(report)
    if packed is not None:
        return _packed(source, packed)
    raise BadFrame("syntax")


def _plain(source: str, found: re.Match[bytes]) -> Position:
    lat_whole, lat_minutes, side, lon_whole, lon_minutes, hand, symbol, course, speed = (
        found.groups()
    )
    lat, coarse = _degrees(lat_whole, lat_minutes)
    lon, coarse_too = _degrees(lon_whole, lon_minutes)
    if lat > 90 or lon > 180:
        raise BadFrame("value")
    if side in b"Ss":
        lat = -lat
    if hand in b"Ww":
        lon = -lon
    heading = mps = None
    if symbol != _WEATHER and course is not None and speed is not None:
        if course.isdigit() and int(course) > 360:
            raise BadFrame("value")
        heading = float(course) if course.isdigit() and int(course) else None  # 000: not known
        mps = int(speed) * MPS_PER_KNOT if speed.isdigit() else None
    error = max(coarse, coarse_too) * _METRES_A_MINUTE or None
    return Position(source, lat, lon, True, None, mps, heading, error)


def _degrees(whole: bytes, minutes: bytes) -> tuple[float, float]:
    """Degrees, and by how many minutes they may be wrong where digits were left blank."""
    lowest = minutes.replace(b" ", b"0")
    if lowest == minutes:
        span = 0.0
    else:
        span = float(_highest(minutes)) - float(lowest)
        if not re.fullmatch(rb"[\d.]* [ .]*", minutes):  # only the last digits may be blank
            raise BadFrame("syntax")
    least = float(lowest)
    if least >= 60:
        raise BadFrame("value")
    return int(whole) + (least + span / 2) / 60, span / 2


def _highest(minutes: bytes) -> bytes:
    tens = b"6" if minutes[:1] == b" " else minutes[:1]
    rest = minutes[1:].replace(b" ", b"0" if minutes[:1] == b" " else b"9")
    return tens + rest


def _packed(source: str, found: re.Match[bytes]) -> Position:
    """Four characters a coordinate, each a digit to the base 91."""
    lat = 90 - _base91(found[1]) / 380926
    lon = -180 + _base91(found[2]) / 190463
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadFrame("value")
    course, speed, kind = found[3][0] - 33, found[4][0] - 33, found[5][0] - 33
    if not 0 <= course <= 89 or kind & 0x18 == 0x10:  # nothing, a range, or a height
        return Position(source, lat, lon, True)
    heading = course * 4.0 or None
    return Position(source, lat, lon, True, None, (1.08**speed - 1) * MPS_PER_KNOT, heading)


def _base91(digits: bytes) -> int:
    value = 0
    for digit in digits:
        value = value * 91 + digit - 33
    return value


def receipt_wanted(packet: Packet) -> tuple[str, str, str] | None:
    """To whom, from whom and under which number, character by character, a receipt is wanted."""
    found = _MESSAGE.fullmatch(packet.information)
    if found is None or _RECEIPT.fullmatch(found[2]):
        return None
    numbered = _NUMBERED.fullmatch(found[2].rstrip(b"\r\n"))
    if numbered is None:
        return None
    return packet.source, found[1].decode("ascii").rstrip(), numbered[2].decode()


def _message(packet: Packet) -> Reading:
    found = _MESSAGE.fullmatch(packet.information)
    if found is None:
        raise BadFrame("syntax")
    to, body = found[1].decode("ascii").rstrip(), found[2]
    receipt = _RECEIPT.fullmatch(body)
    if receipt is not None:
        told = {"source": packet.source, "destination": to, "reference": receipt[2].decode()}
        return Other("ack" if receipt[1] == b"ack" else "reject", told, "ack")
    numbered = _NUMBERED.fullmatch(body.rstrip(b"\r\n"))
    if numbered is None:
        return Text(packet.source, to, text_of(body.rstrip(b"\r\n")))
    number = numbered[2].decode()
    reference = int(number) if number.isdigit() else None
    return Text(packet.source, to, text_of(numbered[1]), reference, True)
