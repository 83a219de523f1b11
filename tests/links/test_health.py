"""How links did, minute by minute: counted, kept, forgotten, drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.core.database import Database
from console.core.errors import Unavailable
from console.core.ids import LinkId
from console.links import store
from console.links.model import LinkConfig, LinkPhase, LinkState, SerialPlace
from console.links.model.health import HealthMinute
from console.links.page.health_chart import bins_of
from console.links.service.health import KEPT, HealthKeeper, MinuteBook, minute_of
from tests.conftest import HandClock

LINK = LinkId("l")
CONFIG = LinkConfig(LINK, "GNSS", "nmea", SerialPlace("path:/dev/x"))


def state(clock: HandClock, frames: int, bad: int = 0, lost: int = 0) -> LinkState:
    return LinkState(
        CONFIG, LinkPhase.TRAFFIC, clock.now(), opened=True, frames=frames, bad=bad, lost=lost
    )


def test_sums_become_minutes(clock: HandClock) -> None:
    book = MinuteBook()
    first = minute_of(clock.now())
    assert book.look([state(clock, 10)], clock.now()) == []
    clock.pass_(30)
    silent = replace(state(clock, 25, 2), phase=LinkPhase.SILENT)
    assert book.look([silent], clock.now()) == []
    clock.pass_(40)
    (over,) = book.look([state(clock, 30, 2, 1)], clock.now())
    assert over == HealthMinute(LINK, first, LinkPhase.SILENT, 25, 2)
    running = book.running(LINK)
    assert running == HealthMinute(LINK, minute_of(clock.now()), LinkPhase.TRAFFIC, 5, 0, 1)


def test_a_thread_that_was_begun_anew_counts_from_nothing(clock: HandClock) -> None:
    book = MinuteBook()
    book.look([state(clock, 100)], clock.now())
    book.look([state(clock, 7)], clock.now())
    running = book.running(LINK)
    assert running is not None
    assert running.frames == 107


def test_minutes_are_kept_and_forgotten(database: Database, clock: HandClock) -> None:
    states = [state(clock, 10)]
    keeper = HealthKeeper(database, lambda: states, clock)
    began = clock.now()
    keeper.look()
    with database.read() as connection:
        assert [one.frames for one in keeper.health(connection, LINK, began)] == [10]
        assert store.health(connection, LINK, began) == [], "the running minute is not kept yet"
    clock.pass_(61)
    states[:] = [state(clock, 12)]
    keeper.look()
    with database.read() as connection:
        assert [one.frames for one in keeper.health(connection, LINK, began)] == [10, 2]
        assert [one.frames for one in store.health(connection, LINK, minute_of(began))] == [10]
    keeper.stop()
    with database.read() as connection:
        kept = store.health(connection, LINK, minute_of(began))
        assert [one.frames for one in kept] == [10, 2], "the last minute as far as it came"
    again = HealthKeeper(database, lambda: states, clock)
    again.look()
    with database.read() as connection:
        assert [one.frames for one in again.health(connection, LINK, began)] == [10, 14]
    clock.pass_(KEPT.total_seconds() + 120)
    again.look()
    with database.read() as connection:
        assert store.health(connection, LINK, began - timedelta(days=1)) == []


def test_a_store_that_takes_nothing_keeps_the_minutes_waiting(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = HealthKeeper(database, lambda: [state(clock, 10)], clock)
    keeper.look()
    clock.pass_(61)
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise Unavailable("store.disk_full")

        patch.setattr(store, "put_health", refuse)
        with pytest.raises(Unavailable):
            keeper.look()
        keeper.stop()
    keeper.look()
    with database.read() as connection:
        assert store.health(connection, LINK, clock.now() - timedelta(minutes=5))[0].frames == 10


def test_bars_are_rates_a_minute(clock: HandClock) -> None:
    now = clock.now()
    minutes = [
        HealthMinute(LINK, now - timedelta(minutes=12), LinkPhase.TRAFFIC, 60, 2),
        HealthMinute(LINK, now - timedelta(minutes=11), LinkPhase.LOST, 0, 0, 1),
        HealthMinute(LINK, now - timedelta(minutes=2), LinkPhase.SILENT),
        HealthMinute(LINK, now - timedelta(days=2), LinkPhase.TRAFFIC, 999),
    ]
    bins = bins_of(minutes, now, 1440, 10)
    assert [(one.start, one.good, one.bad, one.lost, one.standing) for one in bins] == [
        (-20, 30.0, 1.0, 1, "down"),
        (-10, 0.0, 0.0, 0, "silent"),
    ]
    assert bins_of(minutes, now, 60, 1)[0].good == 60
    assert bins_of([], now, 60, 1) == []
