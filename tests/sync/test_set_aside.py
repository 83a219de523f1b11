"""Events that the city does not take: kept, visible, retried in order or discarded with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from console.core.actor import Actor
from console.core.audit import lines
from console.core.errors import Refused
from console.core.ids import new_id
from console.core.outbox import Lane
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.model import RoadState
from console.sync.service import (
    digest,
    discard_set_aside,
    line_of,
    resend_edited,
    resume_lane,
    retry_set_aside,
    set_aside,
)
from console.sync.service.contract import Contract
from tests.sync.roads import POST, Post, example, running, tell, wait_sent, wait_until
from tests.sync.scripted_city import Asked, Reply, ScriptedCity


def reject(*seqs: int) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        sent = [event["seq"] for event in asked.body["events"]]
        rejected = [{"seq": s, "code": "stale", "message": "旧"} for s in seqs if s in sent]
        return Reply(body={"ack_through": sent[-1], "rejected": rejected})

    return answer


def test_a_rejected_event_is_set_aside_while_others_flow(
    post: Post, city: City, to_city: CityRoad
) -> None:
    with running(post, to_city) as road:
        tell(post.database)
        bad = tell(post.database, payload={"nonsense": True})
        tell(post.database)
        wait_until(road, lambda state: state.set_aside == 1 and state.pending == 0)
        tell(post.database)
        wait_sent(post, road)
    with post.database.read() as connection:
        (kept,) = set_aside(connection)
        ours = digest(connection, "unit", date(2026, 11, 21))
        trail = [line for line in lines(connection) if line.act == "sync.set_aside"]
    assert (kept.entity_id, kept.kind, kept.seq, kept.lane) == (bad, "unit.status", 2, 2)
    assert kept.code and kept.message
    assert [line.entity_id for line in trail] == [bad]
    theirs = city.digest(POST, "unit", "2026-11-21")
    assert (ours.count, ours.digest) == (theirs.count, theirs.digest) and ours.count == 3


def test_a_retry_is_a_new_event_and_keeps_the_order_of_its_entity(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, officer: Actor
) -> None:
    scripted.events = reject(1, 3)
    unit = new_id()
    with running(post, to_scripted) as road:
        tell(post.database, entity_id=unit, rev=1, payload={"n": 1})
        tell(post.database, payload={"n": "other"})
        tell(post.database, entity_id=unit, rev=2, payload={"n": 2})
        wait_until(road, lambda state: state.set_aside == 2 and state.pending == 0)
        with post.database.read() as connection:
            later, first = set_aside(connection)
        assert (first.seq, later.seq) == (1, 3)
        with pytest.raises(Refused, match=r"sync\.earlier_first"):
            retry_set_aside(post.database, officer, later.event_id)
        assert retry_set_aside(post.database, officer, first.event_id) == 2
        wait_until(road, lambda state: state.set_aside == 0 and state.pending == 0)
        with pytest.raises(Refused, match=r"sync\.not_set_aside"):
            retry_set_aside(post.database, officer, first.event_id)
    sent = {e["seq"]: e for asked in scripted.asked if asked.body for e in asked.body["events"]}
    assert [(sent[n]["rev"], sent[n]["payload"]["n"]) for n in (4, 5)] == [(1, 1), (2, 2)]
    assert sent[4]["event_id"] != first.event_id


def test_a_retry_waits_for_the_answer_about_the_same_entity(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, officer: Actor
) -> None:
    rejected = [{"seq": 1, "code": "stale", "message": "旧"}]

    def only_the_first(asked: Asked) -> Reply:
        first = asked.body["events"][0]["seq"] == 1
        return Reply(body={"ack_through": 1, "rejected": rejected}) if first else Reply(500)

    scripted.events = only_the_first
    unit = tell(post.database)
    tell(post.database, entity_id=unit, rev=2)  # in its lane before the city has said anything
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.set_aside == 1)
        with post.database.read() as connection:
            (kept,) = set_aside(connection)
        with pytest.raises(Refused, match=r"sync\.still_sending"):
            retry_set_aside(post.database, officer, kept.event_id)


def test_what_builds_on_a_refused_event_waits_and_others_flow(
    post: Post, city: City, to_city: CityRoad, officer: Actor
) -> None:
    """Both kinds of waiting: what was in the lane already comes back, what is told later stays."""
    unit = new_id()
    tell(post.database, entity_id=unit, rev=1, payload={"nonsense": True})
    tell(post.database, entity_id=unit, rev=2)
    other = tell(post.database)
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.set_aside == 2 and state.pending == 0)
        tell(post.database, entity_id=unit, rev=3)
        tell(post.database, entity_id=other, rev=2)
        wait_until(road, lambda state: state.pending == 0 and len(taken(city)) == 2)
        assert {entity_id for entity_id, _ in taken(city)} == {other}
        with post.database.read() as connection:
            line = line_of(connection, "unit", unit)
        assert [(one.rev, one.state, one.waits) for one in line] == [
            (1, "set_aside", False),
            (2, "set_aside", True),
            (3, "waiting", True),
        ]
        contract = road.contract
        for payload in ({"status": 17}, line[0].payload):
            with pytest.raises(Refused, match=r"sync\.payload_broken"):
                resend_edited(post.database, officer, line[0].event_id, payload, contract)
        with pytest.raises(Refused, match=r"sync\.earlier_first"):
            resend_edited(post.database, officer, line[1].event_id, {}, contract)
        right = example("upward", "unit.status")
        assert resend_edited(post.database, officer, line[0].event_id, right, contract) == 3
        wait_until(road, lambda state: state.set_aside == 0 and state.pending == 0)
    assert [rev for entity_id, rev in taken(city) if entity_id == unit] == [1, 2, 3]
    with post.database.read() as connection:
        assert line_of(connection, "unit", unit) == []
        ours = digest(connection, "unit", date(2026, 11, 21))
        (edited,) = [line for line in lines(connection) if line.act == "sync.edited"]
    theirs = city.digest(POST, "unit", "2026-11-21")
    assert (ours.count, ours.digest) == (theirs.count, theirs.digest)
    assert edited.detail["event_id"] == line[0].event_id


def test_what_waits_outlives_a_restart_and_goes_when_the_first_is_discarded(
    post: Post, city: City, to_city: CityRoad, officer: Actor
) -> None:
    unit = new_id()
    with running(post, to_city) as road:
        tell(post.database, entity_id=unit, rev=1, payload={"nonsense": True})
        wait_until(road, lambda state: state.set_aside == 1)
        for rev in (2, 3):
            tell(post.database, entity_id=unit, rev=rev)
    post.database.stop()
    post.database.start()
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.up and state.set_aside == 1 and not state.pending)
        assert taken(city) == []
        with post.database.read() as connection:
            (kept,) = set_aside(connection)
        assert discard_set_aside(post.database, officer, kept.event_id, "作废") == 2
        wait_until(road, lambda state: len(taken(city)) == 2 and not state.pending)
    assert taken(city) == [(unit, 2), (unit, 3)]
    bases = [record.event["base_rev"] for record in city.events(POST)]
    assert bases == [0, 0, 2]  # the second builds on what the city has, not on what was discarded


def test_what_comes_after_a_discard_builds_on_what_the_city_has(
    post: Post, city: City, to_city: CityRoad, officer: Actor
) -> None:
    """One alone, then two refused in a row: nothing that follows names a discarded revision."""
    unit = new_id()
    tell(post.database, entity_id=unit, rev=1)
    for bad, good in (((2,), 3), ((4, 5), 6)):
        for rev in bad:
            tell(post.database, entity_id=unit, rev=rev, payload={"nonsense": rev})
        waits = len(bad)
        with running(post, to_city) as road:
            wait_until(road, partial(stands, waits))
            for _ in bad:
                with post.database.read() as connection:
                    first = line_of(connection, "unit", unit)[0]
                discard_set_aside(post.database, officer, first.event_id, "作废")
            tell(post.database, entity_id=unit, rev=good)
            wait_until(road, partial(stands, 0))
            assert (unit, good) in taken(city)
    assert taken(city) == [(unit, 1), (unit, 3), (unit, 6)]
    bases = {r.event["rev"]: r.event["base_rev"] for r in city.events(POST)}
    assert (bases[3], bases[6]) == (1, 3)


def stands(aside: int, state: RoadState) -> bool:
    """So many events are set aside and nothing is on its way."""
    return state.set_aside == aside and not state.pending


def taken(city: City) -> list[tuple[str, int]]:
    """Entity and revision of all that the city has applied, in order."""
    return [
        (record.event["entity_id"], record.event["rev"])
        for record in city.events(POST)
        if record.outcome == "applied"
    ]


def test_a_discard_needs_a_reason_and_is_in_the_trail(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, officer: Actor
) -> None:
    scripted.events = reject(1)
    with running(post, to_scripted) as road:
        tell(post.database)
        wait_until(road, lambda state: state.set_aside == 1)
        with post.database.read() as connection:
            (kept,) = set_aside(connection)
        with pytest.raises(Refused, match=r"sync\.reason_needed"):
            discard_set_aside(post.database, officer, kept.event_id, " ")
        discard_set_aside(post.database, officer, kept.event_id, "重复")
        wait_until(road, lambda state: state.set_aside == 0)
    with post.database.read() as connection:
        (line,) = [line for line in lines(connection) if line.act == "sync.discarded"]
    assert line.actor == "officer:0123" and line.detail["reason"] == "重复"


def test_only_who_may_settles(post: Post) -> None:
    auditor = Actor("officer", "0999", frozenset({"auditor", "duty_officer"}))
    acts: tuple[Callable[[], object], ...] = (
        lambda: retry_set_aside(post.database, auditor, "x"),
        lambda: discard_set_aside(post.database, auditor, "x", "why"),
        lambda: resend_edited(post.database, auditor, "x", {}, Contract()),
    )
    for act in acts:
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            act()


def test_a_stopped_lane_is_resumed_by_a_person(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, officer: Actor
) -> None:
    usual = scripted.events
    scripted.events = lambda asked: Reply(409, {"code": "fork", "message": "?"})
    with running(post, to_scripted) as road:
        tell(post.database, lane=Lane.DAILY)
        wait_until(road, lambda state: state.stopped == (2,))
        with pytest.raises(Refused, match=r"sync\.lane_not_stopped"):
            resume_lane(post.database, officer, Lane.URGENT, "why")
        scripted.events = usual
        resume_lane(post.database, officer, Lane.DAILY, "市局已更正")
        wait_until(road, lambda state: not state.stopped and not state.pending)
        assert road.snapshot().alarm is None
