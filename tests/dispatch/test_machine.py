"""The life of a call as a table: no path, whatever is pressed, reaches nonsense."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import catalogue
from console.dispatch.model.call import ENDED, CallStatus, masked_phone
from console.dispatch.model.machine import TABLE, Facts, Step, after

S = CallStatus
READY = Facts(1, True, True, "settled", False, True)


@pytest.mark.parametrize(
    ("status", "step", "to"),
    [
        (S.RECEIVED, Step.SIGN, S.SIGNED),
        (S.SIGNED, Step.ASSIGN, S.ASSIGNED),
        (S.ASSIGNED, Step.ASSIGN, S.ASSIGNED),
        (S.ARRIVED, Step.ASSIGN, S.ARRIVED),
        (S.ASSIGNED, Step.DEPART, S.DEPARTED),
        (S.ASSIGNED, Step.ARRIVE, S.ARRIVED),
        (S.FIRST_FEEDBACK, Step.ARRIVE, S.FIRST_FEEDBACK),
        (S.ARRIVED, Step.FEED_BACK, S.FIRST_FEEDBACK),
        (S.FIRST_FEEDBACK, Step.FINISH, S.FINISHED),
        (S.FINISHED, Step.CLOSE, S.CLOSED),
        (S.CLOSED, Step.REOPEN, S.REOPENED),
        (S.REOPENED, Step.ASSIGN, S.ASSIGNED),
    ],
)
def test_a_step_leads_on(status: CallStatus, step: Step, to: CallStatus) -> None:
    assert after(status, step, READY) is to


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (S.RECEIVED, Step.ASSIGN), (S.RECEIVED, Step.CLOSE), (S.RECEIVED, Step.FINISH),
        (S.SIGNED, Step.SIGN), (S.SIGNED, Step.ARRIVE), (S.SIGNED, Step.DEPART),
        (S.DEPARTED, Step.RETURN), (S.ARRIVED, Step.CLOSE), (S.FINISHED, Step.ASSIGN),
        (S.CLOSED, Step.FEED_BACK), (S.CANCELLED, Step.REOPEN), (S.MERGED, Step.SIGN),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_words(status: CallStatus, step: Step) -> None:
    with pytest.raises(Refused) as told:
        after(status, step, READY)
    assert told.value.code in catalogue()


facts = st.builds(
    Facts, st.integers(0, 3), st.booleans(), st.booleans(), st.sampled_from(["", "settled"]),
    st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(list(Step)), facts), max_size=40))
def test_no_path_reaches_nonsense(path: list[tuple[Step, Facts]]) -> None:
    status, seen = S.RECEIVED, [S.RECEIVED]
    for step, known in path:
        try:
            now = after(status, step, known)
        except Refused as told:
            assert told.code in catalogue()
            continue
        if status in ENDED:
            assert step is Step.REOPEN
        if now is S.CLOSED:
            assert status is S.FINISHED
        if now is S.FINISHED and step is Step.FINISH:
            assert known.disposition
            assert known.without_attendance or known.arrived
        if now in (S.DEPARTED, S.ARRIVED):
            assert S.ASSIGNED in seen
        if status is S.RECEIVED:
            assert now in (S.SIGNED, *ENDED)
        if status is S.CANCELLED:
            raise AssertionError("a cancelled call went on")
        status = now
        seen.append(now)


def test_every_status_is_reached_and_every_open_one_can_end() -> None:
    reached = {S.RECEIVED} | {to for row in TABLE.values() for to in row.values()}
    assert reached == set(S)
    ends = {S.CLOSED, S.FINISHED, S.CANCELLED}
    for status in S:
        if status.is_open:
            assert any(row.get(status) in ends for row in TABLE.values())


def test_every_refusal_in_the_code_has_words_in_both_languages() -> None:
    root = Path(__file__).resolve().parents[2] / "console"
    text = "".join(
        f.read_text("utf-8") for room in ("dispatch", "roster") for f in (root / room).rglob("*.py")
    )
    codes = set(re.findall(r'(?:Refused|Conflict)\(\s*"([a-z_.]+)"', text))
    codes |= {f"dispatch.{step}_not_now" for step in Step}
    codes |= {f"dispatch.unit_{meaning}" for meaning in ("out", "unknown", "emergency")}
    codes |= {"dispatch.point_impossible", "dispatch.point_outside"}
    assert len(codes) > 50
    assert codes - set(catalogue()) == set()
    assert all(catalogue()[c].zh_CN and catalogue()[c].en for c in codes)


@pytest.mark.parametrize(
    ("phone", "seen"),
    [("13812348000", "138****8000"), ("110", "*10"), ("", ""), ("5551234", "555****1234")],
)
def test_phones_are_masked(phone: str, seen: str) -> None:
    assert masked_phone(phone) == seen


def test_markup_stays_as_text_and_control_characters_go() -> None:
    assert shown("<b>${x}</b>\x00\x1b[31m\u202e好\n下", 99) == "<b>${x}</b>[31m好\n下"
    assert shown("长" * 30, 5) == "长" * 5


@given(st.text())
def test_shown_text_can_always_be_stored(text: str) -> None:
    kept = shown(text, 100)
    kept.encode("utf-8")
    assert len(kept) <= 100
