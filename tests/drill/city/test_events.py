"""Upward: order of the lanes, judgement of events, answers that may be asked for again."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest


def codes(answer: Any) -> list[tuple[int, str]]:
    assert answer.status_code == 200, answer.text
    return [(found["seq"], found["code"]) for found in answer.json()["rejected"]]


def test_a_batch_is_applied_and_counted(city: Any, post: Any) -> None:
    answer = post.send([post.event(), post.event(), post.event()])
    assert (answer.status_code, answer.json()) == (200, {"ack_through": 3, "rejected": []})
    state = post.state()
    assert state["high_water"] == {"0": 3, "1": 0, "2": 0, "3": 0}
    assert city.contract.fault("state.json", state) is None
    assert [record.outcome for record in city.events(post.name)] == ["applied"] * 3


def test_lanes_do_not_wait_for_each_other(post: Any) -> None:
    assert post.send([post.event(lane=3)], lane=3).status_code == 200
    assert post.send([post.event(lane=0), post.event(lane=0)]).status_code == 200
    assert post.state()["high_water"] == {"0": 2, "1": 0, "2": 0, "3": 1}


def test_the_same_batch_gets_the_same_answer(city: Any, post: Any) -> None:
    batch = [post.event(), post.event(kind="tea.served"), post.event()]
    first, again = post.send(batch), post.send(batch)
    assert codes(first) == [(2, "unknown_kind")]
    assert again.json() == first.json()
    assert len(city.events(post.name)) == 3


def test_an_overlapping_batch_adds_only_what_is_new(city: Any, post: Any) -> None:
    events = [post.event() for _ in range(4)]
    post.send(events[:3])
    assert post.send(events[1:]).json() == {"ack_through": 4, "rejected": []}
    assert [record.event["seq"] for record in city.events(post.name)] == [1, 2, 3, 4]


def test_a_missing_event_is_a_gap(city: Any, post: Any) -> None:
    events = [post.event() for _ in range(5)]
    post.send(events[:2])
    answer = post.send(events[3:])
    assert (answer.status_code, answer.json()) == (409, {"code": "gap", "have_through": 2})
    assert len(city.events(post.name)) == 2


def test_a_hole_inside_a_batch_applies_nothing(city: Any, post: Any) -> None:
    events = [post.event() for _ in range(3)]
    answer = post.send([events[0], events[2]])
    assert (answer.status_code, answer.json()) == (409, {"code": "gap", "have_through": 0})
    assert city.events(post.name) == []


def test_the_same_number_with_another_hash_is_a_fork(city: Any, post: Any, post_of: Any) -> None:
    clone = post_of(city)
    clone.epoch = post.epoch
    post.send([post.event()])
    answer = clone.send([clone.event(actor="officer:0999")])
    assert (answer.status_code, answer.json()["code"]) == (409, "fork")


def test_a_chain_that_does_not_join_is_a_fork(post: Any) -> None:
    post.send([post.event()])
    answer = post.send([post.event(prev="f" * 64)])
    assert (answer.status_code, answer.json()["code"]) == (409, "fork")
    assert post.state()["high_water"]["0"] == 1


def test_the_first_event_of_an_epoch_starts_from_zeros(post: Any) -> None:
    answer = post.send([post.event(prev="1" * 64)])
    assert answer.json()["code"] == "fork"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "tea.served"}, "unknown_kind"),
        ({"payload": {"by": "0123"}}, "schema"),
        ({"payload": {"by": "0123", "signed_at": "soon"}}, "schema"),
        ({"payload": {"by": "0123", "signed_at": "2026-02-30T10:00:00Z"}}, "schema"),
        ({"at": "2026-11-21 10:00"}, "schema"),
        ({"event_id": "not-an-id"}, "schema"),
        ({"entity_id": "with\u0000nul"}, "schema"),
        ({"schema": 2}, "schema_version"),
        ({"rev": -1}, "schema"),
    ],
)
def test_a_wrong_event_is_rejected_by_itself(post: Any, given: Any, code: str) -> None:
    answer = post.send([post.event(), post.event(**given), post.event()])
    assert codes(answer) == [(2, code)]
    assert answer.json()["ack_through"] == 3
    assert answer.json()["rejected"][0]["message"]


def test_a_hash_that_does_not_fit_is_rejected(post: Any) -> None:
    assert codes(post.send([post.event(hash="a" * 64), post.event()])) == [(1, "hash_mismatch")]


def test_an_event_told_again_in_a_new_epoch_is_not_applied_twice(city: Any, post: Any) -> None:
    event = post.event()
    post.send([event])
    post.epoch = "0123456789abcdef"
    assert codes(post.send([event])) == []
    assert [record.outcome for record in city.events(post.name)] == ["applied", "duplicate"]


def test_an_event_id_that_says_something_else_is_rejected(post: Any) -> None:
    first = post.event()
    other = post.event(event_id=first["event_id"], rev=7)
    assert codes(post.send([first, other])) == [(2, "event_id_reused")]


def test_a_rejected_event_may_come_again_mended(post: Any) -> None:
    wrong = post.event(payload={})
    mended = post.event(event_id=wrong["event_id"])
    assert codes(post.send([wrong])) == [(1, "schema")]
    assert codes(post.send([mended])) == []


def test_unknown_fields_are_kept(city: Any, post: Any) -> None:
    payload = {"by": "0123", "signed_at": "2026-11-21T10:00:00Z", "mood": {"深": [1.5, None]}}
    post.send([post.event(payload=payload, later_field="x")])
    kept = city.events(post.name)[0].event
    assert (kept["payload"], kept["later_field"]) == (payload, "x")


def test_a_restart_keeps_the_high_water_mark(city: Any, post: Any, post_of: Any) -> None:
    post.send([post.event(), post.event()])
    before = post.state()
    city.stop()
    city.start()
    after = post.state()
    assert after["high_water"] == before["high_water"]
    assert after["server_epoch"] == before["server_epoch"]
    assert post.send([post.event()]).json()["ack_through"] == 3


def test_a_restored_city_says_so_and_takes_the_rest_again(city: Any, post: Any) -> None:
    events = [post.event() for _ in range(4)]
    post.send(events)
    before = post.state()["server_epoch"]
    city.restore(post.name, post.epoch, lane=0, through=2)
    state = post.state()
    assert state["server_epoch"] != before
    assert state["high_water"]["0"] == 2
    assert post.send(events[2:]).json() == {"ack_through": 4, "rejected": []}


def test_archived_marks_follow_the_archive(city: Any, post: Any) -> None:
    post.send([post.event(), post.event()])
    assert post.state()["archived_through"]["0"] == 0
    city.archive(post.name)
    post.send([post.event()])
    assert post.state()["archived_through"]["0"] == 2


def test_the_digest_sums_the_last_event_of_each_entity(city: Any, post: Any) -> None:
    same = {"entity_id": "call-1"}
    early = post.event(**same, at="2026-11-21T09:00:00Z")
    late = post.event(**same, at="2026-11-21T09:00:00.5Z")
    other = post.event(entity_id="call-2", at="2026-11-21T23:59:59.999Z")
    next_day = post.event(entity_id="call-3", at="2026-11-22T00:00:00Z")
    wrong = post.event(entity_id="call-4", payload={})
    unit = post.event(entity="unit", entity_id="call-5")
    post.send([early, late, other, next_day, wrong, unit])
    wanted = sum(int(e["hash"][:32], 16) for e in (late, other)) % 2**128
    asked = {"entity": "call", "day": "2026-11-21"}
    answer = post.client.get(post.path("digest"), params=asked).json()
    assert answer == {"count": 2, "digest": f"{wanted:032x}"}
    found = city.digest(post.name, "call", "2026-11-21")
    assert (found.count, found.digest) == (2, answer["digest"])


def test_the_digest_of_nothing_is_zero(post: Any) -> None:
    asked = {"entity": "call", "day": "2026-11-21"}
    answer = post.client.get(post.path("digest"), params=asked)
    assert answer.json() == {"count": 0, "digest": "0" * 32}


def test_the_hash_covers_chinese_and_fractions(post: Any) -> None:
    payload = {"lat": 36.1234567, "lon": 0.00001, "fixed_at": "2026-11-21T10:00:00Z", "注": "红旗"}
    event = post.event(lane=3, kind="unit.position", entity="unit", payload=payload)
    assert len(event["hash"]) == len(hashlib.sha256().hexdigest())
    assert codes(post.send([event], lane=3)) == []


def test_lanes_and_posts_at_the_same_time(city: Any, post_of: Any, in_thread: Any) -> None:
    posts = [post_of(city, f"post-{number}") for number in range(3)]

    def talk(post: Any, lane: int) -> int:
        for _ in range(5):
            batch = [post.event(lane, event_id=unique(post, lane, n)) for n in range(4)]
            assert post.send(batch, lane).status_code == 200
            city.publish(post.name, "call.cancelled", {"call_id": f"c-{lane}"})
        return lane

    numbers: dict[tuple[str, int], int] = {}

    def unique(post: Any, lane: int, _n: int) -> str:
        numbers[post.name, lane] = numbers.get((post.name, lane), 0) + 1
        return f"019aa5c1-2d00-7b3a-9c4{lane}-{numbers[post.name, lane]:012x}"

    talks = [in_thread(lambda p=p, lane=lane: talk(p, lane)) for p in posts for lane in range(4)]
    assert [found.result(60) for found in talks] == [0, 1, 2, 3] * 3
    for post in posts:
        assert post.state()["high_water"] == {"0": 20, "1": 20, "2": 20, "3": 20}
        assert {r.outcome for r in city.events(post.name)} == {"applied"}
        assert [item["seq"] for item in post.feed()["items"]] == list(range(1, 21))
