"""The talk with a Modbus board: polls, debounce, orders and their ends; the board on a real line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.contract import Bad, Inputs, Other, Outcome, Probe, ReadCard, SwitchOutput, Turn
from drivers.errors import NotSupported
from drivers.io import modbus_frames as frames
from drivers.io.modbus import ModbusDriver
from drivers.io.modbus_talk import BOUNCE_S, GAP_S, RESTATED_S, ModbusTalk
from drivers.pending import MOST
from drivers.sim.modbus import Board, packed_bits
from drivers.transport.serial_port import SerialWire
from tests.drivers.talking import Line

ASK = bytes.fromhex("01020000000879CC")
ON_0 = bytes.fromhex("01050000FF008C3A")


def talk(**settings: Any) -> ModbusTalk:
    made = ModbusDriver().talk(settings)
    assert isinstance(made, ModbusTalk)
    return made


def reply(*closed: bool, function: int = 2, unit: int = 1) -> bytes:
    packed = packed_bits(closed)
    return frames.frame(unit, function, bytes((len(packed),)) + packed)


def inputs(turn: Turn) -> list[tuple[bool, ...]]:
    return [message.values for message in turn.messages if isinstance(message, Inputs)]


OPEN = (False,) * 8
ONE = (True,) + (False,) * 7


def test_the_inputs_are_asked_at_once_and_then_in_their_rhythm() -> None:
    made = talk()
    assert made.begin(0.0).out == ASK
    assert made.wake_at() == 0.3
    turn = made.hear(reply(*OPEN), 0.02)
    assert (inputs(turn), turn.out) == ([OPEN], b"")
    assert (made.identity, made.beat_at) == ("modbus:1", 0.02)
    assert made.wake_at() == 0.1
    assert made.pass_time(0.09).out == b""
    assert made.pass_time(0.1).out == ASK


def test_a_change_is_asked_again_soon_and_told_when_it_stands() -> None:
    made = talk()
    made.begin(0.0)
    made.hear(reply(*OPEN), 0.01)
    made.pass_time(0.1)
    assert inputs(made.hear(reply(*ONE), 0.11)) == []
    assert made.wake_at() == pytest.approx(0.11 + BOUNCE_S)
    assert made.pass_time(made.wake_at()).out == ASK
    assert inputs(made.hear(reply(*ONE), 0.14)) == [ONE]


def test_a_bounce_is_not_told() -> None:
    made = talk(steady_polls=3)
    made.begin(0.0)
    made.hear(reply(*OPEN), 0.0)
    told = []
    for number in range(12):
        now = 0.01 + number * 0.03
        made.pass_time(now)
        told += inputs(made.hear(reply(*(ONE if number % 3 < 2 else OPEN)), now))
    assert told == []


def test_how_the_inputs_stand_is_told_again_though_nothing_changed() -> None:
    made = talk()
    made.begin(0.0)
    told = inputs(made.hear(reply(*OPEN), 0.0))
    for number in range(1, 11):
        made.pass_time(number * 0.1)
        told += inputs(made.hear(reply(*OPEN), number * 0.1))
    assert told == [OPEN] * 3
    assert RESTATED_S == 0.5


def test_an_unanswered_poll_is_asked_again_and_a_returning_board_is_believed_at_once() -> None:
    made = talk()
    made.begin(0.0)
    made.hear(reply(*OPEN), 0.0)
    now = 0.1
    assert made.pass_time(now).out == ASK
    for _ in range(4):
        now = made.wake_at()
        assert made.pass_time(now).out == ASK
    assert made.beat_at == 0.0
    assert inputs(made.hear(reply(*ONE), now)) == [ONE]
    assert made.beat_at == now


def test_an_order_goes_before_the_next_poll_and_is_done_when_the_board_repeats_it() -> None:
    made = talk()
    made.begin(0.0)
    assert made.order("a", SwitchOutput(0, True), 2.0, 0.0).out == b""
    assert made.hear(reply(*OPEN), 0.01).out == b""
    assert made.wake_at() == pytest.approx(0.01 + GAP_S)
    assert made.pass_time(0.02).out == ON_0
    assert made.hear(ON_0[:5], 0.03).outcomes == []
    assert made.hear(ON_0[5:], 0.03).outcomes == [Outcome("a", True, fields={"unit": 1})]


def test_an_order_is_tried_again_until_its_deadline_and_the_inputs_are_not_forgotten() -> None:
    made = talk()
    made.begin(0.0)
    made.hear(reply(*OPEN), 0.0)
    sent, now = [made.order("a", SwitchOutput(0, True), 2.0, 0.05).out], 0.05
    outcomes: list[Outcome] = []
    while not outcomes:
        now = made.wake_at()
        turn = made.pass_time(now)
        outcomes += turn.outcomes
        sent.append(turn.out)
        if turn.out == ASK:
            assert made.hear(reply(*OPEN), now).outcomes == []
    assert outcomes == [Outcome("a", False, "no_answer")]
    assert now == 2.0
    assert sent.count(ON_0) >= 3
    assert sent.count(ASK) >= 3
    assert ON_0 not in made.pass_time(now + 10).out


def test_a_refusal_is_told_with_its_words() -> None:
    made = talk()
    made.begin(0.0)
    made.hear(reply(*OPEN), 0.0)
    made.order("a", SwitchOutput(0, True), 2.0, 0.05)
    refused = made.hear(frames.frame(1, 0x85, b"\x02"), 0.06).outcomes
    assert refused == [Outcome("a", False, "refused", "illegal address")]
    made.pass_time(0.1)
    made.hear(reply(*OPEN), 0.1)
    made.order("b", SwitchOutput(0, True), 2.0, 0.15)
    busy = made.hear(frames.frame(1, 0x85, b"\x06"), 0.16).outcomes
    assert busy == [Outcome("b", False, "busy", "busy")]


def test_a_board_that_refuses_the_poll_is_told_and_not_identified() -> None:
    made = talk()
    made.begin(5.0)
    (told,) = made.hear(frames.frame(1, 0x82, b"\x02"), 5.1).messages
    assert isinstance(told, Other)
    assert told.fields["told"] == "illegal address"
    assert made.identity == ""
    made.pass_time(5.2)
    assert made.hear(frames.frame(1, 0x82, b"\x02"), 5.21).messages == []


def test_an_adaptor_that_echoes_does_not_answer_for_the_board() -> None:
    made = talk()
    made.begin(0.0)
    assert inputs(made.hear(ASK + reply(*OPEN), 0.01)) == [OPEN]
    made.order("a", SwitchOutput(0, True), 2.0, 0.05)
    assert made.hear(ON_0, 0.06).outcomes == []
    assert made.hear(ON_0, 0.07).outcomes == [Outcome("a", True, fields={"unit": 1})]


def test_another_units_talk_is_no_answer() -> None:
    made = talk()
    made.begin(0.0)
    assert made.hear(reply(*ONE, unit=2) + frames.frame(1, 3, b"\x02\x00\x01"), 0.1).messages == []
    assert made.hear(reply(*ONE, *ONE), 0.1).messages == []  # more inputs than were asked for
    assert made.beat_at is None


def test_noise_between_is_bad_and_does_not_hide_the_answer() -> None:
    made = talk()
    made.begin(0.0)
    assert made.hear(b"\xff\x00\xff" + reply(*OPEN), 0.1).messages == []  # FF 01 02 may be a frame
    turn = made.pass_time(made.wake_at())
    assert [type(message) for message in turn.messages] == [Bad, Inputs]


def test_a_probe_tells_how_the_inputs_stand() -> None:
    made = talk(inputs=3)
    made.begin(0.0)
    made.hear(reply(True, False, True), 0.0)
    assert made.order("p", Probe(), 2.0, 0.05).out
    outcomes = made.hear(reply(True, False, True), 0.06).outcomes
    assert outcomes == [Outcome("p", True, fields={"unit": 1, "values": [True, False, True]})]


def test_a_board_without_inputs_is_asked_for_its_outputs() -> None:
    made = talk(inputs=0)
    assert made.begin(0.0).out == bytes.fromhex("0101000000083DCC")
    (told,) = made.hear(reply(*ONE, function=1), 0.0).messages
    assert told == Other("outputs", {"unit": 1, "values": list(ONE)})


def test_what_the_board_cannot_do_is_said_and_too_many_orders_are_dropped() -> None:
    made = talk()
    made.begin(0.0)
    for order in (ReadCard(), SwitchOutput(8, True), SwitchOutput(-1, True)):
        with pytest.raises(NotSupported):
            made.order("x", order, 2.0, 0.0)
    for number in range(MOST):
        assert made.order(str(number), Probe(), 2.0, 0.0).outcomes == ()
    assert made.order("x", Probe(), 2.0, 0.0).outcomes == [Outcome("x", False, "dropped")]
    lost = made.end().outcomes
    assert {outcome.cause for outcome in lost} == {"lost"}
    assert len(lost) == MOST


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": 0}, {"unit": 248}, {"unit": "1"}, {"unit": True}, {"unit": 1.0}, {"x": 1},
        {"inputs": 0, "outputs": 0}, {"first_input": 65535}, {"first_output": 65530},
        {"poll_ms": 0}, {"steady_polls": 0},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotSupported):
        ModbusDriver().checked(wrong)


def test_settings_are_filled_in() -> None:
    told = ModbusDriver().checked({"unit": 7})
    assert told["unit"] == 7
    assert (told["inputs"], told["poll_ms"]) == (8, 100)
    assert ModbusDriver().checked(told) == told


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    made = Board("board", tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(board: Board) -> Iterator[Line]:
    with Line(talk(), SerialWire(board.identity, 9600)) as made:
        yield made


def test_a_pressed_button_is_told(board: Board, line: Line) -> None:
    line.until(lambda: Inputs(1, (True,) * 8) in line.messages)
    board.press(2)
    pressed = Inputs(1, (True, True, False, *(True,) * 5))
    line.until(lambda: pressed in line.messages)
    board.release(2)
    line.until(lambda: line.messages[-1] == Inputs(1, (True,) * 8))


def test_an_output_is_switched(board: Board, line: Line) -> None:
    line.order("on", SwitchOutput(3, True))
    assert line.outcome("on").done
    assert board.outputs == (False, False, False, True, *(False,) * 4)
    line.order("off", SwitchOutput(3, False))
    assert line.outcome("off").done
    assert not any(board.outputs)


def test_a_mute_board_fails_orders_and_a_speaking_one_answers_again(
    board: Board, line: Line
) -> None:
    line.until(lambda: line.talk.beat_at is not None)
    board.answers = False
    line.order("on", SwitchOutput(0, True), deadline_s=0.4)
    assert line.outcome("on").cause == "no_answer"
    board.answers = True
    line.order("again", SwitchOutput(0, True))
    assert line.outcome("again").done


def test_a_refusing_board_is_heard(board: Board, line: Line) -> None:
    board.refuses = 4
    line.order("on", SwitchOutput(0, True))
    assert line.outcome("on").told == "device failure"
    assert bytes.fromhex("01050000FF008C3A") in b"".join(board.heard)


def test_a_board_knows_its_limits(tmp_path: Path) -> None:
    made = Board("small", tmp_path, inputs=2, outputs=1)
    assert made.answer(frames.question(1, 2, 0, 8)) == frames.frame(1, 0x82, b"\x02")
    assert made.answer(frames.question(1, 3, 0, 1)) == frames.frame(1, 0x83, b"\x01")
    assert made.answer(frames.question(1, 5, 1, frames.ON)) == frames.frame(1, 0x85, b"\x02")
    assert made.answer(frames.question(1, 5, 0, 1)) == frames.frame(1, 0x85, b"\x03")
    assert made.answer(frames.question(2, 2, 0, 2)) == b""
    assert made.answer(frames.question(1, 1, 0, 1)) == frames.frame(1, 1, b"\x01\x00")
