"""The ballast: real bytes beside the store, given up at the first full disk, made again, told of."""

from __future__ import annotations

import os
import shutil
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core import audit, ballast
from console.core.actor import SYSTEM
from console.core.ballast import Ballast, BallastChanged
from console.core.database import Database
from console.core.errors import Unavailable
from console.core.events import EventBus
from console.core.exchange import ReadTable, take
from console.core.words import LANGUAGES, say
from console.inventory.service.exchange import ITEMS

SIZE = 3 * 1024 * 1024 + 5
Usage = namedtuple("Usage", "total used free")


class Disk:
    """What the disk says of its free room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free = 1 << 40
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, self.free))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def kept(database: Database, disk: Disk) -> Iterator[Database]:
    """The store with a small ballast, which looks often."""
    tell = ballast.told_by(database)
    database.ballast = Ballast(database.path.parent, tell, SIZE, spare=1000, look_s=0.02)
    yield database
    database.ballast.stop()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.01)  # between two looks


def trail(database: Database) -> list[str]:
    with database.read() as connection:
        return [line.act for line in audit.lines(connection) if line.act.startswith("ballast.")]


def full(database: Database) -> None:
    """An act to which SQLite itself says that the disk is full."""
    text = {"t": "x" * 200_000}
    with database.act(SYSTEM) as act:
        pages = act.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        act.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        act.connection.execute(
            sa.text("INSERT INTO draft VALUES ('0001', 'f', :t, '2026')"), {"t": str(text)}
        )


def test_it_is_made_of_real_bytes_and_the_trail_says_so(kept: Database, bus: EventBus) -> None:
    heard: list[BallastChanged] = []
    bus.subscribe(BallastChanged, heard.append)
    kept.ballast.start()
    until(lambda: heard)
    stat = kept.ballast.path.stat()
    assert stat.st_size == SIZE and stat.st_blocks * 512 >= SIZE  # not a hole
    assert heard == [BallastChanged(True, 1 << 40)] and trail(kept) == ["ballast.made"]
    kept.ballast.require_room()


def test_a_full_disk_gets_its_room_and_it_is_made_again(
    kept: Database, bus: EventBus, disk: Disk
) -> None:
    heard: list[bool] = []
    bus.subscribe(BallastChanged, lambda event: heard.append(event.stands))
    kept.ballast.start()
    until(lambda: heard == [True])
    disk.free = 900
    with pytest.raises(Unavailable, match="disk_full_ballast"):
        full(kept)
    assert kept.ballast.spent and not kept.ballast.path.exists()
    until(lambda: heard == [True, False])
    with pytest.raises(Unavailable, match=r"store\.disk_full\b"):
        full(kept)  # there is no second one
    with pytest.raises(Unavailable, match="room_kept") as refused:
        take(kept, SYSTEM, ITEMS, ReadTable((), ()))
    assert all("{" not in say(refused.value, language) for language in LANGUAGES)
    with kept.act(SYSTEM) as act:  # what is small goes on
        act.audit("call.received", "call", "c1")
    disk.free = SIZE + 2000
    until(lambda: heard == [True, False, True])
    assert kept.ballast.path.stat().st_size == SIZE
    assert trail(kept) == ["ballast.made", "ballast.spent", "ballast.made"]
    take(kept, SYSTEM, ITEMS, ReadTable((), ()))


def test_a_disk_without_room_has_none_and_is_not_made_fuller(kept: Database, disk: Disk) -> None:
    disk.free = SIZE + 999
    kept.ballast.start()
    until(lambda: trail(kept) == ["ballast.spent"])
    assert kept.ballast.spent and not kept.ballast.path.exists()
    assert not list(kept.path.parent.glob("ballast*"))


def test_a_disk_that_fills_while_it_is_made_keeps_no_half(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_: int) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "urandom", no_room)
    kept.ballast.start()
    until(lambda: kept.ballast.spent)
    kept.ballast.stop()
    assert not list(kept.path.parent.glob("ballast*"))


def test_one_that_stands_is_kept_over_a_restart_without_a_word(
    kept: Database, tmp_path: Path
) -> None:
    kept.ballast.start()
    until(lambda: trail(kept))
    kept.ballast.stop()
    inode = kept.ballast.path.stat().st_ino
    again = Ballast(kept.path.parent, ballast.told_by(kept), SIZE, spare=1000, look_s=0.02)
    again.start()
    until(lambda: not again.spent)
    again.stop()
    assert again.path.stat().st_ino == inode and trail(kept) == ["ballast.made"]
