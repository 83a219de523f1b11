"""The line layer of a TETRA radio's peripheral interface (EN 300 392-5): bytes → lines and PDUs."""

from __future__ import annotations

import re
from typing import NamedTuple

# The longest PDU has 2,047 bits, which are 512 digits; no header or answer comes near.
LONGEST = 600
MOST_BITS = 2047

_END = re.compile(rb"[\r\n\x1a\x1b]")
# Where one line of the radio begins inside another: lines run together when a line end is lost,
# and some radios send none between two announcements.
_BEGINS = re.compile(rb"\+[A-Z]{3,8}(?: ERROR)?:", re.IGNORECASE)
_RESULT = re.compile(rb"OK|ERROR|CONNECT|RING|NO CARRIER|NO ANSWER|NO DIALTONE|BUSY", re.IGNORECASE)
_ANSWER = re.compile(rb"\+([A-Z]{2,8}(?: ERROR)?): ?([^\x00-\x1f\x7f]*)", re.IGNORECASE)
_COMMAND = re.compile(rb"AT(?:[A-Z+&][ -~]*)?", re.IGNORECASE)
_HEX = re.compile(rb"[0-9A-F]+", re.IGNORECASE)
_PROMPT = b"> \t"  # before the PDU of a command is taken; nothing that says something


class Line(NamedTuple):
    """One thing that the radio (or its host) said.

    ``name``: upper case, ``CTXG`` of ``+CTXG:``, a result such as ``OK``, ``AT`` of a command;
    empty for what is none of them, and then ``reason`` says why. ``pdu``: the digits after it.
    """

    name: str
    rest: str
    pdu: bytes | None
    raw: bytes
    reason: str = ""


class PeiReader:
    """One stream. A line of the radio that carries a PDU is one with the line after it."""

    def __init__(self) -> None:
        self._left = b""
        self._header: Line | None = None  # waits for its PDU

    def feed(self, data: bytes) -> list[Line]:
        """The lines that these further bytes complete."""
        held = self._left + data if self._left else data
        found: list[Line] = []
        at = 0
        for end in _END.finditer(held):
            begin, at = at, end.end()
            if begin != end.start():
                begin = self._cut(held, begin, end.start(), found)
                self._line(held[begin : end.start()], found)
        at = self._cut(held, at, len(held), found)
        self._left = held[at:]
        return found

    def finish(self) -> list[Line]:
        """What the end of input leaves: a line without its end, a header without its PDU."""
        left, self._left = self._left, b""
        found: list[Line] = []
        if left:
            self._line(left, found)
        self._give_up(found)
        return found

    def _cut(self, held: bytes, begin: int, end: int, found: list[Line]) -> int:
        """Where the last ``LONGEST`` bytes of an endless line begin; what is before them is bad.

        Decided by the bytes alone and not by where the pieces end.
        """
        while end - begin > LONGEST:
            mark = held.find(b"+", begin + 1, begin + LONGEST + 1)
            stop = begin + LONGEST if mark < 0 else mark
            self._give_up(found)
            found.append(Line("", "", None, held[begin:stop], "length"))
            begin = stop
        return begin

    def _line(self, raw: bytes, found: list[Line]) -> None:
        """One line between two line ends, which may be several without one between them."""
        at = 0
        mark = _BEGINS.search(raw, 1)
        while mark is not None:
            self._one(raw[at : mark.start()].strip(_PROMPT), found)
            at = mark.start()
            mark = _BEGINS.search(raw, mark.end())
        self._one((raw[at:] if at else raw).strip(_PROMPT), found)

    def _one(self, raw: bytes, found: list[Line]) -> None:
        if not raw:
            return
        header = self._header
        if header is None:
            self._alone(_parsed(raw), found)
        elif header.name == "AT":
            self._header = None
            if _HEX.fullmatch(raw):
                found.append(header._replace(pdu=raw, raw=header.raw + b"\r\n" + raw))
            else:  # a command is never bad for what follows it
                found.append(header)
                self._alone(_parsed(raw), found)
        else:
            line = _parsed(raw)
            if line.name:  # its PDU was lost
                self._give_up(found)
                self._alone(line, found)
            else:
                self._header = None
                found.append(header._replace(pdu=raw, raw=header.raw + b"\r\n" + raw))

    def _alone(self, line: Line, found: list[Line]) -> None:
        takes_pdu = line.name == "CTSDSR" or line.rest[:8].upper() == "AT+CMGS="
        if takes_pdu and not line.rest.endswith("?"):
            self._header = line
        else:
            found.append(line)

    def _give_up(self, found: list[Line]) -> None:
        """The header that waits will have no PDU."""
        header, self._header = self._header, None
        if header is not None:
            found.append(header)


def _parsed(raw: bytes) -> Line:
    answer = _ANSWER.fullmatch(raw)
    if answer is not None:
        return Line(answer[1].decode("ascii").upper(), _words(answer[2]), None, raw)
    if _RESULT.fullmatch(raw):
        return Line(raw.decode("ascii").upper(), "", None, raw)
    if _COMMAND.fullmatch(raw):
        return Line("AT", raw.decode("ascii"), None, raw)
    return Line("", "", None, raw, "syntax")


def _words(raw: bytes) -> str:
    """A name that the radio keeps may be in any coding; the rest is ASCII."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
