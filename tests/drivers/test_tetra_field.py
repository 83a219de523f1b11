"""What the radios in the field send and answer: statuses, texts, emergencies, places, checks."""

from __future__ import annotations

import pytest

from drivers.contract import (
    AskPosition,
    CheckRadio,
    Other,
    Position,
    RadioCall,
    SendStatus,
    Status,
    Text,
)
from drivers.sim.tetra import Fix, said
from tests.drivers.tetra_conversation import Conversation

CREW = "23404"


@pytest.fixture
def post() -> Conversation:
    """A radio that was set up."""
    conversation = Conversation()
    conversation.begin()
    return conversation


def test_lines_in_the_middle_of_an_answer(post: Conversation) -> None:
    post.radio.aside.append(said("+CTSDSR: 13,23404,0,23401,0,16", "8002"))
    post.radio.aside.append(said("+CTICN: 1,0,0,5,23404,1,1,0,1,1,5,1001,3"))
    name = post.order(SendStatus(CREW, 0x8004))
    assert post.outcome(name).done
    assert post.of(Status) == [Status("23404", 0x8002, "23401")]
    assert post.of(RadioCall) == [RadioCall("incoming", "23404", "1001", 3)]


def test_what_crews_send_arrives_and_receipts_are_given(post: Conversation) -> None:
    post.radio.send_status(CREW, 0x8003)
    post.radio.send_text(CREW, "需要支援", 5)
    post.radio.send_text(CREW, "收到", 6, receipt=False)
    post.pass_(0.1)
    assert post.of(Status) == [Status(CREW, 0x8003, "23401")]
    assert post.of(Text) == [
        Text(CREW, "23401", "需要支援", 5, True),
        Text(CREW, "23401", "收到", 6, False),
    ]
    assert post.radio.receipts == [(CREW, "82100005")]


def test_a_receipt_that_wants_a_receipt_gets_it(post: Conversation) -> None:
    post.radio.write(post.radio.header(CREW, "821800CA"))
    post.pass_(0.1)
    assert post.radio.receipts == [(CREW, "822001CA")]


def test_emergency_is_a_status_and_a_place(post: Conversation) -> None:
    post.radio.fixes[CREW] = Fix(35.405, 117.004)
    post.radio.sos(CREW)
    post.pass_(0.1)
    assert post.of(Status) == [Status(CREW, 0, "23401")]
    (place,) = post.of(Position)
    assert place.alarms == ("sos",)
    assert place.lat == pytest.approx(35.405, abs=1e-5)


def test_parts_of_a_text_are_one_text(post: Conversation) -> None:
    def part(number: int, text: str, parts: int = 3) -> None:
        words = text.encode("utf_16_be").hex()
        digits = f"8A02{number:02X}1A050003C9{parts:02X}{number:02X}{words}"
        post.radio.write(post.radio.header(CREW, digits))
        post.hear()

    part(2, "二")
    part(1, "一")
    assert not post.of(Text)
    assert [one.fields["part"] for one in post.of(Other) if one.what == "text_part"] == [2, 1]
    part(3, "三")
    assert [one.text for one in post.of(Text)] == ["一二三"]
    part(1, "前")
    post.pass_(61.0)
    assert post.of(Text)[-1].text == "前……"


def test_place_is_asked_for(post: Conversation) -> None:
    post.radio.fixes[CREW] = Fix(35.405, 117.004, speed_kmh=40, course_deg=90)
    name = post.order(AskPosition(CREW))
    assert post.outcome(name).done
    assert post.radio.commands[-1] == f"AT+CMGS={CREW},21"
    (place,) = post.of(Position)
    assert (place.source, place.course_deg, place.error_m) == (CREW, 90.0, 20.0)
    assert place.lon == pytest.approx(117.004, abs=1e-5)
    assert place.speed_mps == pytest.approx(16 * 1.038**27 / 3.6)


def test_the_own_place_is_asked_for(post: Conversation) -> None:
    name = post.order(AskPosition("23401"))
    assert post.radio.commands[-1] == "AT+GPSPOS?"
    assert post.outcome(name).done
    post.radio.say("+GPSPOS: 12:34:56,N: 49_01.2345,E: 010_12.3456,5")
    post.hear()
    (place,) = post.of(Position)
    assert place.source == "09011638300023401"
    assert (place.lat, place.lon) == pytest.approx((49 + 1.2345 / 60, 10 + 12.3456 / 60))


def test_a_radio_check_is_done_when_the_radio_answered(post: Conversation) -> None:
    name = post.order(CheckRadio(CREW))
    assert post.outcome(name).done
    assert post.radio.texts == [(CREW, "电台检查")]
    post.radio.gives_receipts = False
    waits = post.order(CheckRadio("09011638300023404"))
    assert post.waits(waits)
    post.radio.send_status(CREW, 0x8002)
    post.hear()
    assert post.outcome(waits).done


def test_a_radio_check_that_nobody_answers(post: Conversation) -> None:
    post.radio.unreachable.add(CREW)
    outcome = post.outcome(post.order(CheckRadio(CREW)))
    assert (outcome.done, outcome.cause, outcome.told) == (False, "refused", "unreachable")
    post.radio.gives_receipts = False
    name = post.order(CheckRadio(CREW), within_s=5.0)
    post.pass_(4.9)
    assert post.waits(name)
    post.pass_(0.2)
    assert post.outcome(name).cause == "no_answer"


@pytest.mark.parametrize("result", ["OK", "+CME ERROR: 31"])
def test_an_answer_before_the_radio_took_the_check_settles_it_once(
    post: Conversation, result: str
) -> None:
    post.radio.answers = False
    name = post.order(CheckRadio(CREW))
    post.take(post.talk.hear(said("OK"), post.now))
    assert post.waits(name)
    post.take(post.talk.hear(post.radio.header(CREW, "8002", 13) + said(result), post.now))
    assert post.outcome(name).done
