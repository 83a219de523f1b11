"""Statuses by radio: a crew's call goes on, its own status changes, and nothing twice."""

from __future__ import annotations

import pytest

from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import CallId, UnitId
from console.dispatch import service
from console.dispatch.model.call import Origin
from console.dispatch.service.by_radio import CrewSaid, RadioSteps, follow
from console.roster import service as roster
from tests.dispatch.desk import PLACE, Desk

RADIO = "2001"


@pytest.fixture
def bound(desk: Desk) -> tuple[CallId, UnitId]:
    unit_id = desk.add("巡01", (PLACE[0] + 0.05, PLACE[1]))  # five kilometres away
    call_id = desk.create()
    desk.run(call_id, unit_id, "assigned")
    return call_id, unit_id


def said(unit_id: UnitId, code: int, meaning: str) -> CrewSaid:
    return CrewSaid(unit_id, RADIO, code, meaning)


def test_a_call_goes_along_by_what_its_crew_sends(desk: Desk, bound: tuple[CallId, UnitId]) -> None:
    call_id, unit_id = bound
    follow(desk.database, said(unit_id, 0x8003, "depart"))
    assert desk.status(call_id) == "departed"
    follow(desk.database, said(unit_id, 0x8004, "arrive"))  # its word stands against its place
    assert desk.status(call_id) == "arrived"
    follow(desk.database, said(unit_id, 0x8005, "acting"))
    assert desk.unit(unit_id).unit.status == "acting"
    follow(desk.database, said(unit_id, 0x8006, "finish"))  # what it came to is the desk's to say
    assert desk.status(call_id) == "first_feedback"
    (departed,) = desk.lines(call_id, "departed")
    assert departed.origin == Origin.RADIO
    assert departed.actor == f"device:{RADIO}"
    assert desk.told("unit.arrived")[0]["by_word"] == "电台状态 8004 到场"
    assert desk.told("call.feedback")[0]["text"] == "电台状态 8006 处置完毕"


def test_the_same_again_is_refused_and_changes_nothing(
    desk: Desk, bound: tuple[CallId, UnitId]
) -> None:
    call_id, unit_id = bound
    follow(desk.database, said(unit_id, 0x8003, "depart"))
    with pytest.raises(Refused, match="departed_already"):
        follow(desk.database, said(unit_id, 0x8003, "depart"))
    assert len(desk.lines(call_id, "departed")) == 1


def test_a_bound_crew_does_not_free_itself(desk: Desk, bound: tuple[CallId, UnitId]) -> None:
    _call_id, unit_id = bound
    was = desk.unit(unit_id).unit.status
    follow(desk.database, said(unit_id, 0x8002, "free"))
    assert desk.unit(unit_id).unit.status == was
    assert desk.told("call.feedback")[0]["text"] == "电台状态 8002 空闲"


def test_a_crew_without_a_call_has_its_own_status(desk: Desk) -> None:
    unit_id = desk.add("巡02")
    follow(desk.database, said(unit_id, 0x800A, "meal"))
    assert desk.unit(unit_id).unit.status == "meal"
    follow(desk.database, said(unit_id, 0x8003, "depart"))  # to nowhere
    assert desk.unit(unit_id).unit.status == "meal"
    with pytest.raises(Refused, match="status_unknown"):
        follow(desk.database, said(unit_id, 0x9999, "dancing"))
    with pytest.raises(Refused):
        follow(desk.database, said(UnitId("nobody"), 0x800A, "meal"))


def test_a_thread_of_its_own_follows_and_goes_on_after_what_cannot_be(
    desk: Desk, database: Database
) -> None:
    unit_id = desk.add("巡03")
    steps = RadioSteps(database)
    steps.start()
    steps.take(said(UnitId("nobody"), 0x800A, "meal"))
    steps.take(said(unit_id, 0, "emergency"))  # an alarm, and no step
    steps.take(said(unit_id, 0x800A, "meal"))
    steps.stop()
    assert desk.unit(unit_id).unit.status == "meal"
    with database.read() as connection:
        assert service.bound_units(connection) == {}
        assert roster.unit(connection, unit_id, desk.clock.now()).unit.status == "meal"
