"""Which calls and alarms bring cameras up, read from a real store: and which never do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.alarms import service as alarms
from console.alarms.model import SILENT, TEST, AlarmChanged, Kind, Raising
from console.app.rooms.pop_up import Told, told
from console.core.actor import CITY, SYSTEM, Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import CallId
from console.core.reference import shipped
from console.dispatch import service as dispatch
from console.dispatch.model import CallChanged, NewCall
from console.videowall import service
from console.videowall.model import Camera, CameraId, PopUpRule, Why
from console.wiring import pop_up_listeners
from tests.conftest import HandClock

LAT, LON = 35.4, 121.6
NORTH = 0.001  # about 111 m
RULE = PopUpRule.of(shipped("pop_ups"))
OFFICER = Actor("officer", "0123", frozenset({"duty_officer", "chief", "technician"}))


@pytest.fixture
def cameras(database: Database) -> list[Camera]:
    """The nearest looks away, the next one looks there, the last is too far off."""
    made = [
        Camera(CameraId(""), "SX001", "一", LAT + NORTH, LON, "lavfi:testsrc", 0.0, view_deg=90.0),
        Camera(CameraId(""), "SX002", "二", LAT + 2 * NORTH, LON, "lavfi:testsrc", 180.0,
               view_deg=90.0, range_m=400.0),
        Camera(CameraId(""), "SX003", "三", LAT + 9 * NORTH, LON, "lavfi:testsrc"),
    ]  # fmt: skip
    return [service.add_camera(database, OFFICER, one) for one in made]


def read(database: Database, why: Why, ref: str, rule: PopUpRule = RULE) -> Told:
    with database.read() as connection:
        return told(connection, why, ref, rule, database.clock.now())


def numbers(found: Told) -> list[str]:
    return [one.camera.number for one in found.event.sights] if found.event is not None else []


def call(database: Database, **more: Any) -> CallId:
    new = replace(NewCall("walk_in", "6003", "有人打架", place="人民路"), lat=LAT, lon=LON)
    return dispatch.take_call(database, OFFICER, replace(new, **more))


def alarm(database: Database, kind: str = Kind.BUTTON, how: str = "", **more: Any) -> str:
    place = {"lat": LAT, "lon": LON, **more}
    raising = Raising(f"{kind}:1", kind, "人民路报警柱", "人民路", how=how, **place)
    return alarms.raise_alarm(database, SYSTEM, raising)


@pytest.mark.usefixtures("cameras")
def test_a_call_with_a_place_brings_those_that_look_there_first(database: Database) -> None:
    ref = call(database)
    found = read(database, Why.CALL, ref)
    assert numbers(found) == ["SX002", "SX001"]
    assert found.event is not None and found.id == found.event.id == f"call:{ref}"
    with database.read() as connection:
        one = dispatch.call(connection, ref).call
    assert (found.event.title.zh_CN, found.event.place) == (one.number, "人民路")
    assert (found.event.priority, found.event.at) == (one.level, one.received_at)
    assert found.event.call_id == ref


@pytest.mark.usefixtures("cameras")
def test_a_call_without_a_place_far_off_not_urgent_or_done_brings_none(database: Database) -> None:
    assert read(database, Why.CALL, call(database, lat=None, lon=None)).event is None
    assert read(database, Why.CALL, call(database, lat=LAT + 0.1)).event is None
    ref = call(database)
    with database.read() as connection:
        level = dispatch.call(connection, ref).call.level
    assert read(database, Why.CALL, ref, replace(RULE, call_level=level)).event is not None
    assert read(database, Why.CALL, ref, replace(RULE, call_level=level - 1)).event is None
    dispatch.sign(database, OFFICER, ref)
    dispatch.return_call(database, OFFICER, ref, "不属本辖区")
    assert read(database, Why.CALL, ref) == Told(f"call:{ref}", None)
    assert read(database, Why.CALL, "nobody") == Told("call:nobody", None)


@pytest.mark.usefixtures("cameras")
def test_an_alarm_in_earnest_brings_them(database: Database) -> None:
    found = read(database, Why.ALARM, alarm(database))
    assert numbers(found) == ["SX002", "SX001"]
    assert found.event is not None and found.event.call_id is None
    assert found.event.title.zh_CN.startswith("一键报警")


@pytest.mark.usefixtures("cameras")
def test_what_technicians_mend_duress_and_tests_bring_none(database: Database) -> None:
    for kind in (Kind.LINK_LOST, Kind.CAMERA_LOST, Kind.BACKUP_FAILED):
        assert read(database, Why.ALARM, alarm(database, kind)).event is None
    assert read(database, Why.ALARM, alarm(database, Kind.DURESS, SILENT)).event is None
    for_all = replace(RULE, alarms=RULE.alarms | {Kind.DURESS})
    hidden = alarm(database, Kind.DURESS, SILENT)
    assert read(database, Why.ALARM, hidden, for_all).event is None  # whatever a table says
    tested = alarm(database, "door", TEST)
    assert read(database, Why.ALARM, tested).event is None
    assert read(database, Why.ALARM, tested, replace(RULE, tests=True)).event is not None


@pytest.mark.usefixtures("cameras")
def test_a_shelved_an_ended_and_a_linked_alarm_leave(database: Database, clock: HandClock) -> None:
    ref = alarm(database)
    until = clock.now() + timedelta(hours=1)
    alarms.shelve(database, OFFICER, ref, until, "检修")
    assert read(database, Why.ALARM, ref).event is None
    assert read(database, Why.ALARM, ref, replace(RULE, shelved=True)).event is not None
    other = alarm(database, "door")
    assert read(database, Why.ALARM, other).event is not None
    call_id = call(database)
    with database.act(OFFICER) as act:
        alarms.link_call(act, other, call_id, "JQ0001")
    assert read(database, Why.ALARM, other).event is None  # its call comes up instead
    assert read(database, Why.CALL, call_id).event is not None
    sos = alarm(database, Kind.SOS)
    alarms.acknowledge(database, OFFICER, sos)
    assert read(database, Why.ALARM, sos).event is not None  # seen is not over
    alarms.clear_by_hand(database, OFFICER, sos, "已处置")
    assert read(database, Why.ALARM, sos).event is None


@pytest.mark.usefixtures("cameras")
def test_a_city_alert_brings_nothing_before_a_person_has_verified_it(
    database: Database, clock: HandClock
) -> None:
    payload = {
        "alert_id": "a-1", "source": "plate", "seen_at": to_text(clock.now()),
        "place": {"text": "人民路", "lat": LAT, "lon": LON, "datum": "wgs84"},
        "expires_at": to_text(clock.now() + timedelta(minutes=10)),
    }  # fmt: skip
    with database.act(CITY) as act:
        alarms.alert_handlers()["alert.raised"](act, payload)
    with database.read() as connection:
        (one,) = alarms.open_alarms(connection, clock.now())
    assert read(database, Why.ALARM, one.id).event is None
    alarms.acknowledge(database, OFFICER, one.id)
    assert read(database, Why.ALARM, one.id).event is None
    alarms.verify(database, OFFICER, one.id, "match")
    assert numbers(read(database, Why.ALARM, one.id)) == ["SX002", "SX001"]
    clock.pass_(601)
    assert read(database, Why.ALARM, one.id).event is None


def test_an_alarm_of_a_camera_brings_that_one_first(
    database: Database, cameras: list[Camera]
) -> None:
    far = cameras[2]
    raising = Raising(f"camera:{far.id}", "door", "三", "人民路", LAT, LON)
    ref = alarms.raise_alarm(database, SYSTEM, raising)
    assert numbers(read(database, Why.ALARM, ref)) == ["SX003", "SX002", "SX001"]
    one = replace(RULE, cameras=1)
    assert numbers(read(database, Why.ALARM, ref, one)) == ["SX003"]


def test_raised_anew_it_is_a_new_event(database: Database, clock: HandClock, cameras: Any) -> None:
    first = read(database, Why.ALARM, alarm(database)).event
    alarms.acknowledge(database, OFFICER, first.ref if first is not None else "")
    clock.pass_(60)
    again = read(database, Why.ALARM, alarm(database)).event
    assert first is not None and again is not None
    assert again.id == first.id and again.at > first.at


def test_wiring_tells_of_calls_and_alarms() -> None:
    heard: list[object] = []

    class Ears:
        def call_changed(self, event: CallChanged) -> None:
            heard.append(event)

        def alarm_changed(self, event: AlarmChanged) -> None:
            heard.append(event)

    table = dict(pop_up_listeners(Ears()))
    assert set(table) == {CallChanged, AlarmChanged}
    table[CallChanged](CallChanged(CallId("c"), "received", "received"))
    table[AlarmChanged](AlarmChanged("a", "raised"))
    assert len(heard) == 2


def test_an_unknown_camera_of_an_alarm_is_no_fault(database: Database) -> None:
    raising = Raising("camera:gone", "door", "三", "人民路", LAT, LON)
    ref = alarms.raise_alarm(database, SYSTEM, raising)
    assert read(database, Why.ALARM, ref).event is None
    with pytest.raises(Refused), database.read() as connection:
        service.camera(connection, CameraId("gone"))
