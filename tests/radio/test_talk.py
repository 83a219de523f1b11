"""Press to talk: whatever comes in whatever order, no microphone stays open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.radio.model import (
    OPEN,
    Cue,
    Do,
    Granted,
    LetGo,
    NotGranted,
    Pass,
    Press,
    Talk,
    TalkLimits,
    TalkPhase,
    Waits,
    step,
)
from console.radio.model.talk import Happening

LIMITS = TalkLimits()


def run(*happenings: tuple[float, Happening]) -> tuple[Talk, list[Do], list[Cue]]:
    talk, done, heard = Talk(), list[Do](), list[Cue]()
    for now, what in happenings:
        talk, do, cue = step(talk, what, now, LIMITS)
        done += [do] if do is not Do.NOTHING else []
        heard += [cue] if cue else []
    return talk, done, heard


def test_from_the_key_to_the_hang_time() -> None:
    talk, done, heard = run((0, Press("a")), (0.2, Granted()))
    assert (talk.phase, done, heard) == (TalkPhase.TALKING, [Do.ASK], [Cue.PERMIT])
    talk, done, _ = run((0, Press("a")), (0.2, Granted()), (4, LetGo()))
    assert (talk.phase, done) == (TalkPhase.HANG, [Do.ASK, Do.RELEASE])
    talk, _, _ = run((0, Press("a")), (0.2, Granted()), (4, LetGo()), (10, Pass()))
    assert talk.phase is TalkPhase.IDLE


def test_the_open_microphone_is_warned_of_cut_and_stays_cut_until_the_key_was_up() -> None:
    begun: list[tuple[float, Happening]] = [(0.0, Press("a")), (0.0, Granted())]
    talk, _, heard = run(*begun, (49, Pass()), (50, Pass()), (51, Pass()))
    assert heard == [Cue.PERMIT, Cue.WARN]
    assert talk.left_s(51, LIMITS) == 9
    talk, done, heard = run(*begun, (60, Pass()), (61, Press("a")))
    assert (talk.phase, talk.cause) == (TalkPhase.HANG, "hot_mic")
    assert (done, heard[-1]) == ([Do.ASK, Do.RELEASE], Cue.CUT)
    talk, done, _ = run(*begun, (60, Pass()), (61, LetGo()), (62, Press("a")))
    assert (talk.phase, done[-1]) == (TalkPhase.ASKED, Do.ASK)


def test_latched_talks_until_pressed_again_or_cut() -> None:
    begun: list[tuple[float, Happening]] = [(0.0, Press("a", latched=True)), (0.1, Granted())]
    talk, _, _ = run(*begun, (1, Pass()))
    assert talk.phase is TalkPhase.TALKING and talk.latched
    talk, done, _ = run(*begun, (3, Press("a", latched=True)))
    assert (talk.phase, done[-1]) == (TalkPhase.HANG, Do.RELEASE)
    talk, _, _ = run(*begun, (60.2, Pass()), (61, Press("a")))
    assert talk.phase is TalkPhase.ASKED  # nobody would let a latched key go


def test_denied_no_answer_and_a_queue_that_does_not_move() -> None:
    talk, done, heard = run((0, Press("a")), (0.3, NotGranted("busy")))
    assert (talk.phase, talk.cause, done, heard) == (
        TalkPhase.DENIED, "busy", [Do.ASK], [Cue.DENIED],
    )  # fmt: skip
    talk, done, heard = run((0, Press("a")), (3, Pass()))
    assert (talk.cause, done[-1], heard) == ("no_answer", Do.RELEASE, [Cue.DENIED])
    talk, _, _ = run((0, Press("a")), (1, Waits()), (4, Pass()))
    assert talk.phase is TalkPhase.QUEUED
    talk, done, _ = run((0, Press("a")), (1, Waits()), (16, Pass()))
    assert (talk.cause, done[-1]) == ("busy", Do.RELEASE)


def test_a_permit_after_the_key_was_let_go_is_given_back() -> None:
    talk, done, heard = run((0, Press("a")), (0.1, LetGo()), (0.2, Granted()))
    assert talk.phase is TalkPhase.IDLE
    assert (done, heard) == ([Do.ASK, Do.RELEASE, Do.RELEASE], [])


HAPPENINGS = st.one_of(
    st.builds(Press, st.just("a"), st.booleans()),
    st.sampled_from([LetGo(), Granted(), Waits(), NotGranted("busy"), Pass()]),
)


@given(st.lists(st.tuples(st.floats(0, 30), HAPPENINGS), max_size=40))
def test_nobody_talks_beyond_the_limit_or_without_the_key(
    told: list[tuple[float, Happening]],
) -> None:
    talk, now = Talk(), 0.0
    for wait, what in told:
        now += wait
        before = talk
        talk, do, _ = step(talk, Pass(), now, LIMITS)
        assert not (talk.phase is TalkPhase.TALKING and now - talk.since >= LIMITS.hot_mic_s)
        if before.phase in OPEN and talk.phase not in OPEN:
            assert do is Do.RELEASE
        before = talk
        talk, do, _ = step(talk, what, now, LIMITS)
        if before.phase in OPEN and talk.phase not in OPEN:
            assert do is Do.RELEASE or isinstance(what, NotGranted)
        if isinstance(what, LetGo):
            assert talk.phase not in OPEN and not talk.held
        if talk.phase in OPEN:
            assert talk.held
