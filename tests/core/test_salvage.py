"""A damaged page costs its records and no others; what is lost is listed, and the trail names it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core import audit, backup, swap
from console.core.actor import SYSTEM, Actor
from console.core.damage import examine_store
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, key_id_of
from console.core.log_file import require_sound_log
from console.core.outbox import Lane
from console.core.pages import Pages
from console.core.salvage import Salvaged, salvage
from console.core.survey import Survey, survey
from console.core.tables import draft
from console.core.tail import TAIL_FILE
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.upkeep.service.indexes import index_anew
from console.upkeep.service.trail import verify_trail
from tests.conftest import HandClock

PAGE = 4096
LONG = "x" * 2500


@pytest.fixture
def filled(database: Database, officer: Actor) -> Database:
    """A closed store with calls, events and drafts; everything is in the file."""
    for n in range(30):
        dispatch.take_call(
            database, officer, NewCall("walk_in", "6003", f"第 {n} 起 " + "纠纷" * 60)
        )
    with database.act(SYSTEM) as act:
        for n in range(400):
            row = draft.insert().values(
                officer=f"{n:04}", form="f", body={"t": LONG}, written_at=act.at
            )
            act.connection.execute(row)
    database.stop()
    return database


def look(database: Database) -> Survey:
    return survey(Pages(database.path, database.key))


def hurt(database: Database, *pages: int) -> None:
    raw = bytearray(database.path.read_bytes())
    for page in pages:
        raw[(page - 1) * PAGE + 700] ^= 8
    database.path.write_bytes(raw)


def mended(database: Database, clock: HandClock, post: str = "") -> Salvaged:
    return salvage(database.path.parent, clock, SYSTEM, post=post, mend=index_anew)


def contents(database: Database) -> dict[str, backup.TableDigest]:
    database.start()
    try:
        with database.read() as connection:
            return backup.digests(connection)
    finally:
        database.stop()


def test_nothing_damaged_comes_over_to_the_last_byte(filled: Database, clock: HandClock) -> None:
    before = contents(filled)
    done = mended(filled, clock)
    after = contents(filled)
    same = {name for name, told in before.items() if after[name] == told}
    assert set(before) - same <= {
        "identity",
        "audit_trail",
        "outbox",
        "lane_head",
        "alembic_version",
    }
    assert (done.losses, done.breaks, done.pages) == ((), (), ())
    assert after["audit_trail"].rows == before["audit_trail"].rows + 1
    assert after["outbox"].rows == before["outbox"].rows


def test_a_leaf_costs_its_own_records(filled: Database, clock: HandClock) -> None:
    told = look(filled)
    kept = told.tables["draft"].kept
    leaf = next(row.page for n, row in enumerate(told.rows("draft")) if n == 200)
    there = sum(1 for row in told.rows("draft") if row.page == leaf)
    hurt(filled, leaf)
    (loss,) = mended(filled, clock).losses
    assert (loss.table, loss.lost, loss.exact, loss.kept) == ("draft", there, True, kept - there)
    assert len(loss.keys) == there and "0200 f" in " ".join(loss.keys)


def test_an_inner_page_costs_nothing(filled: Database, clock: HandClock) -> None:
    told = look(filled)
    assert told.tables["draft"].shape.root not in {row.page for row in told.rows("draft")}
    hurt(filled, told.tables["draft"].shape.root)
    done = mended(filled, clock)
    assert done.pages and done.losses == ()
    assert contents(filled)["draft"].rows == told.tables["draft"].kept


def test_an_index_page_costs_nothing(filled: Database, clock: HandClock) -> None:
    told = look(filled)
    index = next(shape for shape in told.indexes if shape.name == "outbox_state")
    hurt(filled, index.root)
    assert mended(filled, clock).losses == ()


@pytest.mark.parametrize("first", ["directory", "salt"])
def test_the_first_page_costs_nothing(filled: Database, clock: HandClock, first: str) -> None:
    before = contents(filled)
    raw = bytearray(filled.path.read_bytes())
    if first == "salt":
        raw[3] ^= 1
    else:
        raw[:PAGE] = raw[:16] + bytes(PAGE - 16)
    filled.path.write_bytes(raw)
    with pytest.raises(Refused):
        filled.start()
    filled.stop()
    mended(filled, clock)
    after = contents(filled)
    assert all(after[name].rows >= told.rows for name, told in before.items())


def test_lost_lines_of_the_trail_are_named(filled: Database, clock: HandClock) -> None:
    told = look(filled)
    leaf = next(row.page for row in told.rows("audit_trail") if row.rowid == 10)
    numbers = [row.rowid or 0 for row in told.rows("audit_trail") if row.page == leaf]
    gone = max(numbers) + 2
    hurt(filled, leaf)
    done = mended(filled, clock)
    assert done.breaks == ((min(numbers), max(numbers)),)
    filled.start()
    with filled.read() as connection:
        assert audit.first_fault(connection) is None
        with pytest.raises(Refused) as refused:
            verify_trail(connection, SYSTEM)
        assert refused.value.code == "audit.known_break"
        assert refused.value.details["first"] == min(numbers)
    with filled.act(SYSTEM) as act:  # what comes later is chained on, and a new fault is found
        act.audit("post.noted", "post", "x")
        act.connection.execute(sa.text(f"DELETE FROM audit_trail WHERE seq = {gone}"))
    with filled.read() as connection:
        assert audit.first_fault(connection) == audit.AuditFault(gone, "gap")
    filled.stop()


def test_a_salvaged_store_can_be_backed_up_and_salvaged_again(
    filled: Database, clock: HandClock, tmp_path: Path
) -> None:
    told = look(filled)
    hurt(filled, next(row.page for row in told.rows("audit_trail") if row.rowid == 10))
    first = mended(filled, clock)
    filled.start()
    checked = backup.write(filled, SYSTEM, tmp_path / "post.backup")
    filled.stop()
    assert checked.audit_lines > 0
    again = mended(filled, clock)
    assert first.breaks and again.breaks == ()
    assert {path.name[:8] for path in filled.path.parent.glob("damaged-*")} == {"damaged-"}
    assert len(list(filled.path.parent.glob("damaged-*"))) == 2


def test_the_records_of_a_lost_one_stay_in_the_damaged_file(
    filled: Database, clock: HandClock
) -> None:
    told = look(filled)
    leaf = next(row.page for row in told.rows("call"))
    hurt(filled, leaf)
    done = mended(filled, clock)
    by_table = {loss.table: loss for loss in done.losses}
    assert by_table["call"].lost and by_table["call"].exact
    assert by_table["call_log"].orphans >= by_table["call"].lost
    kept = survey(Pages(done.aside / DATABASE_FILE, filled.key))
    assert kept.tables["call_log"].kept == told.tables["call_log"].kept


def test_a_store_whose_post_is_lost_needs_to_be_told(filled: Database, clock: HandClock) -> None:
    hurt(filled, look(filled).tables["identity"].shape.root)
    before = filled.path.read_bytes()
    with pytest.raises(Refused, match=r"salvage\.no_identity"):
        mended(filled, clock)
    assert filled.path.read_bytes() == before
    mended(filled, clock, post="post-test")
    filled.start()
    assert filled.post == "post-test"
    filled.stop()


def left_open(database: Database, clock: HandClock, bus: EventBus, tmp_path: Path) -> Database:
    """A copy of the store as a killed process leaves it, with its log."""
    database.start()
    for n in range(12):
        with database.act(SYSTEM) as act:
            act.audit("post.noted", "post", f"{n}")
            act.tell_city(Lane.DAILY, "post", f"{n}", "post.noted", 1, {"n": n})
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (DATABASE_FILE, f"{DATABASE_FILE}-wal", TAIL_FILE, "post.toml"):
        (copy / name).write_bytes((database.path.parent / name).read_bytes())
    database.stop()
    return Database(copy, database.key, clock, bus)


def test_a_flip_in_the_log_is_not_dropped_without_a_word(
    filled: Database, clock: HandClock, bus: EventBus, tmp_path: Path
) -> None:
    store = left_open(filled, clock, bus, tmp_path)
    folder = store.path.parent
    log = folder / f"{DATABASE_FILE}-wal"
    raw = bytearray(log.read_bytes())
    raw[32 + 24 + 100] ^= 1
    log.write_bytes(raw)
    with pytest.raises(Refused, match=r"store\.log_damaged"):
        require_sound_log(folder)
    found = examine_store(folder, store.key).found
    assert {"log", "log_end"} & {one.code for one in found}
    done = mended(store, clock)
    store.start()
    with store.read() as connection:
        last = audit.last(connection)
        assert audit.first_fault(connection) is None
    store.stop()
    assert last is not None and last.seq > 12
    assert (done.aside / log.name).read_bytes() == raw


def test_a_log_cut_short_is_behind_its_mark(
    filled: Database, clock: HandClock, bus: EventBus, tmp_path: Path
) -> None:
    store = left_open(filled, clock, bus, tmp_path)
    folder = store.path.parent
    assert examine_store(folder, store.key).found == ()
    (folder / f"{DATABASE_FILE}-wal").write_bytes(b"")
    (found,) = examine_store(folder, store.key).found
    assert found.code == "behind" and "12" in found.what.en
    store.start()
    assert store.behind == (12, 12)
    store.stop()
    done = mended(store, clock)
    ((first, last),) = done.breaks
    assert last - first == 11
    store.start()
    assert store.behind == (0, 0)
    with store.read() as connection:
        assert audit.first_fault(connection) is None
    store.stop()


def test_an_exchange_cut_short_is_finished(filled: Database, clock: HandClock) -> None:
    folder = filled.path.parent
    new = folder / "new"
    new.write_bytes(b"the new store")
    old, key_id = filled.path.read_bytes(), key_id_of(folder) or ""
    aside = swap.aside_name("damaged", clock.now())
    new.rename(folder / f"{DATABASE_FILE}.ready-{aside}.{key_id}")
    assert swap.finish(folder) == folder / aside
    assert filled.path.read_bytes() == b"the new store"
    assert (folder / aside / DATABASE_FILE).read_bytes() == old
    assert swap.finish(folder) is None
