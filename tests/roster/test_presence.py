"""Signing on and off: who is here decides which crews can be assigned."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import UnitId
from console.roster import service
from console.roster.model import NewUnit, SignedOff, SignedOn, TravelMode, Unit

from tests.roster.staff import CHIEF, DUTY, Staff, make_staff


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database)


@pytest.fixture
def car(database: Database, staff: Staff) -> UnitId:
    """A crew of the first two, one by name and one by number, that nobody came for yet."""
    new = NewUnit("巡01", "", TravelMode.CAR, ("赵一", "1002"), status="off", on_duty=False)
    return service.add_unit(database, CHIEF, new)


def unit(database: Database, unit_id: UnitId) -> Unit:
    with database.read() as connection:
        return service.unit(connection, unit_id).unit


def test_the_first_brings_the_crew_on_duty_and_the_last_takes_it_off(
    database: Database, staff: Staff, car: UnitId, bus: EventBus
) -> None:
    heard: list[object] = []
    bus.subscribe(SignedOn, heard.append)
    bus.subscribe(SignedOff, heard.append)
    service.sign_on(database, DUTY, staff.officers[0])
    assert (unit(database, car).on_duty, unit(database, car).status) == (True, "free")
    service.set_status(database, DUTY, car, "patrolling")
    service.sign_on(database, DUTY, staff.officers[1])
    assert unit(database, car).status == "patrolling"
    service.sign_off(database, DUTY, staff.officers[0])
    assert unit(database, car).on_duty
    service.sign_off(database, DUTY, staff.officers[1])
    assert (unit(database, car).on_duty, unit(database, car).status) == (False, "off")
    assert [type(one) for one in heard] == [SignedOn, SignedOn, SignedOff, SignedOff]


def test_twice_is_refused_and_says_who(database: Database, staff: Staff) -> None:
    with pytest.raises(Refused, match="roster.not_on"):
        service.sign_off(database, DUTY, staff.officers[0])
    service.sign_on(database, DUTY, staff.officers[0])
    with pytest.raises(Refused, match="roster.already_on") as refused:
        service.sign_on(database, DUTY, staff.officers[0])
    assert refused.value.details["name"] == "赵一"


def test_the_last_of_a_crew_on_a_call_stays_and_the_call_is_named(
    database: Database, staff: Staff, car: UnitId
) -> None:
    def bound(_: sa.Connection) -> Mapping[UnitId, str]:
        return {car: "0017"}

    one, two = staff.officers[:2]
    service.sign_on(database, DUTY, one)
    service.sign_on(database, DUTY, two)
    service.sign_off(database, DUTY, one, bound)  # somebody remains
    with pytest.raises(Refused, match="roster.crew_on_call") as refused:
        service.sign_off(database, DUTY, two, bound)
    assert refused.value.details == {"crew": "巡01", "call": "0017"}
    with database.read() as connection:
        assert list(service.present(connection)) == [two]
    service.set_status(database, DUTY, car, "on_scene")
    with pytest.raises(Refused, match="roster.crew_busy"):
        service.sign_off(database, DUTY, two)
    assert unit(database, car).on_duty
