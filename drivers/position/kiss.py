"""Packet radio modems (KISS): frames → AX.25 packets → APRS positions, messages, status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Bad, Message, Other, Reading, Talk, Text
from drivers.errors import BadFrame
from drivers.framing.scan import MORE, Scanner, Step
from drivers.position.aprs import reading, receipt_wanted
from drivers.position.ax25 import packet
from drivers.position.kiss_talk import KissTalk, checked

LONGEST = 1400  # an AX.25 frame of 330 bytes, each escaped, and room to spare
MOST_RECEIPTS = 64  # so many may be wanted and not asked for
_START = re.compile(rb"\xC0(?!\xC0)")  # empty frames between the marks are fill
_BAD_ESCAPE = re.compile(rb"\xDB(?![\xDC\xDD])")
_RETURN = 0xFF
_COMMANDS = {
    1: "tx_delay", 2: "persistence", 3: "slot_time", 4: "tx_tail", 5: "full_duplex", 6: "hardware",
}  # fmt: skip


class KissDriver:
    """A modem that hands on what it hears on the air."""

    family = "kiss"
    silence_s = 600.0  # trackers on foot report every few minutes

    def decoder(self) -> KissDecoder:
        return KissDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return KissTalk(KissDecoder(), self.checked(settings))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return checked(settings)


class KissDecoder:
    """One modem's stream. The mark that ends a frame may begin the next one."""

    def __init__(self) -> None:
        self._scanner = Scanner(_START, self._look, LONGEST)
        self._wanted: list[tuple[str, str, str]] = []

    def feed(self, data: bytes) -> list[Message]:
        return self._scanner.feed(data)

    def finish(self) -> list[Message]:
        return self._scanner.finish()

    def receipts_wanted(self) -> list[tuple[str, str, str]]:
        """Who wrote to whom under which number and wants a receipt, since this was last asked."""
        wanted, self._wanted = self._wanted, []
        return wanted

    def _look(self, held: bytes, at: int, last: bool) -> Step:
        end = held.find(b"\xc0", at + 1, at + LONGEST)
        if end < 0:
            return _unended(held, at, last)
        try:
            return Step(end - at, (self._reading(held[at + 1 : end]),))
        except BadFrame as bad:
            return Step(1, (Bad(bad.reason, held[at : end + 1]),))

    def _reading(self, frame: bytes) -> Reading:
        if b"\xdb" in frame:
            if _BAD_ESCAPE.search(frame):
                raise BadFrame("escape")
            frame = frame.replace(b"\xdb\xdc", b"\xc0").replace(b"\xdb\xdd", b"\xdb")
        kind = frame[0]
        if kind == _RETURN:
            return Other("return", {})
        port, command = kind >> 4, kind & 0x0F
        if command:
            what = _COMMANDS.get(command, f"command_{command}")
            return Other(what, {"port": port, "value": frame[1:].hex()})
        heard = packet(frame[1:])
        said = reading(heard)
        if isinstance(said, Text) and said.reported:
            wanted = receipt_wanted(heard)
            if wanted is not None and len(self._wanted) < MOST_RECEIPTS:
                self._wanted.append(wanted)
        return said


def _unended(held: bytes, at: int, last: bool) -> Step:
    if len(held) - at >= LONGEST:
        return Step(1, (Bad("length", held[at : at + LONGEST]),))
    if not last:
        return MORE
    if len(held) - at == 1:
        return Step(1)  # the mark that ended the last frame
    cut_escape = _BAD_ESCAPE.search(held[at + 1 :].removesuffix(b"\xdb"))
    return Step(1, (Bad("escape" if cut_escape else "length", held[at:]),))
