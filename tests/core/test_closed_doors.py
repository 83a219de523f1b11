"""What an act or a look leaves behind when something breaks: no secrets told, no door left shut."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, NoResultFound

from console.app.post import Post
from console.core.actor import Actor
from console.core.database import Database
from console.core.drafts import keep
from console.core.errors import Refused, Unavailable
from console.core.ownership import Ownership
from console.core.tables import draft
from console.settings import Settings


def test_the_words_of_a_database_error_tell_nothing_of_the_row(
    database: Database, officer: Actor
) -> None:
    """Such errors go to the log file and the crash page, which nobody encrypts."""
    row: dict[str, object] = {"officer": "0123", "form": "call", "body": {"phone": "13812348000"}}
    row["written_at"] = database.clock.now()
    with pytest.raises(IntegrityError) as broken, database.act(officer) as act:
        act.connection.execute(draft.insert().values(**row))
        act.connection.execute(draft.insert().values(**row))
    assert "13812348000" not in str(broken.value)


def test_a_look_that_cannot_open_the_store_is_the_disks_fault(database: Database) -> None:
    database.engine.dispose()
    aside = database.path.with_name("aside")
    database.path.rename(aside)
    database.path.mkdir()
    with pytest.raises(Unavailable), database.read() as connection:
        connection.execute(sa.select(draft))
    database.path.rmdir()
    aside.rename(database.path)


def test_a_connection_that_will_not_close_does_not_lock_the_writers_out(
    database: Database, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = sa.Connection.close

    def failing(connection: sa.Connection) -> None:
        really(connection)
        raise RuntimeError("a driver in trouble")

    with database.act(officer) as act:  # it is saved, and so it is not told as refused
        keep(act.connection, "0123", "call", {"n": 1}, act.at)
        monkeypatch.setattr(sa.Connection, "close", failing)
    monkeypatch.undo()
    with database.act(officer) as act:
        keep(act.connection, "0123", "call", {"n": 2}, act.at)


def test_a_post_that_cannot_start_leaves_no_store_open(
    database: Database, officer: Actor, tmp_path: Path
) -> None:
    with database.act(officer) as act:
        act.connection.exec_driver_sql("DELETE FROM identity")
    database.stop()
    post = Post(Settings(data=database.path.parent))
    with pytest.raises(NoResultFound):
        post.start()
    with pytest.raises(RuntimeError, match=r"not (open|started)"):
        _ = post.database.engine


def test_a_full_disk_does_not_take_the_folders_lock_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store says that the disk is full, in words; the lock must not fall over before it."""

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    first, second = Ownership(tmp_path), Ownership(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        first.start()
    with pytest.raises(Refused, match="in_use"):
        second.start()
    first.stop()
    second.start()
    second.stop()
