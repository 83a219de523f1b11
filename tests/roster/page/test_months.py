"""The roster's view by key: signing on, a shift changed, a month made and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDateEdit
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.core.ids import UnitId
from console.drill.keyboard import press, type_text
from console.roster import service
from console.roster.model import LeaveKind, NewUnit, TravelMode
from console.roster.page import DutyPage
from console.roster.page import grid as grid_module
from console.roster.page.grid_paint import cell_picture
from console.roster.page.month_sheets import GenerateSheet, PublishSheet
from console.roster.page.month_view import MonthView
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import Sheet
from console.ui.style import Tone
from tests.roster.staff import CHIEF, DUTY, Staff, make_staff

from .conftest import Desk

TODAY = date(2026, 11, 21)


class Planner:
    """The page with its roster in front, and hands on the keyboard."""

    def __init__(self, desk: Desk, staff: Staff, qtbot: QtBot) -> None:
        self.desk, self.staff, self.qtbot = desk, staff, qtbot
        self.page = DutyPage(desk.parts)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.view: MonthView = self.page.months

    def open(self) -> None:
        self.page.activateWindow()
        self.until(self.page.isActiveWindow)
        press(self.page, "Ctrl+2")
        self.until(lambda: self.view.look is not None and self.view.grid.hasFocus())

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def key(self, key: str) -> None:
        self.until(self.page.isActiveWindow)
        press(self.view.grid, key)

    def asked(self) -> Sheet:
        self.until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert isinstance(found, Sheet)
        self.until(found.isActiveWindow)
        return found

    def month(self) -> service.MonthView:
        return self.staff.month()

    @property
    def said(self) -> list[str]:
        return [words for words, _ in self.desk.said]


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database)


@pytest.fixture
def planner(desk: Desk, staff: Staff, qtbot: QtBot) -> Iterator[Planner]:
    made = Planner(desk, staff, qtbot)
    made.open()
    yield made


def planned(database: Database, staff: Staff, publish: bool = True) -> None:
    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    if publish:
        service.publish(database, CHIEF, "2026-11", 0)


def test_the_crews_stay_one_key_away(planner: Planner) -> None:
    planner.key("Ctrl+1")
    planner.until(planner.page.crews.table.view.hasFocus)
    planner.key("Ctrl+2")
    planner.until(planner.view.grid.hasFocus)


def test_a_month_is_made_and_published_by_key(planner: Planner) -> None:
    planner.key("G")
    sheet = planner.asked()
    assert isinstance(sheet, GenerateSheet)
    assert [team.name for team in sheet.chosen()] == ["一班", "二班", "三班", "四班"]
    press(sheet, "Return")
    planner.until(lambda: len(planner.month().cells) == 80)
    look = planner.view
    planner.until(lambda: look.look is not None and bool(look.look.view.changed))
    assert look.grid.where() is not None
    planner.key("P")
    published = planner.asked()
    assert isinstance(published, PublishSheet)
    press(published, "Return")
    planner.until(lambda: planner.month().base_rev == 1)
    planner.until(lambda: "revision 1 in force" in planner.desk.texts(look))


def test_a_start_in_the_past_is_said_at_its_field(planner: Planner) -> None:
    planner.key("G")
    sheet = planner.asked()
    assert isinstance(sheet, GenerateSheet)
    start = sheet.form.editor("starts_on")
    assert isinstance(start, QDateEdit)
    start.setDate(start.date().addDays(-1))
    press(sheet, "Return")
    planner.until(lambda: "cannot begin in the past" in planner.desk.texts(sheet))
    assert planner.month().cells == {}
    press(sheet, "Escape")


def test_the_chosen_officer_signs_on_and_off(planner: Planner, database: Database) -> None:
    first = planner.staff.officers[0]
    planner.key("S")
    planner.until(lambda: planner.view.look is not None and first in planner.view.look.here)
    assert "赵一 is signed on" in planner.said
    assert not planner.view.officer.on.isEnabled()
    planner.key("O")
    planner.until(lambda: planner.view.look is not None and first not in planner.view.look.here)
    assert planner.desk.undo.take_back()
    planner.until(lambda: planner.view.look is not None and first in planner.view.look.here)


def test_the_last_of_a_crew_on_a_call_is_refused_in_words(
    desk: Desk, staff: Staff, qtbot: QtBot, database: Database
) -> None:
    new = NewUnit("巡09", "", TravelMode.CAR, ("赵一",), status="off", on_duty=False)
    crew = service.add_unit(database, CHIEF, new)
    service.sign_on(database, DUTY, staff.officers[0])

    def bound(_: object) -> dict[UnitId, str]:
        return {crew: "0031"}

    object.__setattr__(desk.parts, "bound", bound)
    planner = Planner(desk, staff, qtbot)
    planner.open()
    planner.until(planner.view.officer.off.isEnabled)
    planner.key("O")
    planner.until(lambda: bool(desk.said))
    words, tone = desk.said[-1]
    assert tone is Tone.ALARM and "0031" in words and "巡09" in words


def test_a_cell_is_changed_and_a_stand_in_comes_first(
    desk: Desk, staff: Staff, qtbot: QtBot, database: Database
) -> None:
    planned(database, staff)
    away, free = staff.officers[0], staff.officers[6]
    service.add_leave(database, CHIEF, away, LeaveKind.LEAVE, (TODAY, TODAY))
    planner = Planner(desk, staff, qtbot)
    planner.open()
    for _ in range(6):
        planner.key("Down")
    assert planner.view.grid.where() == (free, TODAY)
    planner.key("Return")
    sheet = planner.asked()
    assert isinstance(sheet, ChoiceSheet)
    assert "Stand in for 赵一: day shift" in sheet.list.item(0).text()
    press(sheet, "1")
    planner.until(lambda: planner.month().cells[free, TODAY].shift == "day")
    assert planner.month().cells[free, TODAY].standin_for == away
    planner.until(lambda: "2 changes not published" in planner.desk.texts(planner.view))


def test_leave_and_team_by_key(planner: Planner) -> None:
    first = planner.staff.officers[0]
    planner.key("L")
    sheet = planner.asked()
    press(sheet, "Return")
    planner.until(lambda: len(planner.month().leaves) == 1)
    planner.until(planner.view.officer.back.isEnabled)
    planner.key("K")
    planner.asked()
    press(planner.asked(), "1")
    planner.until(lambda: not planner.month().leaves)
    planner.key("T")
    chooser = planner.asked()
    type_text(chooser, "机动班")
    press(chooser, "Return")
    planner.until(lambda: any(t.members == (first,) for t in planner.month().teams))
    planner.key("Q")
    press(planner.asked(), "1")
    planner.until(
        lambda: planner.view.look is not None and planner.view.look.skills.get(first) == ("armed",)
    )


def test_who_may_not_plan_is_told_why(
    desk: Desk, staff: Staff, qtbot: QtBot, database: Database
) -> None:
    planned(database, staff, publish=False)
    desk.actor = DUTY
    planner = Planner(desk, staff, qtbot)
    planner.open()
    for button in (planner.view.generate, planner.view.publish, planner.view.change):
        assert not button.isEnabled() and button.toolTip()
    assert planner.view.officer.on.isEnabled()


def test_two_hundred_officers_scroll_without_looking_at_them_all(
    desk: Desk, qtbot: QtBot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever key is pressed on 200 × 30 cells, what is in sight is looked at and nothing else."""
    staff = make_staff(database, 200)
    planned(database, staff)
    planner = Planner(desk, staff, qtbot)
    planner.page.resize(1900, 1000)
    planner.open()
    grid = planner.view.grid
    assert grid.months.rowCount() == 201  # the chief has no team, and a row
    drawn, made = [0], [0]

    def counted(of: list[int], what: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            of[0] += 1
            return what(*given)

        return call

    monkeypatch.setattr(grid, "_picture", counted(drawn, grid._picture))
    monkeypatch.setattr(grid_module, "cell_picture", counted(made, cell_picture))
    area, cell = grid.viewport().size(), grid.visualRect(grid.months.index(0, 0)).size()
    in_sight = (area.height() // cell.height() + 2) * (area.width() // cell.width() + 2)
    for key in ["PgDown"] * 7 + ["Home", "End"] * 2 + ["Down", "Right"] * 20 + ["PgUp"] * 7:
        drawn[0] = made[0] = 0
        planner.key(key)
        grid.viewport().repaint()
        assert 0 < drawn[0] <= 3 * in_sight, (key, drawn, in_sight)  # the key, the scroll, ours
        assert made[0] < in_sight / 2, "cells that look the same share a picture"


def test_the_month_turns_by_key(planner: Planner) -> None:
    planner.key("]")
    planner.until(
        lambda: planner.view.look is not None and planner.view.look.view.month == "2026-12"
    )
    planner.key("[")
    planner.until(
        lambda: planner.view.look is not None and planner.view.look.view.month == "2026-11"
    )
    assert planner.view.grid.day() == TODAY
