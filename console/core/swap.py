"""A new store put in the place of an old one: whole or not at all, and nothing is ever deleted.

The new store waits, complete and synced, under a name that says what is to be done; from then on
the exchange is finished at the next start if it is cut short. What stood there before is moved into
a dated folder beside it.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from pathlib import Path

from console.core.damage_note import NOTE_FILE
from console.core.directory import DIRECTORY_FILE
from console.core.keyfile import DATABASE_FILE, MARK_FILE, put_mark
from console.core.ownership import Ownership
from console.core.tail import TAIL_FILE
from console.core.whole_file import replaced, sync

MOVED = (
    f"{DATABASE_FILE}-wal",
    f"{DATABASE_FILE}-shm",
    TAIL_FILE,
    DIRECTORY_FILE,
    NOTE_FILE,
    DATABASE_FILE,
)
_READY = re.compile(
    rf"{re.escape(DATABASE_FILE)}\.ready-([a-z-]+-\d{{8}}T\d{{6}}-[0-9a-f]{{4}})\.([0-9A-Za-z]+)"
)


def aside_name(kind: str, now: datetime) -> str:
    """The name of the folder for what stood there before: ``damaged-…``, ``before-restore-…``."""
    return f"{kind}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


def put_in_place(folder: Path, part: Path, aside: str, key_id: str) -> Path | None:
    """The store in ``part``, complete and synced, is the store of ``folder``.

    Returns the folder with what was there before; None where nothing was.
    """
    part.rename(folder / f"{DATABASE_FILE}.ready-{aside}.{key_id}")
    sync(folder)
    return finish(folder)


def finish(folder: Path) -> Path | None:
    """An exchange that was begun in ``folder`` is done; returns where the old files lie now."""
    if not folder.is_dir():
        return None
    for ready in sorted(folder.iterdir()):
        found = _READY.fullmatch(ready.name)
        if found is not None:
            return _exchange(folder, ready, found[1], found[2])
    return None


def finish_alone(folder: Path) -> None:
    """The same where nobody owns the folder yet. Refused while a console uses it."""
    if folder.is_dir() and any(_READY.fullmatch(one.name) for one in folder.iterdir()):
        owned = Ownership(folder)
        owned.start()
        try:
            finish(folder)
        finally:
            owned.stop()


def _exchange(folder: Path, ready: Path, aside_: str, key_id: str) -> Path | None:
    aside = folder / aside_
    there = [folder / name for name in MOVED if (folder / name).exists()]
    mark = folder / MARK_FILE
    if there or mark.exists():
        aside.mkdir(exist_ok=True)
    if mark.exists() and not (aside / MARK_FILE).exists():
        with replaced(aside / MARK_FILE) as copy:
            copy.write(mark.read_bytes())
    for place in there:
        place.rename(aside / place.name)
    put_mark(folder, key_id)
    if aside.exists():
        sync(aside)
    ready.rename(folder / DATABASE_FILE)
    sync(folder)
    return aside if aside.exists() else None
