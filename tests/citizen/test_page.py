"""The counter's page through its real widgets, by key."""

from __future__ import annotations

from console.citizen import service
from console.citizen.model import NewVisit, Personal
from console.core import drafts
from console.core.database import Database
from tests.citizen.conftest import AUDITOR, CHIEF, Counter

VISITOR = Personal("张三丰", "13800138000", "370883199001010015")
LENT = NewVisit("umbrella_loan", "下雨借雨伞一把", "借出 7 号伞", "lent", "文化街", VISITOR)


def test_an_empty_counter_says_what_to_do(counter: Counter) -> None:
    page = counter.open()
    assert "No visit is recorded yet" in counter.words()
    assert "No visit chosen" in counter.words()
    assert page.table.view.hasFocus()


def test_a_visit_is_recorded_by_key_and_its_receipt_written(counter: Counter) -> None:
    page = counter.open()
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    counter.press("5")
    counter.until(page.form.asked.hasFocus)
    assert page.form.kind.currentData() == "umbrella_loan"
    for text in ("下雨借雨伞一把", "借出 7 号伞"):
        counter.type(text)
        counter.press("Tab")
    assert page.form.result.hasFocus()
    counter.press("2")
    for text in ("", "文化街", "张三丰", "138-0013-8000"):
        counter.type(text)
        counter.press("Tab")
    counter.press("Ctrl+Return")
    counter.until(lambda: len(counter.rows()) == 1 and page.opened is not None)
    counter.until(page.table.view.hasFocus)
    told = counter.words(page.facts)
    assert "张**" in told and "138****8000" in told and "三丰" not in told
    assert page.opened is not None and page.opened.result == "lent"
    counter.press("P")
    counter.until(lambda: any("is written" in words for words in counter.said))
    file = counter.parts.receipts / f"{counter.rows()[0]}.pdf"
    assert file.read_bytes().startswith(b"%PDF") and str(file) in counter.said[-1]
    counter.until(lambda: "receipt" in [line.kind for line in page.facts.story.model.rows])


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_lost(counter: Counter) -> None:
    page = counter.open()
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    counter.press("A")
    counter.type("问路\u202e🙂")
    page.form.lines["name"].setText("长" * 300)
    counter.press("Ctrl+Return")
    counter.until(lambda: "at most 64" in counter.words(page.form))
    assert "300 characters" in counter.words(page.form)
    assert page.form.lines["name"].hasFocus() and len(page.form.lines["name"].text()) == 300
    assert not counter.rows()
    page.form.lines["name"].setText("张三")
    page.form.lines["phone"].setText("不知道")
    counter.press("Ctrl+Return")
    counter.until(lambda: "A phone number has" in counter.words(page.form))
    page.form.lines["phone"].clear()
    counter.press("Ctrl+Return")
    counter.until(lambda: len(counter.rows()) == 1)
    counter.until(lambda: page.opened is not None)
    assert page.opened is not None and page.opened.asked == "问路🙂"


def test_a_half_typed_visit_comes_back_and_goes_with_its_saving(
    counter: Counter, database: Database
) -> None:
    page = counter.open()
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    counter.press("7")
    counter.type("邻里纠纷")
    counter.press("Escape")
    counter.until(page.table.view.hasFocus)
    counter.press("N")
    counter.until(lambda: page.form.asked.toPlainText() == "邻里纠纷")
    assert "is back" in counter.words(page.form)
    assert page.form.kind.currentData() == "dispute"
    counter.press("Ctrl+Return")
    counter.until(lambda: len(counter.rows()) == 1)
    with database.read() as connection:
        assert drafts.find(connection, str(CHIEF), "visit") is None


def test_another_officer_does_not_find_the_first_ones_words(counter: Counter) -> None:
    page = counter.open()
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    counter.press("7")
    counter.type("邻里纠纷")
    page.hide()
    counter.actor = AUDITOR
    page.show()
    assert not page.writing and not page.form.touched
    assert not page.new.isEnabled()


def test_who_came_is_shown_with_a_reason_and_masked_again(counter: Counter) -> None:
    service.record(counter.database, CHIEF, LENT)
    service.record(counter.database, CHIEF, NewVisit("directions", "问路"))
    page = counter.open()
    counter.until(lambda: page.opened is not None)
    assert not page.facts.buttons["V"].isEnabled()  # nobody told who he is
    counter.press("Down")
    counter.until(page.facts.buttons["V"].isEnabled)
    counter.press("V")
    counter.asked()
    counter.press("Return")
    sheet = counter.sheet()
    assert sheet is not None and sheet.message.text()  # not without a reason
    counter.type("电话回访")
    counter.press("Return")
    counter.until(lambda: "13800138000" in counter.words(page.facts))
    assert "张三丰" in counter.words(page.facts)
    counter.until(lambda: any(line.reason == "电话回访" for line in page.facts.story.model.rows))
    counter.press("Up")
    counter.until(lambda: page.opened is not None and page.opened.kind == "directions")
    counter.press("Down")
    counter.until(lambda: "138****8000" in counter.words(page.facts))
    assert "张三丰" not in counter.words(page.facts)


def test_a_correction_keeps_the_former_words_in_the_story(counter: Counter) -> None:
    service.record(counter.database, CHIEF, LENT)
    page = counter.open()
    counter.until(lambda: page.opened is not None)
    counter.press("E")
    counter.until(page.form.asked.hasFocus)
    assert page.form.lines["phone"].text() == ""
    assert "138****8000" in page.form.lines["phone"].placeholderText()
    page.form.asked.selectAll()
    counter.type("借充电宝")
    counter.press("Ctrl+Return")
    assert page.writing  # a reason is needed
    counter.until(page.form.lines["reason"].hasFocus)
    counter.type("听错了")
    counter.press("Ctrl+Return")
    counter.until(lambda: "借充电宝" in counter.words(page.facts))
    counter.until(lambda: page.facts.story.model.rows[0].kind == "corrected")
    told = page.facts.story.model.columns[3].text(page.facts.story.model.rows[0])
    assert "听错了" in told and LENT.asked in told
    assert page.opened is not None  # who came was left as it was
    assert service.reveal(counter.database, CHIEF, page.opened.id, "核对") == VISITOR


def test_a_visit_is_made_a_call_by_one_key_and_only_once(counter: Counter) -> None:
    service.record(counter.database, CHIEF, LENT)
    page = counter.open()
    counter.until(lambda: page.opened is not None)
    counter.press("C")
    counter.until(lambda: "JQ0001" in counter.words(page.facts))
    assert not page.facts.buttons["C"].isEnabled()
    assert len(counter.calls) == 1
    assert "JQ0001" in counter.said[-1]


def test_finding_by_word_number_and_day(counter: Counter) -> None:
    for at in range(3):
        service.record(counter.database, CHIEF, NewVisit("directions", f"问路到{'甲乙丙'[at]}楼"))
    counter.clock.pass_(86_400)
    service.record(counter.database, CHIEF, LENT)
    page = counter.open()
    counter.until(lambda: len(counter.rows()) == 4)
    counter.press("Ctrl+F")
    assert page.list.text.hasFocus()
    counter.type("乙楼")
    counter.press("Return")
    counter.until(lambda: len(counter.rows()) == 1 and counter.rows()[0].endswith("-002"))
    assert page.table.view.hasFocus()
    counter.press("Ctrl+F")
    counter.type("13800138")  # a part of a phone number finds nobody
    counter.until(lambda: "No visit is like that" in counter.words())
    counter.press("Escape")
    counter.until(lambda: len(counter.rows()) == 4)
    counter.press("T")
    counter.until(lambda: len(counter.rows()) == 1)
    counter.press("T")
    counter.until(lambda: len(counter.rows()) == 4)
    page.list.day.setText("31-31")
    counter.until(lambda: page.list.day.property("wrong") == "yes")
    page.list.day.setText("2026-11-21")
    counter.until(lambda: len(counter.rows()) == 3)


def test_an_auditor_looks_and_changes_nothing(counter: Counter) -> None:
    service.record(counter.database, CHIEF, LENT)
    counter.actor = AUDITOR
    page = counter.open()
    counter.until(lambda: page.opened is not None)
    assert not page.new.isEnabled()
    assert not any(button.isEnabled() for button in page.facts.buttons.values())
    assert "138****8000" in counter.words(page.facts)
