"""The wall clock against the monotonic clock: jumps are told, slow mending is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from console.core.audit import AuditLine, lines
from console.core.clock_watch import ClockJumped, ClockWatch
from console.core.database import Database
from console.core.events import EventBus
from tests.conftest import HandClock


class TwoClocks(HandClock):
    """The wall clock may be put otherwise without time going on."""

    def put(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> TwoClocks:
    return TwoClocks()


@pytest.fixture
def told(bus: EventBus) -> list[ClockJumped]:
    heard: list[ClockJumped] = []
    bus.subscribe(ClockJumped, heard.append)
    return heard


@pytest.fixture
def watch(database: Database, clock: TwoClocks) -> Iterator[ClockWatch]:
    found = ClockWatch(database, clock, look_s=3600.0)
    found.start()
    yield found
    found.stop()


def jumps(database: Database) -> list[AuditLine]:
    with database.read() as connection:
        return [line for line in lines(connection) if line.act == "clock.jumped"]


@pytest.mark.parametrize("seconds", [2.5, -2.5, 3600.0, -315_576_000.0, 315_576_000.0])
def test_a_jump_is_recorded_with_its_size_and_told(
    watch: ClockWatch, database: Database, clock: TwoClocks, told: list[ClockJumped], seconds: float
) -> None:
    clock.pass_(1)
    assert watch.look() is None
    clock.put(seconds)
    clock.pass_(1)
    assert watch.look() == pytest.approx(seconds)
    (line,) = jumps(database)
    assert line.detail["seconds"] == pytest.approx(seconds) and line.at == clock.now()
    assert [event.seconds for event in told] == [pytest.approx(seconds)]
    clock.pass_(1)
    assert watch.look() is None and len(jumps(database)) == 1


def test_a_clock_that_is_kept_right_slowly_does_not_jump_and_one_that_creeps_does(
    watch: ClockWatch, database: Database, clock: TwoClocks
) -> None:
    for _ in range(2 * 3600):  # as fast as a clock is slewed: 0.5 ms a second, two hours long
        clock.put(0.0005)
        clock.pass_(1)
        assert watch.look() is None
    for _ in range(8):  # small steps, but more of them than any slewing makes
        clock.put(0.5)
        clock.pass_(1)
        watch.look()
    assert len(jumps(database)) == 1


def test_a_clock_put_back_while_the_console_was_closed_is_told_at_the_start(
    database: Database, clock: TwoClocks, watch: ClockWatch
) -> None:
    clock.put(90)
    watch.look()
    clock.put(-86_400)
    later = ClockWatch(database, clock, look_s=3600.0)
    assert later.look_back() == pytest.approx(-86_400)
    line = jumps(database)[-1]
    assert line.detail["behind_record"] == 1
    assert ClockWatch(database, clock).look_back() is None


def test_the_thread_looks_by_itself(database: Database, clock: TwoClocks, bus: EventBus) -> None:
    heard = threading.Event()
    bus.subscribe(ClockJumped, lambda _: heard.set())
    watch = ClockWatch(database, clock, look_s=0.01)
    watch.start()
    clock.put(60)
    assert heard.wait(10)
    watch.stop()
