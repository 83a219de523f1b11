"""Events upward, to the real reference city."""

from __future__ import annotations

import time
from datetime import date

import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.canonical import canonical, sha256_hex
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.outbox import Lane
from console.core.tables import outbox
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.model import MAX_EVENTS
from console.sync.service import digest
from console.sync.service.board import Board
from tests.sync.roads import POST, Post, running, tell, wait_sent, wait_until

MIXED = [
    ("call.signed", Lane.URGENT),
    ("call.feedback", Lane.URGENT),
    ("unit.status", Lane.DAILY),
    ("unit.position", Lane.POSITIONS),
    ("audit.checkpoint", Lane.CUSTODY),
]
STATUS = {"status": "free", "since": "2026-11-21T10:00:00Z"}
DAY = date(2026, 11, 21)  # of the test's clock


def test_after_200_mixed_events_both_sides_have_the_same_digest(
    post: Post, city: City, to_city: CityRoad
) -> None:
    ids = [tell(post.database, MIXED[n % 5][0], MIXED[n % 5][1]) for n in range(100)]
    with running(post, to_city) as road:
        for n in range(100):
            kind, lane = MIXED[n % 5]
            tell(post.database, kind, lane, ids[n], rev=2)
        wait_sent(post, road)
        assert road.snapshot().set_aside == 0
        assert road.snapshot().last_ack_at == post.clock.now()
    assert len(city.events(POST)) == 200
    for entity, count in (("call", 40), ("unit", 40), ("audit", 20)):
        theirs = city.digest(POST, entity, "2026-11-21")
        with post.database.read() as connection:
            ours = digest(connection, entity, DAY)
        assert (ours.count, ours.digest) == (theirs.count, theirs.digest) == (count, ours.digest)


def test_an_act_reaches_the_city_at_once(post: Post, city: City, to_city: CityRoad) -> None:
    with running(post, to_city) as road:
        tell(post.database)
        wait_sent(post, road)
        began = time.monotonic()
        tell(post.database, rev=2)
        wait_until(road, lambda state: len(city.events(POST)) == 2 and not state.pending)
        assert time.monotonic() - began < 1.0


def test_the_city_away_then_back(post: Post, city: City, to_city: CityRoad) -> None:
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.up)
        city.stop()
        wait_until(road, lambda state: not state.up)
        for lane in Lane:
            for _ in range(3):
                tell(post.database, "unit.status", lane)
        wait_until(road, lambda state: state.pending == 12)
        down = road.snapshot()
        assert down.trouble in ("sync.unreachable", "sync.unreadable", "sync.timed_out")
        assert down.oldest_pending_at == post.clock.now()
        city.start()
        wait_sent(post, road)
    assert len(city.events(POST)) == 12


def test_a_restored_city_gets_again_what_it_lost(post: Post, city: City, to_city: CityRoad) -> None:
    for _ in range(30):
        tell(post.database)
    with running(post, to_city) as road:
        wait_sent(post, road)
        city.restore(POST, post.database.epoch, int(Lane.DAILY), 11)
        assert len(city.events(POST)) == 11
        wait_until(road, lambda state: len(city.events(POST)) == 30 and not state.pending)
    with post.database.read() as connection:
        assert digest(connection, "unit", DAY).digest == city.digest(POST, "unit", str(DAY)).digest


def test_a_cloned_disk_stops_its_lane_only(post: Post, city: City, to_city: CityRoad) -> None:
    with running(post, to_city) as road:
        tell(post.database)
        wait_sent(post, road)
    with post.database.act(Actor("system", "thief")) as act:  # as a clone would have written it
        act.connection.execute(outbox.update().values(hash="f" * 64, state="pending"))
        act.connection.execute(sa.text("UPDATE sync_lane SET acked_through = 0"))
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.alarm == "sync.fork")
        assert road.snapshot().stopped == (int(Lane.DAILY),)
        tell(post.database, "call.signed", Lane.URGENT)
        wait_until(road, lambda state: state.lanes[0].pending == 0 and len(city.events(POST)) == 2)
        assert road.snapshot().lanes[2].pending == 1
    with running(post, to_city) as road:  # and stays stopped over a restart
        wait_until(road, lambda state: state.up)
        assert road.snapshot().stopped == (2,)


def test_events_that_the_city_archived_are_forgotten_but_the_digest_holds(
    post: Post, city: City, to_city: CityRoad
) -> None:
    unit = tell(post.database)
    for rev in range(2, 40):
        tell(post.database, entity_id=unit, rev=rev)
    with running(post, to_city) as road:
        wait_sent(post, road)
    city.archive(POST)
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.up)

        def rows() -> int:
            with post.database.read() as connection:
                count: int = connection.execute(sa.select(sa.func.count(outbox.c.seq))).scalar_one()
                return count

        wait_until(road, lambda state: rows() == 1)
    with post.database.read() as connection:
        assert digest(connection, "unit", DAY).digest == city.digest(POST, "unit", str(DAY)).digest


def test_what_is_sent_keeps_the_published_schema(post: Post) -> None:
    from console.sync.model import cut_batch, envelope, read_json
    from console.sync.service.contract import Contract
    from console.sync.store import lane as store

    for kind, _ in MIXED:
        tell(post.database, kind, Lane.URGENT)
    contract = Contract()
    contract.start()
    with post.database.read() as connection:
        events = store.events_after(connection, post.database.epoch, 0, 0)
    body = read_json(envelope(post.database.epoch, 0, cut_batch(events, 0)))
    assert contract.fault("batch", body) is None
    assert isinstance(body, dict) and len(body["events"]) == len(MIXED)
    for event, sent in zip(events, body["events"], strict=True):
        assert contract.fault(f"upward/{sent['kind']}", sent["payload"]) is None
        assert event.text.encode() == canonical(sent)
        told = {name: value for name, value in sent.items() if name != "hash"}
        assert sha256_hex(told) == sent["hash"]
    assert contract.fault("batch", {"epoch": "x"}) is not None


def test_what_is_urgent_goes_up_before_the_rest(post: Post, city: City, to_city: CityRoad) -> None:
    """After days without the city; the other lanes wait until one urgent request is left at most."""
    urgent = MAX_EVENTS + 100
    with post.database.act(SYSTEM) as act:
        for lane, count in ((Lane.POSITIONS, 30), (Lane.DAILY, 30), (Lane.URGENT, urgent)):
            for _ in range(count):
                act.tell_city(lane, "unit", new_id(), "unit.status", 1, STATUS)
    with running(post, to_city) as road:
        wait_sent(post, road)
    lanes = [event.lane for event in city.events(POST)]
    assert len(lanes) == urgent + 60
    assert lanes[:MAX_EVENTS] == [int(Lane.URGENT)] * MAX_EVENTS


def test_an_urgent_lane_that_cannot_go_on_holds_up_nobody(post: Post, bus: EventBus) -> None:
    board = Board(post.clock, bus, configured=True)
    assert not board.urgent_goes_up
    board.lane(int(Lane.URGENT), MAX_EVENTS + 1, None, stopped=False)
    assert board.urgent_goes_up
    board.heard("lane-0", "sync.unreachable")
    assert not board.urgent_goes_up
    board.heard("lane-0", None)
    assert board.urgent_goes_up
    board.lane(int(Lane.URGENT), MAX_EVENTS + 1, None, stopped=True)
    assert not board.urgent_goes_up
