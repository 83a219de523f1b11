"""The store: settings in force, one act one transaction, schema, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from console.core import audit
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.directory import DIRECTORY_FILE
from console.core.engine import SETTINGS, require_sqlite, settings_in_force
from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, MARK_FILE, create_key, key_folder, read_key
from console.core.outbox import Lane
from console.core.ownership import Ownership
from console.core.tables import audit_trail, draft, outbox
from tests.conftest import HandClock


def opening(folder: Path, clock: HandClock, key: bytes | None = None) -> str:
    """The code with which the store of this folder refuses to open."""
    with pytest.raises(Refused) as refused:
        store = Database(folder, key or read_key(folder), clock, EventBus())
        try:
            store.start()
        finally:
            store.stop()
    return refused.value.code


def test_the_settings_of_the_house_hold_on_every_connection(database: Database) -> None:
    connections = [database.engine.connect() for _ in range(12)]
    try:
        for connection in connections:
            with connection.execution_options(read_only=True):
                assert settings_in_force(connection) == {"journal_mode": "wal", **SETTINGS}
    finally:
        for connection in connections:
            connection.close()
    assert SETTINGS["synchronous"] == 2
    assert SETTINGS["foreign_keys"] == 1


def test_four_writers_that_read_then_write_never_fail(database: Database) -> None:
    def write(name: str) -> None:
        for _ in range(250):
            with database.act(Actor("system", name)) as act:
                count = act.connection.execute(sa.func.count(draft.c.form).select()).scalar_one()
                act.connection.execute(
                    draft.insert().values(officer=name, form=str(count), body={}, written_at=act.at)
                )

    threads = [threading.Thread(target=write, args=(f"w{n}",), name=f"w{n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        forms = connection.execute(sa.select(draft.c.form)).scalars().all()
    assert sorted(map(int, forms)) == list(range(1000))


def test_transactions_are_immediate_across_stores(
    database: Database, clock: HandClock, bus: EventBus
) -> None:
    """Two openings of one file, as two processes would: read-then-write waits, never fails."""
    other = Database(database.path.parent, database.key, clock, bus)
    other.start()
    failures: list[ConsoleError] = []

    def write(store: Database, name: str) -> None:
        try:
            for n in range(100):
                with store.act(SYSTEM) as act:
                    act.connection.execute(sa.select(sa.func.count()).select_from(draft)).scalar()
                    act.connection.execute(
                        draft.insert().values(officer=name, form=str(n), body={}, written_at=act.at)
                    )
        except ConsoleError as failed:
            failures.append(failed)

    threads = [
        threading.Thread(target=write, args=(store, name), name=name)
        for store, name in ((database, "a"), (other, "b"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.stop()
    assert failures == []
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(draft)).scalar() == 200


def test_an_act_stands_or_falls_whole(database: Database, bus: EventBus, officer: Actor) -> None:
    heard: list[str] = []
    bus.subscribe(str, heard.append)
    with pytest.raises(ZeroDivisionError):
        with database.act(officer) as act:
            act.audit("call.signed", "call", "1")
            act.tell_city(Lane.URGENT, "call", "1", "call.signed", 1, {})
            act.announce("never")
            raise ZeroDivisionError
    with database.read() as connection:
        assert connection.execute(sa.select(audit_trail)).all() == []
        assert connection.execute(sa.select(outbox)).all() == []
    assert heard == []

    def committed(event: str) -> None:
        with database.read() as connection:
            heard.append(
                f"{event} {connection.execute(sa.select(audit_trail)).first() is not None}"
            )

    bus.subscribe(str, committed)
    with database.act(officer) as act:
        act.audit("call.signed", "call", "1")
        act.announce("news")
    assert heard == ["news", "news True"]


def test_a_broken_rule_of_the_schema_is_a_bug_not_a_full_disk(database: Database) -> None:
    with pytest.raises(IntegrityError):
        with database.act(SYSTEM) as act:
            for _ in range(2):
                act.connection.execute(
                    draft.insert().values(officer="full", form="busy", body={}, written_at=act.at)
                )
    with database.act(SYSTEM) as act:
        act.audit("goes.on", "store", "1")
    with database.read() as connection:
        assert audit.first_fault(connection) is None


def test_an_old_sqlite_is_refused() -> None:
    require_sqlite((3, 51, 3))
    for version in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(Refused) as refused:
            require_sqlite(version)
        assert refused.value.code == "store.sqlite_too_old"


def test_a_newer_schema_is_refused_and_untouched(database: Database, clock: HandClock) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.stop()
    before = database.path.read_bytes()
    assert opening(database.path.parent, clock) == "store.newer_schema"
    assert database.path.read_bytes() == before


def test_a_missing_key_never_makes_an_empty_store(database: Database, clock: HandClock) -> None:
    database.stop()
    folder, before = database.path.parent, database.path.read_bytes()
    for place in key_folder().iterdir():
        place.unlink()
    assert opening(folder, clock) == "store.key_missing"
    assert database.path.read_bytes() == before
    (folder / MARK_FILE).unlink()
    assert opening(folder, clock) == "store.mark_missing"


def test_a_missing_file_with_its_mark_is_refused(database: Database, clock: HandClock) -> None:
    database.stop()
    database.path.unlink()
    assert opening(database.path.parent, clock) == "store.file_missing"
    assert not database.path.exists()


def test_a_wrong_key_is_refused_and_the_file_untouched(
    database: Database, clock: HandClock
) -> None:
    database.stop()
    before = database.path.read_bytes()
    wrong = opening(database.path.parent, clock, bytes(32))
    assert wrong == "store.wrong_key_or_damaged"
    assert database.path.read_bytes() == before


def test_bad_key_files_and_marks_are_told_apart(database: Database, clock: HandClock) -> None:
    database.stop()
    folder = database.path.parent
    place = next(key_folder().iterdir())
    for text in ("not hex at all", "ab" * 31):
        place.write_text(text)
        assert opening(folder, clock) == "store.key_unreadable"
    for mark in ("key_id = 3", "][", 'key_id = "../../etc"'):
        (folder / MARK_FILE).write_text(mark)
        assert opening(folder, clock) == "store.mark_unreadable"


def test_an_act_inside_an_act_is_a_bug_not_a_deadlock(database: Database) -> None:
    with pytest.raises(RuntimeError, match="an act inside an act"):
        with database.act(SYSTEM):
            with database.act(SYSTEM):
                pass
    with database.act(SYSTEM) as act:
        act.audit("goes.on", "store", "1")


def test_an_interrupted_set_up_leaves_no_store(
    tmp_path: Path, clock: HandClock, bus: EventBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Database(tmp_path, bytes(range(32)), clock, bus)

    def interrupted() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.create("post-test")
    assert not store.path.exists()
    store.create("post-test")
    store.start()
    assert store.post == "post-test"
    store.stop()
    assert {place.name for place in tmp_path.iterdir()} == {DATABASE_FILE, DIRECTORY_FILE}


def test_create_never_overwrites(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        database.create("another")
    assert refused.value.code == "store.already_there"


def test_the_key_file_is_for_its_owner_only(tmp_path: Path, keys: Path) -> None:
    create_key(tmp_path / "data")
    place = next(keys.iterdir())
    assert place.stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o077 == 0


def test_the_file_is_not_readable_without_the_key(database: Database) -> None:
    with database.act(SYSTEM) as act:
        act.audit("visible", "store", "红旗广场警务站")
    database.stop()
    raw = database.path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "红旗广场".encode() not in raw
    assert b"audit_trail" not in raw


def test_a_second_console_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    code = (
        "import sys; from pathlib import Path; from console.core.ownership import Ownership\n"
        "o = Ownership(Path(sys.argv[1])); o.start(); print('mine', flush=True)\n"
        "sys.stdin.readline(); o.stop()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None and other.stdout is not None
    try:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(Refused) as refused:
            Ownership(folder).start()
        assert refused.value.code == "store.in_use"
        assert refused.value.details["process"] == str(other.pid)
        other.kill()  # the lock dies with its process
        other.wait(10)
        mine = Ownership(folder)
        mine.start()
        mine.stop()
    finally:
        other.kill()
        other.wait(10)
        other.stdin.close()
        other.stdout.close()


def test_a_store_can_be_opened_again(database: Database) -> None:
    epoch = database.epoch
    database.stop()
    with pytest.raises(RuntimeError):
        _ = database.engine
    database.start()
    assert (database.post, database.epoch) == ("post-test", epoch)
    assert database.path.name == DATABASE_FILE
