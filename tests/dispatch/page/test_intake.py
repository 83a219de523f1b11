"""Taking a call by hand: the form, bad input, drafts, places, calls alike."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from console.core.ids import CallId
from console.dispatch.page.intake_panel import IntakePanel
from tests.dispatch.page.seat import PLACE, Seat

MARKUP = '<img src=x onerror="alert(1)"> ${7*7} </script> 😀 {call}'


def open_form(seat: Seat) -> IntakePanel:
    """The form is open by its key."""
    seat.page.refresh()
    seat.until(lambda: seat.page.board is not None)
    seat.press("N", seat.page.queue)
    form = seat.page.intake.panel
    seat.until(form.isVisible)
    seat.until(form.nature.hasFocus)
    return form


def fill(form: IntakePanel, nature: str = "6003", narrative: str = "邻里争吵") -> None:
    """What every call needs stands in the form."""
    form.nature.setCurrentIndex(form.nature.findData(nature))
    form.narrative.setPlainText(narrative)


def taken(seat: Seat) -> CallId:
    """The call that was taken, once it stands in the queue."""
    seat.until(lambda: len(seat.page.queue.cards.cards) == 1)
    return seat.page.queue.cards.cards[0].call.id


def test_a_call_is_taken_by_hand_and_stands_chosen_in_the_queue(seat: Seat) -> None:
    form = open_form(seat)
    fill(form)
    form.caller_name.setText("王某")
    form.set_point(*PLACE)
    seat.press("Ctrl+Return", form.narrative)
    call = seat.stored(taken(seat))
    assert (call.nature, call.narrative, call.lat) == ("6003", "邻里争吵", PLACE[0])
    assert call.source == "phone"
    seat.until(lambda: seat.page.queue.chosen_id() == call.id)
    assert seat.page.panel.isVisible() and not form.isVisible()


def test_letters_and_digits_belong_to_the_form_while_it_is_open(seat: Seat) -> None:
    call = seat.create()
    seat.choose(call)
    form = open_form(seat)
    form.narrative.setFocus()
    QTest.keyClicks(form.narrative, "NCRQU 1 2")
    assert form.narrative.toPlainText() == "NCRQU 1 2"
    assert seat.desk.status(call) == "received"
    seat.press("Escape", form.narrative)
    seat.until(lambda: not form.isVisible())
    seat.press("Return", seat.page.queue)
    seat.reaches(call, "signed")


def test_the_draft_is_back_after_esc_and_gone_after_saving(seat: Seat) -> None:
    form = open_form(seat)
    fill(form, narrative="half a word")
    seat.until(lambda: bool(drafts_of(seat)))
    seat.press("Escape", form.narrative)
    form = open_form(seat)
    seat.until(lambda: form.narrative.toPlainText() == "half a word")
    assert form.notice.isVisible()
    assert form.nature.currentData() == "6003"
    seat.press("Ctrl+Return", form.narrative)
    taken(seat)
    seat.until(lambda: not drafts_of(seat))
    again = open_form(seat)
    assert again.narrative.toPlainText() == ""
    assert not again.notice.isVisible()


def test_another_officer_does_not_see_the_draft(seat: Seat) -> None:
    form = open_form(seat)
    fill(form, narrative="mine")
    seat.until(lambda: bool(drafts_of(seat)))
    seat.who.append(type(seat.who[0])("officer", "0456", seat.who[0].roles))
    seat.page.change_hands()
    assert not form.isVisible()
    form = open_form(seat)
    QApplication.processEvents()
    assert form.narrative.toPlainText() == ""


def test_a_form_opened_and_left_keeps_no_draft(seat: Seat) -> None:
    form = open_form(seat)
    seat.press("Escape", form.narrative)
    form = open_form(seat)
    QApplication.processEvents()
    assert drafts_of(seat) is None
    assert not form.notice.isVisible()


def test_what_is_missing_is_said_under_its_field(seat: Seat) -> None:
    form = open_form(seat)
    seat.press("Ctrl+Return", form.narrative)
    assert form.isVisible()
    assert seat.page.queue.cards.cards == []
    fill(form)
    form.nature.setEditText("no such nature")
    seat.press("Ctrl+Return", form.narrative)
    assert form.isVisible()
    assert seat.page.queue.cards.cards == []


def test_markup_and_emoji_are_shown_as_they_were_typed(seat: Seat) -> None:
    form = open_form(seat)
    fill(form, narrative=MARKUP)
    form.place.setText("${place} <b>1</b>")
    seat.press("Ctrl+Return", form.narrative)
    call = taken(seat)
    assert seat.stored(call).narrative == MARKUP
    seat.until(lambda: seat.opened(call))
    shown = [one.text() for one in seat.page.panel.findChildren(type(seat.page.panel._narrative))]
    assert MARKUP in shown
    assert "${place} <b>1</b>" in shown


def test_a_name_of_300_characters_is_refused_or_kept_whole_with_words(seat: Seat) -> None:
    form = open_form(seat)
    fill(form)
    form.caller_name.setText("名" * 300)
    seat.press("Ctrl+Return", form.narrative)
    seat.until(lambda: bool(seat.said))
    if seat.said[-1][1] == "alarm":
        assert form.isVisible()
        assert form.caller_name.text() == "名" * 300
    else:
        assert seat.stored(taken(seat)).caller_name


def test_a_street_is_found_while_typing_and_gives_the_point(seat: Seat) -> None:
    form = open_form(seat)
    fill(form)
    form.place.setFocus()
    form.place.setText("解放路与人民路")
    form.place.textEdited.emit("解放路与人民路")
    seat.until(lambda: form.hits.count() > 0)
    seat.press("Ctrl+Return", form.place)
    call = seat.stored(taken(seat))
    assert abs(call.lat - PLACE[0]) < 0.001


def test_a_place_that_is_not_found_is_saved_without_a_point(seat: Seat) -> None:
    form = open_form(seat)
    fill(form)
    form.place.setText("月球背面")
    form.place.textEdited.emit("月球背面")
    seat.press("Ctrl+Return", form.place)
    call = seat.stored(taken(seat))
    assert call.lat is None and call.place == "月球背面"


def test_a_point_picked_on_the_map_goes_into_the_form_not_to_the_chosen_call(seat: Seat) -> None:
    call = seat.create(place={"text": "河边", "datum": "wgs84"})
    seat.choose(call)
    form = open_form(seat)
    seat.press("Ctrl+P", form.narrative)
    seat.page.map.picked.emit(*PLACE)
    assert form.hits.count() == 1
    assert seat.stored(call).lat is None


def test_a_call_alike_is_shown_while_typing_and_one_key_merges(seat: Seat) -> None:
    first = seat.create(nature="6003", level=3)
    seat.shows(first)
    form = open_form(seat)
    fill(form)
    form.set_point(*PLACE)
    seat.until(form.merge.isVisible)
    assert seat.stored(first).number in form.alike.text
    seat.press("Ctrl+M", form.narrative)
    seat.until(lambda: bool(seat.desk.lines(first, "merged_in")))
    seat.until(lambda: [card.call.id for card in seat.page.queue.cards.cards] == [first])


def test_typed_text_has_room_and_fields_are_the_right_kind(seat: Seat) -> None:
    form = open_form(seat)
    assert isinstance(form.narrative, QPlainTextEdit) and form.narrative.tabChangesFocus()
    assert isinstance(form.place, QLineEdit) and form.place.placeholderText()


def drafts_of(seat: Seat) -> dict[str, object] | None:
    from console.core import drafts

    with seat.desk.database.read() as connection:
        return drafts.find(connection, str(seat.who[0]), "intake")
