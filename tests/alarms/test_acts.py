"""Acts on alarms in a real store: rows, log, trail, and what the city is told."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from console.alarms import service
from console.alarms.model import Alarm, AlarmChanged, Kind, Look, Raising
from console.alarms.service.acts import end_shelves, tell_held
from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.tables import audit_trail, outbox
from console.drill.city.contract import Contract
from tests.conftest import HandClock

DEVICE = Actor("device", "pillar")
WATCH = Actor("system", "alarms")
LOST = Raising("link:1", Kind.LINK_LOST, "403 GNSS")
PRESS = Raising("device:1", Kind.BUTTON, "文化街报警柱", "文化街与解放路", 35.4, 121.6, "simulated")


def told(database: Database) -> list[tuple[str, dict[str, Any]]]:
    """What the city will be told, each message judged by the published contract."""
    with database.read() as connection:
        rows = connection.execute(sa.select(outbox).order_by(outbox.c.seq)).all()
    contract = Contract()
    for row in rows:
        assert contract.fault(f"upward/{row.kind}.json", row.payload) is None
        assert row.lane == 0
    return [(row.kind, row.payload) for row in rows]


def kinds_told(database: Database) -> list[str]:
    return [kind.removeprefix("alarm.") for kind, _ in told(database)]


def open_now(database: Database) -> list[Alarm]:
    with database.read() as connection:
        return service.open_alarms(connection, database.clock.now())


def one(database: Database, alarm_id: str) -> Alarm:
    with database.read() as connection:
        return service.alarm(connection, alarm_id, database.clock.now())


def log(database: Database, alarm_id: str) -> list[str]:
    with database.read() as connection:
        return [line.kind for line in reversed(service.log_lines(connection, alarm_id))]


def test_a_raised_alarm_stands_with_log_trail_and_message(
    database: Database, bus: EventBus
) -> None:
    heard: list[AlarmChanged] = []
    bus.subscribe(AlarmChanged, heard.append)
    alarm_id = service.raise_alarm(database, DEVICE, PRESS)
    (there,) = open_now(database)
    assert (there.id, there.place, there.lat, there.how) == (
        alarm_id,
        "文化街与解放路",
        35.4,
        "simulated",
    )
    assert there.rev == 1
    assert heard == [AlarmChanged(alarm_id, "raised")]
    ((kind, payload),) = told(database)
    assert kind == "alarm.raised"
    assert payload["place"] == {
        "text": "文化街与解放路",
        "lat": 35.4,
        "lon": 121.6,
        "datum": "wgs84",
    }
    assert (payload["type"], payload["priority"], payload["how"]) == ("button", 1, "simulated")
    with database.read() as connection:
        acts = connection.execute(sa.select(audit_trail.c.act)).scalars().all()
        assert audit.first_fault(connection) is None
    assert acts == ["alarm.raised"]
    assert log(database, alarm_id) == ["raised"]


def test_the_whole_life_of_an_alarm(database: Database, officer: Actor, clock: HandClock) -> None:
    alarm_id = service.raise_alarm(database, WATCH, LOST)
    clock.pass_(5)
    service.acknowledge(database, officer, alarm_id)
    clock.pass_(5)
    end = service.shelve(database, officer, alarm_id, clock.now() + timedelta(hours=1), "检修")
    assert open_now(database) == []
    with database.read() as connection:
        (aside,) = service.alarms(connection, Look.SHELVED, clock.now(), None, 10)
        assert service.alarms(connection, Look.OPEN, clock.now(), None, 10) == []
    assert aside.shelf is not None
    assert (aside.shelf.until, aside.shelf.by, aside.shelf.reason) == (end, officer.name, "检修")
    clock.pass_(3601)
    (back,) = open_now(database)  # also when nobody watches
    end_shelves(database, WATCH, [alarm_id])
    (back,) = open_now(database)
    assert back.rings(clock.now())
    service.acknowledge(database, officer, alarm_id)
    service.clear(database, WATCH, alarm_id)
    assert open_now(database) == []
    assert kinds_told(database) == [
        "raised", "acknowledged", "shelved", "raised", "acknowledged", "cleared",
    ]  # fmt: skip
    assert [payload["by"] for kind, payload in told(database) if kind == "alarm.cleared"] == [None]
    assert log(database, alarm_id) == [
        "raised", "acknowledged", "shelved", "shelf_ended", "acknowledged", "cleared",
    ]  # fmt: skip
    with database.read() as connection:
        revs = connection.execute(sa.select(outbox.c.rev).order_by(outbox.c.seq)).scalars().all()
        assert len(service.alarms(connection, Look.TODAY, clock.now(), None, 10)) == 1
    assert revs == [1, 2, 3, 4, 5, 6]


def test_a_repeat_counts_on_the_one_line(database: Database, clock: HandClock) -> None:
    first = service.raise_alarm(database, WATCH, LOST)
    for _ in range(3):
        clock.pass_(20)
        assert service.raise_alarm(database, WATCH, LOST) == first
    service.raise_alarm(database, WATCH, replace(LOST, originator="link:2", name="404"))
    assert [(a.name, a.count) for a in open_now(database)] == [("403 GNSS", 4), ("404", 1)]
    assert kinds_told(database) == ["raised", "raised"]  # a repeat of what lasts tells nothing new


def test_after_the_restoral_delay_it_is_another_alarm(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    first = service.raise_alarm(database, WATCH, LOST)
    service.acknowledge(database, officer, first)
    service.clear(database, WATCH, first)
    clock.pass_(29)
    assert service.raise_alarm(database, WATCH, LOST) == first
    assert one(database, first).acknowledged
    service.clear(database, WATCH, first)
    clock.pass_(31)
    assert service.raise_alarm(database, WATCH, LOST) != first
    assert kinds_told(database) == [
        "raised", "acknowledged", "cleared", "raised", "cleared", "raised",
    ]  # fmt: skip


def test_a_source_that_runs_away_is_counted_and_not_told(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    alarm_id = service.raise_alarm(database, WATCH, LOST)
    for _ in range(40):
        if one(database, alarm_id).active:
            service.clear(database, WATCH, alarm_id)
        clock.pass_(0.1)
        service.raise_alarm(database, WATCH, LOST)
    there = one(database, alarm_id)
    assert there.count == 41
    assert there.active
    raised = kinds_told(database).count("raised")
    assert raised <= 7
    assert "held" in log(database, alarm_id)
    assert len(log(database, alarm_id)) < 60
    service.acknowledge(database, officer, alarm_id)
    tell_held(database, WATCH, [alarm_id])
    assert kinds_told(database).count("raised") == raised  # still dry
    clock.pass_(60)
    tell_held(database, WATCH, [alarm_id])
    assert kinds_told(database)[-1] == "raised"
    assert one(database, alarm_id).rings(clock.now())


def test_a_hammered_button_does_not_ring_anew_until_it_has_rested(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    alarm_id = service.raise_alarm(database, DEVICE, PRESS)
    service.acknowledge(database, officer, alarm_id)
    for _ in range(30):
        service.raise_alarm(database, DEVICE, PRESS)
    assert not one(database, alarm_id).rings(clock.now())
    assert one(database, alarm_id).count == 31
    clock.pass_(40)
    service.raise_alarm(database, DEVICE, PRESS)
    assert one(database, alarm_id).rings(clock.now())


def test_by_hand_only_with_a_reason_and_where_the_kind_allows(
    database: Database, officer: Actor
) -> None:
    pressed = service.raise_alarm(database, DEVICE, PRESS)
    lost = service.raise_alarm(database, WATCH, LOST)
    with pytest.raises(Refused, match="reason_missing"):
        service.clear_by_hand(database, officer, pressed, " \x00 ")
    with pytest.raises(Refused, match="not_by_hand"):
        service.clear_by_hand(database, officer, lost, "修好了")
    service.clear_by_hand(database, officer, pressed, "路人误触")
    assert [a.id for a in open_now(database)] == [lost]
    assert kinds_told(database) == ["raised", "raised", "acknowledged", "cleared"]


def test_who_may_not_take_calls_settles_no_alarm(database: Database) -> None:
    auditor = Actor("officer", "0900", frozenset({"auditor"}))
    alarm_id = service.raise_alarm(database, DEVICE, PRESS)
    later = database.clock.now() + timedelta(hours=1)
    for act in (
        lambda: service.acknowledge(database, auditor, alarm_id),
        lambda: service.clear_by_hand(database, auditor, alarm_id, "x"),
        lambda: service.shelve(database, auditor, alarm_id, later, "x"),
        lambda: service.unshelve(database, auditor, alarm_id),
        lambda: service.press(database, auditor, "d"),
    ):
        with pytest.raises(Refused, match="not_allowed"):
            act()
    with pytest.raises(Refused, match="no_such_alarm"):
        service.acknowledge(database, Actor("system", "x"), "nobody")


def test_two_who_acknowledge_at_once_are_one(database: Database, officer: Actor) -> None:
    alarm_id = service.raise_alarm(database, DEVICE, PRESS)
    gate, refused = threading.Barrier(2), []

    def act() -> None:
        gate.wait()
        try:
            service.acknowledge(database, officer, alarm_id)
        except Refused as said:
            refused.append(said.code)

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["alarms.acknowledged_already"]
    assert kinds_told(database) == ["raised", "acknowledged"]


def test_a_simulated_press_names_its_device_and_place(database: Database, officer: Actor) -> None:
    made = service.add_device(database, officer, "文化街报警柱", "文化街东口", (35.4, 121.6))
    with pytest.raises(Refused, match="device_name_taken"):
        service.add_device(database, officer, "文化街报警柱")
    with pytest.raises(Refused, match="bad_device_name"):
        service.add_device(database, officer, "\x00")
    with pytest.raises(Refused, match="no_such_device"):
        service.press(database, officer, "nothing")
    service.press(database, officer, made.id)
    (there,) = open_now(database)
    assert (there.name, there.place, there.how) == ("文化街报警柱", "文化街东口", "simulated")


def test_lists_go_by_priority_then_age_and_page_by_key(
    database: Database, clock: HandClock
) -> None:
    for number in range(25):
        raising = replace(LOST, originator=f"link:{number}", name=f"{number:02d}")
        service.raise_alarm(database, WATCH, raising)
        clock.pass_(1)
    pressed = service.raise_alarm(database, DEVICE, PRESS)
    seen: list[Alarm] = []
    with database.read() as connection:
        while rows := service.alarms(
            connection, Look.TODAY, clock.now(), seen[-1] if seen else None, 10
        ):
            seen += rows
    assert seen[0].id == pressed
    assert [a.name for a in seen][1:] == [f"{number:02d}" for number in range(25)]
