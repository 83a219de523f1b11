"""The tiers and their revisit intervals, and the log of who watched what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.videowall import service
from console.videowall.model import CameraId, How, Rounds, Tier, covered_share, dues, next_round
from tests.conftest import HandClock
from tests.videowall.conftest import camera

A, B, C = CameraId("A"), CameraId("B"), CameraId("C")
ROUNDS = Rounds({Tier.FIRST: 30, Tier.SECOND: 120, Tier.THIRD: 480}, 15)
CAMERAS = [
    camera(number="A", tier=Tier.FIRST),
    camera(number="B", tier=Tier.SECOND),
    camera(number="C", tier=Tier.THIRD),
]


def test_each_tier_is_due_after_its_own_interval(clock: HandClock) -> None:
    now = clock.now()
    hour = {one.id: now - timedelta(hours=1) for one in CAMERAS}
    waiting = dues(CAMERAS, hour, ROUNDS, now)
    assert [(due.camera.id, due.late) for due in waiting] == [(A, True), (B, False), (C, False)]
    assert waiting[0].due_at == now - timedelta(minutes=30)
    never = dues(CAMERAS, {A: now}, ROUNDS, now)
    assert [due.camera.id for due in never] == [B, C, A]
    assert never[0].late and never[0].due_at is None
    assert [covered_share(waiting, tier) for tier in Tier] == [(0, 1), (1, 1), (1, 1)]


def test_patrol_takes_who_waits_longest_and_a_dead_camera_does_not_hold_it_up(
    clock: HandClock,
) -> None:
    now = clock.now()
    waiting = dues(CAMERAS, {C: now - timedelta(hours=9)}, ROUNDS, now)
    assert [one.id for one in next_round(waiting, {}, ROUNDS, 2)] == [A, B]
    tried = {A: now, B: now - timedelta(seconds=30)}
    assert [one.id for one in next_round(waiting, tried, ROUNDS, 3)] == [C, B, A]


def test_only_what_lived_long_enough_becomes_a_line(clock: HandClock) -> None:
    watching, begun = service.Watching(), clock.now()
    for _ in range(10):
        seen = {A: How.PATROL} | ({B: How.CHOSEN} if clock.now() == begun else {})
        watching.see(clock.now(), "0123", seen)
        clock.pass_(1)
    assert watching.take(clock.now()) == []
    (line,) = watching.end()
    assert (line.camera_id, line.officer, line.how) == (A, "0123", How.PATROL)
    assert (line.began_at, line.seconds) == (begun, 9.0)
    assert watching.end() == []


def test_another_officer_another_reason_or_a_gap_begins_a_new_line(clock: HandClock) -> None:
    watching = service.Watching()
    for officer, how, pause in (
        ("1", How.CHOSEN, 0),
        ("2", How.CHOSEN, 0),
        ("2", How.TOUR, 0),
        ("2", How.TOUR, 60),
        ("2", How.TOUR, -7200),
    ):
        clock.pass_(pause)
        for _ in range(5):
            watching.see(clock.now(), officer, {A: how})
            clock.pass_(1)
    lines = [*watching.take(clock.now()), *watching.end()]
    told = [(one.officer, str(one.how), one.seconds) for one in lines]
    assert told == [("1", "chosen", 4.0), ("2", "chosen", 4.0), *[("2", "tour", 4.0)] * 3]


def test_a_long_look_is_written_on_the_way_and_stays_one_line(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    one = service.add_camera(database, officer, camera(tier=Tier.FIRST))
    watching, acts = service.Watching(), 0
    for _ in range(150):
        watching.see(clock.now(), "0123", {one.id: How.CHOSEN})
        lines = watching.take(clock.now())
        acts += bool(lines)
        service.cover(database, officer, lines)
        clock.pass_(1)
    assert acts == 2
    service.cover(database, officer, watching.end())
    with database.read() as connection:
        (line,) = service.watches(connection, None, 10)
        assert line.seconds == 149
        (due,) = service.waiting(connection, clock.now())
        assert due.watched_at == line.ended_at and not due.late
        (due,) = service.waiting(connection, clock.now() + timedelta(minutes=31))
        assert due.late
        assert audit.first_fault(connection) is None


def test_the_log_is_read_window_by_window(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    one = service.add_camera(database, officer, camera())
    watching = service.Watching()
    for _ in range(7):
        for _ in range(5):
            watching.see(clock.now(), "0123", {one.id: How.TOUR})
            clock.pass_(1)
        service.cover(database, officer, watching.end())
    with database.read() as connection:
        first = service.watches(connection, None, 3)
        rest = service.watches(connection, first[-1], 10)
        assert len(first) == 3 and len(rest) == 4
        begun = [line.began_at for line in (*first, *rest)]
        assert begun == sorted(begun, reverse=True) and len(set(begun)) == 7
        assert service.watches(connection, None, 10, CameraId("other")) == []


def test_the_post_sets_its_own_intervals(database: Database, clock: HandClock) -> None:
    chief = Actor("officer", "1", frozenset({"chief"}))
    duty = Actor("officer", "2", frozenset({"duty_officer"}))
    wanted = Rounds({Tier.FIRST: 10, Tier.SECOND: 20, Tier.THIRD: 40}, 8)
    with pytest.raises(Refused):
        service.change_rounds(database, duty, wanted)
    service.change_rounds(database, chief, wanted)
    with database.read() as connection:
        assert service.rounds(connection, clock.now()) == wanted
    for bad in (
        Rounds({**wanted.revisit_min, Tier.SECOND: 0}, 8),
        Rounds(wanted.revisit_min, 2),
    ):
        with pytest.raises(Refused, match=r"bad_revisit|bad_dwell"):
            service.change_rounds(database, chief, bad)
