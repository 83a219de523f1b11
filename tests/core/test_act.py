"""An act: its rows, audit line and outbox row stand or fall together."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.outbox import Lane
from console.core.tables import audit_trail, outbox


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
