"""Backups from the desk: a new file each time, in the folder of the settings, known to the trail."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from console.core import backup, restore
from console.core.actor import Actor
from console.core.audit import AuditLine
from console.core.backup import Step
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.restore import Restored
from console.people.model import Right, require
from console.upkeep import store
from console.upkeep.model import LastBackup

ENDING = ".backup"
LOOK_BACK = 50  # backups of the trail; those to other places between them are few


def make_backup(database: Database, actor: Actor, folder: str, step: Step = backup.no_step) -> Path:
    """A verified backup of the store stands in ``folder``; returns its file.

    Its name carries the post's id and the time; no file is ever overwritten. Refused without the
    right or the folder, Unavailable when the disk is full or refuses.
    """
    require(actor, Right.MAKE_BACKUP)
    if not folder:
        raise Refused("backup.folder_not_set")
    place = Path(folder)
    if not place.is_dir():
        raise Refused("backup.no_folder", path=folder)
    if place.stat().st_dev == database.path.stat().st_dev:
        database.ballast.require_room()  # on another disk it is just what is wanted now
    target = _free_name(place, database.post, database.clock)
    with disk(place):
        backup.write(database, actor, target, fresh=True, step=step)
    return target


def rehearse(database: Database, actor: Actor, file: Path) -> Restored:
    """The backup was brought back in a scratch place, opened, checked and removed; the trail says so."""
    require(actor, Right.MAKE_BACKUP)
    with disk(file.parent):
        done = restore.drill(file, database.clock, actor, None)
    with database.act(actor) as act:
        act.audit("backup.rehearsed", "backup", file.name, rows=done.checked.manifest.rows)
    return done


def last_backup(connection: sa.Connection) -> LastBackup | None:
    """The latest backup that the trail knows of."""
    made = store.last_line(connection, "backup.made")
    return None if made is None else _told(connection, made)


def backups_in(connection: sa.Connection, folder: str, after: int = 0) -> list[LastBackup]:
    """The backups that the trail knows in this folder, told after line ``after``, newest first."""
    lines = store.last_lines(connection, ("backup.made",), LOOK_BACK, after)
    return [_told(connection, made) for made in lines if made.detail.get("folder") == folder]


def _told(connection: sa.Connection, made: AuditLine) -> LastBackup:
    name = str(made.detail["file"])
    drill = store.last_line(connection, "backup.rehearsed", name)
    after = drill is not None and drill.seq > made.seq
    return LastBackup(
        Path(str(made.detail.get("folder", "")), name),
        made.at,
        made.actor,
        int(made.detail["rows"]),
        drill.at if drill is not None and after else None,
        bool(made.detail.get("apart", False)),
        bool(made.detail.get("scheduled", False)),
    )


def _free_name(folder: Path, post: str, clock: Clock) -> Path:
    stem = f"{file_stem(post)}-{clock.now().astimezone():%Y%m%d-%H%M%S}"
    names = (f"{stem}{more}{ENDING}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(place for name in names if not (place := folder / name).exists())


def file_stem(post: str) -> str:
    """How the names of this post's backups begin."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", post)


@contextmanager
def disk(folder: Path) -> Iterator[None]:
    """What the disk under this folder refuses is said of it, and not of the post's own store."""
    try:
        yield
    except Unavailable as failed:
        if failed.code == "store.disk_full":
            raise Unavailable("backup.disk_full", path=str(folder)) from failed
        if failed.code == "store.disk_error":
            told = str(failed.details.get("told", ""))
            raise Unavailable("backup.disk_error", path=str(folder), told=told) from failed
        raise
    except OSError as failed:
        if failed.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Unavailable("backup.disk_full", path=str(folder)) from failed
        told = failed.strerror or str(failed)
        raise Unavailable("backup.disk_error", path=str(folder), told=told) from failed
