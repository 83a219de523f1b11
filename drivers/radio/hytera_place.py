"""The 40 characters in which a Hytera radio says where it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from drivers.contract import Position
from drivers.errors import BadFrame

LENGTH = 40
MPS_PER_KNOT = 1852 / 3600

_BLANK = rb"[ 0.\x00]"
# what was not sent is blanks, zeros or zero bytes, and only a void fix may leave it out
_PLACE = re.compile(
    rb"([AV])(?:(\d{6})|[ \x00]{6})(?:(\d{6})|[ \x00]{6})"
    rb"(?:([NS])(\d\d)(\d\d\.\d{4})|[NS \x00]" + _BLANK + rb"{9})"
    rb"(?:([EW])(\d\d\d)(\d\d\.\d{4})|[EW \x00]" + _BLANK + rb"{10})"
    rb"(.{3})(.{3})",
    re.DOTALL,
)
_NUMBER = re.compile(rb"[ \x00]*(\d*\.?\d*)[ \x00]*")


def place(block: bytes, source: str, alarms: tuple[str, ...] = (), found: bool = True) -> Position:
    """The position that the block states; void where ``found`` is False. Raises BadFrame."""
    parts = _PLACE.fullmatch(block)
    if parts is None:
        raise BadFrame("syntax")
    fix, clock, day, side, whole, minutes, hand, lon_whole, lon_minutes, knots, course = (
        parts.groups()
    )
    lat = _degrees(side, whole, minutes, 90)
    lon = _degrees(hand, lon_whole, lon_minutes, 180)
    sure = fix == b"A"
    if sure and (lat is None or lon is None or not clock or not day):
        raise BadFrame("syntax")
    if lat is None or lon is None or (not sure and lat == 0 and lon == 0):
        lat = lon = None
    at = _moment(clock, day, sure)
    speed, heading = _number(knots), _number(course)
    if heading is not None and heading > 360:
        raise BadFrame("value")
    if speed is not None:
        speed *= MPS_PER_KNOT
    return Position(source, lat, lon, sure and found, at, speed, heading, None, alarms)


def _degrees(
    side: bytes | None, whole: bytes | None, minutes: bytes | None, most: int
) -> float | None:
    if not side or not whole or not minutes:
        return None
    part = float(minutes)
    degrees = int(whole) + part / 60
    if part >= 60 or degrees > most:
        raise BadFrame("value")
    return -degrees if side in b"SW" else degrees


def _moment(clock: bytes | None, day: bytes | None, sure: bool) -> datetime | None:
    if not clock or not day:
        return None
    try:
        read = [int(text[n : n + 2]) for text in (clock, day) for n in (0, 2, 4)]
        hour, minute, second, date, month, year = read
        return datetime(2000 + year, month, date, hour, minute, second, tzinfo=UTC)
    except ValueError as impossible:
        if not sure:
            return None  # a radio that never had a fix sends zeros for its day
        raise BadFrame("value") from impossible


def _number(text: bytes) -> float | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise BadFrame("syntax")
    digits: bytes = found[1]
    return float(digits) if digits.strip(b".") else None
