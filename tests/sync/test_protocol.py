"""What the post does with a city that says what cannot be, or says it in a way it must not."""

from __future__ import annotations

import gzip
import threading
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from console.core.outbox import Lane
from console.core.tables import outbox
from console.settings import CityRoad
from tests.sync.roads import QUICK, Post, running, tell, wait_for, wait_until
from tests.sync.scripted_city import Asked, Reply, ScriptedCity, empty_state


def states(post: Post) -> list[str]:
    with post.database.read() as connection:
        return [row.state for row in connection.execute(sa.select(outbox.c.state))]


def sent_seqs(city: ScriptedCity) -> list[list[int]]:
    return [[e["seq"] for e in asked.body["events"]] for asked in city.asked if asked.body]


@pytest.mark.parametrize(("through", "rejected"), [(99, []), (1, [{"seq": 77}])])
def test_an_ack_of_what_was_never_sent_alarms_and_marks_nothing(
    post: Post,
    scripted: ScriptedCity,
    to_scripted: CityRoad,
    through: int,
    rejected: list[dict[str, int]],
) -> None:
    usual = scripted.events
    scripted.events = lambda asked: Reply(body={"ack_through": through, "rejected": rejected})
    with running(post, to_scripted) as road:
        tell(post.database)
        wait_until(road, lambda state: state.alarm == "sync.ack_above_sent")
        assert states(post) == ["pending"]
        scripted.events = usual
        wait_until(road, lambda state: state.alarm is None and not state.pending)
    assert states(post) == ["acknowledged"]


def test_an_ack_below_an_earlier_one_alarms_and_marks_nothing(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    with running(post, to_scripted) as road:
        for _ in range(3):
            tell(post.database)
        wait_until(road, lambda state: state.last_ack_at and not state.pending)
        scripted.state = lambda asked: Reply(body=empty_state(l2=3))
        scripted.events = lambda asked: Reply(body={"ack_through": 1, "rejected": []})
        tell(post.database)
        wait_until(road, lambda state: state.alarm == "sync.ack_below_earlier")
        assert sorted(states(post)) == ["acknowledged"] * 3 + ["pending"]


def test_a_city_that_knows_more_than_we_ever_wrote_gets_nothing(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    scripted.state = lambda asked: Reply(body=empty_state(l2=5))
    with running(post, to_scripted) as road:
        tell(post.database)
        tell(post.database, "call.signed", Lane.URGENT)
        wait_until(road, lambda state: state.alarm == "sync.city_ahead")
        wait_until(road, lambda state: state.lanes[0].pending == 0)
    assert sent_seqs(scripted) == [[1]]
    assert sorted(states(post)) == ["acknowledged", "pending"]


def test_a_gap_is_filled_from_where_the_city_says(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    for _ in range(6):
        tell(post.database)
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.last_ack_at and not state.pending)
        has = [3]

        def events(asked: Asked) -> Reply:
            seqs = [e["seq"] for e in asked.body["events"]]
            if seqs[0] != has[0] + 1:
                return Reply(409, {"code": "gap", "have_through": has[0]})
            has[0] = seqs[-1]
            return Reply(body={"ack_through": seqs[-1], "rejected": []})

        scripted.events = events
        scripted.state = lambda asked: Reply(body=empty_state(l2=has[0]))
        tell(post.database)
        wait_until(road, lambda state: has[0] == 7 and not state.pending)
    assert sent_seqs(scripted)[-2:] == [[7], [4, 5, 6, 7]]


def test_too_large_a_batch_is_halved(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    usual = scripted.events
    scripted.events = lambda asked: (
        Reply(413, {"code": "too_large"}) if len(asked.body["events"]) > 3 else usual(asked)
    )
    for _ in range(10):
        tell(post.database)
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.last_ack_at and not state.pending)
    assert [len(seqs) for seqs in sent_seqs(scripted)][:4] == [10, 5, 2, 4]


def test_retry_after_is_kept(post: Post, scripted: ScriptedCity, to_scripted: CityRoad) -> None:
    asked_at: list[float] = []

    def events(asked: Asked) -> Reply:
        asked_at.append(time.monotonic())
        seq = asked.body["events"][-1]["seq"]
        if len(asked_at) == 1:
            return Reply(429, {}, {"Retry-After": "1", "Content-Type": "application/json"})
        return Reply(body={"ack_through": seq, "rejected": []})

    scripted.events = events
    with running(post, to_scripted, pace=replace(QUICK, longest_s=1.5)) as road:
        tell(post.database)
        wait_until(road, lambda state: state.last_ack_at and not state.pending)
    assert asked_at[1] - asked_at[0] >= 0.95


def test_a_backlog_in_one_lane_delays_no_other(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    free = threading.Event()
    usual = scripted.events

    def events(asked: Asked) -> Reply:
        if asked.body["lane"] == 3:
            free.wait(5)
        return usual(asked)

    scripted.events = events
    try:
        with running(post, to_scripted, pace=replace(QUICK, answer_s=8)) as road:
            for _ in range(20):
                tell(post.database, lane=Lane.POSITIONS)
            wait_until(road, lambda state: any(a.body for a in scripted.asked))
            began = time.monotonic()
            tell(post.database, "call.signed", Lane.URGENT)
            wait_until(road, lambda state: state.last_ack_at and not state.lanes[0].pending)
            assert time.monotonic() - began < 1.0
            assert road.snapshot().lanes[3].pending > 0
    finally:
        free.set()


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (Reply(302, b"", {"Location": "https://127.0.0.1:1/"}), "sync.redirected"),
        (Reply(307, b"", {"Location": "http://127.0.0.1:1/"}), "sync.redirected"),
        (Reply(403, {"code": "forbidden"}), "sync.city_refuses"),
        (Reply(200, b"<html>sign in</html>", {"Content-Type": "text/html"}), "sync.unreadable"),
        (Reply(200, b"{", {"Content-Type": "application/json"}), "sync.unreadable"),
        (Reply(200, b"[" * 50_000), "sync.unreadable"),
        (Reply(200, b"NaN"), "sync.unreadable"),
        (Reply(200, [1, 2]), "sync.unreadable"),
        (Reply(200, {"cursor": 5, "server_epoch": "e", "items": []}), "sync.unreadable"),
        (Reply(200, {"cursor": "\ud800", "server_epoch": "e", "items": []}), "sync.unreadable"),
        (Reply(200, {"cursor": "1", "server_epoch": "e", "items": {}}), "sync.unreadable"),
        (
            Reply(
                200,
                gzip.compress(b" " * (40 << 20)),
                {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            ),
            "sync.answer_too_large",
        ),
        (Reply(200, b" " * (9 << 20)), "sync.answer_too_large"),
        (
            Reply(200, b"x", {"Content-Type": "application/json", "Content-Encoding": "gzip"}),
            "sync.unreadable",
        ),
        (
            Reply(200, b"x", {"Content-Type": "application/json", "Content-Encoding": "br"}),
            "sync.unreadable",
        ),
        (
            Reply(200, b"{}", {"Content-Type": "application/json", "X": "y" * 200_000}),
            "sync.unreadable",
        ),
        (
            Reply(200, b"{}", {"Content-Type": "application/json", "Content-Length": "9"}),
            "sync.timed_out",
        ),
    ],
)
def test_an_answer_that_is_none_changes_nothing(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, reply: Reply, trouble: str
) -> None:
    usual, scripted.feed = scripted.feed, lambda asked: reply
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.trouble == trouble)
        assert not road.snapshot().up
        scripted.feed = usual
        wait_until(road, lambda state: state.up)
    assert all(
        asked.query.get("after", "") in ("", "0")
        for asked in scripted.asked
        if asked.what == "feed"
    )


def test_a_zipped_answer_is_read(post: Post, scripted: ScriptedCity, to_scripted: CityRoad) -> None:
    told = Reply(body={"server_epoch": "e" * 16, "cursor": "77", "items": []})
    zipped = Reply(200, gzip.compress(told.data), {**told.headers, "Content-Encoding": "gzip"})
    scripted.feed = lambda asked: zipped
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.up)
        wait_for(lambda: scripted.asked[-1].query.get("after") == "77")


@pytest.mark.parametrize(
    "item",
    [
        5,
        None,
        [],
        {"kind": "call.created"},
        {"item_id": "\ud800", "kind": "x", "payload": {}},
        {"item_id": "x" * 9999, "kind": "call.created", "payload": 10**40},
    ],
)
def test_an_item_that_is_none_goes_to_quarantine(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad, item: object
) -> None:
    body = {"server_epoch": "e" * 16, "cursor": "1", "items": [item]}
    scripted.feed = lambda asked: Reply(body=body)
    with running(post, to_scripted) as road:
        wait_until(road, lambda state: state.quarantined == 1)
        wait_for(lambda: len(scripted.asked) > 3)
        assert road.snapshot().quarantined == 1 and road.snapshot().up


def test_a_new_life_of_the_city_is_read_from_the_beginning(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    life = ["a" * 16]

    def feed(asked: Asked) -> Reply:
        threading.Event().wait(0.02)
        return Reply(body={"server_epoch": life[0], "cursor": "9", "items": []})

    scripted.feed = feed
    with running(post, to_scripted) as road:
        tell(post.database)
        wait_until(road, lambda state: state.last_ack_at and not state.pending)
        wait_for(lambda: any(a.query.get("after") == "9" for a in scripted.asked))
        before = len(scripted.asked)
        scripted.state = lambda asked: Reply(body=empty_state())
        life[0] = "b" * 16
        wait_for(lambda: any(a.query.get("after") == "9" for a in scripted.asked[before:]))
        wait_for(
            lambda: any(
                a.what == "feed" and not a.query.get("after") for a in scripted.asked[before:]
            )
        )
        wait_for(lambda: any(a.what == "state" for a in scripted.asked[before:]))
        wait_for(lambda: len(sent_seqs(scripted)) == 2)  # its state had nothing: sent again
