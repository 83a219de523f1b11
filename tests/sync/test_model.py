"""The rules of the road, without a road."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.canonical import canonical
from console.sync.model import (
    Applied,
    Digest,
    Event,
    Forked,
    Gap,
    Later,
    Meeting,
    Pace,
    ProtocolAlarm,
    Rejection,
    TooLarge,
    Unreadable,
    believable,
    cut_batch,
    digest_of,
    envelope,
    meet,
    pause_s,
    read_answer,
    read_json,
    retry_after_s,
)

PACE = Pace()
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def ack(through: object, rejected: object = ()) -> dict[str, object]:
    return {"ack_through": through, "rejected": list(rejected) if rejected == () else rejected}


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, ack(50), Applied(50)),
        (200, ack(45), Applied(45)),
        (200, ack(60), Applied(50)),  # the city knew more from before
        (200, ack(61), ProtocolAlarm("sync.ack_above_sent")),
        (200, ack(39), ProtocolAlarm("sync.ack_below_earlier")),
        (200, ack(40), Later("sync.no_progress")),
        (200, ack(True), Later("sync.unreadable")),
        (200, ack("50"), Later("sync.unreadable")),
        (200, ack(-1), Later("sync.unreadable")),
        (200, ack(10**30), Later("sync.unreadable")),
        (200, None, Later("sync.unreadable")),
        (200, [], Later("sync.unreadable")),
        (200, ack(50, {}), Later("sync.unreadable")),
        (200, ack(50, [3]), Later("sync.unreadable")),
        (
            200,
            ack(50, [{"seq": 44, "code": "c", "message": "m"}]),
            Applied(50, (Rejection(44, "c", "m"),)),
        ),
        (200, ack(50, [{"seq": 999}]), ProtocolAlarm("sync.ack_above_sent")),
        (409, {"code": "gap", "have_through": 12}, Gap(12)),
        (409, {"code": "gap", "have_through": 99}, ProtocolAlarm("sync.ack_above_sent")),
        (409, {"code": "gap"}, Later("sync.unreadable")),
        (409, {"code": "fork"}, Forked()),
        (409, None, Later("sync.unreadable")),
        (413, None, TooLarge()),
        (429, None, Later("sync.city_busy")),
        (500, None, Later("sync.city_failing")),
        (503, None, Later("sync.city_failing")),
        (302, None, Later("sync.redirected")),
        (403, None, Later("sync.city_refuses")),
    ],
)
def test_what_an_answer_means(status: int, body: object, verdict: object) -> None:
    assert read_answer(status, body, 41, 50, 60) == verdict


def state(high: object = None, archived: object = None) -> dict[str, object]:
    return {
        "server_epoch": "e",
        "high_water": {"0": high} if high is not None else {},
        "archived_through": {"0": archived} if archived is not None else {},
    }


@pytest.mark.parametrize(
    ("told", "current", "meaning"),
    [
        (state(20), True, Meeting(20, 20, 0)),
        (state(25, 7), True, Meeting(20, 25, 7)),
        (state(12, 15), True, Meeting(12, 12, 12)),
        (state(), True, Meeting(0, 0, 0)),
        (state(31), True, ProtocolAlarm("sync.city_ahead")),
        (state(31), False, Meeting(20, 31, 0)),
        (state("x"), True, Later("sync.unreadable")),
        ({**state(20), "schema": {"min": 1, "max": 3}}, True, Meeting(20, 20, 0)),
        (
            {**state(20), "schema": {"min": 2, "max": 3}},
            True,
            ProtocolAlarm("sync.schema_excluded"),
        ),
        ({**state(20), "schema": {"min": 2}}, True, Later("sync.unreadable")),
        ({"high_water": []}, True, Later("sync.unreadable")),
        (None, True, Later("sync.unreadable")),
    ],
)
def test_what_the_state_of_the_city_means(told: object, current: bool, meaning: object) -> None:
    assert meet(told, 0, 20, 30, current) == meaning


@given(failures=st.integers(1, 10_000), draw=st.floats(0, 1))
def test_pauses_stay_between_one_second_and_five_minutes(failures: int, draw: float) -> None:
    assert 1.0 <= pause_s(failures, PACE, draw) <= 300.0


def test_pauses_grow_with_the_failures() -> None:
    assert [pause_s(n, PACE, 1.0) for n in (1, 2, 3, 9, 50)] == [2.0, 4.0, 8.0, 300.0, 300.0]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("7", 7.0),
        ("0", 1.0),
        ("999999", 300.0),
        ("Sat, 21 Nov 2026 10:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2020 10:00:30 GMT", 1.0),
        ("soon", None),
        ("٣", None),
        ("-5", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_bounded(header: str | None, wanted: float | None) -> None:
    assert retry_after_s(header, NOW, PACE) == wanted


def event(seq: int, text: str = "") -> Event:
    told = canonical({"seq": seq, "payload": {"text": text}}).decode()
    return Event(seq, f"e{seq}", "call", "c", told)


def test_a_batch_has_no_gap_and_keeps_the_limits() -> None:
    events = [event(n) for n in range(5, 900)]
    assert [e.seq for e in cut_batch(events, 4)] == list(range(5, 505))
    assert cut_batch(events, 3) == []
    assert [e.seq for e in cut_batch([event(5), event(6), event(8)], 4)] == [5, 6]
    assert len(cut_batch(events, 4, max_events=7)) == 7
    large = [event(n, "警" * 100_000) for n in range(1, 9)]
    batch = cut_batch(large, 0)
    assert [e.seq for e in batch] == [1, 2, 3]
    body = envelope("ab" * 8, 0, batch)
    assert len(body) <= 1024 * 1024
    assert canonical(read_json(body)) == body
    assert [e.seq for e in cut_batch([event(1, "x" * 3_000_000), event(2)], 0)] == [1]


def test_the_digest_is_the_sum_of_the_first_sixteen_bytes() -> None:
    assert digest_of([]) == Digest(0, "0" * 32)
    assert digest_of(["f" * 64, "0" * 31 + "2" + "0" * 32]) == Digest(2, "0" * 31 + "1")
    assert digest_of(["a" * 64, "b" * 64]) == digest_of(["b" * 64, "a" * 64])


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b'{"a":', b"\xff\xfe", b"[" * 100_000, b'{"a":1}x'],
)
def test_what_is_no_json_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        believable(read_json(data))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"a": [1, 2.5, "警", null, true]}', None),
        ("NaN", "number"),
        ('{"a": Infinity}', "number"),
        ('{"a": 1e999}', "number"),
        ('{"a": 99999999999999999999}', "number"),
        ("9" * 5000, "number"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "name"),
        (f"[{'[],' * 100_000}1]", "size"),
        (f'["{"x" * 600_000}", "{"y" * 600_000}"]', "size"),
        ('{"a": "\\ud800"}', "text"),
        ('{"\\ud800": 1}', "text"),
        ('{"a": "x\\u0000"}', "text"),
        ("[" * 40 + "]" * 40, "depth"),
    ],
)
def test_what_cannot_be_kept_is_not_believed(text: str, wrong: str | None) -> None:
    value = read_json(text.encode())
    assert believable(value) == wrong
    json.dumps(value)  # and can always be put into quarantine


def test_the_age_of_the_oldest_event_is_never_negative() -> None:
    from console.sync.model import RoadState

    road = RoadState(configured=True, up=True, since=NOW)
    assert road.oldest_age_s(NOW) is None
    waiting = RoadState(configured=True, up=True, since=NOW, oldest_pending_at=NOW)
    assert waiting.oldest_age_s(NOW + timedelta(seconds=9)) == 9
    assert waiting.oldest_age_s(NOW - timedelta(seconds=9)) == 0
