"""Devices on inputs, their test mode, and duress, in a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.alarms import service
from console.alarms.model import Device, DevicesChanged, InputPlace, Kind, Look, Step
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from tests.alarms.test_acts import kinds_told, open_now, told
from tests.conftest import HandClock

PILLAR = Device(
    "", "文化街报警柱", "文化街与解放路", 35.4, 121.6, Kind.BUTTON, InputPlace("l1", 1, 3)
)
PANIC = Device("", "值班台脚踏", "本站", None, None, Kind.DURESS, InputPlace("l1", 1, 4, False))


def listed(database: Database, look: Look = Look.TODAY) -> list[str]:
    with database.read() as connection:
        found = service.alarms(connection, look, database.clock.now(), None, 50)
    return [one.name for one in found]


def test_a_contact_is_pressed_by_how_it_is_wired() -> None:
    closed, opened = InputPlace("l1", 1, 2, True), InputPlace("l1", 1, 2, False)
    assert closed.pressed((True, False)) is True  # a cut wire alarms
    assert closed.pressed((False, True)) is False
    assert opened.pressed((False, True)) is True
    assert opened.pressed((True, False)) is False
    assert closed.pressed((True,)) is None


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (InputPlace("", 1, 1), "alarms.no_link"),
        (InputPlace("l1", -1, 1), "alarms.bad_unit"),
        (InputPlace("l1", 1, 0), "alarms.bad_input"),
        (InputPlace("l1", 1, 2001), "alarms.bad_input"),
        (InputPlace("l1", 1, 3, False), "alarms.input_taken"),
    ],
)
def test_an_input_that_cannot_be_or_is_taken_is_refused(
    database: Database, wire: InputPlace, code: str
) -> None:
    service.keep_device(database, SYSTEM, PILLAR)
    with pytest.raises(Refused) as refused:
        service.keep_device(database, SYSTEM, replace(PILLAR, name="另一根", input=wire))
    assert refused.value.code == code


def test_a_device_is_kept_changed_and_removed(database: Database, bus: EventBus) -> None:
    heard: list[object] = []
    bus.subscribe(DevicesChanged, heard.append)
    made = service.keep_device(database, SYSTEM, PILLAR)
    service.keep_device(database, SYSTEM, replace(made, name=" 新名\n字 ", input=None))
    with database.read() as connection:
        (there,) = service.devices(connection)
    assert (there.name, there.input, there.kind) == ("新名 字", None, "button")
    service.remove_device(database, SYSTEM, made.id)
    with database.read() as connection:
        assert service.devices(connection) == []
    assert len(heard) == 3
    with pytest.raises(Refused, match="bad_device_kind"):
        service.keep_device(database, SYSTEM, replace(PILLAR, kind="link_lost"))
    with pytest.raises(Refused, match="no_such_device"):
        service.remove_device(database, SYSTEM, made.id)


def test_only_a_technician_sets_devices_up(database: Database) -> None:
    duty = Actor("officer", "0105", frozenset({"duty_officer"}))
    made = service.keep_device(database, SYSTEM, PILLAR)
    end = database.clock.now() + timedelta(hours=1)
    for refused in (
        lambda: service.keep_device(database, duty, PILLAR),
        lambda: service.remove_device(database, duty, made.id),
        lambda: service.begin_test(database, duty, made.id, end),
    ):
        with pytest.raises(Refused):
            refused()
    service.begin_test(database, SYSTEM, made.id, end)
    service.end_test(database, duty, made.id)  # whoever is at the desk may end one


def test_in_test_mode_a_press_rings_nowhere_and_the_city_hears_nothing(
    database: Database, clock: HandClock
) -> None:
    made = service.keep_device(database, SYSTEM, PILLAR)
    end = service.begin_test(database, SYSTEM, made.id, clock.now() + timedelta(days=3))
    assert end == clock.now() + timedelta(hours=8)  # a test always ends by itself
    alarm_id = service.press(database, SYSTEM, made.id)
    with database.read() as connection:
        alarm = service.alarm(connection, alarm_id, clock.now())
    assert (alarm.state(clock.now()), alarm.rings(clock.now())) == ("test", False)
    assert listed(database, Look.OPEN) == ["文化街报警柱"]  # it is shown, as a test
    assert open_now(database) == []  # and counted nowhere
    assert told(database) == []
    with pytest.raises(Refused, match="is_test"), database.act(SYSTEM) as act:
        service.link_call(act, alarm_id, "call-1")
    service.end_test(database, SYSTEM, made.id)
    real = service.press(database, SYSTEM, made.id)
    assert real != alarm_id
    assert kinds_told(database) == ["raised"]
    with pytest.raises(Refused, match="no_test"):
        service.end_test(database, SYSTEM, made.id)


def test_a_test_of_the_past_is_refused(database: Database, clock: HandClock) -> None:
    made = service.keep_device(database, SYSTEM, PILLAR)
    with pytest.raises(Refused, match="end_passed"):
        service.begin_test(database, SYSTEM, made.id, clock.now())


def duress(database: Database) -> str:
    made = service.keep_device(database, SYSTEM, PANIC)
    with database.act(Actor("device", PANIC.name)) as act:
        return service.raise_within(act, made.raising(act.at))


def test_duress_goes_to_the_city_in_its_first_lane_and_nobody_at_the_post_sees_it(
    database: Database, clock: HandClock
) -> None:
    alarm_id = duress(database)
    ((kind, payload),) = told(database)  # the helper asserts lane 0 and the published schema
    assert (kind, payload["type"], payload["priority"]) == ("alarm.raised", "duress", 1)
    assert payload["how"] == "silent"
    for look in Look:
        assert listed(database, look) == []
    assert open_now(database) == []  # the bell counts nothing and rings nothing
    with database.read() as connection:
        alarm = service.alarm(connection, alarm_id, clock.now())
    assert not alarm.rings(clock.now())
    assert alarm.active


def test_each_further_press_of_duress_is_told(database: Database) -> None:
    made = service.keep_device(database, SYSTEM, PANIC)
    for _ in range(3):
        with database.act(SYSTEM) as act:
            service.raise_within(act, made.raising(act.at))
    assert [payload["count"] for _, payload in told(database)] == [1, 2, 3]


def test_duress_is_shown_once_its_hour_is_over_and_is_ended_by_a_person(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    alarm_id = duress(database)
    clock.pass_(3600)
    assert listed(database, Look.OPEN) == ["值班台脚踏"]
    service.clear_by_hand(database, officer, alarm_id, "指挥中心已处置")
    assert kinds_told(database) == ["raised", "acknowledged", "cleared"]
    with database.read() as connection:
        assert service.alarm(connection, alarm_id, clock.now()).state(clock.now()) == "over"


def test_duress_is_not_simulated_but_in_test_mode(database: Database, clock: HandClock) -> None:
    made = service.keep_device(database, SYSTEM, PANIC)
    with pytest.raises(Refused, match="duress_not_simulated"):
        service.press(database, SYSTEM, made.id)
    service.begin_test(database, SYSTEM, made.id, clock.now() + timedelta(minutes=10))
    service.press(database, SYSTEM, made.id)
    assert told(database) == []
    assert listed(database, Look.OPEN) == ["值班台脚踏"]


def test_duress_climbs_to_nobody(database: Database, clock: HandClock) -> None:
    alarm_id = duress(database)
    with database.read() as connection:
        alarm = service.alarm(connection, alarm_id, clock.now())
    assert alarm.escalated == ""
    assert Step.CHIEF in tuple(Step)
