"""Facts of the upkeep: what a post lacks, what a check found, which lines of the trail are wanted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from console.settings import CityRoad, Settings

Value = str | int
# What a running console takes up by itself; every other setting is read at its start.
AT_ONCE = frozenset({"post_name", "theme", "idle_lock_s", "backup_folder"})
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
    """The latest backup that the trail knows; ``rehearsed_at`` when it was brought back in a drill."""

    file: Path
    made_at: datetime
    by: str
    rows: int
    rehearsed_at: datetime | None


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
