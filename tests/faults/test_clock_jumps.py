"""A machine's clock goes back: nothing may stay frozen, locked or untold till it has caught up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import UnitId
from console.core.tables import outbox
from console.people import service as people
from console.roster import service as roster
from console.roster.model import FixVerdict, NewUnit
from console.roster.service.positions import Motion
from tests.conftest import HandClock


@pytest.fixture
def car(database: Database, officer: Actor) -> UnitId:
    return roster.add_unit(database, officer, NewUnit("巡01"))


@pytest.fixture
def board(
    database: Database, bus: EventBus, clock: HandClock, car: UnitId
) -> Iterator[roster.PositionBoard]:
    found = roster.PositionBoard(database, bus, clock, interval_s=0.01)
    found.start()
    yield found
    found.stop()


def told(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(
            sa.select(sa.func.count()).where(outbox.c.kind == "unit.position")
        ).scalar_one()


def test_a_place_from_a_future_that_never_was_gives_way(
    board: roster.PositionBoard, database: Database, clock: HandClock, car: UnitId
) -> None:
    """Else the crew stands still on the map, and looks fresh, until the clock has caught up."""
    board.take(car, 35.40, 116.50, None, clock.now())
    board.flush()
    before = told(database)
    clock.pass_(-3600)
    assert board.take(car, 35.401, 116.50, None, clock.now()) is FixVerdict.TAKEN
    assert board.latest()[car].lat == 35.401
    board.stop()
    assert told(database) == before + 1
    clock.pass_(5)
    late = clock.now() - timedelta(seconds=20)
    assert board.take(car, 35.402, 116.50, late, clock.now()) is FixVerdict.LATE


def test_a_lock_written_by_a_clock_ahead_lasts_no_longer_than_a_lock(
    database: Database, clock: HandClock
) -> None:
    people.first_officer(database, "0001", "站长", "correct horse")
    clock.pass_(365 * 86400)
    for _ in range(5):
        with pytest.raises(Refused):
            people.sign_in(database, "0001", "wrong")
    clock.pass_(-365 * 86400)
    with pytest.raises(Refused, match="locked"):
        people.sign_in(database, "0001", "correct horse")
    clock.pass_(29 * 60)
    with pytest.raises(Refused, match="locked"):
        people.sign_in(database, "0001", "correct horse")
    clock.pass_(61)
    assert people.sign_in(database, "0001", "correct horse").number == "0001"


def test_a_device_that_measures_nonsense_costs_no_other_crew_its_place(
    board: roster.PositionBoard, database: Database, clock: HandClock, car: UnitId
) -> None:
    motion = Motion(speed_mps=float("nan"), course_deg=720.0, error_m=-1.0)
    board.take(car, 35.40, 116.50, None, clock.now(), motion)
    board.stop()
    assert told(database) == 1
    place = board.latest()[car]
    assert (place.speed_mps, place.course_deg, place.error_m) == (None, None, None)
