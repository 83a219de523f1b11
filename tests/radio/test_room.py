"""The room: what radios say is in the log, what the post says goes out, and who may talk."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from console.core.actor import NOBODY, Actor
from console.core.errors import Refused
from console.links.model import (
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Inputs,
    LinkChanged,
    LinkPhase,
    Other,
    Outcome,
    Position,
    PressToTalk,
    RadioCall,
    ReleaseTalk,
    SendStatus,
    SendText,
    Status,
    Text,
)
from console.radio import service
from console.radio.model import (
    ChannelPhase,
    Cue,
    EmergencyHeard,
    Kind,
    Pedal,
    State,
    StatusHeard,
    TalkChanged,
    TalkPhase,
    Target,
)
from console.radio.service import Desk, RadioRoom, Wanted
from console.radio.service.floor import Floor, Heard
from console.radio.service.intake import receipt
from tests.conftest import HandClock
from tests.radio.conftest import CAR, FOOT, PEDAL_LINK, RADIO_LINK, Bench, incoming

TO_CAR = Target(RADIO_LINK, "1001", CAR)


def phase(bench: Bench) -> TalkPhase:
    return bench.room.floor.talk.phase


def test_an_over_is_received_hangs_and_stands_in_the_log_of_the_call(bench: Bench) -> None:
    bench.hear(incoming(), CAR)
    state = bench.room.board.states()[0]
    assert (state.phase, state.talker, state.unit_id) == (ChannelPhase.RECEIVE, "1001", CAR)
    bench.until(lambda: [line.state for line in bench.lines()] == [State.OPEN])
    bench.hear(RadioCall("talking", "1001", granted=False), CAR)
    bench.hear(RadioCall("ceased"))
    assert bench.room.board.states()[0].phase is ChannelPhase.HANG
    bench.until(lambda: bench.lines()[0].state is State.HEARD)
    (line,) = bench.lines()
    assert (line.kind, line.radio, line.channel) == (Kind.OVER, "1001", "指挥")
    assert line.call_id == "call-of-car"
    assert line.seconds is not None
    bench.hear(RadioCall("released"))
    assert bench.room.board.states()[0].phase is ChannelPhase.QUIET


def test_another_talker_is_another_over(bench: Bench) -> None:
    bench.hear(incoming("1001"), CAR)
    bench.hear(RadioCall("talking", "1002", "501", granted=False), FOOT)
    bench.until(lambda: len(bench.lines()) == 2)
    bench.until(lambda: [o.state for o in bench.lines()] == [State.OPEN, State.HEARD])
    assert [one.call_id for one in bench.lines()] == ["call-at-desk", "call-of-car"]


def test_a_talk_from_the_key_to_the_log(bench: Bench) -> None:
    bench.room.press()
    (asked,) = bench.wires.orders(PressToTalk)
    assert asked.order == PressToTalk("501")
    asked.done()
    assert bench.room.floor.talk.phase is TalkPhase.TALKING
    assert bench.room.board.states()[0].phase is ChannelPhase.TALK
    bench.room.let_go()
    (released,) = bench.wires.orders(ReleaseTalk)
    released.done()
    bench.until(lambda: [line.state for line in bench.lines()] == [State.DONE])
    (line,) = bench.lines()
    assert (line.kind, line.by, line.call_id) == (Kind.TALK, "0123", "call-at-desk")
    told = [one for one in bench.told if isinstance(one, TalkChanged)]
    assert [one.talk.phase for one in told[:3]] == [
        TalkPhase.ASKED, TalkPhase.TALKING, TalkPhase.HANG,
    ]  # fmt: skip
    assert {one.over for one in told[1:3]} == {line.id}


def test_a_talk_that_is_denied_says_why(bench: Bench) -> None:
    bench.wires.answer = Outcome("1", False, "refused", "+CME ERROR: 42")
    bench.room.press()
    assert bench.room.floor.talk.phase is TalkPhase.DENIED
    bench.until(lambda: [(o.state, o.cause) for o in bench.lines()] == [(State.FAILED, "refused")])


def test_a_permit_that_comes_too_late_is_given_back(bench: Bench) -> None:
    bench.room.press()
    bench.room.let_go()
    bench.wires.orders(PressToTalk)[0].done()
    assert len(bench.wires.orders(ReleaseTalk)) == 2
    assert bench.room.floor.talk.phase is TalkPhase.IDLE


def test_a_microphone_that_does_not_close_is_closed_again_and_told(bench: Bench) -> None:
    bench.room.press()
    bench.wires.orders(PressToTalk)[0].done()
    bench.wires.answer = Outcome("1", False, "no_answer")
    bench.room.let_go()
    assert len(bench.wires.orders(ReleaseTalk)) == 4
    assert bench.room.floor.talk.cause == "release_failed"


def test_a_lost_wire_ends_the_talk(bench: Bench) -> None:
    bench.room.press()
    bench.wires.orders(PressToTalk)[0].done()
    bench.room.link_changed(LinkChanged(RADIO_LINK, LinkPhase.LOST, datetime.now(UTC)))
    assert bench.room.floor.talk.phase is TalkPhase.DENIED
    assert bench.room.floor.talk.cause == "lost"


def test_a_talk_that_the_network_ends_is_told(bench: Bench) -> None:
    bench.room.press()
    bench.hear(RadioCall("talking", granted=None))
    assert phase(bench) is TalkPhase.QUEUED
    bench.hear(RadioCall("talking", granted=True))
    assert phase(bench) is TalkPhase.TALKING
    bench.hear(RadioCall("released", cause=13))
    assert bench.room.floor.talk.phase is TalkPhase.DENIED
    assert bench.room.floor.talk.cause == "ended"


def test_the_open_microphone_is_cut_by_a_thread_of_its_own(bench: Bench, clock: HandClock) -> None:
    told: list[Heard] = []
    floor = Floor(clock, bench.wires, told.append, tick_s=0.01)
    floor.start()
    try:
        floor.press(bench.channels[0], latched=True)
        bench.wires.orders(PressToTalk)[0].done()
        clock.pass_(60)
        bench.until(lambda: bench.wires.orders(ReleaseTalk))
        bench.until(lambda: told[-1].cue is Cue.CUT)
        assert floor.talk.cause == "hot_mic"
    finally:
        floor.stop()


def test_who_may_not_take_calls_may_not_talk(bench: Bench) -> None:
    for actor in (NOBODY, Actor("officer", "9", frozenset({"technician"}))):
        bench.room.who = partial(Desk, actor)
        with pytest.raises(Refused):
            bench.room.press()
        with pytest.raises(Refused):
            bench.room.sending.text(actor, TO_CAR, "到岗")
    assert bench.wires.given == []


def test_the_foot_switch_talks_while_it_is_down_and_its_wire_is_there(bench: Bench) -> None:
    service.set_pedal(bench.database, bench.officer, Pedal(PEDAL_LINK, 1, 2))
    bench.until(lambda: bench.room._pedal is not None)
    up, down = Inputs(1, (False,) * 8), Inputs(1, (False, False, True) + (False,) * 5)
    bench.hear(down, link_id=PEDAL_LINK)
    assert len(bench.wires.orders(PressToTalk)) == 1
    bench.hear(down, link_id=PEDAL_LINK)
    assert len(bench.wires.orders(PressToTalk)) == 1
    bench.hear(up, link_id=PEDAL_LINK)
    assert bench.room.floor.talk.phase is TalkPhase.IDLE
    bench.hear(down, link_id=PEDAL_LINK)
    bench.room.link_changed(LinkChanged(PEDAL_LINK, LinkPhase.LOST, datetime.now(UTC)))
    assert not bench.room.floor.talk.held
    bench.room.who = partial(Desk, NOBODY)
    count = len(bench.wires.orders(PressToTalk))
    bench.hear(down, link_id=PEDAL_LINK)
    assert len(bench.wires.orders(PressToTalk)) == count


def test_a_text_goes_out_is_taken_and_received(bench: Bench) -> None:
    sent = bench.room.sending.text(bench.officer, TO_CAR, "到文化街", "call-7")
    (order,) = bench.wires.orders(SendText)
    assert isinstance(order.order, SendText)
    reference = order.order.reference
    assert (order.order.to, order.order.text) == ("1001", "到文化街")
    order.done()
    bench.until(lambda: bench.lines()[0].state is State.TAKEN)
    bench.hear(Other("report", {"source": "1001", "reference": reference, "delivery": 0}, "ack"))
    bench.until(lambda: bench.lines()[0].state is State.RECEIVED)
    (line,) = bench.lines()
    assert (line.id, line.call_id, line.by) == (sent, "call-7", "0123")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"delivery": 0}, (State.RECEIVED, "")),
        ({"delivery": 2}, (State.READ, "")),
        ({"delivery": 0x21}, (None, "")),
        ({"delivery": 0x5A, "report": "unreachable"}, (State.FAILED, "unreachable")),
        ({"report": "received"}, (State.RECEIVED, "")),
        ({"report": "memory_full"}, (State.FAILED, "memory_full")),
        ({"result": 0, "told": "ok"}, (State.RECEIVED, "")),
        ({"result": 4, "told": "channel_busy"}, (State.FAILED, "channel_busy")),
        ({}, (None, "")),
    ],
)
def test_receipts(fields: dict[str, object], told: tuple[State | None, str]) -> None:
    assert receipt(fields) == told


def test_status_check_and_group_go_out_and_fail_in_words(bench: Bench) -> None:
    bench.room.sending.status(bench.officer, TO_CAR, 0x8004)
    assert bench.wires.orders(SendStatus)[0].order == SendStatus("1001", 0x8004)
    bench.room.sending.check(bench.officer, TO_CAR)
    bench.wires.orders(CheckRadio)[0].failed("no_answer")
    bench.room.sending.choose(bench.officer, bench.channels[1])
    bench.wires.orders(ChooseGroup)[0].done()
    assert bench.room.board.chosen == bench.channels[1].id
    wanted = [
        (Kind.GROUP, State.DONE, ""), (Kind.CHECK, State.FAILED, "no_answer"),
        (Kind.STATUS, State.SENDING, ""),
    ]  # fmt: skip
    bench.until(lambda: [(o.kind, o.state, o.cause) for o in bench.lines()] == wanted)
    assert bench.lines()[2].text == "到场"


def test_a_check_that_is_answered_counts_as_heard(bench: Bench) -> None:
    bench.room.sending.check(bench.officer, TO_CAR)
    bench.wires.orders(CheckRadio)[0].done()
    (car,) = [one for one in bench.room.view().radios if one.unit_id == CAR]
    assert (car.heard_by, car.heard_at is not None) == ("check", True)
    assert all(one.heard_at is None for one in bench.room.view().radios if one.unit_id == FOOT)


def test_a_status_is_told_with_its_meaning_each_time_and_counted(bench: Bench) -> None:
    for _ in range(3):
        bench.hear(Status("1001", 0x8004), CAR)
    bench.hear(Status("1001", 0x9999), CAR)
    bench.until(lambda: len(bench.heard(StatusHeard)) == 4)
    meanings = [one.meaning for one in bench.told if isinstance(one, StatusHeard)]
    assert meanings == ["arrive"] * 3 + [""]
    unknown, known = bench.lines()
    assert (known.count, known.text, known.code) == (3, "到场", 0x8004)
    assert (unknown.count, unknown.text) == (1, "")


@pytest.mark.parametrize(
    "reading",
    [
        Status("1002", 0),
        Position("1002", None, None, False, alarms=("sos",)),
        incoming("1002", priority=15),
    ],
    ids=["status", "position", "call"],
)
def test_a_call_for_help_is_open_until_confirmed_however_often_it_comes(
    bench: Bench, reading: Status | Position | RadioCall
) -> None:
    for _ in range(50):
        bench.hear(reading, FOOT)
    bench.until(lambda: sum(o.count for o in bench.told if isinstance(o, EmergencyHeard)) == 50)
    bench.until(lambda: [one.count for one in bench.room.view().emergencies] == [50])
    assert bench.room.view().channels[0].emergency
    (line,) = bench.room.view().emergencies
    bench.room.sending.confirm(bench.officer, line.id)
    assert bench.wires.orders(ConfirmAlarm)[0].order == ConfirmAlarm("1002")
    bench.until(lambda: not bench.room.view().emergencies)
    assert not bench.room.view().channels[0].emergency
    with pytest.raises(Refused) as refused:
        bench.room.sending.confirm(bench.officer, line.id)
    assert refused.value.details == {"by": "0123"}


def test_a_call_for_help_that_was_seen_among_the_alarms_is_confirmed_here(bench: Bench) -> None:
    bench.hear(Status("1002", 0), FOOT)
    bench.until(lambda: bench.room.view().emergencies)
    (line,) = bench.room.view().emergencies
    bench.room.confirmed(line.link_id, "1003", "0123")
    bench.room.confirmed(line.link_id, line.radio, "0123")
    bench.until(lambda: not bench.room.view().emergencies)
    with bench.database.read() as connection:
        told = service.exchange(connection, line.id)
    assert (told.state, told.by) == (State.CONFIRMED, "0123")
    assert not bench.wires.orders(ConfirmAlarm)  # the alarms have told the radio


def test_a_flood_of_texts_is_bounded_and_a_call_for_help_comes_through(bench: Bench) -> None:
    with bench.database.act(bench.officer):  # the store is held up
        for number in range(3000):
            bench.hear(Text("1001", None, f"text {number}"), CAR)
        bench.hear(Status("1002", 0), FOOT)
        assert bench.room.view().dropped >= 900
    bench.until(lambda: bench.room.view().emergencies)


def test_hostile_texts_are_kept_as_plain_text(bench: Bench) -> None:
    bench.hear(Text("1001", None, "<b>x</b>\x00\u202e🚨" + "长" * 900), CAR)
    bench.until(lambda: len(bench.lines()) == 1)
    assert bench.lines()[0].text == "<b>x</b>🚨" + "长" * 491


def test_lines_are_found_by_call_crew_and_kind(bench: Bench) -> None:
    bench.hear(Text("1001", None, "one"), CAR)
    bench.hear(Status("1002", 0x8002), FOOT)
    bench.until(lambda: len(bench.lines()) == 2)
    assert [o.text for o in bench.lines(Wanted(call_id="call-of-car"))] == ["one"]
    assert [o.kind for o in bench.lines(Wanted(unit_id=FOOT))] == [Kind.STATUS]
    assert [o.kind for o in bench.lines(Wanted(kinds=frozenset({Kind.TEXT})))] == [Kind.TEXT]


def test_what_was_under_way_when_the_console_ended_is_told_as_not_known(bench: Bench) -> None:
    bench.room.sending.text(bench.officer, TO_CAR, "到岗")
    bench.hear(Text("1002", None, "x"), FOOT)
    bench.until(lambda: len(bench.lines()) == 2)
    bench.room.stop()
    again = RadioRoom(bench.database, bench.bus, bench.database.clock, bench.wires)
    again.start()
    try:
        bench.until(
            lambda: (bench.lines()[-1].state, bench.lines()[-1].cause) == (State.FAILED, "restart")
        )
        heard = {one.radio: one.heard_by for one in again.view().radios}
        bench.until(lambda: again.view().radios[1].heard_by == "text")
        assert set(heard) == {"1001", "1002"}
    finally:
        again.stop()


def test_devices_that_are_no_radios_are_not_heard(bench: Bench) -> None:
    bench.hear(Position("1001", 35.4, 121.6, True, alarms=("sos",)), CAR, PEDAL_LINK)
    bench.hear(Text("1001", None, "after"), CAR)
    bench.until(lambda: [one.kind for one in bench.lines()] == [Kind.TEXT])
    assert bench.heard(EmergencyHeard) == []
