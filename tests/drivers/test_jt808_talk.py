"""The platform's side of JT/T 808: who is let in, what is answered, orders and what becomes of them."""

from __future__ import annotations

import math
import struct

import pytest

from drivers.contract import (
    AskPosition,
    CheckRadio,
    ConfirmAlarm,
    Order,
    Other,
    Outcome,
    Position,
    PressToTalk,
    Probe,
    SendText,
    Turn,
)
from drivers.errors import NotSupported
from drivers.pending import MOST
from drivers.position.jt808 import Jt808Driver
from drivers.position.jt808_frame import Frame, parsed
from drivers.position.jt808_talk import PARTS_ASKED, PARTS_WAIT_S, Jt808Talk
from tests.drivers.test_jt808 import frame, place, split

SECRET = {"secret": "at least this"}
WHO = "12345678900"


def talking(**settings: object) -> Jt808Talk:
    made = Jt808Driver().talk(settings)
    assert isinstance(made, Jt808Talk)
    made.begin(0.0)
    return made


def said(turn: Turn) -> list[Frame]:
    return [parsed(escaped) for escaped in turn.out.split(b"\x7e") if escaped]


def authentication(code: bytes, version: int | None = None) -> bytes:
    body = code if version is None else bytes([len(code)]) + code + bytes(35)
    return frame(0x0102, body, 2, version)


REGISTRATION = frame(0x0100, bytes(4) + bytes(33) + "鲁H1".encode("gbk"), 1)


def let_in(talk: Jt808Talk, version: int | None = None) -> None:
    register = frame(0x0100, bytes(80), 1, version)
    (answer,) = said(talk.hear(register, 1.0))
    (ack,) = said(talk.hear(authentication(answer.body[3:], version), 1.0))
    assert ack.body == struct.pack(">HHB", 2, 0x0102, 0)


@pytest.mark.parametrize("version", [None, 0, 1])
def test_a_terminal_registers_authenticates_and_is_heard(version: int | None) -> None:
    talk = talking(**SECRET)
    let_in(talk, version)
    assert talk.identity == WHO
    turn = talk.hear(frame(0x0200, place(alarm=1), 7, version), 5.0)
    (position,) = turn.messages
    assert isinstance(position, Position)
    assert position.alarms == ("sos",)
    (ack,) = said(turn)
    assert (ack.id, ack.version) == (0x8001, version)
    assert ack.body == struct.pack(">HHB", 7, 0x0200, 0)
    assert talk.beat_at == 5.0


def test_who_does_not_know_the_code_is_told_so_and_not_heard() -> None:
    talk = talking(**SECRET)
    for told in (frame(0x0200, place(alarm=1), 3), frame(0x0002, b"", 4), frame(0x0704, b"", 5)):
        turn = talk.hear(told, 1.0)
        assert not any(isinstance(message, Position) for message in turn.messages)
    turn = talk.hear(authentication(b"guessed"), 1.0)
    assert said(turn)[0].body[-1] == 1
    turn = talk.hear(frame(0x0200, place(), 6), 1.0)
    (shut_out,) = turn.messages
    assert isinstance(shut_out, Other)
    assert (shut_out.what, shut_out.fields["id"]) == ("shut_out", "0200")
    assert said(turn)[0].body[-1] == 1
    assert talk.identity == ""
    assert talk.beat_at is None


def test_one_terminals_code_lets_no_other_in() -> None:
    talk = talking(**SECRET)
    let_in(talk)
    other = frame(0x0200, place(), 3)
    wire = bytearray(other[1:-2])
    wire[4:10] = bytes.fromhex("000000000777")
    check = 0
    for byte in wire:
        check ^= byte
    turn = talk.hear(b"\x7e" + bytes(wire) + bytes([check]) + b"\x7e", 2.0)
    assert not any(isinstance(message, Position) for message in turn.messages)


def test_the_code_stays_the_same_after_a_restart_and_is_each_terminals_own() -> None:
    first = said(talking(**SECRET).hear(REGISTRATION, 1.0))[0].body[3:]
    again = talking(**SECRET)
    assert said(again.hear(authentication(first), 1.0))[0].body[-1] == 0
    assert said(talking(secret="another").hear(REGISTRATION, 1.0))[0].body[3:] != first


def test_without_a_secret_whoever_calls_is_heard() -> None:
    talk = talking()
    (position,) = talk.hear(frame(0x0200, place()), 1.0).messages
    assert isinstance(position, Position)
    assert talk.identity == WHO
    assert said(talk.hear(authentication(b"whatever"), 1.0))[0].body[-1] == 0


def test_only_the_listed_terminals_come_in() -> None:
    talk = talking(terminals="777，0888")
    answer = said(talk.hear(REGISTRATION, 1.0))[0]
    assert (answer.id, answer.body[2]) == (0x8100, 4)
    assert said(talk.hear(authentication(b"x"), 1.0))[0].body[-1] == 1
    assert not any(isinstance(m, Position) for m in talk.hear(frame(0x0200, place()), 1.0).messages)
    assert said(talking(terminals=[WHO]).hear(REGISTRATION, 1.0))[0].body[2] == 0


def test_closed_registration_takes_nobody_new() -> None:
    talk = talking(registers=False, **SECRET)
    assert said(talk.hear(REGISTRATION, 1.0))[0].body[2] == 4
    code = said(talking(**SECRET).hear(REGISTRATION, 1.0))[0].body[3:]
    assert said(talk.hear(authentication(code), 1.0))[0].body[-1] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonsense": 1}, {"terminals": ["12a"]}, {"terminals": 5}, {"secret": 5},
        {"registers": "no", "secret": "s"}, {"registers": False}, {"terminals": ["1" * 21]},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(NotSupported) as refused:
        Jt808Driver().checked(wrong)
    assert refused.value.cause == "bad_setting"


def test_settings_are_filled_in() -> None:
    assert Jt808Driver().checked({"terminals": "007, 7"}) == {
        "terminals": ("7",), "secret": "", "registers": True,
    }  # fmt: skip


def test_everything_is_acknowledged_and_the_unknown_as_not_supported() -> None:
    talk = talking()
    for id_, result in ((0x0002, 0), (0x0003, 0), (0x0301, 0), (0x0704, 0), (0x0F00, 3)):
        body = struct.pack(">HB", 0, 0) if id_ == 0x0704 else b"\x01"
        (ack,) = said(talk.hear(frame(id_, body, 9), 1.0))
        assert ack.body == struct.pack(">HHB", 9, id_, result)
    assert said(talk.hear(frame(0x0001, struct.pack(">HHB", 1, 0x8300, 0)), 1.0)) == []
    (picture,) = said(talk.hear(frame(0x0801, struct.pack(">I", 77) + bytes(40)), 1.0))
    assert (picture.id, picture.body) == (0x8800, struct.pack(">I", 77))


def test_an_echo_of_the_platforms_own_words_says_nothing() -> None:
    talk = talking()
    turn = talk.hear(frame(0x8300, b"\x0cabc"), 1.0)
    (echo,) = turn.messages
    assert isinstance(echo, Other)
    assert echo.what == "echo"
    assert turn.out == b""
    assert talk.identity == ""


def test_bad_frames_are_told_and_not_answered() -> None:
    turn = talking().hear(b"\x7e\x01\x02\x7e", 1.0)
    assert len(turn.messages) == 1
    assert turn.out == b""


# orders


def ready(version: int | None = None) -> Jt808Talk:
    talk = talking()
    talk.hear(frame(0x0002, b"", 1, version), 0.0)
    return talk


def acknowledged(sent: Frame, result: int = 0) -> bytes:
    return frame(0x0001, struct.pack(">HHB", sent.serial, sent.id, result), 20)


@pytest.mark.parametrize(
    ("version", "body"),
    [(None, b"\x0c" + "到位".encode("gbk")), (1, b"\x0c\x01" + "到位".encode("gbk"))],
)
def test_a_text_goes_out_in_the_terminals_edition_and_is_done_when_taken(
    version: int | None, body: bytes
) -> None:
    talk = ready(version)
    (sent,) = said(talk.order("o1", SendText(WHO, "到位"), 10.0, 1.0))
    assert (sent.id, sent.body, sent.version) == (0x8300, body, version)
    assert talk.wake_at() == 10.0
    assert talk.hear(acknowledged(sent), 2.0).outcomes == [Outcome("o1", True)]
    assert talk.wake_at() == math.inf


def test_a_long_text_goes_out_in_parts_and_the_last_settles_it() -> None:
    talk = ready()
    sent = said(talk.order("o1", SendText(WHO, "警" * 512), 10.0, 1.0))
    assert [(one.id, one.part, one.parts) for one in sent] == [(0x8300, 1, 2), (0x8300, 2, 2)]
    assert talk.hear(acknowledged(sent[0]), 2.0).outcomes == []
    assert talk.hear(acknowledged(sent[1]), 2.0).outcomes == [Outcome("o1", True)]
    with pytest.raises(NotSupported):
        talk.order("o2", SendText(WHO, "警" * 513), 10.0, 1.0)
    with pytest.raises(NotSupported, match="😀"):
        talk.order("o3", SendText(WHO, "😀"), 10.0, 1.0)


def test_a_refusal_says_why_and_silence_ends_at_the_deadline() -> None:
    talk = ready()
    (sent,) = said(talk.order("o1", ConfirmAlarm(WHO), 10.0, 1.0))
    assert (sent.id, sent.body) == (0x8203, struct.pack(">HI", 0, 1))
    assert talk.hear(acknowledged(sent, 3), 2.0).outcomes == [
        Outcome("o1", False, "refused", "not_supported")
    ]
    talk.order("o2", ConfirmAlarm(""), 10.0, 2.0)
    assert talk.pass_time(9.9).outcomes == []
    assert talk.pass_time(10.0).outcomes == [Outcome("o2", False, "no_answer")]


@pytest.mark.parametrize("order", [AskPosition(WHO), AskPosition("0" + WHO)])
def test_a_question_for_the_place_is_done_by_the_place(order: Order) -> None:
    talk = ready()
    (sent,) = said(talk.order("o1", order, 10.0, 1.0))
    assert sent.id == 0x8201
    assert talk.hear(acknowledged(sent), 2.0).outcomes == []
    turn = talk.hear(frame(0x0201, struct.pack(">H", sent.serial) + place()), 3.0)
    assert turn.outcomes == [Outcome("o1", True)]
    assert [m.lat for m in turn.messages if isinstance(m, Position)] == [35.405185]


@pytest.mark.parametrize("order", [CheckRadio(WHO), Probe()])
def test_a_check_is_done_by_any_answer(order: Order) -> None:
    talk = ready()
    (sent,) = said(talk.order("o1", order, 10.0, 1.0))
    assert talk.hear(acknowledged(sent), 2.0).outcomes == [Outcome("o1", True)]


def test_answers_find_their_order_among_many() -> None:
    talk = ready()
    sent = [said(talk.order(f"o{n}", SendText(WHO, str(n)), 10.0, 1.0))[0] for n in range(5)]
    turn = talk.hear(acknowledged(sent[3]) + acknowledged(sent[1], 1), 2.0)
    assert turn.outcomes == [Outcome("o3", True), Outcome("o1", False, "refused", "failed")]
    assert talk.hear(frame(0x0001, struct.pack(">HHB", 999, 0x8300, 0)), 2.0).outcomes == []
    assert {outcome.order_id for outcome in talk.end().outcomes} == {"o0", "o2", "o4"}
    assert {outcome.cause for outcome in talk.end().outcomes} == set()


def test_an_order_before_the_terminal_spoke_waits_for_it() -> None:
    talk = talking()
    assert talk.order("o1", SendText(WHO, "1"), 10.0, 0.0).out == b""
    sent = said(talk.hear(frame(0x0002, b""), 1.0))
    assert [one.id for one in sent] == [0x8001, 0x8300]


def test_an_order_for_another_terminal_or_of_another_trade_is_not_supported() -> None:
    talk = ready()
    for order in (SendText("777", "1"), PressToTalk("1"), AskPosition("99")):
        with pytest.raises(NotSupported) as refused:
            talk.order("o1", order, 10.0, 1.0)
        assert refused.value.cause == "not_supported"


def test_too_many_waiting_orders_are_dropped_and_told() -> None:
    talk = ready()
    turns = [talk.order(f"o{n}", Probe(), 10.0, 1.0) for n in range(MOST + 1)]
    assert turns[-1].outcomes == [Outcome(f"o{MOST}", False, "dropped")]


def test_serials_run_over() -> None:
    talk = ready()
    talk._serial = 0xFFFF
    sent = [said(talk.order(f"o{n}", Probe(), 10.0, 1.0))[0].serial for n in range(2)]
    assert sent == [0xFFFF, 0]


# messages in parts


def test_what_is_missing_of_a_split_message_is_asked_for_and_given_up() -> None:
    talk = talking()
    parts = split(b"\0" * 2500, 30, 0x0900)
    talk.hear(parts[0], 0.0)
    talk.hear(parts[2], 1.0)
    assert talk.wake_at() == PARTS_WAIT_S
    (question,) = said(talk.pass_time(PARTS_WAIT_S))
    assert (question.id, question.body) == (0x8003, struct.pack(">HBH", 30, 1, 2))
    turn = talk.hear(parts[1], 4.0)
    assert any(isinstance(m, Other) and m.what == "passthrough_up" for m in turn.messages)
    assert talk.wake_at() == math.inf

    talk.hear(parts[0], 10.0)
    asked = 0
    now = 10.0
    while talk.wake_at() < math.inf:
        now = talk.wake_at()
        asked += len(said(talk.pass_time(now)))
    assert asked == PARTS_ASKED
    assert talk._decoder.parts.keys() == ()
