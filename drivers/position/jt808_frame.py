"""JT/T 808 frames, 2011 to 2019: bytes ↔ header and body.

A frame is 7E, header, body, check value, 7E; inside, 7E is written 7D 02 and 7D is 7D 01.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

from drivers.contract import Bad
from drivers.errors import BadFrame
from drivers.framing.check import xor
from drivers.framing.scan import MORE, Look, Step

FLAG = 0x7E
MOST_BODY = 1023
LONGEST = 2 * (21 + MOST_BODY + 1) + 2  # the longest header and body, every byte of them escaped
_SHORTEST = 12 + 1
_SPLIT, _EDITION_2019, _ENCRYPTED = 1 << 13, 1 << 14, 7 << 10
_FRONT = struct.Struct(">HH")
_BACK = struct.Struct(">H")
_PARTS = struct.Struct(">HH")


class Frame(NamedTuple):
    """One frame. ``terminal`` as digits without leading zeros, ``number`` as it was sent.

    ``version`` is None before the edition of 2019. ``part`` of ``parts`` from 1; both 0 where the
    message is whole.
    """

    id: int
    terminal: str
    serial: int
    body: bytes
    number: bytes
    version: int | None = None
    parts: int = 0
    part: int = 0
    encrypted: bool = False

    @property
    def is_of_2019(self) -> bool:
        """It is written by the edition of 2019."""
        return self.version is not None


def look_for(take: Callable[[bytes], None], cut: Callable[[Bad], None]) -> Look:
    """How a scanner looks at what begins with 7E. Each candidate, from 7E to 7E, goes to ``take``;
    what has no end goes to ``cut``.

    The 7E that ends a frame may begin the next, so it is looked at again.
    """

    def look(held: bytes, at: int, last: bool) -> Step:
        end = held.find(b"\x7e", at + 1, at + LONGEST)
        if end < 0:
            if len(held) - at < LONGEST and not last:
                return MORE
            if len(held) - at > 1:
                cut(Bad("length", held[at : at + LONGEST]))
            return Step(1)
        if end > at + 1:
            take(held[at : end + 1])
        return Step(end - at)

    return look


def parsed(escaped: bytes) -> Frame:
    """The frame between two 7E. Raises BadFrame."""
    plain = _unescaped(escaped)
    if len(plain) < _SHORTEST:
        raise BadFrame("length")
    id_, properties = _FRONT.unpack_from(plain)
    is_2019 = bool(properties & _EDITION_2019)
    number_at, number_end = (5, 15) if is_2019 else (4, 10)
    body_at = number_end + 2 + (4 if properties & _SPLIT else 0)
    if len(plain) != body_at + (properties & MOST_BODY) + 1:
        raise BadFrame("length")
    if xor(plain):  # a check value after what it checks leaves nothing
        raise BadFrame("checksum")
    number = plain[number_at:number_end]
    digits = number.hex()
    if not digits.isdecimal():
        raise BadFrame("syntax")
    (serial,) = _BACK.unpack_from(plain, number_end)
    parts = part = 0
    if properties & _SPLIT:
        parts, part = _PARTS.unpack_from(plain, number_end + 2)
        if not 1 <= part <= parts:
            raise BadFrame("value")
    return Frame(
        id_, digits.lstrip("0") or "0", serial, plain[body_at:-1], number,
        plain[4] if is_2019 else None, parts, part, bool(properties & _ENCRYPTED),
    )  # fmt: skip


def _unescaped(escaped: bytes) -> bytes:
    escapes = escaped.count(b"\x7d")
    if not escapes:
        return escaped
    if escaped.count(b"\x7d\x01") + escaped.count(b"\x7d\x02") != escapes:
        raise BadFrame("escape")
    return escaped.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")


def written(frame: Frame) -> bytes:
    """The bytes of a frame whose body fits."""
    properties = len(frame.body)
    if properties > MOST_BODY:
        raise ValueError(f"a body of {properties} bytes needs more than one frame")
    if frame.parts:
        properties |= _SPLIT
    front = b""
    if frame.version is not None:
        properties |= _EDITION_2019
        front = bytes([frame.version])
    middle = _PARTS.pack(frame.parts, frame.part) if frame.parts else b""
    plain = b"".join((
        _FRONT.pack(frame.id, properties), front, frame.number, _BACK.pack(frame.serial), middle,
        frame.body,
    ))  # fmt: skip
    plain += bytes([xor(plain)])
    return b"\x7e" + plain.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02") + b"\x7e"


def in_frames(frame: Frame) -> list[Frame]:
    """The same message in as many frames as its body needs, with serials from its own on."""
    body = frame.body
    pieces = [body[at : at + MOST_BODY] for at in range(0, len(body), MOST_BODY)]
    if len(pieces) < 2:
        return [frame]
    return [
        frame._replace(
            body=piece, parts=len(pieces), part=number, serial=(frame.serial + number - 1) & 0xFFFF
        )
        for number, piece in enumerate(pieces, 1)
    ]
