"""The layer under the store sees every write and sync in order, and its faults really happen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from console.core.actor import SYSTEM
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import ConsoleError, Unavailable
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.core.tables import draft
from tests.faults import vfs
from tests.faults.disk_log import (
    Created,
    FolderSynced,
    Log,
    Noted,
    Removed,
    Renamed,
    Synced,
    Truncated,
    Wrote,
)  # fmt: skip


def keep(database: Database, name: str, size: int = 3000) -> None:
    with database.act(SYSTEM) as act:
        act.audit("draft.kept", "draft", name)
        act.connection.execute(
            draft.insert().values(officer=name, form="f", body={"t": "x" * size}, written_at=act.at)
        )


def names(database: Database) -> list[str]:
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT officer FROM draft ORDER BY rowid")
        return [row[0] for row in rows]


def replayed(log: Log) -> dict[str, bytearray]:
    """The files as the log alone makes them, nothing lost."""
    files = {path: bytearray(data) for path, data in log.before.items()}
    for entry in log.entries:
        match entry:
            case Created(path):
                files[path] = bytearray()
            case Wrote(path, offset, data):
                files[path].extend(b"\0" * (offset - len(files[path])))
                files[path][offset : offset + len(data)] = data
            case Truncated(path, size):
                files[path] = files[path][:size].ljust(size, b"\0")
            case Removed(path):
                del files[path]
            case Renamed(path, to):
                files[to] = files.pop(path)
            case _:
                pass
    return files


def test_the_log_makes_the_same_files(
    tmp_path: Path, keys: Path, clock: Clock, bus: EventBus
) -> None:
    folder = tmp_path / "post"
    database = Database(folder, create_key(folder), clock, bus)
    database.create("post-test")
    assert keys.is_dir()
    with vfs.recording(folder) as log:
        database.start()
        for n in range(30):
            keep(database, str(n))
            log.note(n)
        files = replayed(log)
        for name in ("console.db", "console.db-wal"):
            assert files[str(folder / name)] == (folder / name).read_bytes(), name
        # A synced commit: between the notes of two acts lies a sync of the WAL.
        acts = [i for i, entry in enumerate(log.entries) if isinstance(entry, Noted)]
        for one, other in pairwise(acts):
            assert Synced(f"{database.path}-wal") in log.entries[one:other]
        database.stop()
        assert replayed(log)[str(database.path)] == database.path.read_bytes()
    # Its first sync also put its name on the disk.
    synced = log.entries.index(Synced(f"{database.path}-wal"))
    assert log.entries[synced + 1] == FolderSynced(str(folder))


@pytest.mark.parametrize("kind", vfs.KINDS)
def test_each_fault_happens_and_ends(
    tmp_path: Path, keys: Path, clock: Clock, bus: EventBus, kind: vfs.Kind
) -> None:
    folder = tmp_path / "post"
    database = Database(folder, create_key(folder), clock, bus)
    database.create("post-test")
    assert keys.is_dir()
    with vfs.watched():
        database.start()
        kept, nth, told = ["before"], 0, set()
        keep(database, "before")
        while True:
            nth += 1
            if kind == "io_read":  # what was read before is in memory: a new life reads again
                database.stop()
            with vfs.failing(nth, kind, prefix=folder) as fault:
                try:
                    if kind == "io_read":
                        database.start()
                    keep(database, f"{nth}")
                    kept.append(f"{nth}")
                except ConsoleError as failed:
                    told.add(failed.code)
            if kind == "io_read" and fault.fired:
                database.stop()
                database.start()
            assert names(database) == kept
            if not fault.fired:
                break
        assert fault.calls == nth - 1 > 0
        expected = {"store.disk_full" if kind == "full" else "store.disk_error"}
        if kind == "io_read":  # a first page that cannot be read: SQLCipher takes it for no store
            expected.add("store.wrong_key_or_damaged")
        assert told == expected
        database.stop()


def test_a_lasting_fault_lasts_and_no_longer(database: Database) -> None:
    database.stop()
    with vfs.watched():
        database.start()
        with vfs.failing(2, "full", lasting=True) as fault:
            for name in "abc":
                with pytest.raises(Unavailable, match=r"store\.disk_full"):
                    keep(database, name)
            assert fault.fired >= 3
        keep(database, "after")
        assert names(database) == ["after"]
        database.stop()
