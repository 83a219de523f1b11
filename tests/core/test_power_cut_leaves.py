"""What a power cut may leave in the store's file while the WAL has it whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console.cli.doctor import store as store_checks
from console.cli.doctor.finding import State
from console.core.actor import SYSTEM
from console.core.clock import Clock
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import try_key
from console.core.log_file import read_log, require_sound_log, salt_in_log
from console.core.tables import draft

PAGE = 4096
FRAME = PAGE + 24


def write_draft(act: Act, n: int) -> None:
    row = {"officer": str(n), "form": "f", "body": {"n": n}, "written_at": act.at}
    act.connection.execute(draft.insert().values(**row))


def as_on_disk(database: Database, folder: Path) -> Path:
    """This folder holds what the disk has of a running console."""
    folder.mkdir()
    for name in ("console.db", "console.db-wal", "post.toml"):
        shutil.copyfile(database.path.with_name(name), folder / name)
    return folder


@pytest.fixture
def unplugged(database: Database, tmp_path: Path) -> Path:
    """The data folder as the disk has it while a console runs: much of it is in the WAL alone."""
    database.stop()
    database.start()
    with database.act(SYSTEM) as act:
        act.connection.exec_driver_sql("CREATE TABLE more (one)")  # changes page 1
        for n in range(50):
            write_draft(act, n)
    return as_on_disk(database, tmp_path / "unplugged")


def torn(folder: Path, page: int, rubbish: bytes) -> None:
    """This page was being written back from the WAL when the power went."""
    with (folder / "console.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(rubbish)


def kept(folder: Path, key: bytes, clock: Clock) -> int:
    database = Database(folder, key, clock, EventBus())
    database.start()
    try:
        with database.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM draft").scalar_one())
    finally:
        database.stop()


def test_rubbish_over_the_salt_is_healed_from_the_wal(
    unplugged: Path, database: Database, clock: Clock
) -> None:
    torn(unplugged, 1, b"\xa5" * 512)
    try_key(unplugged / "console.db", database.key)  # not refused
    assert kept(unplugged, database.key, clock) == 50
    assert kept(unplugged, database.key, clock) == 50  # and the file itself is whole again
    # Without the WAL there is nothing to heal it from.
    database.stop()
    torn(unplugged, 1, bytes(512))
    with pytest.raises(Refused, match=r"store\.wrong_key_or_damaged"):
        kept(unplugged, database.key, clock)


def test_another_key_stays_refused_and_changes_nothing(unplugged: Path, clock: Clock) -> None:
    names = ("console.db", "console.db-wal")
    before = [(unplugged / name).read_bytes() for name in names]
    with pytest.raises(Refused, match=r"store\.wrong_key_or_damaged"):
        kept(unplugged, bytes(range(32)), clock)
    assert [(unplugged / name).read_bytes() for name in names] == before


def test_the_salt_is_read_from_whole_frames_of_the_log_in_use(unplugged: Path) -> None:
    store, wal = unplugged / "console.db", unplugged / "console.db-wal"
    salt = (unplugged / "console.db").read_bytes()[:16]
    assert salt_in_log(store) == salt
    data = wal.read_bytes()
    wal.write_bytes(data[:40])
    assert salt_in_log(store) is None
    wal.write_bytes(b"\0" * 32 + data[32:])
    assert salt_in_log(store) is None
    wal.write_bytes(data[:16] + b"anothers" + data[24:])  # frames from before a restart
    assert salt_in_log(store) is None
    wal.unlink()
    assert salt_in_log(store) is None


def test_doctor_does_not_cry_over_pages_that_the_wal_has(unplugged: Path) -> None:
    torn(unplugged, 1, b"")
    wal = (unplugged / "console.db-wal").read_bytes()
    pages = {int.from_bytes(wal[at : at + 4], "big") for at in range(32, len(wal), FRAME)} - {
        0,
        1,
    }
    torn(unplugged, max(pages), b"\xa5" * 512)
    found = {one.name: one for one in store_checks.checks(unplugged)}
    assert found["database"].state is State.OK, found["database"]


@pytest.fixture
def log_of_acts(database: Database, tmp_path: Path) -> Path:
    """A data folder whose log holds a hundred small acts, one after another."""
    database.stop()
    database.start()
    for n in range(100):
        with database.act(SYSTEM) as act:
            write_draft(act, n)
    return as_on_disk(database, tmp_path / "acts")


def test_a_sector_of_old_bytes_between_a_frames_numbers_and_its_salts_is_no_lost_act(
    log_of_acts: Path,
) -> None:
    wal = log_of_acts / "console.db-wal"
    log = read_log(log_of_acts / "console.db")
    last = log.live[-1].place
    split = next(f.place for f in log.live if f.split and f.place < last - 1)
    begin = max(f.place for f in log.live if f.commits and f.place < split) + 1
    end = min(f.place for f in log.live if f.commits and f.place > split)
    at = 32 + (split - 1) * FRAME
    data = bytearray(wal.read_bytes()[: 32 + end * FRAME])  # the act that was being written
    data[32 + (begin - 1) * FRAME + 500] ^= 255  # its first page is torn
    data[at : at + 8] = bytes.fromhex("f76bd5e3e98c41ff")
    wal.write_bytes(data)
    require_sound_log(log_of_acts)
    assert read_log(log_of_acts / "console.db").pages <= last + 400  # not 3,900 million


def test_two_acts_behind_a_break_are_told(log_of_acts: Path) -> None:
    wal = log_of_acts / "console.db-wal"
    data = bytearray(wal.read_bytes())
    data[32 + FRAME + 500] ^= 1
    wal.write_bytes(data)
    with pytest.raises(Refused, match=r"store\.log_damaged"):
        require_sound_log(log_of_acts)


def test_a_log_that_had_just_begun_is_none(log_of_acts: Path) -> None:
    wal = log_of_acts / "console.db-wal"
    wal.write_bytes(wal.read_bytes()[:21])
    require_sound_log(log_of_acts)


def test_a_torn_header_is_harmless_only_over_what_was_written_back(
    log_of_acts: Path, database: Database, clock: Clock
) -> None:
    wal, store = log_of_acts / "console.db-wal", log_of_acts / "console.db"
    data = wal.read_bytes()
    kept(log_of_acts, database.key, clock)  # the acts are in the file now
    wal.write_bytes(bytes(range(32)) + data[32:])
    require_sound_log(log_of_acts)
    with store.open("r+b") as file:  # one page is as it was before
        file.seek((read_log(store).live[-1].page - 1) * PAGE)
        file.write(b"\xa5")
    with pytest.raises(Refused, match=r"store\.log_damaged"):
        require_sound_log(log_of_acts)
