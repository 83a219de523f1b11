"""The page of the hand-over by key: notes with a draft, two signatures, the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.drill.keyboard import press, type_text
from console.handover import service
from console.handover.model import Section
from console.handover.page import HandoverPage, PageParts
from console.handover.page.print_sheet import PrintSheet
from console.handover.page.sign_sheet import SignSheet
from console.people.model import Session
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.handover.conftest import SECRETS, Post

Kind = type[Sheet]


class Desk:
    """One page and hands on the keyboard."""

    def __init__(self, post: Post, background: Background, qtbot: QtBot) -> None:
        self.post, self.qtbot = post, qtbot
        self.sits: Session | None = post.session("0001")
        self.said: list[tuple[str, Tone]] = []
        self.parts = PageParts(
            post.database, background, post.clock, post.sources(), lambda: self.sits, self._enter,
            lambda words, tone: self.said.append((words, tone)), _picture, lambda level: level,
            lambda: "红旗广场警务站",
        )  # fmt: skip
        self.page = self.open()

    def open(self) -> HandoverPage:
        """One more window with the page; it has the keys and has read everything."""
        page = HandoverPage(self.parts)
        self.qtbot.addWidget(page)
        page.resize(1230, 660)
        page.show()
        self.qtbot.waitExposed(page)
        self.until(lambda: page.content is not None and bool(page.lines.model.rows))
        self.until(lambda: bool(page.list.model.rows))
        return page

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=15_000)

    @property
    def sheet(self) -> Sheet | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, Sheet) else None

    def press(self, key: str) -> None:
        """The key goes to the sheet, or to the page."""
        press(self._front(), key)

    def type(self, text: str) -> None:
        """The text goes to whatever has the keys."""
        type_text(self._front(), text)

    def _front(self) -> QWidget:
        window: QWidget = self.sheet or self.page.window()
        window.activateWindow()
        self.until(window.isActiveWindow)
        return window

    def asked(self, kind: Kind) -> None:
        self.until(lambda: isinstance(self.sheet, kind))

    def hand_over(self) -> None:
        """The officer who sits here signs."""
        self.press("S")
        self.asked(SignSheet)
        assert self.sits is not None
        self.type(SECRETS[self.sits.number])
        self.press("Return")
        self.until(lambda: self.sheet is None and self.page.waiting is not None)

    def take_over(self, number: str, secret: str) -> None:
        """Somebody signs for taking over."""
        self.press("I")
        self.asked(SignSheet)
        self.type(number)
        self.press("Tab")
        self.type(secret)
        self.press("Return")

    def rows(self) -> dict[str, tuple[str, str]]:
        return {row.key: (row.what, row.told) for row in self.page.lines.model.rows}

    def _enter(self, session: Session) -> None:
        self.sits = session


def _picture() -> QImage:
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    return picture


@pytest.fixture
def desk(post: Post, qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    post.down = {Section.POINTS}
    yield Desk(post, background, qtbot)
    background.stop()
    bridge.stop()


def test_each_section_says_what_it_has_lacks_or_does_not_know(desk: Desk) -> None:
    rows = desk.rows()
    assert rows["calls"] == ("Open calls", "2 in all")
    assert rows["calls/call-1"] == ("JQ0001", "detail")
    assert rows["alarms"] == ("Open alarms", "No alarm is open")
    assert rows["points"][1].startswith("Unknown: ")
    cards = desk.page.cards.cards
    assert [card.figure.text() for card in cards.values()] == ["2", "0", "1", "?", "0", "0"]
    assert cards[Section.CALLS].note.text() == "1 need a look"
    assert cards[Section.POINTS].note.text() == "unknown"


def test_two_officers_sign_by_key(desk: Desk) -> None:
    page = desk.page
    assert page.sign.isEnabled() and not page.take.isEnabled() and not page.print.isEnabled()
    desk.press("N")
    desk.type("1号车在修")
    desk.press("Escape")
    assert page.list.view.hasFocus()
    desk.hand_over()
    desk.until(lambda: page.document is not None and not page.document.taken)
    assert page.notes.field.toPlainText() == "1号车在修"
    assert "李卫国" in page.notice.text
    desk.take_over("0001", SECRETS["0001"])
    assert isinstance(desk.sheet, SignSheet)
    form = desk.sheet.form
    desk.until(lambda: "李卫国" in form._messages["number"].text())
    desk.press("Escape")
    desk.take_over("0002", SECRETS["0002"])
    desk.until(lambda: desk.sits is not None and desk.sits.number == "0002")
    desk.until(lambda: page.document is not None and page.document.taken)
    desk.until(lambda: page.waiting is None and not page.notice.isVisible())
    assert "to 王建华 0002" in page.head._note.text()
    assert page.notes.text == ""
    assert any("王建华" in words for words, _ in desk.said)


def test_a_wrong_secret_is_said_and_the_sheet_stays(desk: Desk) -> None:
    desk.press("S")
    desk.asked(SignSheet)
    sheet = desk.sheet
    assert isinstance(sheet, SignSheet)
    desk.press("Return")
    assert sheet.isVisible()
    desk.type("wrong-secret")
    desk.press("Return")
    desk.until(lambda: bool(sheet.message.text()) and sheet.yes.isEnabled())
    assert sheet.form.values()["secret"] == ""
    desk.press("Escape")
    assert desk.page.waiting is None


def test_the_draft_of_the_notes_is_the_officer_s_own(desk: Desk) -> None:
    desk.press("N")
    desk.type("keys in the drawer")
    who, database = desk.sits, desk.post.database
    assert who is not None

    def kept() -> bool:
        with database.read() as connection:
            return service.draft(connection, who) == "keys in the drawer"

    desk.until(kept)
    second = desk.open()
    desk.until(lambda: second.notes.text == "keys in the drawer")
    desk.sits = desk.post.session("0002")
    second.refresh()
    assert second.notes.text == ""


def test_letters_typed_into_the_notes_sign_nothing(desk: Desk) -> None:
    desk.press("N")
    desk.type("SIP sip")
    assert desk.sheet is None
    assert desk.page.notes.text == "SIP sip"


def test_the_paper_is_written_with_the_map(desk: Desk, tmp_path: Path) -> None:
    desk.hand_over()
    desk.until(desk.page.print.isEnabled)
    desk.press("P")
    desk.asked(PrintSheet)
    assert isinstance(desk.sheet, PrintSheet)
    file = tmp_path / "no folder" / "handover.pdf"
    desk.sheet.form.fill({"path": str(file)})
    desk.press("Return")
    sheet = desk.sheet
    desk.until(lambda: bool(sheet.message.text()))
    file = tmp_path / "handover.pdf"
    desk.sheet.form.fill({"path": str(file)})
    desk.press("Return")
    desk.until(file.exists)
    desk.until(lambda: desk.sheet is None)
    assert file.read_bytes().startswith(b"%PDF-")
    assert b"/Image" in file.read_bytes()


def test_who_may_not_take_calls_signs_nothing(desk: Desk) -> None:
    desk.sits = desk.post.session("0003")
    desk.page.refresh()
    desk.until(lambda: not desk.page.sign.isEnabled())
    assert "right" in desk.page.sign.toolTip()


def test_many_documents_scroll_by_window(desk: Desk) -> None:
    post = desk.post
    with post.database.read() as connection:
        content = service.gather(connection, post.sources(), post.clock.now())
    from dataclasses import replace
    from datetime import timedelta

    from console.handover import store
    from console.handover.model import Handover, Signature

    with post.database.act(desk.sits.actor) as act:  # type: ignore[union-attr]
        for n in range(450):
            at = act.at - timedelta(hours=12 * n + 1)
            who = Signature("0001", "李卫国", at)
            store.insert(
                act.connection, Handover(f"h{n:03d}", 2, replace(content, at=at), "", who, who)
            )
    desk.page.refresh()
    desk.until(lambda: len(desk.page.list.model.rows) == 200)
    bar = desk.page.list.view.verticalScrollBar()
    for wanted in (400, 451):
        bar.setValue(bar.maximum())
        desk.until(lambda wanted=wanted: len(desk.page.list.model.rows) == wanted)  # type: ignore[misc]
