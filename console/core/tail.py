"""The tail mark: how far the store had come when it last saved, kept beside it in a small file.

A write-ahead log that lost its end opens without a word, and so does an older copy of the store put
in its place. The mark is written after each commit and not synced: it never runs ahead of the disk
in what was acknowledged, and a power cut may only leave it behind or unreadable.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from console.core.tables import audit_trail, identity, lane_head

TAIL_FILE = "console.tail"
_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Tail:
    """The last line of the trail, and the last event of each lane, in one epoch of the store."""

    epoch: str = ""
    line: int = 0
    lanes: dict[int, int] = field(default_factory=dict)

    def behind(self, mark: Tail) -> tuple[int, int]:
        """How many lines and events of ``mark`` this one lacks; none for another epoch."""
        if self.epoch != mark.epoch:
            return 0, 0
        events = (last - self.lanes.get(lane, 0) for lane, last in mark.lanes.items())
        return max(0, mark.line - self.line), sum(max(0, lacking) for lacking in events)


class TailMark:
    """The mark of one data folder. ``start`` before the first ``note``, ``stop`` after the last.

    ``behind`` says after ``start`` how many lines and events the store lacks against its mark; such
    a mark is evidence and is not written any more.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder / TAIL_FILE
        self._handle: int | None = None
        self._last = Tail()
        self.behind = (0, 0)

    def start(self, now: Tail) -> None:
        """The mark goes on from here."""
        told = read_mark(self._place.parent)
        self._last, self.behind = now, now.behind(told) if told else (0, 0)

    def stop(self) -> None:
        """The mark stays as it is."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def note(self, epoch: str, line: int, lanes: dict[int, int]) -> None:
        """An act that wrote this last line and these last events, in this epoch, is on the disk."""
        if any(self.behind) or not (line or lanes):
            return
        last = self._last
        before = last.lanes if epoch == last.epoch else {}
        self._last = Tail(epoch, max(line, last.line), before | lanes)
        with suppress(OSError):  # a full disk: the store works without its mark
            if self._handle is None:
                self._handle = os.open(self._place, os.O_RDWR | os.O_CREAT, 0o644)
            _put(self._handle, self._last)


def read_mark(folder: Path) -> Tail | None:
    """What the mark says; None where there is none or it was cut short."""
    try:
        text = (folder / TAIL_FILE).read_bytes()[:_WIDTH].decode("ascii")
        epoch, line, lanes, told = text.split()
        if zlib.crc32(f"{epoch} {line} {lanes}".encode("ascii")) != int(told, 16):
            return None
        pairs = (pair.split(":") for pair in lanes.strip(",").split(",") if pair)
        return Tail(epoch, int(line), {int(lane): int(seq) for lane, seq in pairs})
    except (OSError, ValueError):
        return None


def tail_of(connection: sa.Connection) -> Tail:
    """How far the store is."""
    epoch = connection.execute(sa.select(identity.c.epoch)).scalar_one()
    line = connection.execute(sa.select(sa.func.max(audit_trail.c.seq))).scalar_one()
    lanes = connection.execute(
        sa.select(lane_head.c.lane, lane_head.c.last_seq).where(lane_head.c.epoch == epoch)
    )
    return Tail(epoch, line or 0, {int(row.lane): int(row.last_seq) for row in lanes})


def _put(handle: int, tail: Tail) -> None:
    lanes = ",".join(f"{lane}:{seq}" for lane, seq in sorted(tail.lanes.items())) + ","
    text = f"{tail.epoch} {tail.line} {lanes}"
    whole = f"{text} {zlib.crc32(text.encode('ascii')):08x}"
    data = whole.encode("ascii").ljust(_WIDTH - 1) + b"\n"
    if hasattr(os, "pwrite"):
        os.pwrite(handle, data, 0)
    else:  # Windows
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, data)
