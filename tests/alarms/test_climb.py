"""What nobody acknowledges climbs; cameras without a picture; tests and alerts that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.alarms import service
from console.alarms.model import Device, InputPlace, Kind, Raising
from console.alarms.service import CameraSeen
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.links.model import LinkPhase
from tests.alarms.test_acts import kinds_told, log, one, told
from tests.alarms.test_watch import World
from tests.conftest import HandClock

SOS = Raising("sos:l1:0139", Kind.SOS, "403 (0139)", "", 35.4, 121.6)
CAMERA = CameraSeen("c1", "12 中心市场", 35.4, 121.6, None)


def test_it_calls_the_chief_and_then_tells_the_city_that_nobody_answers(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock)
    alarm_id = service.raise_alarm(database, SYSTEM, SOS)
    watch = world.watch()
    clock.pass_(59)
    watch.turn()
    assert one(database, alarm_id).escalated == ""
    clock.pass_(1)
    watch.turn()
    watch.turn()
    assert one(database, alarm_id).escalated == "chief"
    assert kinds_told(database) == ["raised"]
    clock.pass_(120)
    watch.turn()
    watch.turn()
    assert one(database, alarm_id).escalated == "city"
    (_, first), (_, second) = told(database)
    assert "escalation" not in first
    assert (second["escalation"], second["waited_s"]) == ("city", 180)
    assert log(database, alarm_id) == ["raised", "escalated", "escalated"]


def test_who_acknowledges_ends_the_climb_and_a_new_raising_begins_it_anew(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    world = World(database, clock)
    alarm_id = service.raise_alarm(database, SYSTEM, SOS)
    watch = world.watch()
    clock.pass_(61)
    watch.turn()
    service.acknowledge(database, officer, alarm_id)
    clock.pass_(1000)
    watch.turn()
    assert one(database, alarm_id).escalated == "chief"
    service.raise_alarm(database, SYSTEM, SOS)
    assert one(database, alarm_id).escalated == ""
    watch.turn()
    clock.pass_(60)
    watch.turn()
    assert one(database, alarm_id).escalated == "chief"


def test_a_restart_does_not_begin_the_waiting_anew(database: Database, clock: HandClock) -> None:
    world = World(database, clock)
    alarm_id = service.raise_alarm(database, SYSTEM, SOS)
    clock.pass_(70)
    world.watch()
    assert one(database, alarm_id).escalated == "chief"


def test_a_shelved_one_and_a_test_do_not_climb(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    world = World(database, clock)
    shelved = service.raise_alarm(database, SYSTEM, SOS)
    service.shelve(database, officer, shelved, clock.now() + timedelta(hours=8), "检修")
    tested = service.raise_alarm(database, SYSTEM, replace(SOS, originator="test:d", how="test"))
    watch = world.watch()
    clock.pass_(4000)
    watch.turn()
    assert [one(database, each).escalated for each in (shelved, tested)] == ["", ""]


def test_a_camera_without_pictures_is_raised_after_a_while_and_cleared_by_the_next_one(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock, cameras=[replace(CAMERA, lives=False)])
    watch = world.watch()
    clock.pass_(14)
    watch.turn()
    assert world.open() == []
    clock.pass_(1)
    watch.turn()
    watch.turn()
    (lost,) = world.open()
    assert (lost.kind, lost.name, lost.count, lost.lat) == ("camera_lost", "12 中心市场", 1, 35.4)
    world.cameras = []  # nobody looks: it is not known how it stands
    watch.turn()
    assert world.states() == [("12 中心市场", "ringing")]
    world.cameras = [CAMERA]  # opening again says nothing yet
    watch.turn()
    assert world.states() == [("12 中心市场", "ringing")]
    world.cameras = [replace(CAMERA, lives=True)]
    watch.turn()
    assert world.states() == [("12 中心市场", "gone")]


def test_a_hiccup_of_a_camera_raises_nothing(database: Database, clock: HandClock) -> None:
    world = World(database, clock)
    watch = world.watch()
    for lives in (False, True, False, True):
        world.cameras = [replace(CAMERA, lives=lives)]
        watch.turn()
        clock.pass_(10)
    watch.turn()
    assert world.open() == []


def test_a_silent_wire_with_a_button_behind_it_is_lost(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock)
    watch = world.watch()
    world.phase(LinkPhase.SILENT)
    watch.turn()
    assert world.open() == []  # a receiver may be quiet
    service.keep_device(
        database, SYSTEM, Device("", "报警柱", kind=Kind.BUTTON, input=InputPlace("l1", 1, 1))
    )
    watch.turn()
    watch.turn()
    assert [(a.kind, a.count) for a in world.open()] == [("link_lost", 1)]
    world.phase(LinkPhase.TRAFFIC)
    watch.turn()
    assert world.states() == [("403 GNSS", "gone")]


def test_the_watch_ends_a_test_whose_time_is_over(database: Database, clock: HandClock) -> None:
    world = World(database, clock)
    made = service.keep_device(database, SYSTEM, Device("", "报警柱"))
    service.begin_test(database, SYSTEM, made.id, clock.now() + timedelta(minutes=5))
    watch = world.watch()

    def in_test() -> bool:
        with database.read() as connection:
            return service.devices(connection)[0].test_until is not None

    assert in_test()
    clock.pass_(300)
    watch.turn()
    assert not in_test()


@pytest.mark.parametrize("kind", [Kind.CAMERA_LOST])
def test_the_least_urgent_never_climb(database: Database, clock: HandClock, kind: Kind) -> None:
    world = World(database, clock)
    alarm_id = service.raise_alarm(database, SYSTEM, Raising("camera:c", kind, "12"))
    watch = world.watch()
    clock.pass_(86400)
    watch.turn()
    assert one(database, alarm_id).escalated == ""
