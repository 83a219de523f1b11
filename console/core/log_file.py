"""SQLite's write-ahead log read frame by frame (file format, section 4), without any key.

SQLite takes the frames up to the last commit before the first break and drops the rest without a
word: so a flipped bit in the log loses acts silently unless somebody looks here. And SQLCipher asks
the file alone for the salt, the 16 plain bytes before page 1, also when a power cut tore it there
while the log has it whole.

A power cut breaks a log, too, and takes nothing that was saved: the act that was being written may be
torn at any sector, and so may the log's header while the log begins anew over what was written back.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from console.core.errors import Refused
from console.core.keyfile import DATABASE_FILE

PAGE = 4096
SALT = 16
SECTOR = 512  # what a disk writes whole
FRAME_HEAD = 24
_HEAD = 32
_FRAME = FRAME_HEAD + PAGE
_ORDER = {0x377F0682: "<", 0x377F0683: ">"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its place from 1, the page it holds, the store's pages after it when it commits.

    ``split``: a sector ends between these numbers and the salts, so each may be of another time.
    """

    place: int
    page: int
    commits: int
    raw: bytes
    ours: bool  # carries the salts of the log's present generation
    chained: bool  # follows the frames before it unbroken
    split: bool


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds.

    ``header`` is False when its own first bytes do not hold, ``written_back`` True when the file has
    each page as the log has it last; ``most`` is how many pages the store can have at all: those of
    its file, and one a frame.
    """

    frames: tuple[Frame, ...] = ()
    header: bool = True
    cut: bool = False
    most: int = 0
    written_back: bool = False

    @property
    def live(self) -> tuple[Frame, ...]:
        """The frames of this generation up to its last commit: an act half written is not there."""
        last = max((f.place for f in self.frames if f.commits and (f.ours or f.chained)), default=0)
        return self.frames[:last]

    @property
    def taken(self) -> int:
        """As many frames SQLite takes: up to the last commit before the first break."""
        return max((f.place for f in self.frames if f.commits and f.chained), default=0)

    @property
    def dropped(self) -> int:
        """Commits that SQLite would drop without a word. What a split frame says proves none."""
        lost = (f for f in self.frames if f.ours and not (f.chained or f.split))
        return sum(1 for f in lost if f.commits)

    @property
    def pages(self) -> int:
        """The store's pages after its last commit that can be true; 0 where none is."""
        said = (f.commits for f in reversed(self.live) if 0 < f.commits <= self.most)
        return next(said, 0)

    @property
    def broken(self) -> bool:
        """Whether anything does not hold; the last act cut short by a power cut too."""
        return not self.header or self.cut or any(f.ours and not f.chained for f in self.frames)

    @property
    def damaged(self) -> bool:
        """Whether more is broken than a power cut breaks: in the middle of one act, or of a new
        header over what was written back."""
        return self.dropped > 1 if self.header else not self.written_back


def read_log(file: Path) -> Log:
    """The log beside this store; an empty one where there is none, or where it has just begun."""
    place = file.with_name(f"{file.name}-wal")
    data = place.read_bytes() if place.exists() else b""
    if len(data) < _HEAD or not any(data[: 2 * _HEAD]):
        return Log(cut=0 < len(data) < _HEAD)
    magic, _, size, _, *salts, one, two = struct.unpack(">8I", data[:_HEAD])
    starts = range(_HEAD, len(data) - _FRAME + 1, _FRAME)
    heads = [struct.unpack(">6I", data[at : at + FRAME_HEAD]) for at in starts]
    order = _ORDER.get(magic, "")
    header = bool(order) and size == PAGE and _sum(data[:24], order, (0, 0)) == (one, two)
    if not header:
        common = Counter(told[2:4] for told in heads).most_common(1)
        salts = list(common[0][0]) if common else [0, 0]
    frames: list[Frame] = []
    running: tuple[int, int] | None = (one, two) if header else None
    for place_, (at, told) in enumerate(zip(starts, heads, strict=True), start=1):
        ours, raw = list(told[2:4]) == salts, data[at + FRAME_HEAD : at + _FRAME]
        if running is not None:
            running = _sum(raw, order, _sum(data[at : at + 8], order, running))
            if not ours or running != told[4:6]:
                running = None
        split = (at + 8) % SECTOR == 0
        frames.append(Frame(place_, told[0], told[1], raw, ours, running is not None, split))
    in_file = -(-file.stat().st_size // PAGE) if file.exists() else 0
    cut = (len(data) - _HEAD) % _FRAME != 0
    log = Log(tuple(frames), header, cut, in_file + len(frames))
    return log if header else replace(log, written_back=_is_written_back(file, log))


def require_sound_log(folder: Path) -> None:
    """What SQLite would take from the log is all that was saved. Refused when acts would be lost."""
    file = folder / DATABASE_FILE
    log = read_log(file)
    if file.exists() and log.damaged:
        raise Refused("store.log_damaged", path=str(file), acts=max(log.dropped, 1))


def _is_written_back(file: Path, log: Log) -> bool:
    newest = {frame.page: frame.raw for frame in log.live}
    if not file.exists():
        return False
    with file.open("rb") as store:
        for page, raw in newest.items():
            store.seek((page - 1) * PAGE)
            if store.read(PAGE) != raw:
                return False
    return True


def salt_in_log(file: Path) -> bytes | None:
    """The store's salt as the log's newest copy of page 1 says it; None when it has none."""
    log = read_log(file)
    first = [frame for frame in log.frames[: log.taken] if frame.page == 1]
    return first[-1].raw[:SALT] if first else None


def _sum(data: bytes, order: str, start: tuple[int, int]) -> tuple[int, int]:
    """The log's checksum (file format, section 4.2)."""
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
