"""A machine's clock goes back: nothing may stay frozen, locked or untold till it has caught up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import UnitId, new_id
from console.core.outbox import Lane, Told, put
from console.core.tables import outbox
from console.handover import store as handovers
from console.handover.model import Content, Handover, Signature
from console.people import service as people
from console.roster import service as roster
from console.roster.model import FixVerdict, NewUnit
from console.roster.service.positions import Motion
from console.shell.player import NoPlayer
from console.shell.tones import Tones
from console.sync.store.lane import marks
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


def test_the_newest_hand_over_is_the_one_signed_last(database: Database, clock: HandClock) -> None:
    """Not the one with the latest time: its clock may have been ahead."""

    def signed(name: str) -> str:
        at, one = clock.now(), new_id()
        who = Signature(name, name, at)
        with database.act(SYSTEM) as act:
            handovers.insert(act.connection, Handover(one, 1, Content(at, None, None, ()), "", who))
        return one

    signed("0001")
    clock.pass_(-86_400)
    last = signed("0002")
    with database.read() as connection:
        newest = handovers.newest(connection)
    assert newest is not None and newest.id == last


def test_a_mute_ends_after_its_minutes_whatever_the_clock_says(
    qapp: object, clock: HandClock
) -> None:
    tones = Tones(NoPlayer(), clock)
    tones.mute(600)
    clock._now -= timedelta(days=365)  # the wall clock alone
    clock.pass_(599)
    assert tones.muted_until is not None
    clock.pass_(2)
    assert tones.muted_until is None
    tones.mute(600)
    clock._now += timedelta(days=365)
    assert tones.muted_until is not None


def test_older_lives_of_a_store_are_sent_in_the_order_in_which_they_were_lived(
    database: Database, clock: HandClock
) -> None:
    """Else a city that was restored gets an entity's second half before its first."""
    for epoch in ("b" * 16, "a" * 16, "c" * 16):
        with database.act(SYSTEM) as act:
            told = Told(Lane.URGENT, "call", epoch, "call.signed", 0, 1, {})
            put(act.connection, epoch, act.at, "officer:0123", told)
        clock.pass_(-3600)
    with database.read() as connection:
        found = marks(connection, int(Lane.URGENT), "c" * 16)
    assert [mark.epoch[0] for mark in found] == ["b", "a", "c"]
