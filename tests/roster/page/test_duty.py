"""The duty level on the page: set by the chief with a note, what is short, and the half hour."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QLineEdit

from console.core import audit, reference
from console.core.actor import CITY
from console.core.clock import to_text
from console.core.ids import UnitId
from console.roster import service
from console.roster.model import DutyLevel, NewUnit
from console.roster.page.duty_panel import LevelSheet
from console.ui.style import Tone
from tests.roster.page.conftest import CHIEF, DUTY, Desk


def switch(desk: Desk, level: DutyLevel, note: str) -> LevelSheet:
    """The chief fills the sheet and presses Enter."""
    desk.press("Ctrl+D")
    sheet = desk.sheet()
    assert isinstance(sheet, LevelSheet)
    box, words = sheet.form.editor("level"), sheet.form.editor("note")
    assert isinstance(box, QComboBox) and isinstance(words, QLineEdit)
    box.setCurrentIndex(box.findData(str(level)))
    words.setText(note)
    desk.press("Return", sheet)
    return sheet


def test_without_an_order_daily_duty_holds(desk: Desk) -> None:
    shown = desk.texts(desk.page.duty)
    assert "No order was given yet" in shown
    assert "1 crews here, 4 needed" in shown
    assert desk.page.duty.level.face.word == "Daily duty"
    assert desk.page.duty.countdown.isHidden()


def test_the_chief_switches_with_a_note(desk: Desk) -> None:
    switch(desk, DutyLevel.WARTIME, "重大活动安保")
    desk.until(desk.no_sheet)
    desk.until(lambda: desk.page.duty.level.face.word == "Wartime duty")
    shown = desk.texts(desk.page.duty)
    assert "by 李卫国 0001, until further order" in shown
    assert "1 crews here, 12 needed" in shown
    assert desk.page.duty.enough.face.word == "11 crews short"
    with desk.database.read() as connection:
        line = audit.last(connection)
    assert line is not None and line.detail["note"] == "重大活动安保"


def test_a_switch_without_a_reason_is_not_made(desk: Desk) -> None:
    sheet = switch(desk, DutyLevel.WARTIME, "  ")
    assert "Needed" in desk.texts(sheet)
    with desk.database.read() as connection:
        assert service.duty_level(connection, desk.clock.now()) is None


def test_a_right_lost_meanwhile_is_refused_in_the_sheet(desk: Desk) -> None:
    desk.press("Ctrl+D")
    desk.press("Escape", desk.sheet())
    desk.until(desk.no_sheet)
    desk.press("Ctrl+D")
    sheet = desk.sheet()
    assert isinstance(sheet, LevelSheet)
    words = sheet.form.editor("note")
    assert isinstance(words, QLineEdit)
    words.setText("x")
    desk.actor = DUTY
    desk.press("Return", sheet)
    desk.until(lambda: "has no right to" in desk.texts(sheet))


def test_the_half_hour_counts_down_and_turns_red(desk: Desk) -> None:
    service.set_duty_level(desk.database, CHIEF, DutyLevel.REINFORCED)
    desk.look()
    lamp = desk.page.duty.countdown
    assert lamp.isVisible()
    assert lamp.accessibleName().endswith("30:00")
    desk.clock.pass_(25 * 60)
    desk.page.duty.tick(desk.clock.now())
    assert lamp.accessibleName().endswith("5:00")
    desk.clock.pass_(6 * 60)
    desk.page.duty.tick(desk.clock.now())
    assert lamp.accessibleName().endswith("+1:00")
    for number in range(7):
        service.add_unit(desk.database, CHIEF, NewUnit(f"30{number}"))
    desk.look()
    assert lamp.isHidden()
    assert desk.page.duty.enough.face.tone is Tone.CALM


def test_what_is_short_names_the_crews_that_do_not_count(desk: Desk, bike: UnitId) -> None:
    service.set_on_duty(desk.database, CHIEF, bike, False)
    desk.look()
    shown = desk.texts(desk.page.duty)
    assert "3 crews short" in desk.page.duty.enough.face.word
    assert "骑02 二组 · off duty" in shown
    service.set_on_duty(desk.database, CHIEF, bike, True)
    service.set_status(desk.database, CHIEF, bike, "defect")
    desk.look()
    assert "骑02 二组 · defect" in desk.texts(desk.page.duty)


def test_an_order_of_the_city_that_comes_later_is_announced(desk: Desk) -> None:
    start = desk.clock.now() + timedelta(hours=2)
    payload = {
        "level": "reinforced",
        "from": to_text(start),
        "until": to_text(start + timedelta(hours=6)),
    }
    with desk.database.act(CITY) as act:
        service.duty_level_set(act, payload)
    desk.look()
    shown = desk.texts(desk.page.duty)
    assert "Reinforced duty from" in shown and "by City centre" in shown
    assert "1 crews here, 8 needed" in shown
    assert desk.page.duty.level.face.word == "Daily duty"
    assert desk.page.duty.countdown.accessibleName().endswith("2:00:00")
    desk.clock.pass_(2 * 3600)
    desk.look()
    assert desk.page.duty.level.face.word == "Reinforced duty"
    assert desk.page.duty.coming.isHidden()
    desk.clock.pass_(6 * 3600)
    desk.look()
    assert desk.page.duty.level.face.word == "Daily duty"


def test_the_time_of_the_switch_is_a_setting(desk: Desk) -> None:
    with desk.database.act(CHIEF) as act:
        now = act.at
        table = dict(reference.current(act.connection, "limits", now), duty_switch_s=600)
        reference.put(act.connection, "limits", now, table)
    service.set_duty_level(desk.database, CHIEF, DutyLevel.REINFORCED)
    desk.look()
    assert desk.page.duty.countdown.accessibleName().endswith("10:00")
