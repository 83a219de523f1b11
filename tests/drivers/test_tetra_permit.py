"""Press to talk on a TETRA radio: granted, denied, queued, pre-empted – and never a hot key."""

from __future__ import annotations

import pytest

from drivers.contract import PressToTalk, RadioCall, ReleaseTalk
from drivers.sim.tetra import said
from tests.drivers.tetra_conversation import Conversation


@pytest.fixture
def post() -> Conversation:
    conversation = Conversation(groups=["1001"])
    conversation.begin()
    return conversation


def test_a_call_is_set_up_granted_and_given_back(post: Conversation) -> None:
    press = post.order(PressToTalk("1001", 1))
    assert post.outcome(press).done
    assert post.radio.commands[-2:] == ["AT+CTSDC=0,0,0,1,1,0,1,1,0,1", "ATD1001"]
    assert post.radio.talking
    assert [(one.phase, one.granted, one.group) for one in post.of(RadioCall)] == [
        ("connected", None, "1001"),
        ("talking", True, "1001"),
    ]
    release = post.order(ReleaseTalk())
    assert post.outcome(release).done
    assert post.radio.commands[-1] == "AT+CUTXC=1"
    assert not post.radio.talking


def test_a_running_call_is_talked_in(post: Conversation) -> None:
    post.radio.call("23404", "1001")
    post.hear()
    press = post.order(PressToTalk("09011638300001001"))
    assert post.radio.commands[-1] == "AT+CTXD=1,0"
    assert post.outcome(press).done


def test_without_a_group_the_chosen_one(post: Conversation) -> None:
    post.order(PressToTalk())
    assert post.radio.commands[-1] == "ATD1001"
    without = Conversation()
    without.begin()
    outcome = without.outcome(without.order(PressToTalk()))
    assert (outcome.done, outcome.told) == (False, "no group is chosen")


@pytest.mark.parametrize(
    ("ptt", "cause", "told"),
    [
        ("deny", "refused", "not granted"),
        ("another", "busy", "granted to 23404"),
        ("reject", "refused", "call released, cause 11 (rejected)"),
    ],
)
def test_a_denied_permit_is_told(post: Conversation, ptt: str, cause: str, told: str) -> None:
    post.radio.ptt = ptt
    outcome = post.outcome(post.order(PressToTalk("1001")))
    assert (outcome.done, outcome.cause, outcome.told) == (False, cause, told)
    post.radio.ptt = "grant"
    assert post.outcome(post.order(PressToTalk("1001"))).done


def test_an_error_of_the_dial_is_told(post: Conversation) -> None:
    post.radio.refuses = {"ATD": 42}
    assert post.outcome(post.order(PressToTalk("1001"))).cause == "busy"
    assert post.outcome(post.order(ReleaseTalk())).done


def test_a_queued_permit_waits_and_is_granted(post: Conversation) -> None:
    post.radio.ptt = "queue"
    press = post.order(PressToTalk("1001"))
    assert post.waits(press)
    assert post.of(RadioCall)[-1].granted is None
    post.radio.grant()
    post.hear()
    assert post.outcome(press).done


def test_a_queued_permit_that_is_overdue_is_withdrawn_and_a_late_one_given_back(
    post: Conversation,
) -> None:
    post.radio.ptt = "queue"
    press = post.order(PressToTalk("1001"), within_s=2.0)
    post.pass_(2.0)
    assert post.outcome(press).cause == "no_answer"
    assert post.radio.commands[-1] == "AT+CUTXC=1"
    post.radio.grant()
    assert post.radio.talking
    post.pass_(0.1)
    assert not post.radio.talking


def test_let_go_before_the_permit(post: Conversation) -> None:
    post.radio.ptt = "queue"
    press = post.order(PressToTalk("1001"))
    release = post.order(ReleaseTalk())
    assert post.outcome(press).told == "let go before the permit came"
    assert post.outcome(release).done
    post.radio.grant()
    post.pass_(0.1)
    assert not post.radio.talking


def test_the_radios_own_key_is_left_alone(post: Conversation) -> None:
    post.radio.call("23404", "1001")
    post.pass_(30.0)
    post.radio.grant()
    post.pass_(0.1)
    assert post.radio.talking


def test_let_go_before_the_dial_went_out(post: Conversation) -> None:
    """The parameters of the call are out when the key comes up: nobody is dialled."""
    post.radio.answers = False
    press = post.order(PressToTalk("1001"))
    release = post.order(ReleaseTalk())
    assert not post.outcome(press).done
    post.radio.answers = True
    post.take(post.talk.hear(b"\r\nOK\r\n", post.now))
    assert post.outcome(release).done
    assert "ATD1001" not in post.radio.commands
    assert post.outcome(post.order(PressToTalk("1001"))).done


def test_pressed_again_before_the_release_was_confirmed(post: Conversation) -> None:
    post.order(PressToTalk("1001"))
    post.radio.answers = False
    release = post.order(ReleaseTalk())
    again = post.order(PressToTalk("1001"))
    third = post.order(PressToTalk("1001"))
    assert post.outcome(third).cause == "busy"
    post.radio.answers = True
    post.take(post.talk.hear(b"\r\nOK\r\n", post.now))
    assert post.outcome(release).done
    assert post.outcome(again).done
    assert post.radio.talking


def test_a_release_without_an_answer_is_tried_until_the_radio_takes_it(post: Conversation) -> None:
    post.order(PressToTalk("1001"))
    post.radio.answers = False
    release = post.order(ReleaseTalk(), within_s=2.0)
    post.pass_(3.5)
    assert post.outcome(release).cause == "no_answer"
    post.radio.talking = True  # the radio never had the command
    post.radio.answers = True
    post.pass_(2.0)
    assert not post.radio.talking
    assert post.radio.commands.count("AT+CUTXC=1") == 2


def test_a_press_without_an_answer_is_withdrawn(post: Conversation) -> None:
    post.radio.call("23404", "1001")
    post.hear()
    post.radio.answers = False
    press = post.order(PressToTalk("1001"), within_s=20)
    post.pass_(3.0)
    assert post.outcome(press).cause == "no_answer"
    post.radio.answers = True
    post.pass_(2.0)
    assert post.radio.commands[-1] == "AT+CUTXC=1"


def test_a_talker_is_pre_empted(post: Conversation) -> None:
    post.order(PressToTalk("1001"))
    post.radio.say("+CTXG: 1,3,0,0,1,23409")
    post.hear()
    assert post.of(RadioCall)[-1] == RadioCall("talking", "23409", "1001", 0, granted=False)
    assert post.outcome(post.order(PressToTalk("1001"))).done  # asked for anew
    assert post.radio.commands[-1] == "AT+CTXD=1,0"


def test_the_end_of_the_call_ends_the_permit(post: Conversation) -> None:
    post.order(PressToTalk("1001"))
    post.radio.end_call(1)
    post.hear()
    assert post.of(RadioCall)[-1] == RadioCall("released", None, "1001", 0, 13)
    release = post.order(ReleaseTalk())
    assert post.outcome(release).done
    assert "AT+CUTXC=1" not in post.radio.commands


def test_another_call_is_not_taken_for_ours(post: Conversation) -> None:
    post.radio.call("23404", "2002")
    post.hear()
    post.radio.ptt = "queue"
    press = post.order(PressToTalk("1001"))
    post.radio.say("+CTXG: 1,0,0,0")
    post.hear()
    assert post.waits(press)
    post.radio.say("+CTXG: 2,0,0,0")
    post.hear()
    assert post.outcome(press).done


def test_a_dialled_call_is_known_by_its_own_number_alone(post: Conversation) -> None:
    """Between the dial and its number, lines about other calls are not about ours."""
    post.radio.call("23404", "2002")
    post.hear()
    post.radio.answers = False
    press = post.order(PressToTalk("1001"))
    for line in ("OK", "OK", "+CTXG: 1,0,0,0", "+CTICN: 5,0,0,5,7,1,1,0,1,1,5,2003,0"):
        post.take(post.talk.hear(said(line), post.now))
    post.take(post.talk.hear(said("+CTXG: 5,0,0,0"), post.now))
    assert post.waits(press)
    post.take(post.talk.hear(said("+CTOCP: 2,0", "+CTXG: 2,0,0,0"), post.now))
    assert post.outcome(press).fields == {"call": "2"}


def test_a_call_of_others_to_our_group_is_ours_as_well(post: Conversation) -> None:
    post.radio.answers = False
    press = post.order(PressToTalk("1001"))
    begins = "+CTICN: 5,0,0,5,7,1,1,0,1,1,5,09011638300001001,0"
    post.take(post.talk.hear(said("OK", begins, "+CTXG: 5,0,0,0"), post.now))
    assert post.outcome(press).fields == {"call": "5"}


def test_a_permit_that_crosses_its_release_is_given_back(post: Conversation) -> None:
    post.radio.ptt = "queue"
    post.order(PressToTalk("1001"))
    post.radio.answers = False
    release = post.order(ReleaseTalk())
    post.take(post.talk.hear(said("+CTXG: 1,0,0,0", "OK"), post.now))
    assert post.waits(release)
    assert post.sent[-2:] == [b"AT+CUTXC=1\r\n"] * 2
    post.take(post.talk.hear(said("OK"), post.now))
    assert post.outcome(release).done


def test_calls_of_crews_keep_their_group_and_talker(post: Conversation) -> None:
    number = post.radio.call("23404", "1001", 3)
    post.radio.end_call(number)
    post.hear()
    assert post.of(RadioCall) == [
        RadioCall("incoming", "23404", "1001", 3),
        RadioCall("connected", "23404", "1001", 3),
        RadioCall("talking", "23404", "1001", 3, granted=False),
        RadioCall("ceased", "23404", "1001", 3),
        RadioCall("released", "23404", "1001", 3, 13),
    ]


def test_the_key_goes_before_the_set_up(post: Conversation) -> None:
    """A radio that came back is set up again; a release does not wait for all of that."""
    post.order(PressToTalk("1001"))
    post.radio.answers = False
    post.pass_(12.0)
    post.order(ReleaseTalk(), within_s=60)
    begun = len(post.radio.commands)
    post.radio.answers = True
    post.pass_(5.0)
    since = [words for words in post.radio.commands[begun:] if words != "AT"]
    assert since[0] == "AT+CUTXC=1"
    assert "AT+CNUMF?" in since
