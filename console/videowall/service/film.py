"""A film's sum, and how long it is: that is read from the boxes of an MP4 in fragments (ISO/IEC 14496-12), cut or whole.

The player writes a fragment a second or so; when it dies, all fragments before its end are good.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 20
MOST_BOX = 64 << 20  # bytes of a head that is read; pictures are stepped over
_FOLDERS = frozenset({b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf"})


def length_s(file: Path) -> float:
    """Seconds from the first picture to the end of the last whole fragment; 0 for no film."""
    scale, usual, length = 0, 0, 0.0
    try:
        with file.open("rb") as came:
            for kind, body in _boxes(came):
                if kind == b"moov":
                    parts = dict(_inside(body))
                    scale = _time_scale(parts.get(b"mdhd", b""))
                    length = max(length, _told(parts.get(b"mdhd", b"")) / max(1, scale))
                    usual = _word(parts.get(b"trex", b""), 12)
                elif kind == b"moof" and scale:
                    end = _end(dict(_inside(body)), usual)
                    length = max(length, end / scale)
    except (OSError, struct.error):
        return length
    return length


def sum_of(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of the file."""
    told, size = hashlib.sha256(), 0
    with file.open("rb") as came:
        while piece := came.read(PIECE):
            told.update(piece)
            size += len(piece)
    return size, told.hexdigest()


def _boxes(came: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """The heads at the top of the file; ``moof`` only where the pictures it tells of are whole."""
    came.seek(0, 2)
    whole = came.tell()
    at, held = 0, b""
    while at + 8 <= whole:
        came.seek(at)
        head = came.read(16)
        size, kind, skip = struct.unpack(">I", head[:4])[0], head[4:8], 8
        if size == 1 and len(head) == 16:
            size, skip = struct.unpack(">Q", head[8:16])[0], 16
        if size < skip or at + size > whole:
            return
        if kind == b"mdat" and held:
            yield b"moof", held
            held = b""
        elif kind in (b"moov", b"moof") and size <= MOST_BOX:
            came.seek(at + skip)
            body = came.read(size - skip)
            if kind == b"moof":
                held = body
            else:
                yield kind, body
        at += size


def _inside(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(body):
        size, kind = struct.unpack(">I4s", body[at : at + 8])
        if size < 8 or at + size > len(body):
            return
        part = body[at + 8 : at + size]
        if kind in _FOLDERS:
            yield from _inside(part)
        else:
            yield kind, part
        at += size


def _time_scale(mdhd: bytes) -> int:
    return _word(mdhd, 20 if mdhd[:1] == b"\x01" else 12)


def _told(mdhd: bytes) -> int:
    """The length that the head tells of: a film that was closed is no longer in fragments."""
    if mdhd[:1] == b"\x01":
        return int.from_bytes(mdhd[24:32], "big")
    return _word(mdhd, 16)


def _end(parts: dict[bytes, bytes], usual: int) -> int:
    """When the fragment's last picture ends, in the track's time."""
    tfdt, trun, tfhd = (parts.get(name, b"") for name in (b"tfdt", b"trun", b"tfhd"))
    if not tfdt or not trun:
        return 0
    begun = struct.unpack(">Q", tfdt[4:12])[0] if tfdt[0] == 1 else _word(tfdt, 4)
    flags, count = _word(tfhd, 0) & 0xFFFFFF, _word(trun, 4)
    if flags & 0x08:  # its own usual duration stands after what else it tells of
        usual = _word(tfhd, 8 + 8 * bool(flags & 0x01) + 4 * bool(flags & 0x02))
    told = _word(trun, 0) & 0xFFFFFF
    if not told & 0x100:
        return int(begun) + count * usual
    at = 8 + 4 * bool(told & 0x01) + 4 * bool(told & 0x04)
    step = 4 * (1 + sum(bool(told & bit) for bit in (0x200, 0x400, 0x800)))
    durations = (_word(trun, at + step * number) for number in range(count))
    return int(begun) + sum(durations)


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big") if len(data) >= at + 4 else 0
