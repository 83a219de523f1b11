"""Several events: by priority, the newest of one priority first, none lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.core.reference import shipped
from console.core.words import Words
from console.videowall.model import Event, PopUpRule, PopUps, Why

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def event(ref: str, priority: int = 2, at_s: float = 0.0, why: Why = Why.CALL) -> Event:
    at = NOON + timedelta(seconds=at_s)
    return Event(why, ref, Words(ref, ref), "人民路", priority, at, ())


def refs(queue: PopUps) -> list[str]:
    return [one.ref for one in queue.waiting]


def test_the_more_urgent_is_in_front_and_the_newest_of_one_priority() -> None:
    queue = PopUps().put(event("a", 3, 1)).put(event("b", 2, 0)).put(event("c", 3, 5))
    assert refs(queue) == ["b", "c", "a"]
    queue = queue.put(event("d", 2, 9))
    assert refs(queue) == ["d", "b", "c", "a"]


def test_one_key_sends_back_and_the_next_one_has_the_region() -> None:
    queue = PopUps().put(event("a", 1)).put(event("b", 2)).send_back()
    assert refs(queue) == ["b"] and [one.ref for one in queue.sent_back] == ["a"]
    queue = queue.send_back()
    assert queue.front is None and [one.ref for one in queue.sent_back] == ["b", "a"]
    assert queue.send_back() == queue


def test_what_was_sent_back_stays_so_until_it_is_raised_anew() -> None:
    queue = PopUps().put(event("a", at_s=0)).send_back()
    assert queue.put(event("a", at_s=0)).front is None  # a crew was assigned: no reason to come
    again = queue.put(event("a", at_s=30))
    assert refs(again) == ["a"] and again.sent_back == ()


def test_a_chosen_one_stays_in_front_until_something_more_urgent_comes() -> None:
    queue = PopUps().put(event("a", 2)).put(event("b", 3)).bring("call:b")
    assert refs(queue) == ["b", "a"]
    assert refs(queue.put(event("c", 3, 9))) == ["b", "a", "c"]
    assert refs(queue.put(event("a", 1))) == ["b", "a"]  # it was there when he chose
    assert refs(queue.put(event("d", 1, 9))) == ["d", "a", "b"]
    sent = queue.send_back()
    assert refs(sent.bring("call:b")) == ["b", "a"]
    assert sent.bring("nobody") == sent


def test_what_is_held_gives_way_to_the_more_urgent_alone() -> None:
    queue = PopUps().put(event("a", 2)).held().put(event("b", 2, 9))
    assert refs(queue) == ["a", "b"]
    assert refs(queue.put(event("c", 1))) == ["c", "b", "a"]
    assert refs(queue.released()) == ["b", "a"]
    assert PopUps().held() == PopUps().released() == PopUps()


def test_what_is_over_leaves_both_lists() -> None:
    queue = PopUps().put(event("a")).put(event("b")).send_back()
    assert queue.over("call:a").over("call:b") == PopUps()
    assert queue.over("call:z") == queue


def test_a_call_and_an_alarm_of_one_id_are_two() -> None:
    queue = PopUps().put(event("a")).put(event("a", why=Why.ALARM))
    assert sorted(one.id for one in queue.waiting) == ["alarm:a", "call:a"]


acts = st.lists(
    st.tuples(
        st.sampled_from(["put", "back", "bring", "over"]),
        st.integers(0, 5),
        st.integers(1, 4),
        st.integers(0, 50),
    ),
    max_size=40,
)


@given(acts)
def test_none_is_lost_and_none_is_twice(steps: list[tuple[str, int, int, int]]) -> None:
    queue, there = PopUps(), set()
    for act, ref, priority, at_s in steps:
        one = event(str(ref), priority, at_s)
        if act == "put":
            queue = queue.put(one)
            there.add(one.id)
        elif act == "back":
            queue = queue.send_back()
        elif act == "bring":
            queue = queue.bring(one.id)
        else:
            queue = queue.over(one.id)
            there.discard(one.id)
        held = [known.id for known in (*queue.waiting, *queue.sent_back)]
        assert sorted(held) == sorted(there)
        rest = [known for known in queue.waiting if known.id != queue.chosen]
        order = [(known.priority, -known.at.timestamp()) for known in rest]
        assert order == sorted(order)


def test_the_shipped_rule_and_its_limits() -> None:
    table = shipped("pop_ups")
    rule = PopUpRule.of(table)
    assert (rule.cameras, rule.within_m, rule.record, rule.record_s) == (3, 400.0, True, 600.0)
    assert "button" in rule.alarms and "link_lost" not in rule.alarms
    assert not rule.tests and not rule.shelved
    wild = PopUpRule.of({**table, "cameras": 99, "within_m": -1, "record_minutes": 10**9})
    assert (wild.cameras, wild.within_m, wild.record_s) == (4, 20.0, 7200.0)
    assert rule.still_records(NOON, NOON + timedelta(seconds=599))
    assert not rule.still_records(NOON, NOON + timedelta(seconds=600))
    quiet = PopUpRule.of({**table, "record": False})
    assert not quiet.still_records(NOON, NOON)
