"""Channels, statuses, the log's states, and the ring of recent sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core import reference
from console.core.errors import Refused
from console.core.words import Words
from console.radio.model import (
    RATE,
    Channel,
    ChannelPhase,
    ChannelState,
    Exchange,
    Kind,
    Moment,
    NewChannel,
    RadioLimits,
    RadioStatus,
    Ring,
    State,
    checked_rows,
    checked_text,
    read_code,
    read_limits,
    read_statuses,
    reference_of,
    settle,
    written,
)
from console.radio.model.channel import fall_silent, pass_time, receive, release, talk

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LIMITS = RadioLimits()
QUIET = ChannelState(Channel("c", "l", "501", "指挥", 1))


def moment(seconds: float) -> Moment:
    return Moment(AT + timedelta(seconds=seconds), 100 + seconds)


def test_a_channel_from_quiet_to_quiet() -> None:
    heard = receive(QUIET, "1001", "car", moment(0), LIMITS)
    assert (heard.phase, heard.talker, heard.unit_id) == (ChannelPhase.RECEIVE, "1001", "car")
    again = receive(heard, "", "", moment(1), LIMITS)
    assert (again.talker, again.since) == ("1001", heard.since)
    silent = fall_silent(again, moment(4), LIMITS)
    assert (silent.phase, silent.talker) == (ChannelPhase.HANG, "1001")
    assert pass_time(silent, moment(8), LIMITS).phase is ChannelPhase.HANG
    assert pass_time(silent, moment(9), LIMITS).phase is ChannelPhase.QUIET
    assert release(heard, moment(2)).phase is ChannelPhase.QUIET


def test_an_end_that_is_never_told_comes_by_itself() -> None:
    heard = receive(QUIET, "1001", "", moment(0), LIMITS)
    assert pass_time(heard, moment(89), LIMITS).phase is ChannelPhase.RECEIVE
    assert pass_time(heard, moment(90), LIMITS).phase is ChannelPhase.HANG


def test_while_the_post_talks_nobody_else_is_shown() -> None:
    ours = talk(QUIET, moment(0))
    assert receive(ours, "1001", "", moment(1), LIMITS) == ours
    assert pass_time(ours, moment(1000), LIMITS) == ours


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (NewChannel("l", "501", ""), "radio.bad_channel_name"),
        (NewChannel("l", "501", "长" * 25), "radio.bad_channel_name"),
        (NewChannel("l", "", "指挥"), "radio.bad_group"),
        (NewChannel("l", "五", "指挥"), "radio.bad_group"),
        (NewChannel("", "501", "指挥"), "radio.no_radio_chosen"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(told: NewChannel, code: str) -> None:
    with pytest.raises(Refused) as refused:
        told.cleaned()
    assert refused.value.code == code


def test_the_shipped_table_of_statuses_is_one_that_would_be_taken() -> None:
    table = read_statuses(reference.shipped("radio_statuses"))
    known = frozenset(one["code"] for one in reference.shipped("statuses")["statuses"])
    assert checked_rows(table.rows, known) == table.rows
    assert read_statuses({"statuses": written(table.rows)}) == table
    arrive = table.of(0x8004, "tetra")
    assert arrive is not None and arrive.meaning == "arrive"
    assert table.of(0x9999, "tetra") is None


def test_a_familys_own_row_goes_before_the_general_one() -> None:
    general = RadioStatus(1, Words("空闲", "free"), "free")
    own = replace(general, family="hytera", meaning="arrive")
    table = read_statuses({"statuses": written([own, general])})
    assert [table.of(1, family) for family in ("tetra", "hytera")] == [general, own]


THERE = RadioStatus(2, Words("空闲", "free"), "free")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (replace(THERE, code=0x10000), "radio.bad_status_code"),
        (THERE, "radio.bad_status_code"),
        (RadioStatus(1, Words(" ", "x"), "free"), "radio.bad_status_word"),
        (RadioStatus(1, Words("跳舞", "dance"), "dance"), "radio.bad_status_meaning"),
    ],
)
def test_a_table_that_cannot_be_is_refused(row: RadioStatus, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_rows([THERE, row], frozenset({"free"}))
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "8G", "12345", "0x12"])
def test_a_code_is_four_hexadecimal_digits_at_most(text: str) -> None:
    with pytest.raises(Refused):
        read_code(text)


def test_limits_are_clamped() -> None:
    told = read_limits({"hot_mic_s": 1e9, "warn_s": -4, "keep_days": 0})
    assert (told.talk.hot_mic_s, told.talk.warn_s, told.keep_days) == (600, 0, 1)
    assert read_limits(reference.shipped("radio_limits")) == RadioLimits()


LINE = Exchange("e", AT, False, Kind.TEXT, "l", "1001", State.SENDING)


def test_receipts_take_nothing_back() -> None:
    read = settle(settle(LINE, State.READ, "", AT), State.RECEIVED, "", AT)
    assert read.state is State.READ
    assert settle(read, State.FAILED, "late", AT).state is State.READ
    failed = settle(LINE, State.FAILED, "no_answer", AT)
    assert (failed.state, failed.cause) == (State.FAILED, "no_answer")
    assert settle(failed, State.RECEIVED, "", AT).state is State.RECEIVED


@given(st.lists(st.sampled_from([State.TAKEN, State.RECEIVED, State.READ, State.FAILED])))
def test_what_was_read_stays_read(told: list[State]) -> None:
    line = LINE
    for state in told:
        line = settle(line, state, "x", AT)
    if State.READ in told:
        assert line.state is State.READ


def test_texts_are_bounded_and_references_go_round() -> None:
    assert checked_text("  到岗\u202e了\x00 ") == "到岗了"
    for wrong in ("", " \x00 ", "长" * 201):
        with pytest.raises(Refused):
            checked_text(wrong)
    assert [reference_of(n) for n in (1, 255, 256)] == [1, 255, 1]


def samples(count: int, value: int = 1) -> bytes:
    return value.to_bytes(2, "little") * count


def test_the_ring_keeps_the_last_seconds_and_no_more() -> None:
    ring = Ring(2)
    for second in range(5):
        ring.put(samples(RATE, second), 10.0 + second)
    assert ring.seconds == 2
    assert ring.last(1) == samples(RATE, 4)
    assert ring.last(60) == samples(RATE, 3) + samples(RATE, 4)
    assert ring.since(13.5) == samples(RATE // 2, 4)
    ring.clear()
    assert (ring.seconds, ring.last(1)) == (0, b"")


@given(st.lists(st.integers(0, 3 * RATE), max_size=12))
def test_the_ring_never_grows_beyond_its_limit(pieces: list[int]) -> None:
    ring, whole = Ring(1), b""
    for at, count in enumerate(pieces):
        ring.put(samples(count, at), float(at * 10))
        whole += samples(count, at)
    assert ring.seconds <= 1
    assert ring.last(1) == whole[-2 * RATE :]
