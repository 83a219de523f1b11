"""What happened to the files of a post, in order: the log from which a disk is built again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Created:
    """A new, empty file has this name."""

    path: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """These bytes were written at this place; they may still be in the machine's memory."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """The file was cut, or stretched with zeros, to this size."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to the file before is on the disk; its name may not be."""

    path: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The file has lost this name."""

    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """The file has this other name; what had it before is gone."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class FolderMade:
    """A new, empty folder has this name."""

    path: str


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """All names that were made, changed or removed in the folder before are on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Somebody who records said something, such as: this act was acknowledged."""

    note: Any


Entry = Created | Wrote | Truncated | Synced | Removed | Renamed | FolderMade | FolderSynced | Noted


@dataclass
class Log:
    """What happened to the files below ``prefix``, in order, and what they held before."""

    prefix: str
    before: dict[str, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)  # that were there before
    entries: list[Entry] = field(default_factory=list)
    stores: set[str] = field(default_factory=set)  # the files that SQLite writes

    def look(self) -> None:
        """What lies below the prefix now is what was there before all; it counts as on the disk."""
        top = Path(self.prefix)
        for place in (top if top.is_dir() else top.parent).rglob("*"):
            if not self.covers(str(place)):
                continue
            if place.is_dir():
                self.folders.add(str(place))
            elif not place.name.endswith("-shm"):  # SQLite makes it anew at every start
                self.before[str(place)] = place.read_bytes()

    def note(self, note: Any) -> None:
        """The log says this between what happened before and what comes after."""
        self.entries.append(Noted(note))

    def covers(self, path: str | None) -> bool:
        """Whether this file or folder lies below the prefix, or is it."""
        return path is not None and f"{path}/".startswith(self.prefix)
