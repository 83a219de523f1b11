"""AX.25 frames without connection (UI), and how KISS packs them."""

from __future__ import annotations

import re
from typing import NamedTuple

from drivers.errors import BadFrame

FEND, FESC, TFEND, TFESC = 0xC0, 0xDB, 0xDC, 0xDD
UI, UI_POLLED = 0x03, 0x13
NO_LAYER_3 = 0xF0
MOST_ADDRESSES = 10  # destination, source, up to eight relays
_ADDRESS = 7
_CALL = re.compile(rb"([A-Z0-9]{1,6}) *")
_NAME = re.compile(r"([A-Z0-9]{1,6})(?:-(\d|1[0-5]))?")
_SHIFTED = bytes(byte >> 1 for byte in range(256))


class Packet(NamedTuple):
    """One frame: who to whom, over which relays (``*``: it has passed), and what it holds."""

    destination: str
    source: str
    path: tuple[str, ...]
    control: int
    protocol: int | None
    information: bytes


def packet(frame: bytes) -> Packet:
    """The packet of these bytes. Raises BadFrame: length or syntax."""
    names: list[str] = []
    at = 0
    more = True
    while more:
        if len(frame) < at + _ADDRESS:
            raise BadFrame("length")
        if len(names) >= MOST_ADDRESSES:
            raise BadFrame("syntax")
        names.append(_name(frame[at : at + 6], frame[at + 6], relay=len(names) >= 2))
        more = not frame[at + 6] & 0x01
        at += _ADDRESS
    if len(names) < 2:
        raise BadFrame("syntax")
    if len(frame) <= at:
        raise BadFrame("length")
    control, rest = frame[at], frame[at + 1 :]
    if control not in (UI, UI_POLLED):
        return Packet(names[0], names[1], tuple(names[2:]), control, None, rest)
    if not rest:
        raise BadFrame("length")
    return Packet(names[0], names[1], tuple(names[2:]), control, rest[0], rest[1:])


def _name(letters: bytes, last: int, relay: bool) -> str:
    shifted = letters.translate(_SHIFTED)
    found = _CALL.fullmatch(shifted)
    if found is None or any(letter & 0x01 for letter in letters):
        raise BadFrame("syntax")
    call = found[1].decode("ascii")
    number = last >> 1 & 0x0F
    passed = "*" if relay and last & 0x80 else ""
    return (f"{call}-{number}" if number else call) + passed


def is_name(text: str) -> bool:
    """This is a call sign, with or without a number from 0 to 15 behind it."""
    return _NAME.fullmatch(text) is not None


def kiss(port: int, source: str, destination: str, path: list[str], information: bytes) -> bytes:
    """A UI frame in KISS, ready for the modem. Raises ValueError for what is no call sign."""
    names = [destination, source, *path]
    body = b"".join(_address(name, n, n + 1 == len(names)) for n, name in enumerate(names))
    body = bytes((port << 4,)) + body + bytes((UI, NO_LAYER_3)) + information
    escaped = body.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc")
    return b"\xc0" + escaped + b"\xc0"


def _address(name: str, place: int, last: bool) -> bytes:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    letters = bytes(ord(letter) << 1 for letter in found[1].ljust(6))
    top = 0xE0 if place == 0 else 0x60  # a command: the bit of the destination, not the source's
    return letters + bytes((top | int(found[2] or 0) << 1 | last,))
