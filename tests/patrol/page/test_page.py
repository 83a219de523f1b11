"""The page of patrol on a real store: what it shows, and each act by key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox

from console.patrol import service
from console.ui.dialogs import Sheet
from console.ui.exchange_sheet import ExchangeSheet
from console.ui.file_field import FileField
from console.ui.translation import use_language
from tests.patrol.page.conftest import CHIEF, DUTY, Desk, words
from tests.patrol.walks import new, stand, walk


def test_the_open_ones_are_shown_first_and_all_with_one_key(desk: Desk) -> None:
    for at, number in enumerate(("B01", "B02", "B03")):
        desk.add(number, at * 1000)
    desk.reach(1000)
    page = desk.open()
    desk.until(lambda: desk.numbers() == ["B01", "B03"])
    assert page.progress.text() == "Reached 1/3"
    desk.until(page.table.view.hasFocus)
    desk.press("A")
    desk.until(lambda: desk.numbers() == ["B01", "B02", "B03"])
    reached = page.table.model.rows[1]
    told = [column.text(reached) for column in page.table.model.columns]
    assert told[0] == "Reached"
    assert told[4] == "1/1"
    assert told[6] == "101"
    desk.press("Down")
    desk.until(lambda: [visit.call_sign for visit in page.story.table.model.rows] == ["101"])
    assert "Within 30 m for 1:00, 1 × a shift" in words(page.story)
    desk.press("O")
    desk.until(lambda: desk.numbers() == ["B01", "B03"])


def test_a_track_that_jumps_is_told_and_does_not_count(desk: Desk) -> None:
    desk.add("B01")
    desk.drive([*walk((0, 20_000), (10, 20_000)), *stand(20, 70)])
    page = desk.open()
    desk.until(page.jumps.isVisible)
    assert page.jumps.text.startswith("1 jumps of tracks not counted, last 101")
    assert "20,000 m in 10 s" in page.jumps.toolTip()
    assert page.progress.text() == "Reached 0/1"


def test_an_empty_list_says_what_it_means(desk: Desk) -> None:
    page = desk.open()
    desk.until(lambda: "No point is due in this shift" in words(page))
    desk.add("B01")
    desk.reach(0)
    page.refresh()
    desk.until(lambda: "Every point of this shift is reached" in words(page))


def test_a_point_is_found_by_key_and_esc_goes_back(desk: Desk) -> None:
    for at, number in enumerate(("B01", "C02")):
        desk.add(number, at * 1000)
    page = desk.open()
    desk.until(lambda: len(desk.numbers()) == 2)
    desk.press("/")
    desk.until(page.list.search.hasFocus)
    desk.press("c")
    desk.until(lambda: desk.numbers() == ["C02"])
    desk.press("x")
    desk.until(lambda: "No point fits these words" in words(page))
    desk.press("Escape")
    desk.until(lambda: len(desk.numbers()) == 2)
    assert page.table.view.hasFocus()


def test_the_chief_adds_a_point_at_a_place_by_name(desk: Desk) -> None:
    page = desk.open()
    desk.press("N")
    sheet = desk.fill(number="B07", name="文化街口", place="wen")
    desk.until(lambda: sheet.form.values()["lat"] == "35.400000")
    assert "文化街" in words(sheet)
    desk.press("Return")
    desk.until(lambda: "B07" in desk.kept())
    desk.until(lambda: desk.no_sheet() and desk.numbers() == ["B07"])
    kept = desk.kept()["B07"]
    assert (kept.lat, kept.lon, kept.area_id, kept.dwell_s) == (35.4, 121.61, "P01", 60)
    assert desk.said[-1][0] == "Point B07 added"
    assert page.table.chosen_row() is not None


def test_what_cannot_be_is_said_under_its_field_and_the_sheet_stays(desk: Desk) -> None:
    desk.add("B01")
    desk.open()
    desk.until(lambda: desk.numbers() == ["B01"])
    desk.press("N")
    sheet = desk.fill(number="B01", name="西门", lat="north", lon="121.6")
    desk.press("Return")
    desk.until(lambda: "WGS-84" in words(sheet))
    desk.fill(lat="35.38", active_from="2026-02-31")
    desk.press("Return")
    desk.until(lambda: "“2026-02-31” is not a date" in words(sheet))
    desk.fill(active_from="")
    desk.press("Return")
    desk.until(lambda: "already has the number" in words(sheet))
    desk.press("Escape")
    desk.until(desk.no_sheet)
    assert list(desk.kept()) == ["B01"]


def test_a_point_is_changed_retired_with_a_reason_and_shown_on_the_map(desk: Desk) -> None:
    point_id = desk.add("B01")
    page = desk.open()
    desk.until(lambda: page.table.chosen_row() is not None)
    desk.press("M")
    desk.press("Return")
    assert [point.id for point in desk.shown] == [point_id, point_id]
    desk.press("E")
    desk.fill(name="东门")
    desk.press("Return")
    desk.until(lambda: desk.kept()["B01"].name == "东门")
    desk.until(desk.no_sheet)
    desk.until(lambda: page.table.chosen_row().point.rev == 2)  # type: ignore[union-attr]
    desk.press("X")
    sheet = desk.sheet()
    sheet.yes.click()
    assert "Nothing was entered" in words(sheet)
    sheet.findChildren(QComboBox)[0].setEditText("道路封闭")
    sheet.yes.click()
    desk.until(lambda: desk.kept() == {} and desk.no_sheet())
    desk.until(lambda: desk.numbers() == [])
    desk.press("A")
    desk.until(lambda: desk.numbers() == ["B01"])
    desk.until(lambda: "道路封闭" in words(page.story))
    assert not page.story.change_button.isEnabled()


def test_the_duty_officer_reports_but_edits_nothing(desk: Desk) -> None:
    desk.add("B01")
    desk.actor = DUTY
    page = desk.open()
    desk.until(lambda: page.table.chosen_row() is not None)
    for button in (page.list.add_button, page.story.change_button, page.story.retire_button):
        assert not button.isEnabled()
        assert button.toolTip()
    desk.press("R")
    desk.until(lambda: desk.said)
    assert desk.said[-1][0] == "The city will be told: 0/1 reached"


def path(sheet: Sheet, file: Path) -> None:
    """The path stands in the sheet's field."""
    (field,) = sheet.findChildren(FileField)
    field.line.setText(str(file))


def test_points_are_written_to_a_file_and_taken_from_it(desk: Desk, tmp_path: Path) -> None:
    desk.add("B01")
    desk.open()
    desk.until(lambda: desk.numbers() == ["B01"])
    file = tmp_path / "points.csv"
    desk.press("Ctrl+E")
    path(desk.sheet(), file)
    desk.press("Return")
    desk.until(lambda: file.exists() and desk.no_sheet())
    file.write_text(file.read_text("utf-8-sig").replace("B01", "B09"), "utf-8-sig")
    desk.press("Ctrl+I")
    taking = desk.sheet()
    assert isinstance(taking, ExchangeSheet)
    path(taking, file)
    desk.press("Return")
    desk.until(lambda: taking.table is not None and taking.yes.isEnabled())
    desk.press("Return")
    desk.until(lambda: set(desk.kept()) == {"B01", "B09"})
    desk.until(lambda: desk.numbers() == ["B01", "B09"])
    if not desk.no_sheet():
        desk.press("Escape")


def test_hostile_names_are_shown_as_text_on_one_line(desk: Desk, qapp: QApplication) -> None:
    use_language(qapp, "zh_CN")
    told = replace(new("B01"), name="<b>东门</b>\u202e😀\n=cmd|calc")
    point_id = service.add_point(desk.database, CHIEF, told)
    page = desk.open()
    desk.until(lambda: page.table.model.position(point_id) >= 0)
    desk.until(lambda: "<b>东门</b>😀 =cmd|calc" in words(page.story))
    assert page.progress.text() == "已到 0/1"
    use_language(qapp, "en")
