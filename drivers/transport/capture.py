"""Recorded wires. A capture is a text file of lines:

``# post-console capture 1 family=nmea`` first; then, for each piece of bytes as it came,
``<seconds since the start of the recording, monotonic, 6 decimals> <hex of the bytes>``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from drivers.errors import NotSupported

HEADER = "# post-console capture 1"
_LONGEST_LINE = 1 << 20


def header(family: str) -> str:
    """The first line of a capture."""
    return f"{HEADER} family={family}\n"


def line(offset_s: float, data: bytes) -> str:
    """One piece of bytes, heard ``offset_s`` after the start."""
    return f"{offset_s:.6f} {data.hex()}\n"


def pieces(file: Path) -> Iterator[tuple[float, bytes]]:
    """The recorded pieces in order. Raises NotSupported, naming the line, where it is no capture."""
    with file.open("r", encoding="ascii", errors="replace") as lines:
        if not lines.readline(_LONGEST_LINE).startswith(HEADER):
            raise NotSupported(
                f"{file}: not a capture (the first line is not {HEADER!r})", "bad_file"
            )
        number, last = 1, 0.0
        while told := lines.readline(_LONGEST_LINE):
            number += 1
            if told.startswith("#") or not told.strip():
                continue
            offset_text, _, hexed = told.partition(" ")
            try:
                offset_s, data = float(offset_text), bytes.fromhex(hexed)
            except ValueError as broken:
                if not told.endswith("\n"):
                    return  # the recording was cut off while this line was written
                raise NotSupported(f"{file}, line {number}: {broken}", "bad_file") from broken
            if not math.isfinite(offset_s) or offset_s < last:
                raise NotSupported(f"{file}, line {number}: the time runs backwards", "bad_file")
            last = offset_s
            yield offset_s, data
