"""Readings of the wires become alarms: by edges, coalesced, late ones and replays told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.alarms import service
from console.alarms.model import Kind
from console.alarms.model.heard import LATE_AFTER
from console.core.actor import SYSTEM, Actor
from console.links.model import Inputs, Position
from tests.alarms.desk import TERMINAL, Desk, button, place
from tests.alarms.test_acts import kinds_told, log, open_now, told
from tests.conftest import HandClock

# inputs


def test_a_press_is_raised_with_its_place_and_its_release_clears_it(desk: Desk) -> None:
    button(desk.database)
    desk.intake.devices_changed()
    desk.intake.turn()
    desk.inputs(False, True)
    assert open_now(desk.database) == []
    desk.inputs(False, False)
    alarm = desk.only()
    assert (alarm.kind, alarm.place, alarm.lat, alarm.count) == ("button", "路口", 35.4, 1)
    for _ in range(50):  # it is polled twenty times a second
        desk.inputs(False, False)
    assert desk.only().count == 1
    desk.inputs(False, True)
    gone = desk.only()
    assert (gone.active, gone.rings(desk.clock.now())) == (False, True)


def test_a_press_and_its_release_between_two_turns_is_an_alarm_all_the_same(desk: Desk) -> None:
    button(desk.database)
    desk.intake.devices_changed()
    desk.intake.turn()
    for pressed in (True, False, True, False):
        desk.hear(Inputs(1, (False, not pressed)), serves=None)
    desk.intake.turn()
    alarm = desk.only()
    assert (alarm.count, alarm.active) == (2, False)


def test_another_unit_and_an_input_that_is_not_there_raise_nothing(desk: Desk) -> None:
    button(desk.database)
    desk.intake.devices_changed()
    desk.intake.turn()
    desk.inputs(False, False, unit=2)
    desk.inputs(False)
    desk.hear(Inputs(1, (False, False)), link="l2")
    desk.intake.turn()
    assert open_now(desk.database) == []


def test_a_restart_takes_up_what_is_pressed_and_clears_what_is_not(desk: Desk) -> None:
    button(desk.database)
    desk.begin()
    desk.inputs(False, False)
    desk.begin()
    desk.inputs(False, False)
    assert desk.only().count == 1
    desk.begin()
    desk.inputs(False, True)
    assert not desk.only().active


def test_a_chattering_contact_is_counted_and_told_within_its_limit(desk: Desk) -> None:
    button(desk.database)
    desk.begin()
    for _ in range(200):
        desk.inputs(False, False)
        desk.inputs(False, True)
    assert desk.only().count == 200
    assert kinds_told(desk.database).count("raised") <= 6


def test_what_is_pressed_when_its_test_ends_is_an_alarm_in_earnest(
    desk: Desk, clock: HandClock
) -> None:
    made = button(desk.database)
    service.begin_test(desk.database, SYSTEM, made.id, clock.now() + timedelta(minutes=5))
    desk.begin()
    desk.inputs(False, False)
    assert told(desk.database) == []
    clock.pass_(301)
    desk.intake.turn()
    assert desk.only().originator == f"device:{made.id}"
    assert kinds_told(desk.database) == ["raised"]
    with desk.database.read() as connection:
        assert [a.how for a in service.every_open(connection, clock.now())] == [""]


def test_duress_outlasts_its_release(desk: Desk) -> None:
    button(desk.database, Kind.DURESS)
    desk.begin()
    desk.inputs(False, False)
    desk.inputs(False, True)
    assert kinds_told(desk.database) == ["raised"]
    with desk.database.read() as connection:
        (there,) = service.every_open(connection, desk.clock.now())
    assert there.active
    desk.inputs(False, False)
    assert kinds_told(desk.database) == ["raised", "raised"]


def test_an_alarm_of_a_device_that_is_removed_is_over(desk: Desk) -> None:
    made = button(desk.database)
    desk.begin()
    desk.inputs(False, False)
    service.remove_device(desk.database, SYSTEM, made.id)
    desk.intake.devices_changed()
    desk.intake.turn()
    assert not desk.only().active


# SOS


def test_an_sos_names_the_crew_is_where_the_terminal_is_and_refreshes(
    desk: Desk, clock: HandClock
) -> None:
    desk.sos()
    alarm = desk.only()
    assert (alarm.kind, alarm.name) == ("sos", f"巡01 ({TERMINAL})")
    assert (alarm.lat, alarm.lon) == (35.41, 121.61)
    assert alarm.originator == f"sos:l1:{TERMINAL}"
    for _ in range(30):  # the emergency bit stands in each of its reports
        clock.pass_(1)
        desk.sos()
    alarm = desk.only()
    assert 26 <= alarm.count <= 31  # the rest waits for the next writing
    assert kinds_told(desk.database) == ["raised"]
    assert log(desk.database, alarm.id) == ["raised"]


def test_a_report_without_it_clears_it_and_an_older_one_does_not(
    desk: Desk, clock: HandClock
) -> None:
    desk.sos()
    desk.calm(clock.now() - timedelta(seconds=10))  # from the terminal's memory
    assert desk.only().active
    clock.pass_(1)
    desk.calm()
    assert not desk.only().active


def test_a_replayed_sos_changes_nothing(desk: Desk, clock: HandClock) -> None:
    first = clock.now()
    desk.sos(first)
    clock.pass_(1)
    desk.calm()
    for _ in range(5):
        desk.sos(first)
    assert (desk.only().count, desk.only().active) == (1, False)
    assert desk.intake.replayed == 5
    desk.begin()  # and after a restart
    desk.sos(first)
    assert desk.only().count == 1
    clock.pass_(1)
    desk.sos()  # while a new one counts
    assert desk.only().count == 2


def test_one_told_long_after_is_raised_as_late_and_is_not_on(desk: Desk, clock: HandClock) -> None:
    desk.sos(clock.now() - LATE_AFTER - timedelta(seconds=1))
    alarm = desk.only()
    assert (alarm.how, alarm.active, alarm.rings(clock.now())) == ("late", False, True)


@pytest.mark.parametrize("days", [-9000, 9000])
def test_a_terminal_with_a_wrong_clock_is_heard(desk: Desk, clock: HandClock, days: int) -> None:
    desk.sos(clock.now() + timedelta(days=days))
    assert desk.only().kind == "sos"


@pytest.mark.parametrize(
    "reading",
    [
        Position(TERMINAL, 0.0, 0.0, True, None, alarms=("sos",)),
        Position(TERMINAL, float("nan"), 1.0, True, None, alarms=("sos",)),
        Position(TERMINAL, 91.0, 1.0, True, None, alarms=("sos",)),
        Position(TERMINAL, None, None, False, None, alarms=("sos",)),
        Position(TERMINAL, 35.0, 120.0, False, None, alarms=("sos",)),
    ],
)
def test_without_a_place_that_can_be_the_crews_last_one_is_taken(
    desk: Desk, reading: Position
) -> None:
    desk.hear(reading)
    desk.intake.turn()
    assert (desk.only().lat, desk.only().lon) == (35.4, 121.6)


def test_strangers_have_their_alarms_up_to_a_limit_and_then_share_one(desk: Desk) -> None:
    for number in range(60):
        desk.clock.pass_(6)
        desk.sos(source=f"{number:012d}", serves=None)
    alarms = open_now(desk.database)
    assert len(alarms) == 21
    assert sum(alarm.count for alarm in alarms) == 60


def test_a_radios_emergency_status_lasts_until_a_person_ends_it(desk: Desk, officer: Actor) -> None:
    desk.intake.emergency("l1", "1234", "u1", desk.clock.now())
    desk.intake.turn()
    alarm = desk.only()
    assert (alarm.name, alarm.lat) == ("巡01 (1234)", 35.4)
    desk.hear(place(None, (), "1234"))
    desk.intake.turn()
    assert desk.only().active
    service.clear_by_hand(desk.database, officer, alarm.id, "误按")
    assert open_now(desk.database) == []


def test_what_a_radio_says_with_its_place_is_heard_once(desk: Desk, clock: HandClock) -> None:
    desk.sos(source="1234")
    desk.intake.emergency("l1", "1234", "u1", clock.now())
    desk.intake.turn()
    assert desk.only().count == 1


def test_a_terminal_whose_clock_stands_still_is_heard_each_time(
    desk: Desk, clock: HandClock
) -> None:
    stopped = clock.now()
    for count in (1, 2, 3):
        desk.sos(stopped)
        assert (desk.only().active, desk.only().count) == (True, count)
        clock.pass_(10)
        desk.calm(stopped)
        assert not desk.only().active
        clock.pass_(10)


def test_a_replay_again_and_again_changes_nothing(desk: Desk, clock: HandClock) -> None:
    first = clock.now()
    desk.sos(first)
    clock.pass_(10)
    desk.calm()
    for _ in range(5):
        clock.pass_(20)
        desk.sos(first)
    assert (desk.only().count, desk.only().active) == (1, False)
