"""The equipment by keyboard: found, scanned, marked, issued, taken back, entered, filtered."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from console.inventory import service
from console.inventory.model import Condition, Filter, View
from console.inventory.page.issue_sheet import IssueSheet
from console.inventory.page.item_sheet import ItemSheet
from console.inventory.service import Handing
from console.inventory.service.exchange import ITEMS
from console.ui.choice import ChoiceSheet
from console.ui.exchange_sheet import ExchangeSheet
from console.ui.style import Tone
from console.ui.translation import use_language
from tests.inventory.conftest import AUDITOR, CHIEF, DUTY, add
from tests.inventory.page.conftest import Desk


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """Three radios and a camera are in the list."""
    for number in ("R1", "R2", "R3"):
        add(desk.database, number)
    add(desk.database, "K1", "执法记录仪", group="personal")
    desk.page.refresh()
    desk.shows("K1", "R1", "R2", "R3")
    desk.until(lambda: desk.page.panel.item is not None)
    return desk


def test_an_empty_post_says_what_to_do(desk: Desk) -> None:
    desk.until(lambda: "Press Insert to add an item" in desk.texts(desk.page.list))
    assert not desk.page.issue_button.isEnabled()
    assert desk.page.issue_button.toolTip() == "Choose an item first."


def test_marked_items_are_issued_and_taken_back_together(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    desk.press("Space", "Space")
    assert desk.marked() == ["K1", "R1"] and "2 marked" in page.notice.text
    desk.press("I")
    desk.asked()
    sheet = desk.sheet()
    assert isinstance(sheet, IssueSheet)
    desk.type("zlh")
    assert sheet.answer() == "0003"
    desk.press("Return")
    desk.until(lambda: desk.sheet() is None and not page.marked)
    due = desk.clock.now() + timedelta(hours=12)
    for number in ("K1", "R1"):
        held = desk.item(number).holding
        assert held is not None and (held.number, held.due_at) == ("0003", due)
    assert desk.said[-1][0].startswith("2 items issued to 张丽华, due back ")
    desk.until(lambda: page.filters.buttons[Filter.ISSUED].text() == "Issued 2")
    desk.press("2")
    desk.shows("K1", "R1")
    desk.press("Home", "Space", "Space", "R")
    desk.asked()
    assert isinstance(desk.sheet(), ChoiceSheet)
    desk.press("3")
    desk.shows()
    assert desk.item("K1").facts.condition is Condition.DEFECTIVE
    assert desk.said[-1] == ("2 items returned, defective", Tone.CALM)
    assert "Everything is in its place" in desk.texts(page.list)


def test_a_scanned_label_is_marked_at_once_and_the_next_one_replaces_it(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    desk.scan("r2")
    desk.until(lambda: desk.marked() == ["R2"])
    desk.type("K1")  # the scanner types over the number before
    desk.press("Return")
    desk.until(lambda: desk.marked() == ["R2", "K1"])
    desk.shows("K1")
    assert page.panel.item is not None and page.panel.item.number == "K1"
    desk.press("Escape")
    desk.shows("K1", "R1", "R2", "R3")
    desk.press("Escape", "Escape")
    assert not desk.marked() and page.table.view.hasFocus()


def test_words_that_are_no_number_lead_to_the_list(stocked: Desk) -> None:
    desk = stocked
    desk.scan("djj")
    desk.shows("R1", "R2", "R3")
    desk.until(desk.page.table.view.hasFocus)
    assert not desk.marked()
    desk.scan("nothing of the kind")
    desk.shows()
    assert "Nothing is found by these words" in desk.texts(desk.page.list)


def test_an_item_lost_to_another_desk_is_refused_in_the_sheet(stocked: Desk) -> None:
    desk = stocked
    desk.press("I")
    desk.asked()
    service.issue(desk.database, DUTY, [desk.item("K1").id], Handing("0002"))
    desk.press("Return")
    sheet = desk.sheet()
    assert sheet is not None
    desk.until(lambda: "王建国 0002 has had K1" in sheet.message.text())
    desk.type("zzzz")
    desk.press("Return")
    assert "Nothing is found" in sheet.message.text()
    desk.press("Escape")
    desk.until(lambda: desk.sheet() is None)


def test_overdue_items_stand_in_their_filter_with_their_holder(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    service.issue(desk.database, DUTY, [desk.item("R3").id], Handing("0003"))
    desk.clock.pass_(13 * 3600)
    desk.press("3")
    desk.shows("R3")
    desk.until(lambda: page.panel.item is not None and page.panel.item.number == "R3")
    assert "overdue by 60 min" in page.panel.told.text()
    face = page.table.model.columns[4].face
    assert face is not None and face(page.table.model.rows[0]).figure == "overdue"
    assert not page.issue_button.isEnabled() and page.return_button.isEnabled()


def test_an_item_is_entered_and_changed_and_a_pistol_is_refused(desk: Desk) -> None:
    desk.press("Insert")
    desk.asked()
    sheet = desk.sheet()
    assert isinstance(sheet, ItemSheet)
    for key, text in (("number", "P1"), ("name", "92式手枪"), ("check_by", "2027-02-31")):
        editor = sheet.form.editor(key)
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
    desk.press("Return")
    assert "There is no such day" in desk.texts(sheet)
    sheet.form.fill({"check_by": "2027-02-28"})
    desk.press("Return")
    desk.until(lambda: "two-person ledger and is neither" in desk.texts(sheet))
    sheet.form.fill({"name": "手枪套"})
    desk.press("Return")
    desk.shows("P1")
    desk.until(lambda: desk.page.panel.item is not None and desk.sheet() is None)
    desk.press("E")
    desk.asked()
    changing = desk.sheet()
    assert isinstance(changing, ItemSheet)
    changing.form.fill({"condition": "in_repair"})
    desk.press("Return")
    desk.until(lambda: desk.item("P1").facts.condition is Condition.IN_REPAIR)
    desk.until(lambda: len(desk.page.panel.table.model.rows) == 2)
    desk.press("I")
    desk.asked()
    desk.press("Return")
    issuing = desk.sheet()
    assert issuing is not None
    desk.until(lambda: "in repair and cannot be issued" in issuing.message.text())


def test_each_button_says_why_it_does_not_obey(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    desk.actor = AUDITOR
    page.allow()
    assert not page.issue_button.isEnabled() and "0004" in page.issue_button.toolTip()
    desk.actor = DUTY
    page.allow()
    assert page.issue_button.isEnabled() and not page.add_button.isEnabled()


def test_a_group_is_chosen_by_key(stocked: Desk) -> None:
    desk = stocked
    desk.press("G")
    desk.asked()
    desk.press("6")
    desk.shows("K1")
    assert desk.page.filters.group.text() == "single officer"
    desk.press("Escape")
    desk.shows("K1", "R1", "R2", "R3")


def test_a_long_list_is_read_in_windows_as_it_is_walked(desk: Desk) -> None:
    rows = [{"number": f"N{n:04d}", "group": "personal", "name": "雨衣"} for n in range(1000)]
    ITEMS.take(desk.database, CHIEF, rows)
    desk.page.refresh()
    desk.until(lambda: desk.has_rows(200) and desk.page.table.chosen_row() is not None)
    for window in range(2, 6):
        desk.press("Ctrl+End")
        desk.until(partial(desk.has_rows, 200 * window))
    desk.press("Home")
    row = desk.page.table.view.currentIndex().row()
    desk.press("N", "0", "9")  # keys of no button do not send Qt through all rows
    assert desk.page.table.view.currentIndex().row() == row
    desk.page.choose_view(View(text="n0999"))
    desk.shows("N0999")


def test_import_and_export_are_a_key_away(stocked: Desk) -> None:
    desk = stocked
    desk.press("Ctrl+I")
    desk.asked()
    assert isinstance(desk.sheet(), ExchangeSheet)
    desk.press("Escape")
    desk.until(lambda: desk.sheet() is None)
    desk.press("Ctrl+E")
    desk.asked()
    desk.press("Escape")


def test_the_page_speaks_chinese(stocked: Desk, qapp: QApplication) -> None:
    use_language(qapp, "zh_CN")
    made = type(stocked.page)(stocked.parts)
    stocked.qtbot.addWidget(made)
    made.show()
    stocked.until(lambda: made.table.model.rows and made.panel.item)
    assert made.issue_button.text() == "发放"
    assert [column.title for column in made.table.model.columns][1:4] == ["编号", "名称", "类别"]
    stocked.until(lambda: "单警" in stocked.texts(made.panel))
    assert "警用" not in stocked.texts(made)
    use_language(qapp, "en")
