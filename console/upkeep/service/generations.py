"""Three generations of backups in a folder: each run replaces the oldest, the others stay as they are."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from console.core import backup
from console.core.backup import Checked, Manifest, Step
from console.core.database import Database
from console.core.errors import ConsoleError, Refused, Unavailable
from console.upkeep.service.backups import ENDING, file_stem

GENERATIONS = 3
ROOM_MORE = 1.05  # of the store's size: its copy is as large, its manifest a page or two
_PASSING = frozenset({"backup.cancelled", "backup.too_slow", "store.busy"})
_COPY_BAD = frozenset(
    {
        "backup.damaged",
        "backup.differs",
        "backup.trail_broken",
        "backup.wrong_key_or_damaged",
        "backup.not_a_backup",
    }
)


@dataclass(frozen=True, slots=True)
class Generation:
    """One of the three files; without a manifest it is missing, or ``why`` it cannot be used."""

    number: int
    file: Path
    manifest: Manifest | None = None
    seq: int = 0  # of its trail's last line
    why: ConsoleError | None = None


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a run did: which generation is new, and what it found unreadable and kept aside."""

    generation: int
    file: Path
    checked: Checked
    aside: tuple[str, ...]


def renew(database: Database, folder: Path, step: Step) -> Renewed:
    """A new backup, read back and checked, stands in the place of the oldest of the three.

    Until its file is renamed all three stand as they were, and after it the other two do: whenever
    the power goes, at least two good ones are left. What is there and cannot be read is renamed,
    never deleted. Unavailable without room for one more copy beside the three.
    """
    stem = file_stem(database.post)
    for part in folder.glob(f".{stem}-auto-*.part*"):  # of a run that the power ended
        with suppress(FileNotFoundError):
            part.unlink()
    _require_room(database, folder)
    found = generations(database, folder, step)
    aside = tuple(_set_aside(one, database) for one in found if one.why is not None)
    chosen = oldest(found, database.epoch)
    try:
        checked = backup.put_copy(database, chosen.file, step=step)
    except Refused as refused:
        if refused.code in _COPY_BAD:
            told = str(refused.details.get("table") or refused.details.get("what") or refused.code)
            raise Unavailable("backup.copy_bad", path=str(folder), told=told) from refused
        raise
    return Renewed(chosen.number, chosen.file, checked, aside)


def generations(database: Database, folder: Path, step: Step = backup.no_step) -> list[Generation]:
    """The three files of this post as they are now, each checked whole."""
    stem = file_stem(database.post)
    files = [folder / f"{stem}-auto-{n}{ENDING}" for n in range(1, GENERATIONS + 1)]
    return [_looked(n, file, database, step) for n, file in enumerate(files, start=1)]


def oldest(found: Sequence[Generation], epoch: str) -> Generation:
    """The one to replace: a place that is free, else what is not of this store's life, else the one
    whose trail ends first. Clocks have no say."""

    def age(one: Generation) -> tuple[bool, bool, int, int]:
        there = one.manifest is not None
        ours = one.manifest is not None and one.manifest.epoch == epoch
        return there, ours, one.seq, one.number

    return min(found, key=age)


def _looked(number: int, file: Path, database: Database, step: Step) -> Generation:
    if not file.exists() and not file.is_symlink():
        return Generation(number, file)
    try:
        backup.check(file, database.key, step)
        manifest, seq = backup.look_into(file, database.key)
        if manifest.post != database.post:
            raise Refused("backup.not_ours", path=str(file))
    except (Refused, Unavailable) as failed:
        if failed.code in _PASSING:
            raise
        return Generation(number, file, why=failed)
    except OSError as failed:
        told = failed.strerror or str(failed)
        error = Unavailable("backup.disk_error", path=str(file), told=told)
        return Generation(number, file, why=error)
    return Generation(number, file, manifest, seq)


def _set_aside(one: Generation, database: Database) -> str:
    stamp = f"{database.clock.now():%Y%m%dT%H%M%SZ}"
    stem, more = f"{one.file.stem}.unreadable-{stamp}", ("", *(f"-{n}" for n in range(2, 100)))
    places = (one.file.with_name(stem + one_more) for one_more in more)
    free = next(place for place in places if not place.exists())
    one.file.rename(free)
    return free.name


def _require_room(database: Database, folder: Path) -> None:
    wal = database.path.with_name(database.path.name + "-wal")
    size = sum(place.stat().st_size for place in (database.path, wal) if place.exists())
    if shutil.disk_usage(folder).free < size * ROOM_MORE:
        raise Unavailable("backup.disk_full", path=str(folder))
