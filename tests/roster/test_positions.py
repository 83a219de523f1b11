"""The position board: what counts as a place, what is stored, what the city hears."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import UnitId
from console.core.tables import outbox
from console.roster import service
from console.roster.model import FixVerdict, NewUnit, UnitMoved
from console.roster.service.positions import FOLLOWED_MOST, Motion
from tests.conftest import HandClock


@pytest.fixture
def car(database: Database, officer: Actor) -> UnitId:
    return service.add_unit(database, officer, NewUnit("巡01"))


@pytest.fixture
def board(
    database: Database, bus: EventBus, clock: HandClock, car: UnitId
) -> Iterator[service.PositionBoard]:
    found = service.PositionBoard(database, bus, clock, interval_s=0.01)
    found.start()
    yield found
    found.stop()


def stored(database: Database, car: UnitId) -> tuple[float, float] | None:
    with database.read() as connection:
        place = service.unit(connection, car).whereabouts
    return None if place is None else (place.lat, place.lon)


def positions_told(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(
            sa.select(sa.func.count()).where(outbox.c.kind == "unit.position")
        ).scalar_one()


def test_a_fix_is_known_at_once_and_stored_soon(
    board: service.PositionBoard, database: Database, clock: HandClock, car: UnitId, bus: EventBus
) -> None:
    heard: list[UnitMoved] = []
    bus.subscribe(UnitMoved, heard.append)
    verdict = board.take(car, 35.4, 116.5, clock.now(), clock.now(), Motion(speed_mps=8.0))
    assert verdict is FixVerdict.TAKEN
    assert board.latest()[car].lat == 35.4
    assert heard[0].whereabouts.speed_mps == 8.0
    deadline = time.monotonic() + 5
    while stored(database, car) is None and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    assert stored(database, car) == (35.4, 116.5)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(0.0, 0.0), (math.nan, 116.0), (35.0, math.inf), (90.5, 116.0), (35.0, 181.0)],
)
def test_nonsense_leaves_the_whereabouts_as_old_as_they_are(
    board: service.PositionBoard,
    clock: HandClock,
    car: UnitId,
    lat: float,
    lon: float,
) -> None:
    board.take(car, 35.4, 116.5, clock.now(), clock.now())
    was = board.latest()[car]
    clock.pass_(60)
    assert board.take(car, lat, lon, clock.now(), clock.now()) is FixVerdict.NONSENSE
    assert board.latest()[car] == was
    assert board.latest()[car].age_s(clock.now()) == 60
    board.take(car, lat, lon, clock.now(), clock.now())
    flagged = board.doubted()[car]
    assert (str(flagged.lat), str(flagged.lon)) == (str(lat), str(lon)), "kept as it was told"
    assert len(board.doubts(car)) == 2
    board.take(car, 35.4, 116.5, clock.now(), clock.now())
    assert board.doubted() == {}
    assert len(board.doubts(car)) == 2


SOURCE = Motion(source="gnss-1")


def test_a_jump_of_five_hundred_kilometres_is_flagged_kept_and_not_drawn(
    board: service.PositionBoard, database: Database, clock: HandClock, car: UnitId
) -> None:
    board.take(car, 35.4, 116.5, clock.now(), clock.now(), SOURCE)
    clock.pass_(1)
    assert board.take(car, 39.9, 116.5, clock.now(), clock.now(), SOURCE) is FixVerdict.JUMP
    assert board.latest()[car].lat == 35.4
    flagged = board.doubted()[car]
    assert (flagged.lat, flagged.lon, flagged.fixed_at) == (39.9, 116.5, clock.now())
    assert flagged.metres == pytest.approx(500_400, rel=0.01)
    clock.pass_(1)
    assert board.take(car, 35.4001, 116.5, clock.now(), clock.now(), SOURCE) is FixVerdict.TAKEN
    assert board.doubted() == {}
    board.flush()
    assert stored(database, car) == (35.4001, 116.5)


def test_a_crew_that_stays_about_the_new_place_is_there(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    board.take(car, 39.9, 116.5, clock.now(), clock.now(), SOURCE)  # this was the wrong one
    verdicts = []
    for _ in range(32):
        clock.pass_(1)
        verdicts.append(board.take(car, 35.4, 116.5, clock.now(), clock.now(), SOURCE))
    assert verdicts == [FixVerdict.JUMP] * 30 + [FixVerdict.TAKEN] * 2
    assert board.latest()[car].lat == 35.4


def test_places_all_over_the_country_are_never_believed(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    board.take(car, 35.4, 116.5, clock.now(), clock.now(), SOURCE)
    for second in range(200):
        clock.pass_(1)
        lat = 25.0 + 10 * (second % 2)
        assert board.take(car, lat, 110.0, clock.now(), clock.now(), SOURCE) is FixVerdict.JUMP
    assert board.latest()[car].lat == 35.4
    assert len(board.doubts(car)) <= 50


def test_two_receivers_of_one_crew_are_each_judged_by_their_own_way(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    radio = Motion(source="radio")
    for lat, motion in ((35.4, SOURCE), (35.45, radio), (35.4001, SOURCE), (35.4501, radio)):
        clock.pass_(1)
        assert board.take(car, lat, 116.5, clock.now(), clock.now(), motion) is FixVerdict.TAKEN


def test_a_wire_that_names_ever_new_receivers_fills_no_memory(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    for number in range(FOLLOWED_MOST + 50):
        board.take(car, 35.4, 116.5, clock.now(), clock.now(), Motion(source=f"s{number}"))
    assert len(board._followers) == FOLLOWED_MOST


def test_a_lost_fix_and_a_late_fix_do_not_overwrite(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    board.take(car, 35.4, 116.5, clock.now(), clock.now())
    lost = board.take(car, 35.5, 116.6, clock.now(), clock.now(), Motion(valid=False))
    late = board.take(car, 35.6, 116.7, clock.now() - timedelta(seconds=9), clock.now())
    assert (lost, late) == (FixVerdict.NO_FIX, FixVerdict.LATE)
    assert board.latest()[car].lat == 35.4
    assert board.counts() == {FixVerdict.TAKEN: 1, FixVerdict.NO_FIX: 1, FixVerdict.LATE: 1}


def test_a_fix_from_the_future_does_not_lock_out_the_present(
    board: service.PositionBoard, clock: HandClock, car: UnitId
) -> None:
    board.take(car, 35.4, 116.5, clock.now() + timedelta(days=7000), clock.now())
    clock.pass_(1)
    assert board.take(car, 35.401, 116.5, clock.now(), clock.now()) is FixVerdict.TAKEN


def test_a_unit_nobody_knows_is_not_kept(board: service.PositionBoard, clock: HandClock) -> None:
    strange = UnitId("nobody")
    assert board.take(strange, 35.4, 116.5, None, clock.now()) is FixVerdict.UNKNOWN_UNIT
    assert strange not in board.latest()


def test_a_unit_added_later_is_known(
    board: service.PositionBoard, database: Database, officer: Actor, clock: HandClock
) -> None:
    later = service.add_unit(database, officer, NewUnit("巡09"))
    assert board.take(later, 35.4, 116.5, None, clock.now()) is FixVerdict.TAKEN


def test_the_city_hears_a_place_every_thirty_seconds_or_two_hundred_metres(
    database: Database, bus: EventBus, clock: HandClock, car: UnitId
) -> None:
    board = service.PositionBoard(database, bus, clock)
    board.start()
    board.stop()  # from here only ``flush`` stores, so that every batch is ours
    for second in range(1, 31):
        clock.pass_(1)
        board.take(car, 35.4 + second * 0.00001, 116.5, clock.now(), clock.now())
        assert board.flush() == 1
    assert positions_told(database) == 1
    clock.pass_(1)
    board.take(car, 35.4, 116.5, clock.now(), clock.now())
    board.flush()
    assert positions_told(database) == 2
    clock.pass_(1)
    board.take(car, 35.402, 116.5, clock.now(), clock.now())
    board.flush()
    assert positions_told(database) == 3


def test_many_fixes_from_many_threads_cost_few_acts(
    database: Database, bus: EventBus, clock: HandClock, car: UnitId
) -> None:
    board = service.PositionBoard(database, bus, clock, interval_s=60)
    board.start()

    def report() -> None:
        for number in range(200):
            board.take(car, 35.4 + number * 1e-6, 116.5, clock.now(), clock.now())

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    board.stop()
    assert board.counts()[FixVerdict.TAKEN] == 800
    assert stored(database, car) is not None
    assert positions_told(database) <= 2


def test_after_a_restart_the_last_places_are_known(
    database: Database, bus: EventBus, clock: HandClock, car: UnitId
) -> None:
    first = service.PositionBoard(database, bus, clock)
    first.start()
    first.take(car, 35.4, 116.5, clock.now(), clock.now())
    first.stop()
    second = service.PositionBoard(database, bus, clock)
    second.start()
    found = second.latest()
    second.stop()
    assert found[car].lat == 35.4
