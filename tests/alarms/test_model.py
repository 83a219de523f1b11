"""The rules of alarms, without a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.alarms import model
from console.alarms.model import Alarm, Bucket, Raising, Shelf
from console.core import reference
from console.core.errors import Refused

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
KINDS = model.read_kinds(reference.shipped("alarm_kinds"))
BUTTON = KINDS.of("button")
LINK = KINDS.of("link_lost")
PRESS = Raising("device:1", "button", "文化街报警柱", "文化街与解放路", 35.4, 121.6)
LOST = Raising("link:1", "link_lost", "403 GNSS")


def at(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def raised() -> Alarm:
    return model.begin("a", PRESS, BUTTON, AT)


def lost() -> Alarm:
    return model.begin("b", LOST, LINK, AT)


def test_a_new_alarm_rings_and_says_what_and_who() -> None:
    one = raised()
    assert one.rings(AT)
    assert one.state(AT) == "ringing"
    assert one.title.zh_CN == "一键报警：文化街报警柱"
    assert one.title.en == "help button: 文化街报警柱"
    assert (one.priority, one.count) == (1, 1)


def test_a_repeat_counts_and_does_not_ring_again_at_once() -> None:
    seen = model.acknowledge(raised(), "0102", at(5))
    again = model.repeat(seen, PRESS, BUTTON, at(20))
    assert (again.count, again.last_at, again.raised_at) == (2, at(20), AT)
    assert not again.rings(at(20))


def test_a_button_pressed_long_after_it_was_seen_rings_again() -> None:
    seen = model.acknowledge(raised(), "0102", at(5))
    again = model.repeat(seen, PRESS, BUTTON, at(5 + 31))
    assert again.rings(at(36))
    wire = model.acknowledge(lost(), "0102", at(5))
    assert not model.repeat(wire, LOST, LINK, at(3600)).rings(at(3600))


def test_a_clearing_that_returns_at_once_is_the_same_alarm() -> None:
    over = model.clear(model.acknowledge(lost(), "0102", at(5)), at(10))
    assert over.state(at(10)) == "over"
    assert model.same(over, LINK, at(40))
    assert not model.same(over, LINK, at(41))
    back = model.repeat(over, LOST, LINK, at(40))
    assert (back.count, back.active, back.acknowledged) == (2, True, True)


def test_one_that_nobody_saw_stays_on_the_list_and_is_the_same_however_late() -> None:
    gone = model.clear(lost(), at(10))
    assert gone.state(at(10)) == "gone"
    assert gone.is_open
    assert gone.rings(at(10))
    assert model.same(gone, LINK, at(9999))


def test_a_clock_that_jumps_back_makes_no_other_alarm_and_leaves_the_shelf() -> None:
    over = model.clear(model.acknowledge(lost(), "0102", at(5)), at(10))
    assert not model.same(over, LINK, at(10 - 3600))
    assert model.same(over, LINK, at(0))
    shelf = Shelf(at(0), at(600), "0102", "检修")
    aside = model.shelve(lost(), shelf, KINDS)
    assert aside.shelved(at(599))
    assert not aside.shelved(at(-1))


def test_what_is_seen_is_not_seen_twice_nor_cleared_twice() -> None:
    seen = model.acknowledge(raised(), "0102", at(5))
    with pytest.raises(Refused, match="acknowledged_already"):
        model.acknowledge(seen, "0103", at(6))
    with pytest.raises(Refused, match="cleared_already"):
        model.clear(model.clear(seen, at(7)), at(8))


def test_only_a_kind_that_allows_it_is_cleared_by_hand_and_with_a_reason() -> None:
    assert not model.clear_by_hand(raised(), BUTTON, "误触", at(5)).active
    with pytest.raises(Refused, match="reason_missing"):
        model.clear_by_hand(raised(), BUTTON, "", at(5))
    with pytest.raises(Refused, match="not_by_hand"):
        model.clear_by_hand(lost(), LINK, "随便", at(5))


def test_the_shelf_has_an_end_at_most_a_day_away_and_a_reason() -> None:
    aside = model.shelve(lost(), Shelf(AT, at(100 * 3600), "0102", "检修"), KINDS)
    assert aside.shelf is not None
    assert aside.shelf.until == at(24 * 3600)
    assert aside.acknowledged_by == "0102"
    assert aside.state(at(5)) == "shelved"
    assert not aside.rings(at(5))
    with pytest.raises(Refused, match="end_passed"):
        model.shelve(lost(), Shelf(AT, AT, "0102", "检修"), KINDS)
    with pytest.raises(Refused, match="reason_missing"):
        model.shelve(lost(), Shelf(AT, at(60), "0102", ""), KINDS)
    with pytest.raises(Refused, match="over"):
        over = model.clear(model.acknowledge(lost(), "0102", at(5)), at(10))
        model.shelve(over, Shelf(AT, at(60), "0102", "检修"), KINDS)


def test_what_comes_off_the_shelf_asks_again_if_it_lasts() -> None:
    aside = model.shelve(lost(), Shelf(AT, at(60), "0102", "检修"), KINDS)
    assert model.repeat(aside, LOST, LINK, at(30)).acknowledged
    assert model.unshelve(aside, at(61)).rings(at(61))
    assert not model.unshelve(model.clear(aside, at(30)), at(61)).is_open
    with pytest.raises(Refused, match="not_shelved"):
        model.unshelve(lost(), at(1))


def test_an_alarm_becomes_one_call_and_is_thereby_seen() -> None:
    linked = model.link_call(raised(), "call-1", "0102", at(5))
    assert (linked.call_id, linked.acknowledged_by) == ("call-1", "0102")
    with pytest.raises(Refused, match="call_already"):
        model.link_call(linked, "call-2", "0102", at(6))


def test_the_bucket_lets_a_few_through_at_once_and_then_some_a_minute() -> None:
    bucket, told = Bucket.full(AT, KINDS), []
    for second in range(60):
        bucket, may = bucket.take(at(second / 10), KINDS)
        told.append(may)
    assert sum(told) == KINDS.raisings_at_once
    assert bucket.held == 60 - KINDS.raisings_at_once
    bucket, may = bucket.take(at(6 + 10), KINDS)  # six a minute: one in ten seconds
    assert may
    assert bucket.held == 0
    _, may = bucket.take(at(-3600), KINDS)  # a clock that goes back gives nothing
    assert not may


def test_text_from_outside_is_cleaned_and_bounded() -> None:
    hostile = Raising("device:1\x00", "button", "🚨" * 300 + "\u202egnp", "a\nb\x07")
    clean = hostile.cleaned()
    assert clean.originator == "device:1"
    assert len(clean.name) == model.NAME_CHARS
    assert clean.place == "a b"
    with pytest.raises(Refused, match="no_originator"):
        Raising("\x00", "button", "x").cleaned()


def test_an_unknown_kind_is_kept_and_shown_as_other() -> None:
    assert KINDS.of("flood").words.zh_CN == "其他(flood)"
    assert KINDS.of("flood").priority == 4
