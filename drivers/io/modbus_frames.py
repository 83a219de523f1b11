"""Modbus RTU frames: pure bytes ↔ frames, by length and check value (a USB adaptor breaks the
silences up that should end a frame). Specification: Modbus over Serial Line 1.02."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from drivers.contract import Bad

LONGEST = 256
READ_OUTPUTS, READ_INPUTS, READ_REGISTERS, READ_INPUT_REGISTERS = 1, 2, 3, 4
WRITE_OUTPUT, WRITE_REGISTER, WRITE_OUTPUTS, WRITE_REGISTERS = 5, 6, 15, 16
REPORT_ID, MASK_WRITE, READ_WRITE = 17, 22, 23
ON, OFF = 0xFF00, 0x0000
BUSY = 6
MOST_UNIT = 247
_EXCEPTION = 0x80
_MOST_CODE = 11  # exception codes end here
_BAD_CHECK = "checksum"
_EXCEPTIONS = {
    1: "illegal function", 2: "illegal address", 3: "illegal value", 4: "device failure",
    5: "acknowledged", 6: "busy", 7: "not acknowledged", 8: "memory parity",
    10: "gateway has no path", 11: "no answer behind the gateway",
}  # fmt: skip


class Frame(NamedTuple):
    """A frame with a right check value. ``reply`` is what its length says; a write of one value is
    answered by the same bytes, and then it is a reply. ``data`` is what follows the function."""

    unit: int
    function: int
    reply: bool
    data: bytes
    raw: bytes

    @property
    def failed(self) -> bool:
        """The unit refused; the first byte of ``data`` is its code."""
        return self.function >= _EXCEPTION

    @property
    def refusal(self) -> str:
        """With which words the unit refused."""
        return _EXCEPTIONS.get(self.data[0], f"code {self.data[0]}")


# function → length of its request, of its reply; None: a count of bytes says it
_REQUEST: dict[int, int | None] = {
    1: 8, 2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 7: 4, 8: 8, 11: 4, 12: 4,
    WRITE_OUTPUTS: None, WRITE_REGISTERS: None, REPORT_ID: 4, MASK_WRITE: 10, READ_WRITE: None,
}  # fmt: skip
_REPLY: dict[int, int | None] = {
    1: None, 2: None, 3: None, 4: None, 5: 8, 6: 8, 7: 5, 8: 8, 11: 8, 12: None,
    WRITE_OUTPUTS: 8, WRITE_REGISTERS: 8, REPORT_ID: None, MASK_WRITE: 10, READ_WRITE: None,
}  # fmt: skip
_COUNT_AT = {WRITE_OUTPUTS: 6, WRITE_REGISTERS: 6, READ_WRITE: 10}  # of a request; a reply's is 2
_WORDS = frozenset({READ_REGISTERS, READ_INPUT_REGISTERS, READ_WRITE})  # an even count of bytes
_KNOWN = bytes(sorted(_REQUEST)) + bytes(function | _EXCEPTION for function in sorted(_REQUEST))
_HEADER = re.compile(b"[\x00-\xff][" + re.escape(_KNOWN) + b"]", re.DOTALL)


def _table() -> tuple[int, ...]:
    values = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
        values.append(value)
    return tuple(values)


_TABLE = _table()


def crc(data: bytes) -> int:
    """CRC-16/MODBUS; 0 over a frame with its own check value."""
    value = 0xFFFF
    for byte in data:
        value = value >> 8 ^ _TABLE[(value ^ byte) & 0xFF]
    return value


def frame(unit: int, function: int, data: bytes) -> bytes:
    """The bytes of a frame, its check value behind it."""
    body = bytes((unit, function)) + data
    return body + crc(body).to_bytes(2, "little")


def question(unit: int, function: int, first: int, second: int) -> bytes:
    """A request with two words: address and count, or address and value."""
    return frame(unit, function, first.to_bytes(2, "big") + second.to_bytes(2, "big"))


def bits(packed: bytes) -> tuple[bool, ...]:
    """Bits packed lowest first."""
    return tuple(bool(byte >> bit & 1) for byte in packed for bit in range(8))


class Cutter:
    """Bytes in pieces of any size → frames, and what lies between them as bad.

    There is no start mark: wherever a length of a reply or a request ends in a right check value,
    a frame stands. Bytes of no frame are kept until one follows, or ``LONGEST`` of them have come.
    """

    def __init__(self) -> None:
        self._held = b""
        self._at = 0  # of what is held, these first bytes begin no frame

    @property
    def waits(self) -> bool:
        """Some bytes are kept that further ones may complete."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Frame | Bad]:
        """What these further bytes complete."""
        return list(self._cut(self._held + data, last=False))

    def finish(self) -> list[Frame | Bad]:
        """What the end of the stream leaves of the last bytes."""
        return list(self._cut(self._held, last=True))

    def _cut(self, held: bytes, last: bool) -> Iterator[Frame | Bad]:
        begin, at = 0, self._at
        while at < len(held):
            found = _look(held, at, last)
            if isinstance(found, Frame):
                yield from _bads(held[begin:at], cut=True)
                yield found
                begin = at = at + len(found.raw)
                continue
            if found:
                break
            header = _HEADER.search(held, at + 1)
            at = max(at + 1, header.start() if header else len(held) - 1)
            while at - begin >= LONGEST:
                yield from _bads(held[begin : begin + LONGEST], cut=False)
                begin += LONGEST
        if last:
            yield from _bads(held[begin:], cut=True)
            held, begin, at = b"", 0, 0
        self._held, self._at = held[begin:], at - begin


def _look(held: bytes, at: int, last: bool) -> Frame | bool:
    """The frame that begins here; True where further bytes must say, False where none does."""
    room = len(held) - at
    if room < 2:
        return not last
    short = False
    for length, reply in _lengths(held, at):
        if length > room:
            short = True
        elif crc(held[at : at + length]) == 0:
            raw = held[at : at + length]
            return Frame(raw[0], raw[1], reply, raw[2:-2], raw)
    return short and not last


def _lengths(held: bytes, at: int) -> list[tuple[int, bool]]:
    """Lengths that a frame with this header can have, the shortest first, a reply before a request.

    Where the count that says a length has not come, the length is one that has not come either.
    """
    function = held[at + 1]
    if function >= _EXCEPTION:
        code = held[at + 2] if at + 2 < len(held) else 1
        return [(5, True)] if function & 0x7F in _REQUEST and 1 <= code <= _MOST_CODE else []
    if function not in _REQUEST:
        return []
    answer = _REPLY[function] or _counted(held, at, 2, function in _WORDS)
    asked = _REQUEST[function] or _counted(held, at, _COUNT_AT[function], function != WRITE_OUTPUTS)
    if answer == asked:
        return [(answer, True)] if answer else []
    both = [(length, reply) for length, reply in ((answer, True), (asked, False)) if length]
    return sorted(both)


def _counted(held: bytes, at: int, count_at: int, even: bool) -> int:
    """The length of a frame whose count of further bytes stands there; 0 for an impossible one."""
    if at + count_at >= len(held):
        return len(held) - at + 1
    count = held[at + count_at]
    length = count_at + 1 + count + 2
    return 0 if count == 0 or length > LONGEST or (even and count % 2) else length


def _bads(run: bytes, cut: bool) -> Iterator[Bad]:
    """What bytes of no frame are: each that begins like one is bad by itself.

    ``cut``: what is too short at the end of the run was cut there, by a frame or by the end.
    """
    at = 0
    while at < len(run):
        room = len(run) - at
        lengths = [length for length, _ in _lengths(run, at)] if room > 1 else [LONGEST]
        whole = [length for length in lengths if length <= room]
        if lengths and not whole and cut:
            yield Bad("length", run[at:])
            return
        end = at + next((n for n in whole if _begins(run, at + n)), 0)
        if end == at:
            header = _HEADER.search(run, at + 1)
            end = header.start() if header else len(run)
        yield Bad(_BAD_CHECK, run[at:end])
        at = end


def _begins(run: bytes, at: int) -> bool:
    """The run ends here, or goes on like a frame."""
    return at == len(run) or _HEADER.match(run, at) is not None
