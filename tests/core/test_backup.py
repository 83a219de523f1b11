"""Backups and restores: verified before they count, never destroying what was there."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core import audit, backup, restore
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.engine import make_engine
from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, create_key, key_folder, read_key
from console.core.outbox import Lane
from console.core.ownership import Ownership
from console.core.schema import HEAD
from console.core.tables import draft, metadata
from tests.conftest import HandClock
from tests.core.test_outbox_chain import assert_whole

PAGE = 4096


def fill(database: Database, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        with database.act(SYSTEM) as act:
            act.connection.execute(
                draft.insert().values(
                    officer=str(n), form="f", body={"t": "红旗" * 200}, written_at=act.at
                )
            )
            act.audit("draft.kept", "draft", str(n))
            act.tell_city(Lane.URGENT, "draft", str(n), "draft.kept", 1, {"n": n})


def code(work: Callable[[], object]) -> str:
    with pytest.raises(ConsoleError) as refused:
        work()
    return refused.value.code


@pytest.fixture
def file(database: Database, tmp_path: Path, officer: Actor) -> Path:
    fill(database, 30)
    place = tmp_path / "backups" / "post.backup"
    place.parent.mkdir()
    backup.write(database, officer, place)
    return place


def test_a_backup_tells_what_it_holds(database: Database, file: Path, clock: HandClock) -> None:
    checked = backup.check(file, database.key)
    told = checked.manifest
    assert (told.post, told.epoch, told.schema) == ("post-test", database.epoch, HEAD)
    assert told.created_at == clock.now()
    assert (key_folder() / f"{told.key_id}.key").exists()
    assert told.tables["draft"].rows == told.tables["outbox"].rows == 30
    assert checked.audit_lines == 30
    assert set(told.tables) >= set(metadata.tables)
    with database.read() as connection:
        last = audit.last(connection)
    assert last is not None
    assert (last.act, last.actor) == ("backup.made", "officer:0123")


def test_a_backup_is_one_encrypted_file_and_nothing_beside_it(file: Path) -> None:
    assert [place.name for place in file.parent.iterdir()] == [file.name]
    raw = file.read_bytes()
    assert "红旗".encode() not in raw
    assert b"backup_manifest" not in raw


def test_the_console_writes_on_while_a_backup_is_made(database: Database, tmp_path: Path) -> None:
    fill(database, 50)
    done = threading.Event()

    def write() -> None:
        n = 1000
        while not done.is_set():
            fill(database, 1, n)
            n += 1

    writer = threading.Thread(target=write, name="writer")
    writer.start()
    try:
        for n in range(5):
            made = backup.write(database, SYSTEM, tmp_path / f"b{n}")
            tables = made.manifest.tables
            assert tables["draft"].rows == tables["outbox"].rows >= 50
    finally:
        done.set()
        writer.join()


def test_an_older_backup_is_replaced_only_by_a_good_one(
    database: Database, file: Path, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()

    def damaged(place: Path, key: bytes, step: backup.Step) -> backup.Checked:
        raise Refused("backup.damaged", path=str(place), what="page 3")

    with monkeypatch.context() as patched:
        patched.setattr(backup, "check", damaged)
        assert code(lambda: backup.write(database, officer, file)) == "backup.damaged"
    assert file.read_bytes() == before
    assert [place.name for place in file.parent.iterdir()] == [file.name]
    fill(database, 5, 100)
    backup.write(database, officer, file)
    assert backup.check(file, database.key).manifest.tables["draft"].rows == 35


def test_what_is_no_backup_is_never_overwritten(
    database: Database, tmp_path: Path, officer: Actor
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear chief")
    strange = tmp_path / "strange"
    strange.write_bytes(os.urandom(8 * PAGE))
    for place in (letter, strange, database.path):
        before = place.read_bytes()
        assert code(partial(backup.write, database, officer, place)) == "backup.not_ours"
        assert place.read_bytes() == before


def test_no_folder_no_backup(database: Database, tmp_path: Path) -> None:
    missing = tmp_path / "none" / "file"
    assert code(lambda: backup.write(database, SYSTEM, missing)) == "backup.no_folder"


@pytest.mark.parametrize("page", range(0, 20, 3))
def test_a_flipped_bit_in_any_page_is_found(database: Database, file: Path, page: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[page * PAGE + 99] ^= 4
    file.write_bytes(raw)
    assert code(lambda: backup.check(file, database.key)) in (
        "backup.damaged", "backup.wrong_key_or_damaged",
    )  # fmt: skip


def test_other_files_are_no_backups(database: Database, file: Path, tmp_path: Path) -> None:
    database.stop()  # its WAL is folded in: a whole store, but no backup
    cases = {
        "backup.no_file": tmp_path / "none",
        "backup.not_a_backup": database.path,
        "backup.wrong_key_or_damaged": tmp_path / "noise",
    }
    (tmp_path / "noise").write_bytes(os.urandom(4 * PAGE))
    for expected, place in cases.items():
        assert code(partial(backup.check, place, database.key)) == expected
    for content in (b"", b"short", b"SQLite format 3\0" + bytes(8 * PAGE - 16), b"x" * (PAGE + 7)):
        (tmp_path / "noise").write_bytes(content)
        assert code(lambda: backup.check(tmp_path / "noise", database.key)) == "backup.not_a_backup"
    assert code(lambda: backup.check(file, bytes(32))) == "backup.wrong_key_or_damaged"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM draft WHERE officer = '3'", "backup.differs"),
        ("UPDATE draft SET body = '{}' WHERE officer = '3'", "backup.differs"),
        ("DROP TABLE draft", "backup.differs"),
        ("UPDATE audit_trail SET actor = 'x' WHERE seq = 9", "backup.trail_broken"),
        ("DELETE FROM backup_manifest WHERE name = 'tables'", "backup.not_a_backup"),
        ("UPDATE backup_manifest SET value = 'x' WHERE name = 'tables'", "backup.not_a_backup"),
        ("UPDATE backup_manifest SET value = '9999' WHERE name = 'schema'", "store.newer_schema"),
    ],
)
def test_a_backup_that_was_changed_is_found(
    database: Database, file: Path, sql: str, expected: str
) -> None:
    engine = make_engine(file, database.key, journal="DELETE")
    with engine.begin() as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()
    assert code(lambda: backup.check(file, database.key)) == expected


def reopened(folder: Path, clock: HandClock) -> Database:
    store = Database(folder, read_key(folder), clock, EventBus())
    store.start()
    return store


def test_restored_into_a_new_folder_with_a_new_epoch(
    database: Database, file: Path, tmp_path: Path, clock: HandClock
) -> None:
    fresh = tmp_path / "fresh"
    done = restore.restore(file, fresh, clock, SYSTEM, force=False, key_file=None)
    assert done.aside is None
    store = reopened(fresh, clock)
    try:
        assert (store.post, store.epoch) == ("post-test", done.epoch)
        assert store.epoch != database.epoch
        assert assert_whole(store, done.epoch) == done.carried == 30
        with store.read() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(draft)).scalar() == 30
            assert audit.first_fault(connection) is None
            last = audit.last(connection)
            assert "backup_manifest" not in sa.inspect(connection).get_table_names()
        assert last is not None
        assert (last.act, last.detail["epoch_before"]) == ("store.restored", database.epoch)
    finally:
        store.stop()


def test_data_that_is_there_is_kept_aside(database: Database, file: Path, clock: HandClock) -> None:
    fill(database, 3, 500)
    folder = database.path.parent
    database.stop()
    before = database.path.read_bytes()

    def again(force: bool) -> restore.Restored:
        return restore.restore(file, folder, clock, SYSTEM, force=force, key_file=None)

    assert code(lambda: again(False)) == "backup.data_there"
    assert database.path.read_bytes() == before
    first, second = again(True), again(True)
    assert first.aside is not None and second.aside is not None
    assert (first.aside / DATABASE_FILE).read_bytes() == before
    old = reopened(first.aside, clock)
    with old.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(draft)).scalar() == 33
    old.stop()
    now = reopened(folder, clock)
    assert now.epoch == second.epoch
    now.stop()


def test_a_folder_in_use_is_refused(database: Database, file: Path, clock: HandClock) -> None:
    folder = database.path.parent
    database.stop()
    console = Ownership(folder)
    console.start()
    try:
        assert code(
            lambda: restore.restore(file, folder, clock, SYSTEM, force=True, key_file=None)
        ) == "store.in_use"  # fmt: skip
    finally:
        console.stop()
    assert database.path.exists()


def test_the_key_is_found_among_others_or_named(
    database: Database, file: Path, tmp_path: Path, clock: HandClock, keys: Path
) -> None:
    for n in range(3):
        create_key(tmp_path / f"other{n}")
    assert restore.find_key(file)[0] == database.key
    elsewhere = tmp_path / "usb.key"
    key_id = backup.check(file, database.key).manifest.key_id
    shutil.move(keys / f"{key_id}.key", elsewhere)
    assert code(lambda: restore.find_key(file)) == "backup.wrong_key_or_damaged"
    done = restore.restore(file, tmp_path / "fresh", clock, SYSTEM, force=False, key_file=elsewhere)
    assert done.checked.manifest.key_id == key_id
    reopened(tmp_path / "fresh", clock).stop()
    shutil.rmtree(keys)
    assert code(lambda: restore.find_key(file)) == "backup.no_key"


def test_a_drill_leaves_nothing_behind(
    database: Database,
    file: Path,
    tmp_path: Path,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = file.read_bytes()
    done = restore.drill(file, clock, SYSTEM, None)
    assert done.checked.audit_lines == 30
    assert done.carried == 30
    assert list(scratch.iterdir()) == []
    assert file.read_bytes() == before
    with database.read() as connection:
        told = connection.exec_driver_sql("SELECT epoch FROM identity").scalar()
    assert told == database.epoch
