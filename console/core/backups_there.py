"""The backups in a folder: each opened and checked, with what a restore would lose since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.core import audit, backup
from console.core.damage import Damage, Examined, examine_backup
from console.core.errors import ConsoleError, Refused


@dataclass(frozen=True, slots=True)
class LostSince:
    """What a restore would lose: acts of the trail, and the calls that they were about.

    ``known`` is False where the damaged store tells nothing; then only the time is known.
    """

    acts: int
    calls: int
    known: bool


@dataclass(frozen=True, slots=True)
class BackupThere:
    """One backup: ``damage`` is None when it was checked and is good.

    ``last_line`` is the last of its trail, so that those written since can be told.
    """

    file: Path
    made_at: datetime
    post: str
    rows: int
    last_line: int
    damage: Damage | None

    @property
    def good(self) -> bool:
        """Whether it was opened, checked and found whole."""
        return self.damage is None


def list_backups(
    folders: Sequence[Path],
    key: bytes,
    step: Callable[[str, float], None] = backup.no_step,
) -> list[BackupThere]:
    """The backups in these folders that open with this key, the newest first; damaged ones too."""
    files = sorted({file for folder in folders for file in _files(folder)})
    found = []
    for at, file in enumerate(files):
        step("backups", at / len(files))
        there = _look(file, key)
        if there is not None:
            found.append(there)
    return sorted(found, key=lambda one: (one.made_at, one.file.name), reverse=True)


def _files(folder: Path) -> list[Path]:
    try:
        return [
            file
            for file in folder.iterdir()
            if file.is_file()
            and not file.name.startswith(".")
            and (file.suffix == ".backup" or file.stat().st_size % 4096 == 0)
        ]
    except OSError:
        return []  # the second place is not mounted: it holds no backups now


def _look(file: Path, key: bytes) -> BackupThere | None:
    try:
        checked = backup.check(file, key)
    except Refused as refused:
        if refused.code == "backup.not_a_backup" and file.suffix != ".backup":
            return None
    except (ConsoleError, OSError):
        pass
    else:
        told = checked.manifest
        with backup.reader(file, key) as connection:
            last = audit.last(connection)
        line = last.seq if last else 0
        return BackupThere(file, told.created_at, told.post, told.rows, line, None)
    try:
        damage = examine_backup(file, key)
        changed = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    except OSError:
        return None
    if not damage or (damage[0].code == "closed" and file.suffix != ".backup"):
        return None
    return BackupThere(file, changed, "", 0, 0, damage[0])


def lost_since(there: BackupThere, examined: Examined) -> LostSince:
    """What is in the damaged store, or was, and not in this backup."""
    told = examined.survey
    if told is None or "audit_trail" not in told.tables:
        return LostSince(max(0, examined.head - there.last_line), 0, known=examined.head > 0)
    calls = {
        row.values[5]
        for row in told.rows("audit_trail")
        if (row.rowid or 0) > there.last_line and row.values[4] == "call"
    }
    return LostSince(max(0, examined.head - there.last_line), len(calls), known=True)
