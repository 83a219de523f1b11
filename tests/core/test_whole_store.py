"""The check of a store that is in use: pages that wait in the journal are no damage, others are."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import Refused
from console.core.tables import draft
from console.core.whole_store import require_whole

PAGE = 4096


def keep(database: Database, officer: str, text: str) -> None:
    with database.act(SYSTEM) as act:
        act.connection.execute(sa.delete(draft).where(draft.c.officer == officer))
        act.connection.execute(
            draft.insert().values(officer=officer, form="f", body={"t": text}, written_at=act.at)
        )


def check(database: Database) -> None:
    with database.read() as connection:
        require_whole(connection, database.path)


@pytest.fixture
def grown(database: Database) -> Database:
    """A store whose journal was brought over beside a reader, but for what changed since."""
    for number in range(20):
        keep(database, f"{number:02d}", "x" * 1500)
    with database.read() as connection:
        connection.execute(sa.select(draft)).all()
        keep(database, "11", "y" * 1500)
        raw = database.engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        raw.close()
    return database


def blank_pages(file: Path) -> list[int]:
    whole = file.read_bytes()
    return [at for at in range(0, len(whole), PAGE) if not any(whole[at : at + PAGE])]


def test_a_page_that_waits_in_the_journal_is_no_damage(grown: Database) -> None:
    assert blank_pages(grown.path)
    check(grown)
    grown.stop()
    grown.start()
    assert not blank_pages(grown.path)
    check(grown)


def test_a_flipped_bit_beside_it_is_damage(grown: Database) -> None:
    raw = bytearray(grown.path.read_bytes())
    at = next(at for at in range(5 * PAGE, len(raw), PAGE) if any(raw[at : at + PAGE]))
    with grown.path.open("r+b") as out:
        out.seek(at + 1000)
        out.write(bytes([raw[at + 1000] ^ 1]))
    with pytest.raises(Refused) as refused:
        check(grown)
    assert refused.value.code == "backup.damaged"


def test_a_blank_page_of_a_store_without_a_journal_is_damage(grown: Database) -> None:
    grown.stop()
    with grown.path.open("r+b") as out:
        out.seek(5 * PAGE)
        out.write(bytes(PAGE))
    grown.start()
    with pytest.raises(Refused) as refused:
        check(grown)
    assert refused.value.code in ("backup.damaged", "store.damaged")
