"""Serial scanners of barcodes and QR codes: a line a code, or a code a burst."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Bad, Decoder, Message, Order, Tag, Talk, Turn
from drivers.errors import NotSupported
from drivers.settings import Whole, filled_in

LONGEST = 2048  # a QR code with Chinese text stays below
BURST_S = 0.1  # a scanner that ends its codes with nothing is silent after each
_SETTINGS = {"line_end": Whole(1, 0, 1)}  # 0: the scanner sends no CR or LF behind a code
_END = re.compile(b"[\r\n]")


class BarcodeDriver:
    """A scanner talks when somebody scans: its silence says nothing."""

    family = "barcode"
    silence_s = math.inf

    def decoder(self) -> Decoder:
        return BarcodeDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return BarcodeTalk(bool(self.checked(settings)["line_end"]))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return filled_in(settings, _SETTINGS)


class BarcodeDecoder:
    """Lines, however they end; empty ones say nothing."""

    def __init__(self) -> None:
        self._left = b""
        self._skips = False  # the rest of a line that was too long is passed over

    def feed(self, data: bytes) -> list[Message]:
        *lines, left = _END.split(self._left + data)
        found: list[Message] = []
        for line in lines:
            found += self._line(line)
            self._skips = False
        while len(left) > LONGEST:
            found += self._line(left[: LONGEST + 1])
            self._skips, left = True, left[LONGEST + 1 :]
        self._left = b"" if self._skips else left
        return found

    def finish(self) -> list[Message]:
        left, self._left = self._left, b""
        found = self._line(left)
        self._skips = False
        return found

    def _line(self, line: bytes) -> list[Message]:
        if not line or self._skips:
            return []
        if len(line) > LONGEST:
            return [Bad("length", line[:LONGEST])]
        text = _text(line)
        code = text.strip() if text is not None else ""
        return [Tag(code)] if code and code.isprintable() else [Bad("syntax", line)]


def _text(line: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


class BarcodeTalk:
    """Hands codes on; without line ends a code is over when the scanner falls silent."""

    def __init__(self, line_end: bool) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._decoder = BarcodeDecoder()
        self._line_end = line_end
        self._over_at = math.inf

    def begin(self, now: float) -> Turn:
        return Turn()

    def hear(self, data: bytes, now: float) -> Turn:
        if not self._line_end:
            self._over_at = now + BURST_S
        return Turn(self._decoder.feed(data))

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        raise NotSupported(f"takes no orders: {type(order).__name__}", "not_supported")

    def pass_time(self, now: float) -> Turn:
        if now < self._over_at:
            return Turn()
        self._over_at = math.inf
        return Turn(self._decoder.finish())

    def wake_at(self) -> float:
        return self._over_at

    def end(self) -> Turn:
        return Turn(self._decoder.finish())
