"""The city down, failing, answering nonsense or nothing: said in words, nothing lost, work goes on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.core.database import Act, Database
from console.core.errors import Unavailable
from console.core.events import EventBus
from console.core.outbox import Lane
from console.core.words import catalogue, say
from console.drill.city.city import City
from console.drill.city.faults import Fault
from console.sync.service import quarantined
from console.sync.store import lane as lane_store
from tests.conftest import HandClock
from tests.sync.roads import (
    POST,
    QUICK,
    Post,
    example,
    road_settings,
    running,
    tell,
    wait_for,
    wait_sent,
    wait_until,
)

CREATED = example("downward", "call.created")


@pytest.fixture
def post(database: Database, bus: EventBus, clock: HandClock) -> Post:
    return Post(database, bus, clock)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    found = City(tmp_path / "city")
    found.start()
    yield found
    found.stop()


class Calls:
    """Takes calls in."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def take(self, act: Act, payload: dict[str, Any]) -> None:
        act.audit("call.created", "call", payload["call_id"])
        self.taken.append(payload["call_id"])

    @property
    def handlers(self) -> dict[str, Any]:
        return {"call.created": self.take}


@pytest.mark.parametrize(
    ("fault", "troubles"),
    [
        (Fault.ANSWER_500, {"sync.city_failing"}),
        (Fault.HTML, {"sync.unreadable"}),
        (Fault.HALF_BODY, {"sync.unreadable", "sync.timed_out"}),
        (Fault.TIME_OUT, {"sync.timed_out"}),
        (Fault.SWALLOW, {"sync.timed_out", "sync.unreachable", "sync.unreadable"}),
    ],
)
def test_a_troubled_city_loses_nothing_and_brings_nothing_twice(
    post: Post, city: City, fault: Fault, troubles: set[str]
) -> None:
    calls = Calls()
    with running(post, road_settings(city.url, city.certify(POST)), calls.handlers) as road:
        wait_until(road, lambda state: state.up)
        city.misbehave(fault)
        for lane in Lane:
            tell(post.database, lane=lane)
        city.publish(POST, "call.created", {**CREATED, "call_id": "JQ1"})
        wait_until(road, lambda state: not state.up and state.pending == 4)
        trouble = road.snapshot().trouble
        assert trouble in troubles
        assert "sync" not in say(Unavailable(trouble), "zh_CN")  # words, not a code
        city.behave()
        wait_sent(post, road)
        wait_for(lambda: calls.taken)
    assert calls.taken == ["JQ1"]
    assert len(city.events(POST)) == 4
    assert road.snapshot().set_aside == 0


def test_an_act_never_waits_for_a_city_that_swallows_every_packet(post: Post, city: City) -> None:
    with running(post, road_settings(city.url, city.certify(POST))) as road:
        wait_until(road, lambda state: state.up)
        city.misbehave(Fault.SWALLOW)
        tell(post.database)
        wait_until(road, lambda state: not state.up)
        took = []
        for _ in range(200):
            began = time.perf_counter()
            tell(post.database)
            took.append(time.perf_counter() - began)
        assert max(took) < QUICK.answer_s / 2, "one that waits for the city waits longer"
        city.behave()
        wait_sent(post, road)


def test_a_call_for_another_post_and_an_unknown_kind_are_kept_aside(post: Post, city: City) -> None:
    calls = Calls()
    city.publish(POST, "call.created", CREATED, addressed_to="post-other")
    city.publish(POST, "call.sung", {"song": "<b>${x}</b>"}, checked=False)
    city.publish(POST, "call.created", {**CREATED, "call_id": "JQ2"})
    with running(post, road_settings(city.url, city.certify(POST)), calls.handlers) as road:
        wait_until(road, lambda state: state.quarantined == 2)
        wait_for(lambda: calls.taken == ["JQ2"])
    with post.database.read() as connection:
        kept = {item.kind: item for item in quarantined(connection)}
    assert kept["call.sung"].code == "sync.item_unknown"
    assert "<b>${x}</b>" in kept["call.sung"].raw
    assert kept["call.created"].code == "sync.item_for_another"
    assert "post-other" in kept["call.created"].message


def test_every_trouble_of_the_road_has_words_in_both_languages() -> None:
    source = "".join(
        place.read_text("utf-8")
        for place in (Path(__file__).parents[2] / "console" / "sync").rglob("*.py")
    )
    used = {f"sync.{name}" for name in re.findall(r'"sync\.([a-z_0-9]+)"', source)}
    acts = {"sync.city_restored", "sync.city_changed", "sync.set_aside", "sync.quarantined"}
    acts |= {"sync.retried", "sync.discarded", "sync.item_taken", "sync.item_discarded"}
    acts |= {"sync.lane_resumed", "sync.city_found_again", "sync.edited"}
    assert used - acts <= set(catalogue())
    assert len(used - acts) > 25


def test_a_full_disk_while_the_city_answers_is_retried(
    post: Post, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = [True]
    settle = lane_store.settle

    def failing(*args: Any) -> list[str]:
        if full[0]:
            raise Unavailable("store.disk_full")
        return settle(*args)

    monkeypatch.setattr(lane_store, "settle", failing)
    with running(post, road_settings(city.url, city.certify(POST))) as road:
        tell(post.database)
        wait_until(road, lambda state: state.trouble == "store.disk_full")
        assert road.snapshot().pending == 1
        full[0] = False
        wait_sent(post, road)
    assert len(city.events(POST)) == 1
