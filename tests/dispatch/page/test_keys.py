"""The desk without a mouse: each key, and what stands in the store afterwards."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.core.actor import Actor
from console.dispatch import service
from tests.dispatch.page.seat import FAR, NEAR, PLACE, Seat


def test_a_call_goes_its_whole_way_by_enter_and_digits(seat: Seat) -> None:
    crew = seat.desk.add("101", NEAR)
    call = seat.create()
    seat.choose(call)
    seat.press("Return")
    seat.reaches(call, "signed")
    seat.until(lambda: [one.unit_id for one in seat.picks()] == [crew])
    assert "101" in seat.page.panel.primary.text()
    seat.press("Return")
    seat.reaches(call, "assigned")
    seat.press("Return")
    seat.reaches(call, "departed")
    seat.desk.stand(crew, PLACE)
    seat.press("Return")
    seat.reaches(call, "arrived")
    seat.press("Return")
    sheet = seat.choice()
    seat.press("2", sheet.list)
    seat.reaches(call, "first_feedback")
    assert seat.desk.lines(call, "feedback")[-1].text == "Scene under control"
    seat.press("Return")
    seat.press("1", seat.choice().list)
    seat.reaches(call, "finished")
    assert seat.stored(call).disposition
    seat.press("Return")
    seat.until(lambda: seat.desk.status(call) == "closed")
    seat.until(lambda: not seat.page.queue.cards.cards)


def test_letters_take_their_steps(seat: Seat) -> None:
    crew = seat.desk.add("101", PLACE)
    call = seat.create()
    seat.desk.run(call, crew, "assigned")
    seat.choose(call)
    seat.press("D")
    seat.reaches(call, "departed")
    seat.press("A")
    seat.reaches(call, "arrived")
    seat.press("F")
    seat.press("1", seat.choice().list)
    seat.reaches(call, "first_feedback")
    seat.press("W")
    seat.press("1", seat.choice().list)
    seat.reaches(call, "finished")
    seat.press("C")
    seat.until(lambda: seat.desk.status(call) == "closed")


def test_the_digit_chooses_the_crew_and_shift_adds_another(seat: Seat) -> None:
    near, far = seat.desk.add("101", NEAR), seat.desk.add("102", FAR)
    call = seat.create()
    seat.desk.run(call, near, "signed")
    seat.choose(call)
    seat.until(lambda: len(seat.picks()) == 2)
    seat.digit(2)
    seat.reaches(call, "assigned")
    assert [one.unit_id for one in seat.desk.open(call).assignments] == [far]
    seat.until(lambda: [one.unit_id for one in seat.picks()] == [near])
    seat.digit(1, shift=True)
    seat.until(lambda: len(seat.desk.open(call).assignments) == 2)


def test_a_digit_without_a_crew_says_so_and_sends_nobody(seat: Seat) -> None:
    crew = seat.desk.add("101", NEAR)
    call = seat.create()
    seat.desk.run(call, crew, "signed")
    seat.choose(call)
    seat.digit(7)
    assert "7" in seat.words()
    assert seat.desk.open(call).assignments == ()


def test_a_key_out_of_turn_is_refused_in_the_status_line(seat: Seat) -> None:
    call = seat.create()
    seat.choose(call)
    seat.press("C")
    assert seat.stored(call).number in seat.words()
    assert seat.desk.status(call) == "received"


def test_return_and_reopen_ask_first(seat: Seat) -> None:
    call = seat.create()
    seat.choose(call)
    seat.press("R")
    sheet = seat.choice()
    seat.press("Escape", sheet)
    seat.until(lambda: QApplication.activeModalWidget() is None)
    assert seat.desk.status(call) == "received"
    seat.press("R", seat.page.queue)
    seat.press("1", seat.choice().list)
    seat.until(lambda: seat.desk.status(call) == "returned")
    seat.until(lambda: not seat.page.queue.cards.cards)
    seat.page.open_call(call)
    seat.until(lambda: seat.opened(call))
    seat.press("O", seat.page.queue)
    seat.press("1", seat.choice().list)
    seat.until(lambda: seat.desk.status(call) == "reopened")


def test_ctrl_z_strikes_the_line_and_frees_the_crew(seat: Seat) -> None:
    crew = seat.desk.add("101", NEAR)
    call = seat.create()
    seat.desk.run(call, crew, "signed")
    seat.choose(call)
    seat.digit(1)
    seat.reaches(call, "assigned")
    seat.until(seat.undo.take_back)
    seat.until(lambda: seat.desk.status(call) == "signed")
    (line,) = seat.desk.lines(call, "assigned")
    assert line.undone
    assert seat.desk.unit(crew).unit.status != "assigned"
    timeline = seat.page.panel.timeline
    seat.until(lambda: any(timeline.item(n).font().strikeOut() for n in range(timeline.count())))


def test_an_act_cannot_be_taken_back_when_its_time_is_over(seat: Seat) -> None:
    crew = seat.desk.add("101", NEAR)
    call = seat.create()
    seat.desk.run(call, crew, "signed")
    seat.choose(call)
    seat.digit(1)
    seat.reaches(call, "assigned")
    seat.desk.clock.pass_(61)
    assert not seat.undo.take_back()
    assert seat.desk.status(call) == "assigned"


def test_arrival_by_word_asks_who_said_so(seat: Seat) -> None:
    crew = seat.desk.add("101", FAR)
    call = seat.create()
    seat.desk.run(call, crew, "departed")
    seat.choose(call)
    seat.press("A")
    sheet = seat.sheet()
    assert "101" in sheet.windowTitle()
    focused = sheet.focusWidget()
    QTest.keyClicks(focused, "radio")
    seat.press("Return", focused)
    seat.reaches(call, "arrived")
    assert seat.desk.lines(call, "arrived")[-1].detail["by_word"]


def test_the_queue_walks_by_arrows_and_the_panel_follows(seat: Seat) -> None:
    first, second = seat.create(level=1), seat.create(level=3)
    seat.choose(first)
    seat.press("Down")
    seat.until(lambda: seat.opened(second))
    seat.press("Up")
    seat.until(lambda: seat.opened(first))


def test_u_goes_to_the_crews_and_enter_asks_for_a_status_not_for_the_next_step(
    seat: Seat,
) -> None:
    crew = seat.desk.add("101", NEAR)
    call = seat.create()
    seat.choose(call)
    seat.until(lambda: len(seat.page.units.model.rows) == 1)
    seat.press("U")
    seat.until(seat.page.units.view.hasFocus)
    seat.press("Return")
    sheet = seat.choice()
    before = seat.desk.unit(crew).unit.status
    codes = [sheet.list.item(n).data(256) for n in range(sheet.list.count())]
    other = next(n for n, code in enumerate(codes) if code != before)
    seat.press(str(other + 1), sheet.list)
    seat.until(lambda: seat.desk.unit(crew).unit.status == codes[other])
    assert seat.desk.status(call) == "received"
    seat.until(seat.undo.take_back)
    seat.until(lambda: seat.desk.unit(crew).unit.status == before)
    seat.press("Escape", seat.page.units.view)
    seat.until(seat.page.queue.hasFocus)


def test_space_quiets_the_tones_and_home_fits_the_map(seat: Seat) -> None:
    seat.create()
    with seat.qtbot.waitSignal(seat.page.quiet_wanted, timeout=3000):
        seat.press("Space")
    seat.page.map.look_at(*PLACE)
    seat.until(lambda: seat.page.map.locked)
    seat.press("Home", seat.page.queue)
    seat.until(lambda: not seat.page.map.locked)


def test_p_then_a_place_on_the_map_puts_the_call_there(seat: Seat) -> None:
    call = seat.create(place={"text": "河边", "datum": "wgs84"})
    seat.choose(call)
    seat.press("P")
    seat.page.map.picked.emit(*PLACE)
    seat.until(lambda: seat.stored(call).lat == PLACE[0])


def test_escape_leaves_the_picking_of_a_place(seat: Seat) -> None:
    call = seat.create(place={"text": "河边", "datum": "wgs84"})
    seat.choose(call)
    seat.press("P")
    seat.press("Escape", seat.page.queue)
    seat.page.map.picked.emit(*PLACE)
    seat.qtbot.wait(50)
    assert seat.stored(call).lat is None


def test_keys_are_silent_while_a_sheet_is_open(seat: Seat) -> None:
    crew = seat.desk.add("101", PLACE)
    call = seat.create()
    seat.desk.run(call, crew, "arrived")
    seat.choose(call)
    seat.press("F")
    sheet = seat.choice()
    assert sheet.note is not None
    sheet.note.setFocus()
    QTest.keyClicks(sheet.note, "W2 nothing")
    assert seat.desk.status(call) == "arrived"
    seat.press("Return", sheet.note)
    seat.reaches(call, "first_feedback")
    assert seat.desk.lines(call, "feedback")[-1].text == "W2 nothing"


def test_typing_on_the_list_begins_ones_own_words(seat: Seat) -> None:
    crew = seat.desk.add("101", PLACE)
    call = seat.create()
    seat.desk.run(call, crew, "arrived")
    seat.choose(call)
    seat.press("F")
    sheet = seat.choice()
    QTest.keyClicks(sheet.list, "q")
    assert sheet.note is not None and sheet.note.text() == "q" and sheet.note.hasFocus()


def test_a_second_officer_sees_who_signed(seat: Seat) -> None:
    call = seat.create()
    seat.choose(call)
    stale = seat.page.steps.opened
    assert stale is not None
    other = Actor("officer", "0456", seat.who[0].roles)
    service.sign(seat.desk.database, other, call)
    seat.until(lambda: seat.desk.status(call) == "signed")
    seat.page.acts.sign(stale.call)
    seat.until(lambda: bool(seat.said))
    assert seat.said[-1][1] == "alarm"
    assert len(seat.desk.lines(call, "signed")) == 1
    timeline = seat.page.panel.timeline
    seat.until(lambda: any("0456" in timeline.item(n).text() for n in range(timeline.count())))


def test_the_city_cancels_while_a_sheet_is_open(seat: Seat) -> None:
    crew = seat.desk.add("101", FAR)
    call = seat.create()
    seat.desk.run(call, crew, "assigned")
    seat.choose(call)
    seat.press("R")
    sheet = seat.choice()
    seat.desk.city(
        "call.cancelled",
        {"call_id": call, "cancelled_at": "2026-11-21T10:00:05.000Z", "cause": "withdrawn"},
    )
    seat.until(lambda: seat.desk.status(call) == "cancelled")
    seat.press("1", sheet.list)
    seat.until(lambda: bool(seat.said))
    assert seat.said[-1][1] == "alarm"
    assert seat.desk.status(call) == "cancelled"
