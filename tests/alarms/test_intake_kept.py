"""What the intake takes is never dropped, is confirmed to its device, and follows one rule."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.alarms import service
from console.alarms.model import AlarmChanged
from console.alarms.model.heard import News, Source
from console.alarms.service import AlarmIntake
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Unavailable
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import ReadingArrived
from tests.alarms.desk import CREW, TERMINAL, Desk, button, place
from tests.alarms.test_acts import log, one, open_now
from tests.conftest import HandClock

AT = datetime.fromisoformat("2026-11-21T10:00:00+00:00")


# what the device is told


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        ((True, ""), ["raised", "acknowledged", "confirmed"]),
        ((False, "no_answer"), ["raised", "acknowledged", "unconfirmed"]),
        (None, ["raised", "acknowledged"]),
    ],
)
def test_who_acknowledges_tells_the_terminal_and_its_answer_is_noted(
    desk: Desk, officer: Actor, answer: tuple[bool, str] | None, lines: list[str]
) -> None:
    desk.answer = answer
    desk.sos()
    alarm = desk.only()
    service.acknowledge(desk.database, officer, alarm.id)
    for what in ("acknowledged", "call"):  # one key does both
        desk.intake.alarm_changed(AlarmChanged(alarm.id, what))
        desk.intake.turn()
    desk.intake.turn()
    assert desk.confirmed == [("l1", TERMINAL)]
    assert log(desk.database, alarm.id) == lines


def test_who_confirms_at_the_radio_has_seen_the_alarm(desk: Desk, officer: Actor) -> None:
    desk.sos()
    for _ in range(2):  # and once is enough
        desk.intake.confirmed("l1", TERMINAL, officer)
        desk.intake.confirmed("l1", "another", officer)
        desk.intake.turn()
    seen = desk.only()
    assert seen.acknowledged_by == officer.name
    assert log(desk.database, seen.id).count("acknowledged") == 1


def test_a_button_has_nothing_to_be_told(desk: Desk) -> None:
    button(desk.database)
    desk.begin()
    desk.inputs(False, False)
    desk.intake.alarm_changed(AlarmChanged(desk.only().id, "acknowledged"))
    desk.intake.turn()
    assert desk.confirmed == []


# nothing is dropped


def test_what_cannot_be_written_waits_and_holds_up_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = desk.database.act
    broken = {"013900000001"}

    def full(actor: Actor) -> Any:
        if actor.name in broken:
            raise Unavailable("store.full")
        return act(actor)

    monkeypatch.setattr(desk.database, "act", full)
    for number in range(3):
        reading = place(desk.clock.now(), ("sos",), f"01390000000{number}")
        desk.hear(reading, serves=None)
    for _ in range(3):
        try:
            desk.intake.turn()
        except Unavailable:
            continue
    assert {one.name for one in open_now(desk.database)} == {"013900000000", "013900000002"}
    broken.clear()
    desk.intake.turn()
    assert len(open_now(desk.database)) == 3


@pytest.fixture
def running(database: Database, clock: HandClock, bus: EventBus) -> Iterator[AlarmIntake]:
    made = AlarmIntake(database, clock, lambda _: [CREW], lambda *_: None)
    made.start()
    yield made
    made.stop()


def test_two_hundred_terminals_at_once_from_many_threads(
    running: AlarmIntake, database: Database, clock: HandClock
) -> None:
    def shout(number: int) -> None:
        for at in range(5):
            moment = clock.now() + timedelta(seconds=at)
            reading = place(moment, ("sos",), f"{number:012d}")
            running.take(ReadingArrived(LinkId("l1"), f"u{number}", reading, moment))

    threads = [threading.Thread(target=shout, args=(n,), name=f"t{n}") for n in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running.stop()
    alarms = open_now(database)
    assert len(alarms) == 200
    assert all(one.active for one in alarms)
    assert sum(alarm.count for alarm in alarms) >= 200


def test_a_press_is_written_by_its_own_thread(
    running: AlarmIntake, bus: EventBus, clock: HandClock
) -> None:
    raised = threading.Event()
    bus.subscribe(AlarmChanged, lambda _: raised.set())
    reading = place(clock.now(), ("sos",))
    running.take(ReadingArrived(LinkId("l1"), "u1", reading, clock.now()))
    assert raised.wait(5.0)


# the rule by itself


@given(
    st.lists(
        st.tuples(st.booleans(), st.one_of(st.none(), st.integers(-20000, 20000))), max_size=60
    )
)
def test_edges_alternate_and_a_word_counts_once(words: list[tuple[bool, int | None]]) -> None:
    source, on, seen = Source(), False, set()
    for is_sos, offset in words:
        at = None if offset is None else AT + timedelta(seconds=offset)
        news = source.hear(is_sos, at, AT)
        if is_sos and at is not None:
            assert (news is News.REPLAYED) is (at in seen)
        if news is News.RAISED:
            assert not on
            on = True
        elif news is News.OVER:
            assert on
            assert not is_sos
            on = False
        elif news is News.LASTS:
            assert on
        if is_sos and at is not None:
            seen.add(at)
    assert source.is_on is on


def test_an_alarm_that_a_person_cleared_is_not_written_again_by_what_still_lasts(
    desk: Desk, clock: HandClock, officer: Actor
) -> None:
    desk.sos()
    alarm_id = desk.only().id
    service.clear_by_hand(desk.database, officer, alarm_id, "误按")
    clock.pass_(10)
    desk.sos()
    assert not one(desk.database, alarm_id).active
