"""A disk that forgets: from a log, what may lie on it when the power goes at any point.

What was synced is there. Of what was written since, any part may be there: none, all, some writes
and not others whatever their order, single sectors of 512 bytes, or rubbish in their place. The
size of a file may lag behind or run ahead of what was written to it. New, changed and removed names
are there for certain only when their folder was synced; a rename is done or not, never half.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.disk_log import (
    Created,
    Entry,
    FolderMade,
    FolderSynced,
    Log,
    Removed,
    Renamed,
    Synced,
    Truncated,
    Wrote,
)

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Weather:
    """How one cut treats what was not synced."""

    kept: float  # the share of pieces that reached the disk
    torn: bool  # a piece is a sector; else a whole write
    rubbish: float  # the share of lost pieces that left something else behind
    names: float | None  # the share of names kept; None: the first so many of them, in order

    @classmethod
    def drawn(cls, chance: random.Random) -> Weather:
        """Any weather; the plain kinds (all gone, all there) are frequent."""
        kept = chance.choice((0.0, 0.0, 1.0, 0.1, 0.5, 0.9, chance.random()))
        rubbish = chance.choice((0.0, 0.0, 0.0, 0.3))
        names = chance.choice((0.0, 1.0, 0.5, None, None))
        return cls(kept, chance.random() < 0.7, rubbish, names)


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Wrote | Truncated] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _put(self.durable, change)
        self.pending.clear()

    def after(self, weather: Weather, chance: random.Random) -> bytes:
        data = bytearray(self.durable)
        if not self.pending:
            return bytes(data)
        longest = len(data)
        for change in self.pending:
            if isinstance(change, Truncated):
                if chance.random() < weather.kept:
                    _put(data, change)
                continue
            longest = max(longest, change.offset + len(change.data))
            for piece in _pieces(change) if weather.torn else (change,):
                if chance.random() < weather.kept:
                    _put(data, piece)
                elif weather.rubbish and chance.random() < weather.rubbish:
                    rubbish = chance.choice((bytes(len(piece.data)), None))
                    rubbish = rubbish or chance.randbytes(len(piece.data))
                    _put(data, Wrote(piece.path, piece.offset, rubbish))
        if weather.kept < 1 and len(data) <= longest:
            self._resize(data, longest, chance)
        return bytes(data)

    def _resize(self, data: bytearray, longest: int, chance: random.Random) -> None:
        what, safe = chance.random(), len(self.durable)
        if what < 0.2:
            data.extend(bytes(longest - len(data)))
        elif what < 0.4 and len(data) > safe:
            del data[chance.randint(safe, len(data)) :]


class Disk:
    """The disk of a log, from its start on; ``go`` brings it further, ``cut`` looks at it."""

    def __init__(self, log: Log) -> None:
        self._prefix = log.prefix
        self._files = [_File(bytearray(data)) for data in log.before.values()]
        self._now = {path: n for n, path in enumerate(log.before)}
        self._durable = dict(self._now)
        self._folders = set(log.folders)
        # What happened to names since their folders were synced: (name before, name after, file).
        # A folder is no file: -1.
        self._pending: list[tuple[str, str, int]] = []

    def go(self, entries: Iterable[Entry]) -> None:
        """These things have happened too."""
        for entry in entries:
            match entry:
                case Wrote(path) | Truncated(path):
                    self._files[self._now[path]].pending.append(entry)
                case Synced(path):
                    self._files[self._now[path]].sync()
                case Created(path):
                    self._now[path] = len(self._files)
                    self._files.append(_File())
                    self._pending.append(("", path, self._now[path]))
                case Removed(path):
                    self._pending.append((path, "", self._now.pop(path)))
                case Renamed(path, to):
                    self._now[to] = self._now.pop(path)
                    self._pending.append((path, to, self._now[to]))
                case FolderMade(path):
                    self._pending.append(("", path, -1))
                case FolderSynced(path):
                    self._sync_names(path)
                case _:
                    pass

    def cut(self, chance: random.Random, weather: Weather) -> dict[str, bytes]:
        """The files that the next start finds, by their paths."""
        names, folders = dict(self._durable), set(self._folders)
        share = weather.names
        if share is None:
            kept = self._pending[: chance.randint(0, len(self._pending))]
        else:
            kept = [one for one in self._pending if chance.random() < share]
        for change in kept:
            _rename(names, folders, change)
        return {
            path: self._files[number].after(weather, chance)
            for path, number in names.items()
            if self._stands(_folder_of(path), folders)
        }

    def _stands(self, folder: str, folders: set[str]) -> bool:
        while len(folder) > len(self._prefix):
            if folder not in folders:
                return False
            folder = _folder_of(folder)
        return True

    def _sync_names(self, folder: str) -> None:
        left = []
        for change in self._pending:
            old, new, _ = change
            if folder in (_folder_of(old or new), _folder_of(new or old)):
                _rename(self._durable, self._folders, change)
            else:
                left.append(change)
        self._pending = left


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(names: dict[str, int], folders: set[str], change: tuple[str, str, int]) -> None:
    old, new, number = change
    if number < 0:
        folders.add(new)
        return
    if old and names.get(old) == number:
        del names[old]
    if new:
        names[new] = number


def _put(data: bytearray, change: Wrote | Truncated) -> None:
    if isinstance(change, Truncated):
        del data[change.size :]
        data.extend(bytes(change.size - len(data)))
        return
    if change.offset > len(data):
        data.extend(bytes(change.offset - len(data)))
    data[change.offset : change.offset + len(change.data)] = change.data


def _pieces(change: Wrote) -> Iterable[Wrote]:
    """The write in sectors of the disk; its first and last may be parts of one."""
    at, end = change.offset, change.offset + len(change.data)
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        yield Wrote(change.path, at, change.data[at - change.offset : upto - change.offset])
        at = upto
