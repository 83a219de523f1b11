"""An act: its rows, audit line and outbox row stand or fall together."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.actor import SYSTEM, Actor
from console.core.database import Act, Database
from console.core.events import EventBus
from console.core.outbox import Lane
from console.core.tables import audit_trail, outbox
from console.core.tail import read_mark


def test_an_act_that_fails_leaves_nothing_and_tells_nobody(
    database: Database, officer: Actor, bus: EventBus
) -> None:
    heard: list[str] = []
    bus.subscribe(str, heard.append)
    with pytest.raises(ValueError, match="no"), database.act(officer) as act:
        act.audit("try", "call", "1")
        act.tell_city(Lane.URGENT, "call", "1", "call.signed", 1, {})
        act.announce("signed")
        raise ValueError("no")
    with database.read() as connection:
        assert connection.execute(audit_trail.select()).all() == []
        assert connection.execute(outbox.select()).all() == []
    assert heard == []


def test_an_act_is_announced_after_its_rows_can_be_read(
    database: Database, officer: Actor, bus: EventBus
) -> None:
    seen: list[int] = []

    def look(_: str) -> None:
        with database.read() as connection:
            seen.append(len(connection.execute(audit_trail.select()).all()))

    bus.subscribe(str, look)
    with database.act(officer) as act:
        act.audit("sign", "call", "1")
        act.announce("signed")
    assert seen == [1]


def test_the_moment_of_the_commit_is_kept(database: Database, officer: Actor) -> None:
    earlier = database.saved_at()
    before = time.monotonic()
    with database.act(officer) as act:
        act.audit("desk.note", "desk", "1")
        assert database.saved_at() == earlier, "not saved yet"
    saved = database.saved_at()
    assert before <= saved <= time.monotonic()
    with suppress(LookupError), database.act(officer):
        raise LookupError
    assert database.saved_at() == saved, "what was taken back was not saved"


def test_an_act_whose_end_was_never_called_gives_the_turn_back(
    database: Database, officer: Actor
) -> None:
    """As where memory runs out at that very call."""
    acting = database.act(officer)
    acting.__enter__().audit("desk.note", "desk", "dropped")
    del acting
    with database.act(officer) as act:
        act.audit("desk.note", "desk", "after")
    with database.read() as connection:
        noted = connection.execute(sa.select(audit_trail.c.seq, audit_trail.c.entity_id)).all()
    assert [tuple(row) for row in noted] == [(1, "after")]


def test_a_part_that_fails_leaves_no_gap_in_trail_and_lane(
    database: Database, officer: Actor, bus: EventBus
) -> None:
    heard: list[str] = []
    bus.subscribe(str, heard.append)

    def tell(act: Act, entity_id: str) -> None:
        act.audit("desk.note", "desk", entity_id)
        act.tell_city(Lane.URGENT, "desk", entity_id, "desk.note", 1, {})
        act.announce(entity_id)

    with database.act(officer) as act:
        tell(act, "first")
        with suppress(LookupError), act.part():
            tell(act, "torn off")
            raise LookupError
        tell(act, "second")
        with act.part():
            tell(act, "third")
        with suppress(LookupError), act.part():
            tell(act, "torn off too")
            raise LookupError
    with database.read() as connection:
        trail = connection.execute(sa.select(audit_trail.c.seq, audit_trail.c.entity_id)).all()
        lane = connection.execute(sa.select(outbox.c.seq, outbox.c.entity_id)).all()
        assert audit.first_fault(connection) is None
    told = [(1, "first"), (2, "second"), (3, "third")]
    assert [tuple(row) for row in trail] == told
    assert [tuple(row) for row in lane] == told
    assert heard == ["first", "second", "third"]
    mark = read_mark(database.path.parent)
    assert mark and (mark.line, mark.lanes) == (3, {0: 3})


def test_a_look_whose_end_finds_no_memory_has_its_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_left(_: object) -> None:
        raise MemoryError

    def look() -> None:
        with database.read() as connection:
            connection.execute(sa.select(audit_trail))
            patch.setattr(sa.engine.RootTransaction, "_close_impl", nothing_left)

    with monkeypatch.context() as patch:
        look()  # its connection is thrown away
    with database.act(SYSTEM) as act:
        act.audit("desk.note", "desk", "after")
