"""The outbox: gap-free lanes, and hashes that anybody can make again from city-api."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from console.core import outbox
from console.core.actor import Actor
from console.core.database import Database
from console.core.outbox import Lane
from console.core.tables import lane_head
from console.core.tables import outbox as table


def tell(database: Database, officer: Actor, lane: Lane, note: str) -> None:
    with database.act(officer) as act:
        act.tell_city(lane, "call", "c1", "call.feedback", 4, {"note": note, "n": 1.5, "é": None})


def recomputed(row: Row[Any]) -> str:
    """The event's hash from the words of city-api alone: canonical JSON without ``hash``."""
    event = {
        "seq": row.seq, "event_id": row.event_id, "entity": row.entity,
        "entity_id": row.entity_id, "kind": row.kind, "base_rev": row.base_rev, "rev": row.rev,
        "at": row.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{row.at.microsecond // 1000:03d}Z",
        "actor": row.actor, "schema": row.schema, "payload": row.payload, "prev": row.prev,
    }  # fmt: skip
    text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def assert_whole(database: Database, epoch: str) -> int:
    """Every lane of the epoch is gap-free from 1 and chained; returns how many events."""
    count = 0
    with database.read() as connection:
        for lane in Lane:
            rows = connection.execute(
                sa.select(table)
                .where(table.c.epoch == epoch, table.c.lane == int(lane))
                .order_by(table.c.seq)
            ).all()
            prev = "0" * 64
            for n, row in enumerate(rows, 1):
                assert (row.seq, row.prev) == (n, prev)
                assert row.hash == recomputed(row)
                prev = row.hash
            head = connection.execute(
                sa.select(lane_head.c.last_seq, lane_head.c.last_hash).where(
                    lane_head.c.epoch == epoch, lane_head.c.lane == int(lane)
                )
            ).first()
            assert (head is None) == (not rows)
            assert head is None or tuple(head) == (len(rows), prev)
            count += len(rows)
    return count


def test_lanes_are_gap_free_and_chained(database: Database, officer: Actor) -> None:
    for n in range(20):
        tell(database, officer, Lane(n % 3), f"反馈 {n} “${{x}}” </script>")
    assert assert_whole(database, database.epoch) == 20


def test_carried_over_events_keep_their_ids_and_are_numbered_anew(
    database: Database, officer: Actor
) -> None:
    for n in range(6):
        tell(database, officer, Lane.URGENT, str(n))
    tell(database, officer, Lane.DAILY, "roster")
    with database.act(officer) as act:
        act.connection.execute(
            table.update().where(table.c.seq <= 2, table.c.lane == 0).values(state="acknowledged")
        )
    with database.read() as connection:
        ids = connection.execute(
            sa.select(table.c.event_id)
            .where(table.c.state == "pending")
            .order_by(table.c.lane, table.c.seq)
        ).scalars().all()  # fmt: skip
    with database.act(officer) as act:
        assert outbox.carry_over(act.connection, database.epoch, "f" * 16) == 5
    assert assert_whole(database, "f" * 16) == 5
    with database.read() as connection:
        now = connection.execute(
            sa.select(table.c.event_id)
            .where(table.c.epoch == "f" * 16)
            .order_by(table.c.lane, table.c.seq)
        ).scalars().all()  # fmt: skip
    assert now == ids
