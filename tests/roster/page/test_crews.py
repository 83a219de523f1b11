"""The crews by keyboard: added, changed, on and off duty, given a status, and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.core.errors import Unavailable
from console.core.ids import UnitId
from console.roster import service
from console.roster.model import NewUnit, TravelMode, Whereabouts
from console.roster.page.editors import KitEditor, PeopleEditor
from console.roster.page.merge import told
from console.ui.choice import ChoiceSheet
from console.ui.style import Tone
from console.ui.translation import use_language
from tests.roster.page.conftest import AUDITOR, CHIEF, DUTY, TECHNICIAN, Desk


def test_a_crew_is_added_by_keyboard_and_is_the_chosen_one(desk: Desk) -> None:
    desk.press("Insert")
    desk.type("call_sign", "303")
    form = desk.crew_sheet().form
    people, kit = form.editor("crew"), form.editor("kit")
    assert isinstance(people, PeopleEditor) and isinstance(kit, KitEditor)
    people.list.item(0).setCheckState(Qt.CheckState.Checked)
    people.others.setText("王五、 赵六,王五")
    kit.ticks["fork"].setChecked(True)
    desk.press("Return", desk.sheet())
    desk.until(desk.no_sheet)
    desk.until(lambda: len(desk.page.table.model.rows) == 2)
    chosen = desk.page.table.chosen_row()
    assert chosen is not None
    unit = desk.unit(chosen.id)
    assert (unit.call_sign, unit.crew, set(unit.kit)) == (
        "303",
        ("李卫国", "王五", "赵六"),
        {"fork"},
    )
    assert unit.on_duty and unit.mode is TravelMode.CAR and unit.area_id is None
    assert desk.said[-1] == ("Crew 303 added", Tone.CALM)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Needed"),
        ("巡" * 300, "must not be empty, at most 32"),
        ("巡01", "already has the call sign"),
        ("巡\u200f01", "without control characters"),
        ("巡\n09\x07", "without control characters"),
    ],
)
def test_a_bad_call_sign_stays_in_the_sheet_with_its_reason(
    desk: Desk, text: str, says: str
) -> None:
    desk.press("Insert")
    desk.type("call_sign", text)
    desk.press("Return", desk.sheet())
    editor = desk.crew_sheet().form.editor("call_sign")
    desk.until(lambda: editor.property("wrong") == "yes")
    assert says in desk.texts(desk.sheet())
    assert len(desk.units()) == 1
    desk.press("Escape", desk.sheet())
    desk.until(desk.no_sheet)


def test_an_emoji_and_markup_are_plain_text(desk: Desk) -> None:
    desk.press("Insert")
    desk.type("call_sign", "🚓<b>7</b>${x}")
    desk.press("Return", desk.sheet())
    desk.until(lambda: len(desk.units()) == 2)
    desk.until(lambda: "🚓<b>7</b>${x}" in desk.texts(desk.page.history))


def test_too_many_people_are_refused_under_their_field(desk: Desk) -> None:
    desk.press("Insert")
    desk.type("call_sign", "9")
    people = desk.crew_sheet().form.editor("crew")
    assert isinstance(people, PeopleEditor)
    people.others.setText("、".join(f"甲{n}" for n in range(21)))
    desk.press("Return", desk.sheet())
    desk.until(lambda: "at most 20 people" in desk.texts(desk.sheet()))
    assert len(desk.units()) == 1


def test_a_change_keeps_the_status_and_what_the_table_does_not_know(
    desk: Desk, car: UnitId
) -> None:
    base = desk.unit(car)
    odd = replace(told(base), kit=frozenset({"shield", "lasso"}), area_id="gone")
    service.change_unit(desk.database, CHIEF, car, base.rev, odd)
    service.set_status(desk.database, CHIEF, car, "meal")
    desk.receivers[car] = "GNSS 1"
    desk.look()
    desk.press("Ctrl+E")
    assert "Receiver: GNSS 1" in desk.texts(desk.sheet())
    desk.type("name", "new name")
    desk.press("Return", desk.sheet())
    desk.until(desk.no_sheet)
    unit = desk.unit(car)
    assert (unit.name, unit.status, set(unit.kit)) == ("new name", "meal", {"shield", "lasso"})
    assert unit.area_id == "gone" and unit.crew == ("张三", "李四")


def test_a_status_by_its_cap_and_back_by_undo(desk: Desk, car: UnitId) -> None:
    desk.press("S")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet)
    desk.press("A", sheet)  # the tenth of the table
    desk.until(lambda: desk.unit(car).status == "meal")
    desk.until(lambda: desk.said[-1:] == [("巡01 is now meal", Tone.CALM)])
    desk.until(lambda: len(desk.page.history.table.model.rows) == 1)
    assert desk.undo.take_back()
    desk.until(lambda: desk.unit(car).status == "free")
    desk.until(lambda: len(desk.page.history.table.model.rows) == 2)
    newest = desk.page.history.table.model.rows[0]
    assert (newest.status.code, newest.note, newest.by) == ("free", "taken back", "李卫国 0001")


def test_undo_ends_with_the_limit_of_the_post(desk: Desk, car: UnitId) -> None:
    desk.press("S")
    desk.press("2", desk.sheet())
    desk.until(lambda: bool(desk.said))
    desk.clock.pass_(61)
    assert not desk.undo.take_back()
    assert desk.unit(car).status == "patrolling"


def test_on_and_off_duty_by_key(desk: Desk, car: UnitId) -> None:
    assert desk.page.on_button.text() == "Sign off"
    desk.press("O")
    desk.until(lambda: desk.page.on_button.text() == "Sign on")
    assert not desk.unit(car).on_duty
    assert desk.page.figures.figures["off"].figure.text() == "1"
    assert desk.undo.take_back()
    desk.until(lambda: desk.unit(car).on_duty)


def test_a_crew_on_a_call_is_signed_off_only_on_a_second_thought(desk: Desk, car: UnitId) -> None:
    service.set_status(desk.database, CHIEF, car, "on_scene")
    desk.look()
    desk.press("O")
    assert "although it is on scene" in desk.texts(desk.sheet())
    desk.press("Escape", desk.sheet())
    desk.until(desk.no_sheet)
    assert desk.unit(car).on_duty
    desk.press("O")
    desk.press("Return", desk.sheet())
    desk.until(lambda: not desk.unit(car).on_duty)


def test_signing_on_a_crew_that_is_out_says_so(desk: Desk, car: UnitId) -> None:
    service.set_status(desk.database, CHIEF, car, "off")
    service.set_on_duty(desk.database, CHIEF, car, False)
    desk.look()
    desk.press("O")
    desk.until(lambda: bool(desk.said))
    words, tone = desk.said[-1]
    assert "still off" in words and tone is Tone.LATE


def test_figures_count_by_meaning(desk: Desk, bike: UnitId) -> None:
    service.set_status(desk.database, CHIEF, bike, "lost_contact")
    desk.look()
    shown = {key: figure.figure.text() for key, figure in desk.page.figures.figures.items()}
    assert (shown["available"], shown["unknown"], shown["bound"]) == ("1", "1", "0")
    assert desk.page.figures.figures["unknown"].toolTip() == "骑02"
    assert "2 of 2 crews on duty" in desk.texts(desk.page.figures)


def test_each_right_opens_its_own_buttons(desk: Desk) -> None:
    page = desk.page
    buttons = (page.add_button, page.change_button, page.status_button, page.on_button)
    for actor, may in (
        (CHIEF, (True, True, True, True)),
        (DUTY, (False, False, True, True)),
        (TECHNICIAN, (True, True, False, False)),
        (AUDITOR, (False, False, False, False)),
    ):
        desk.actor = actor
        desk.look()
        assert tuple(button.isEnabled() for button in buttons) == may, actor
        assert page.duty.switch.isEnabled() is (actor is CHIEF)
        for button, allowed in zip(buttons, may, strict=True):
            assert ("has no right to" in button.toolTip()) is not allowed
    desk.press("Insert")
    assert desk.no_sheet()


def test_a_right_lost_meanwhile_is_refused_in_words(desk: Desk) -> None:
    desk.press("Insert")
    desk.type("call_sign", "404")
    desk.actor = DUTY
    desk.press("Return", desk.sheet())
    desk.until(lambda: "has no right to manage units" in desk.texts(desk.sheet()))
    assert len(desk.units()) == 1


def test_the_age_of_a_place_grows_and_turns_amber(desk: Desk, car: UnitId) -> None:
    column = next(c for c in desk.page.table.model.columns if c.title == "Position")
    assert column.tone is not None
    (row,) = desk.page.table.model.rows
    assert (column.text(row), column.tone(row)) == ("no fix", Tone.LATE)
    now = desk.clock.now()
    desk.latest[car] = Whereabouts(car, 35.0, 117.0, now, now)
    desk.look()
    (row,) = desk.page.table.model.rows
    assert (column.text(row), column.tone(row)) == ("0 s ago", Tone.CALM)
    desk.clock.pass_(121)
    assert (column.text(row), column.tone(row)) == ("2 min ago", Tone.LATE)


def test_a_failed_look_is_told_and_the_old_rows_stay(desk: Desk) -> None:
    desk.trouble = Unavailable("store.busy")
    desk.page.refresh()
    desk.until(lambda: "The database is busy" in desk.page.table.freshness.toolTip())
    assert len(desk.page.table.model.rows) == 1
    desk.trouble = None
    desk.look()
    assert not desk.page.table.freshness.toolTip()


def test_two_hundred_crews_scroll_without_a_query(desk: Desk) -> None:
    for number in range(200):
        service.add_unit(desk.database, CHIEF, NewUnit(f"{number:03d}", crew=("甲", "乙")))
    desk.look()
    assert len(desk.page.table.model.rows) == 201
    desk.until(lambda: len(desk.page.history.table.model.rows) == 0)
    asked: list[str] = []
    desk.page._timer.stop()
    engine = desk.database._engine
    assert engine is not None

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    with desk.qtbot.waitSignal(desk.page.table.chosen, timeout=5000):
        desk.choose(desk.page.table.model.rows[0].id)
        desk.choose(desk.page.table.model.rows[1].id)
    desk.until(desk.page.history.table.isVisible)
    desk.parts.background.stop()  # what the choice asked for is done; nothing else may ask
    sa.event.listen(engine, "before_cursor_execute", note)
    bar = desk.page.table.view.verticalScrollBar()
    for value in range(0, bar.maximum() + 1, 40):
        bar.setValue(value)
        desk.page.table.view.viewport().repaint()
        QApplication.processEvents()
    model = desk.page.table.model
    for at in range(model.rowCount()):
        for column in range(model.columnCount()):
            model.data(model.index(at, column))
    sa.event.remove(engine, "before_cursor_execute", note)
    assert bar.maximum() > 1000
    assert not asked


def test_the_page_speaks_chinese(desk: Desk, qapp: QApplication) -> None:
    assert use_language(qapp, "zh_CN")
    page = desk.open_chinese()
    told_text = desk.texts(page)
    assert "此刻警力" in told_text and "勤务等级" in told_text
    row = page.table.model.rows[0]
    assert [column.title for column in page.table.model.columns][:3] == ["呼号", "名称", "状态"]
    assert page.table.model.columns[-1].text(row) == "盾牌"
    use_language(qapp, "en")
