"""Damaged files: a flipped bit, a torn end, another file's bytes. Told, never guessed at."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.core.tables import draft
from console.core.whole_store import require_whole
from tests.conftest import HandClock

PAGE = 4096


@pytest.fixture
def filled(database: Database) -> Path:
    """A closed store whose drafts take most of its pages."""
    with database.act(SYSTEM) as act:
        for n in range(600):
            act.connection.execute(
                draft.insert().values(
                    officer=str(n), form="f", body={"t": "x" * 3000}, written_at=act.at
                )
            )
    key = database.key
    database.stop()
    assert len(key) == 32
    return database.path


def looked_at(database: Database) -> str:
    """The code that a look at every draft ends with."""
    with pytest.raises(ConsoleError) as failed:
        try:
            database.start()
            with database.read() as connection:
                connection.execute(sa.select(draft)).all()
        finally:
            database.stop()
    return failed.value.code


@pytest.mark.parametrize("where", [0.3, 0.5, 0.7, 0.9])
def test_a_flipped_bit_is_found(filled: Path, database: Database, where: float) -> None:
    raw = bytearray(filled.read_bytes())
    page = int(len(raw) // PAGE * where)
    raw[page * PAGE + 1234] ^= 0x10
    filled.write_bytes(raw)
    assert looked_at(database) in ("store.damaged", "store.wrong_key_or_damaged")


def test_a_flipped_bit_in_the_first_page_is_found(filled: Path, database: Database) -> None:
    raw = bytearray(filled.read_bytes())
    raw[2000] ^= 1
    filled.write_bytes(raw)
    assert looked_at(database) == "store.wrong_key_or_damaged"


def test_a_torn_file_is_found(filled: Path, database: Database) -> None:
    raw = filled.read_bytes()
    filled.write_bytes(raw[: len(raw) // 2 // PAGE * PAGE])
    assert looked_at(database) in ("store.damaged", "store.wrong_key_or_damaged")


def test_another_file_in_its_place_is_refused_and_kept(filled: Path, database: Database) -> None:
    filled.write_bytes(b"not a database at all" * 1000)
    before = filled.read_bytes()
    assert looked_at(database) == "store.wrong_key_or_damaged"
    assert filled.read_bytes() == before


def test_a_page_of_another_key_does_not_pass(
    filled: Path, database: Database, tmp_path: Path, clock: HandClock, bus: EventBus
) -> None:
    other = Database(tmp_path / "other", bytes(range(32)), clock, bus)
    (tmp_path / "other").mkdir()
    other.create("other")
    raw, strange = bytearray(filled.read_bytes()), other.path.read_bytes()
    raw[5 * PAGE : 6 * PAGE] = strange[5 * PAGE : 6 * PAGE]
    filled.write_bytes(raw)
    with pytest.raises(Refused) as refused:
        database.start()
        try:
            with database.read() as connection:
                require_whole(connection, filled)
        finally:
            database.stop()
    assert refused.value.code in ("backup.damaged", "store.damaged")
