"""The conversation with a TETRA radio: set-up, orders, receipts, lost answers, its pulse."""

from __future__ import annotations

import math

import pytest

from drivers.contract import (
    AskPosition,
    Bad,
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Order,
    Other,
    PressToTalk,
    Probe,
    SendStatus,
    SendText,
    Status,
)
from drivers.errors import NotSupported
from drivers.radio.tetra_orders import SETUP_PROFILES
from tests.drivers.tetra_conversation import Conversation

CREW = "23404"


@pytest.fixture
def post() -> Conversation:
    """A radio that was set up."""
    conversation = Conversation(groups=["1001", "1002"])
    conversation.begin()
    return conversation


def test_the_radio_is_called_until_nothing_is_garbled_then_set_up_in_order() -> None:
    post = Conversation(mode=1, groups=["1001"])
    post.radio.garbled = 3
    post.begin()
    assert post.radio.commands == [
        *["AT"] * 4,
        "AT+CTOM=1,0",
        *(f"AT+CTSP={profile}" for profile in SETUP_PROFILES),
        "AT+CTSDC=0,0,0,1,1,0,1,1,0,0",
        "AT+CNUMF?",
        "AT+CMGS=?",
        "AT+CTGS=1,1001",
        "AT+CTGS?",
        "AT+CREG?",
    ]
    assert (post.radio.mode, post.radio.group) == ("1", "1001")
    assert post.talk.identity == "09011638300023401"
    assert post.talk.beat_at is not None
    assert not post.of(Bad)


def test_one_command_at_a_time() -> None:
    post = Conversation()
    post.radio.answers = False
    turn = post.talk.begin(post.now)
    assert turn.out == b"AT\r\n"
    assert post.talk.order("text", SendText(CREW, "x"), post.now + 5, post.now).out == b""
    assert post.talk.hear(b"\r\n+CREG: 1\r\n", post.now).out == b""


def test_a_refused_set_up_command_is_told_and_the_rest_goes_on() -> None:
    post = Conversation()
    post.radio.refuses = {"AT+CTSP=1,3,138": 38}
    post.begin()
    (refused,) = [one for one in post.of(Other) if one.what == "setup_refused"]
    assert refused.fields == {
        "command": "AT+CTSP=1,3,138",
        "told": "+CME ERROR: 38 (PID already registered)",
    }
    assert post.talk.identity


def test_a_mute_radio_is_called_every_second_and_set_up_when_it_answers() -> None:
    post = Conversation()
    post.radio.answers = False
    post.begin()
    post.pass_(10.0)
    assert set(post.sent) == {b"AT\r\n"}
    assert 10 <= len(post.sent) <= 13
    assert post.talk.beat_at is None
    post.radio.answers = True
    post.pass_(3.0)
    assert post.talk.identity


def test_its_pulse_is_asked_for(post: Conversation) -> None:
    begun = len(post.radio.commands)
    post.pass_(31.0)
    asked = post.radio.commands[begun:]
    assert len(asked) == 6
    assert set(asked) == {"AT+CSQ?", "AT+CREG?"}
    assert post.talk.beat_at is not None
    assert post.now - post.talk.beat_at <= 5.0


def test_text_goes_out_and_its_receipt_comes_back(post: Conversation) -> None:
    name = post.order(SendText(CREW, "到场后回复", 0xC9))
    assert post.outcome(name).done
    assert post.outcome(name).fields == {"reference": 0xC9, "parts": 1}
    assert post.radio.texts == [(CREW, "到场后回复")]
    assert post.radio.commands[-2:] == ["AT+CTSDS=12,0,0,0,1", f"AT+CMGS={CREW},{8 * 14}"]
    (receipt,) = [one for one in post.of(Other) if one.kind == "ack"]
    assert (receipt.what, receipt.fields["reference"], receipt.fields["delivery"]) == (
        "report",
        0xC9,
        0,
    )
    assert receipt.fields["source"] == CREW


def test_a_text_of_latin_letters_takes_a_byte_a_letter(post: Conversation) -> None:
    post.order(SendText("09011638300023404", "ok", 1, receipt=False))
    assert post.radio.texts == [("09011638300023404", "ok")]
    assert post.radio.commands[-2:] == ["AT+CTSDS=12,1,0,0,1", "AT+CMGS=09011638300023404,48"]
    assert not [one for one in post.of(Other) if one.kind == "ack"]


@pytest.mark.parametrize("chars", [72, 73, 400, 69 * 12])
def test_long_texts_go_in_parts_and_give_one_receipt(post: Conversation, chars: int) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(chars))
    name = post.order(SendText(CREW, text, 250), within_s=60)
    parts = 1 if chars <= 72 else -(-chars // 69)
    assert post.outcome(name).fields == {"reference": 250, "parts": parts}
    assert post.radio.texts == [(CREW, text)]
    receipts = [one for one in post.of(Other) if one.kind == "ack"]
    assert [one.fields["reference"] for one in receipts] == [250]
    assert len([one for one in post.of(Other) if one.what == "part_report"]) == parts - 1


def test_no_character_is_cut_in_two(post: Conversation) -> None:
    text = "a" + "𠀀" * 100  # each takes two UTF-16 words
    post.order(SendText(CREW, text, 3), within_s=60)
    assert post.radio.texts == [(CREW, text)]


def test_a_text_beyond_all_parts_is_not_supported(post: Conversation) -> None:
    with pytest.raises(NotSupported, match="13 messages"):
        post.order(SendText(CREW, "字" * (69 * 12 + 1), 1))


def test_the_limit_that_the_radio_tells_is_kept() -> None:
    post = Conversation()
    post.radio.most_bits = 560
    post.begin()
    text = "巡逻" * 40
    name = post.order(SendText(CREW, text, 9), within_s=60)
    assert post.outcome(name).fields["parts"] == 3
    assert post.radio.texts == [(CREW, text)]


def test_a_part_that_does_not_arrive_is_told_under_the_text(post: Conversation) -> None:
    post.radio.unreachable.add(CREW)
    post.order(SendText(CREW, "字" * 100, 7), within_s=60)
    told = [one.fields for one in post.of(Other) if one.kind == "ack"]
    assert [(one["reference"], one["delivery"]) for one in told] == [(7, 0x5A), (7, 0x5A)]
    assert told[0]["report"] == "unreachable"


def test_status_goes_out(post: Conversation) -> None:
    name = post.order(SendStatus(CREW, 0x8004))
    assert post.outcome(name).done
    assert post.radio.statuses == [(CREW, 0x8004)]
    assert post.radio.commands[-2:] == ["AT+CTSDS=13,0", f"AT+CMGS={CREW},16"]


def test_group_is_chosen_and_kept_when_the_radio_comes_back(post: Conversation) -> None:
    name = post.order(ChooseGroup("1002"))
    assert post.outcome(name).done
    post.radio.group = ""
    post.radio.answers = False
    post.pass_(12.0)
    post.radio.answers = True
    post.pass_(3.0)
    assert post.radio.group == "1002"


def test_a_refused_order_says_with_which_words(post: Conversation) -> None:
    post.radio.refuses = {"AT+CTSDS": 30}
    outcome = post.outcome(post.order(SendText(CREW, "x", 1)))
    assert (outcome.done, outcome.cause) == (False, "refused")
    assert outcome.told == "+CME ERROR: 30 (out of service)"
    assert not post.radio.texts
    post.radio.refuses = {"AT+CTGS": 42}
    assert post.outcome(post.order(ChooseGroup("1001"))).cause == "busy"


def test_a_lost_answer_is_told_and_a_late_one_is_nobodys(post: Conversation) -> None:
    post.radio.answers = False
    name = post.order(ChooseGroup("1002"), within_s=30)
    post.pass_(3.1)
    outcome = post.outcome(name)
    assert (outcome.done, outcome.cause) == (False, "no_answer")
    assert outcome.told == "no answer to AT+CTGS=1,1002"
    post.radio.answers = True
    post.pass_(1.0)  # called again and answered
    begun = len(post.radio.commands)
    post.talk.hear(b"\r\nOK\r\n", post.now)
    following = post.order(SendStatus(CREW, 0x8001))
    post.pass_(1.0)
    assert post.outcome(following).done
    assert post.radio.statuses == [(CREW, 0x8001)]
    assert "AT+CTOM=0,0" not in post.radio.commands[begun:]  # one lost answer is no new radio


def test_a_late_answer_is_not_taken_for_that_of_the_next_command(post: Conversation) -> None:
    post.radio.answers = False
    post.order(ChooseGroup("1002"))
    post.pass_(3.1)
    waits = post.order(SendStatus(CREW, 0x8001))
    for _ in range(2):  # the late one, and that of the call
        post.take(post.talk.hear(b"\r\nOK\r\n", post.now))
        assert post.sent[-1] == b"AT\r\n"
    post.pass_(0.3)
    assert post.sent[-1] == b"AT+CTSDS=13,0\r\n"
    assert post.waits(waits)


def test_an_open_pdu_is_cancelled_before_the_radio_is_called(post: Conversation) -> None:
    post.radio.answers = False
    post.order(SendStatus(CREW, 1))
    post.take(post.talk.hear(b"\r\nOK\r\n", post.now))
    assert post.sent[-1] == f"AT+CMGS={CREW},16\r\n0001\x1a".encode()
    post.pass_(10.5)
    assert b"\x1bAT\r\n" in post.sent


def test_deadlines_of_orders_that_never_went_out(post: Conversation) -> None:
    post.radio.answers = False
    first = post.order(ChooseGroup("1002"), within_s=60)
    second = post.order(SendText(CREW, "x", 1), within_s=1.0)
    post.pass_(1.0)
    assert post.outcome(second).cause == "no_answer"
    assert post.waits(first)


def test_too_many_orders_are_dropped_and_told(post: Conversation) -> None:
    post.radio.answers = False
    names = [post.order(SendStatus(CREW, 1), within_s=60) for _ in range(70)]
    dropped = [name for name in names if not post.waits(name)]
    assert dropped == names[64:]
    assert {post.outcome(name).cause for name in dropped} == {"dropped"}


def test_the_end_of_the_wire_settles_everything(post: Conversation) -> None:
    post.radio.answers = False
    names = [
        post.order(SendStatus(CREW, 1)),
        post.order(PressToTalk("1001")),
        post.order(CheckRadio(CREW)),
    ]
    post.take(post.talk.hear(b"\r\n+CTSDSR: 13,1,0,2,0,16\r\n8004", post.now))
    post.take(post.talk.end())
    assert [post.outcome(name).cause for name in names] == ["lost"] * 3
    assert post.of(Status) == [Status("1", 0x8004, "2")]


def test_the_technicians_question(post: Conversation) -> None:
    outcome = post.outcome(post.order(Probe()))
    assert outcome.done
    assert outcome.fields["identity"] == "09011638300023401"
    assert outcome.fields["signal_dbm"] == -71
    assert outcome.fields["registration"] == "home"


@pytest.mark.parametrize(
    "order",
    [
        ConfirmAlarm(CREW),
        SendText("12a", "x"),
        SendText("1,0\r\nATZ", "x"),
        SendText(CREW, "x", 256),
        SendStatus(CREW, 0x7C00),
        SendStatus(CREW, -1),
        ChooseGroup(""),
        PressToTalk("1001", 4),
        AskPosition("1" * 18),
    ],
)
def test_what_cannot_be_is_said_at_once(post: Conversation, order: Order) -> None:
    with pytest.raises(NotSupported):
        post.order(order)
    assert post.talk.wake_at() > post.now


def test_nothing_is_wanted_while_nothing_waits(post: Conversation) -> None:
    assert post.talk.wake_at() - post.now <= 5.0
    fresh = Conversation().talk
    assert fresh.wake_at() in (-math.inf, math.inf)
