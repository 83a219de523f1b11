"""The digest over a restore, and the order of the road's own news."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import sqlalchemy as sa

from console.core import outbox
from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.outbox import Lane
from console.core.tables import outbox as table
from console.sync.model import RoadChanged, digest_of
from console.sync.service.board import Board
from console.sync.store import lane as store
from tests.conftest import HandClock
from tests.sync.roads import wait_for


def test_two_events_of_one_moment_keep_their_order_over_a_restore(
    database: Database, officer: Actor
) -> None:
    """The city has the first in the old epoch and the second, later, as number 1 of the new one."""
    with database.act(officer) as act:
        for rev in (1, 2, 3):
            act.tell_city(Lane.URGENT, "call", "c1", "call.feedback", rev, {"text": str(rev)})
        act.connection.execute(table.update().where(table.c.seq <= 2).values(state="acknowledged"))
        outbox.carry_over(act.connection, database.epoch, "f" * 16)
        act.connection.execute(table.update().values(state="acknowledged", settled_at=act.at))
    with database.read() as connection:
        last = connection.execute(table.select().where(table.c.rev == 3)).one()
        assert last.seq == 1
        assert store.digest(connection, "call", date(2026, 11, 21)) == digest_of([last.hash])
        kept = store.forgettable(connection, database.epoch, 0, (0, 2), database.clock.now(), 10)
        assert kept == [1, 2]
        assert store.forgettable(connection, "f" * 16, 0, (0, 1), database.clock.now(), 10) == []


def test_the_last_news_of_the_road_is_its_newest_state(clock: HandClock) -> None:
    """The frame shows what it heard last; threads must not overtake each other."""
    bus, heard = EventBus(), []
    held, go = threading.Event(), threading.Event()

    def listen(event: RoadChanged) -> None:
        if not held.is_set():
            held.set()
            go.wait(5)
        heard.append(event.state)

    bus.subscribe(RoadChanged, listen)
    board = Board(clock, bus, configured=True)
    slow = threading.Thread(target=lambda: board.aside(1, 0))
    quick = threading.Thread(target=lambda: board.aside(2, 0))
    slow.start()
    held.wait(5)
    quick.start()
    wait_for(lambda: board.state.set_aside == 2)
    quick.join(0.3)
    go.set()
    slow.join()
    quick.join()
    assert heard[-1] == board.state


def test_forgetting_goes_by_the_index_and_never_begins_anew(
    database: Database, officer: Actor
) -> None:
    """The places of a summer are forgotten in seconds, not in hours."""
    asked: list[tuple[str, Any]] = []
    with database.act(officer) as act:
        for rev in range(1, 6):
            act.tell_city(Lane.POSITIONS, "position", "u1", "unit.position", rev, {})
        act.connection.execute(table.update().values(state="acknowledged", settled_at=act.at))
    with database.read() as connection:
        sa.event.listen(
            connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3]))
        )
        now = database.clock.now()
        assert store.forgettable(connection, database.epoch, 3, (0, 5), now, 2) == [1, 2]
        assert store.forgettable(connection, database.epoch, 3, (2, 5), now, 9) == [3, 4]
        statement, parameters = next(told for told in asked if told[0].startswith("SELECT"))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [row[-1] for row in plan]
    (inner,) = (step for step in steps if "newer" in step)
    assert "outbox_entity (entity=? AND entity_id=? AND at>? AND at<?)" in inner
    assert not [step for step in steps if step.startswith("SCAN")]
