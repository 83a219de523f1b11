"""When the head of the audit trail is told to the city, and what is believed of its answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.outbox import CityTold, Lane
from console.core.tables import outbox
from console.drill.city.authority import Authority
from console.drill.city.witness import Witness as CityWitness
from console.settings import CityRoad
from console.sync.service.checkpoint import (
    EVERY_RECORDS,
    EVERY_S,
    Checkpointer,
    tell_checkpoint,
)
from console.sync.service.contract import Contract
from console.sync.service.witness import witness_file
from tests.conftest import HandClock
from tests.sync.roads import POST, Post, running, wait_until
from tests.sync.scripted_city import Asked, Reply, ScriptedCity


def write(database: Database, count: int) -> None:
    with database.act(SYSTEM) as act:
        for number in range(count):
            act.audit("call.noted", "call", f"c{number}")


def told(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.payload, outbox.c.lane)
            .where(outbox.c.kind == "audit.checkpoint")
            .order_by(outbox.c.seq)
        ).all()
    assert all(row.lane == Lane.CUSTODY for row in rows)
    return [row.payload for row in rows]


def test_a_checkpoint_is_due_by_records_or_by_the_hour_and_never_without_news(
    database: Database, clock: HandClock
) -> None:
    due = Checkpointer(database, clock)
    clock.pass_(EVERY_S * 3)
    assert not due.look()  # an empty trail
    write(database, 1)
    assert due.look()
    clock.pass_(EVERY_S + 1)
    assert not due.look()  # nothing new
    write(database, EVERY_RECORDS - 1)
    assert due.look()  # an hour has passed
    write(database, EVERY_RECORDS - 1)
    assert not due.look()
    write(database, 1)
    assert due.look()
    found = told(database)
    assert [payload["seq"] for payload in found] == [1, EVERY_RECORDS, 2 * EVERY_RECORDS]
    contract = Contract()
    contract.start()
    assert contract.fault("upward/audit.checkpoint", found[-1]) is None
    clock._now = clock._now.replace(year=2036)  # the wall clock makes nothing due
    write(database, 1)
    assert not due.look()


def test_the_thread_tells_by_itself(post: Post, clock: HandClock) -> None:
    heard = threading.Event()
    post.bus.subscribe(CityTold, lambda _: heard.set())
    due = Checkpointer(post.database, clock, look_s=0.01)
    due.start()
    write(post.database, EVERY_RECORDS)
    assert heard.wait(10)
    due.stop()


@pytest.mark.parametrize("lie", ["signature", "checkpoint", "signed_at", "post", "other_ca"])
def test_a_countersignature_that_does_not_hold_is_an_alarm_and_is_not_kept(
    post: Post,
    scripted: ScriptedCity,
    to_scripted: CityRoad,
    authority: Authority,
    tmp_path: Any,
    lie: str,
) -> None:
    signer = authority
    if lie == "other_ca":
        signer = Authority(tmp_path / "other")
        signer.start()

    def answer(asked: Asked) -> Reply:
        event = asked.body["events"][-1]
        stated = {"post": POST, "epoch": post.database.epoch, **event["payload"]}
        if lie == "post":
            stated["post"] = "post-other"
        row = CityWitness(signer).countersign(stated, "2026-11-21T10:00:01.000Z")
        row["signed_at"] = "2026-11-21T10:00:02.000Z" if lie == "signed_at" else row["signed_at"]
        if lie == "signature":
            row["signature"] = "A" * 86 + "=="
        if lie == "checkpoint":
            stated["hash"] = "0" * 64
        rest = {name: row[name] for name in ("signed_at", "signature", "certificate")}
        body = {"ack_through": event["seq"], "rejected": []}
        return Reply(body={**body, "countersigned": [{"checkpoint": stated, **rest}]})

    scripted.events = answer
    write(post.database, 3)
    with post.database.act(SYSTEM) as act:
        assert tell_checkpoint(act, POST, post.database.epoch)
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.alarm == "sync.countersignature_bad")
        wait_until(road, lambda state: not state.pending)  # the event is settled all the same
    place = witness_file(post.database.path.parent)
    assert place is not None and not place.exists()
