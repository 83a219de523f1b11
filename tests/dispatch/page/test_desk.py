"""What the desk shows: lamps that turn late, limits that change them, names, many calls."""

from __future__ import annotations

import time

import pytest

from console.dispatch import service
from console.dispatch.page import call_card
from console.dispatch.page.advice_panel import gap_words, pick_words
from console.dispatch.page.limits_panel import LimitsPanel
from console.people import service as people
from console.people.model import Role
from console.ui.background import Background
from tests.dispatch.page.seat import NEAR, PLACE, Seat


def late(seat: Seat) -> frozenset[str]:
    """The calls that the desk calls late."""
    return frozenset(seat.page._late or ())


def test_a_lamp_turns_late_as_time_passes_and_the_call_goes_to_the_top(seat: Seat) -> None:
    low = seat.create(level=3, due={"sign_s": 30, "depart_s": 300, "feedback_s": 1800})
    high = seat.create(level=1, due={"sign_s": 300, "depart_s": 600, "feedback_s": 1800})
    seat.shows(low, high)
    assert [card.call.id for card in seat.page.queue.cards.cards] == [high, low]
    told: list[frozenset[str]] = []
    seat.page.late_changed.connect(told.append)
    seat.desk.clock.pass_(31)
    seat.until(lambda: told == [frozenset({low})])
    seat.until(lambda: [card.call.id for card in seat.page.queue.cards.cards] == [low, high])
    seat.choose(low)
    assert "+0:0" in seat.page.panel._lamps[0].accessibleName()


def test_many_new_cards_are_painted_in_turns_and_each_in_the_end(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_card, "LONGEST_S", -1.0)  # each painting has time for one card
    painted: list[str] = []
    at_once: list[int] = []
    begin = call_card.CardDelegate.begin

    def counted(card: call_card.CardDelegate) -> None:
        begin(card)
        at_once.append(0)

    def on_painted(call_id: str, _at: float) -> None:
        painted.append(call_id)
        at_once[-1] += 1

    monkeypatch.setattr(call_card.CardDelegate, "begin", counted)
    seat.page.call_painted.connect(on_painted)
    calls = [seat.create() for _ in range(4)]
    seat.until(lambda: sorted(painted) == sorted(calls))
    assert max(at_once) == 1
    seat.until(lambda: not seat.page.queue._delegate.owing)


def test_signing_in_time_takes_the_late_call_off(seat: Seat) -> None:
    call = seat.create()
    seat.choose(call)
    seat.desk.clock.pass_(31)
    seat.until(lambda: late(seat) == {call})
    seat.press("Return")
    seat.reaches(call, "signed")
    seat.until(lambda: late(seat) == frozenset())


def test_a_changed_limit_changes_the_lamp_that_is_shown(seat: Seat) -> None:
    call = seat.desk.take(lat=PLACE[0], lon=PLACE[1])
    seat.choose(call)
    seat.desk.clock.pass_(20)
    assert late(seat) == frozenset()
    panel = LimitsPanel(
        seat.desk.database, seat.desk.clock, seat.page._place.background, lambda: seat.who[0]
    )
    seat.qtbot.addWidget(panel)
    seat.until(lambda: panel._form.values()["sign_s.3"] > 0)
    panel._form.fill({"sign_s.3": 10})
    panel.save.click()
    seat.until(lambda: late(seat) == {call})
    assert panel.notice.text


def test_limits_refuse_an_officer_without_the_right(seat: Seat) -> None:
    nobody = type(seat.who[0])("officer", "0999", frozenset())
    background: Background = seat.page._place.background
    panel = LimitsPanel(seat.desk.database, seat.desk.clock, background, lambda: nobody)
    seat.qtbot.addWidget(panel)
    seat.until(lambda: panel._form.values()["sign_s.3"] > 0)
    panel._form.fill({"sign_s.3": 10})
    panel.save.click()
    seat.until(lambda: bool(panel.notice.text))
    with seat.desk.database.read() as connection:
        assert service.limits(connection, seat.desk.clock.now()).sign_s[3] != 10


def test_the_log_names_people_not_numbers(seat: Seat) -> None:
    people.add_officer(
        seat.desk.database,
        seat.who[0],
        "0777",
        "李明",
        frozenset({Role.DUTY_OFFICER}),
        "a long secret 12",
    )
    signer = type(seat.who[0])("officer", "0777", seat.who[0].roles)
    call = seat.create()
    service.sign(seat.desk.database, signer, call)
    seat.choose(call)
    lines = [seat.page.panel.timeline.item(n).text() for n in range(2)]
    assert "city" in lines[0]
    assert "李明 0777" in lines[1]


def test_reasons_stand_beside_each_pick_and_gaps_are_gathered_by_reason(seat: Seat) -> None:
    seat.desk.add("101", NEAR)
    seat.desk.add("102", NEAR)
    for sign in ("201", "202"):
        seat.desk.add(sign)
    call = seat.create()
    service.sign(seat.desk.database, seat.who[0], call)
    seat.choose(call)
    advice = seat.page.steps.advice
    assert advice is not None and advice.by_road
    assert [pick.call_sign for pick in advice.picks] == ["101", "102"]
    assert all(pick_words(pick) for pick in advice.picks)
    assert gap_words(advice.gaps) == ["201 202 no position"]


def test_a_call_found_later_stays_open_beside_the_queue(seat: Seat) -> None:
    crew = seat.desk.add("101", PLACE)
    call = seat.create()
    seat.desk.run(call, crew, "closed")
    seat.page.refresh()
    seat.page.open_call(call)
    seat.until(lambda: seat.opened(call))
    seat.page.refresh()
    other = seat.create()
    seat.until(lambda: len(seat.page.queue.cards.cards) == 1)
    assert other == seat.page.queue.cards.cards[0].call.id


def test_a_lost_event_is_found_by_rereading(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    seat.until(lambda: seat.page.board is not None)
    monkeypatch.setattr(seat.page, "news", lambda: None)
    seat.create()
    seat.page._reread.timeout.emit()
    seat.until(lambda: len(seat.page.queue.cards.cards) == 1)


def test_a_thousand_calls_scroll(seat: Seat) -> None:
    with seat.desk.database.act(seat.who[0]) as act:
        for _ in range(1000):
            service.call_created(act, seat.desk.message())
    seat.page.refresh()
    seat.until(lambda: len(seat.page.queue.cards.cards) == 1000)
    queue = seat.page.queue
    bar = queue.verticalScrollBar()
    worst = 0.0
    for at in range(0, bar.maximum(), bar.maximum() // 20):
        begun = time.perf_counter()
        bar.setValue(at)
        queue.viewport().repaint()
        worst = max(worst, time.perf_counter() - begun)
    assert bar.value() > 0
    assert worst < 0.25
    seat.press("End", queue)
    assert queue.currentIndex().row() == 999
