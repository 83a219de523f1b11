"""Facts of the upkeep: what a post lacks, what a check found, which lines of the trail are wanted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from console.core.errors import ConsoleError
from console.settings import CityRoad, Settings

Value = str | int
# What a running console takes up by itself; every other setting is read at its start.
AT_ONCE = frozenset({"post_name", "theme", "idle_lock_s", "backup_folder", "backup_every_h"})
PATHS = frozenset(
    {
        "roads_file",
        "areas_file",
        "backup_folder",
        "city.ca_file",
        "city.certificate_file",
        "city.key_file",
    }
)
EXPIRES_SOON = timedelta(days=30)


class Missing(StrEnum):
    """Something that a post needs for its work and that nobody has entered yet."""

    CREWS = "crews"
    ROADS = "roads"
    AREAS = "areas"
    CITY = "city"
    BACKUP = "backup"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class RoadsFound:
    """What a roads extract holds."""

    roads: int
    streets: int
    took_ms: int


@dataclass(frozen=True, slots=True)
class AreasFound:
    """What a file of areas holds."""

    areas: int
    cells: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the post's certificate for the city says; it fits its key and its authority."""

    name: str
    ends_at: datetime

    def ends_soon(self, now: datetime) -> bool:
        """Whether it must be renewed within a month."""
        return self.ends_at - now < EXPIRES_SOON


@dataclass(frozen=True, slots=True)
class CityAnswer:
    """The city answered a question about this post's state."""

    took_ms: int
    ahead_s: float  # by how much the city's clock is ahead of ours


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The latest backup that the trail knows; ``rehearsed_at`` when it was brought back in a drill,
    ``apart`` when it lay on another disk than the post's own data, ``scheduled`` when the clock and
    no person asked for it."""

    file: Path
    made_at: datetime
    by: str
    rows: int
    rehearsed_at: datetime | None
    apart: bool = False
    scheduled: bool = False


class BackupAge(StrEnum):
    """What the age of the last good backup means against the interval of the settings."""

    OFF = "off"  # no folder, or by hand only
    NEVER = "never"
    FRESH = "fresh"
    OLD = "old"
    STALE = "stale"


OLD_AFTER, STALE_AFTER = 1.5, 3.0  # intervals


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How the backups by the clock stand: what is set, the last good one and its age, what is wrong
    and since when, what is being done, and which backups were found unreadable by the last run."""

    folder: str = ""
    every_h: int = 0
    last: LastBackup | None = None
    age_s: float | None = None
    trouble: ConsoleError | None = None
    since: datetime | None = None
    doing: str = ""
    unreadable: tuple[str, ...] = ()
    same_disk: bool = False
    due: bool = False

    @property
    def on(self) -> bool:
        """Backups are to be made by the clock."""
        return bool(self.folder and self.every_h)

    @property
    def age(self) -> BackupAge:
        """The age of the last good backup, judged."""
        if not self.on:
            return BackupAge.OFF
        if self.age_s is None:
            return BackupAge.NEVER
        intervals = self.age_s / (self.every_h * 3600)
        if intervals > STALE_AFTER:
            return BackupAge.STALE
        return BackupAge.OLD if intervals > OLD_AFTER else BackupAge.FRESH

    @property
    def alarming(self) -> bool:
        """It asks for a person: one is due and fails, or the last good one is far too old. A place
        that is gone while none is due rings for nobody."""
        failing = self.trouble is not None and self.due
        return self.on and (failing or self.age is BackupAge.STALE)


@dataclass(frozen=True, slots=True)
class BackupsChanged:
    """A backup was made or failed, its place went or came back, or its settings changed."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Lines of the trail whose actor, act and entity (or its id) hold these texts; empty: any."""

    actor: str = ""
    act: str = ""
    entity: str = ""


def missing(settings: Settings, crews: int, room: bool = True) -> tuple[Missing, ...]:
    """What this post lacks, the most needed first; ``room``: the disk has its reserve still."""
    lacking = {
        Missing.ROOM: not room,
        Missing.CREWS: not crews,
        Missing.ROADS: not settings.roads_file,
        Missing.AREAS: not settings.areas_file,
        Missing.CITY: not settings.city.url,
        Missing.BACKUP: not settings.backup_folder,
    }
    return tuple(one for one, lacks in lacking.items() if lacks)


def values_of(settings: Settings) -> dict[str, Value]:
    """Every setting by its name in the file; those of the city as ``city.url``."""
    own = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    return {name: value for name, value in own.items() if name not in ("data", "city")} | {
        f"city.{f.name}": getattr(settings.city, f.name) for f in fields(CityRoad)
    }
