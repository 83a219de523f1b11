"""Labels on the page: scanned wherever the focus is, heard from the post's readers, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.app.rooms.labels import TagReaders, label_listener, label_taker
from console.core.ids import LinkId
from console.inventory.model import Custody
from console.inventory.page.stocktake_sheet import StocktakeSheet
from console.links.model import (
    LinkConfig,
    LinkPhase,
    LinkState,
    Order,
    Outcome,
    ReadingArrived,
    ReadTags,
    SerialPlace,
    Tag,
)
from console.ui.style import Tone
from tests.inventory.conftest import DUTY, add
from tests.inventory.page.conftest import Desk

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
EPC = "E20000172211014418905F2A"


def link(number: str, family: str) -> LinkState:
    config = LinkConfig(LinkId(number), f"reader {number}", family, SerialPlace(f"path:/{number}"))
    return LinkState(config, LinkPhase.TRAFFIC, AT, opened=True)


class Links:
    """The post's links, as far as readers are asked for."""

    def __init__(self, *states: LinkState) -> None:
        self.states = states
        self.ordered: list[tuple[str, Order]] = []
        self.outcome = Outcome("1", True)

    def snapshot(self) -> tuple[LinkState, ...]:
        return self.states

    def order(
        self, link_id: LinkId, order: Order, deadline_s: float, then: Callable[[Outcome], None]
    ) -> str:
        self.ordered.append((link_id, order))
        then(self.outcome)
        return "1"


def scan(widget: QWidget, code: str) -> None:
    """A scanner types into the window that has the keys."""
    window = widget.window().windowHandle()
    assert window is not None
    for sign in code:
        QTest.keyClick(window, ord(sign))
    QTest.keyClick(window, Qt.Key.Key_Return)


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    for number in ("ISR1", "ISR2", "ISR3"):
        add(desk.database, number)
    add(desk.database, "K1", "执法记录仪", serial=EPC)
    desk.page.refresh()
    desk.shows("ISR1", "ISR2", "ISR3", "K1")
    desk.until(lambda: desk.page.panel.item is not None)
    desk.page.window().activateWindow()
    desk.until(desk.page.window().isActiveWindow)
    desk.until(lambda: desk.page.steps.scanning._wedge._window is not None)
    return desk


def test_a_label_scanned_over_the_table_is_marked_and_presses_no_key(stocked: Desk) -> None:
    """Its letters are keys of the page: I issues, S counts, R takes back."""
    desk, page = stocked, stocked.page
    page.table.setFocus()
    scan(page, "ISR2")
    desk.until(lambda: desk.marked() == ["ISR2"])
    assert desk.sheet() is None
    assert page.table.hasFocus() or page.table.view.hasFocus()
    scan(page, "ISR3")
    desk.until(lambda: desk.marked() == ["ISR2", "ISR3"])


def test_labels_of_serial_scanners_are_marked_and_tags_are_not(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    hear = label_listener(label_taker(page.steps.scanning))
    hear(ReadingArrived(LinkId("1"), None, Tag(EPC, -60), AT))
    hear(ReadingArrived(LinkId("1"), None, Tag("isr1"), AT))
    desk.until(lambda: desk.marked() == ["ISR1"])


def test_a_place_is_counted_by_labels_and_tags(stocked: Desk) -> None:
    desk, page = stocked, stocked.page
    links = Links(link("1", "rfid-r200"), link("2", "nmea"))
    page.parts = replace(
        page.parts, read_tags=TagReaders(links, lambda work: work(), page.parts.say).read
    )
    desk.press("S")
    desk.asked()
    desk.press("2")  # the equipment zone
    desk.until(lambda: isinstance(desk.sheet(), StocktakeSheet))
    sheet = desk.sheet()
    assert isinstance(sheet, StocktakeSheet)
    assert links.ordered == [("1", ReadTags(True))]
    assert sheet.figure.text() == "0 of 4 found, 4 not yet"
    hear = label_listener(label_taker(page.steps.scanning))
    for tag in (Tag(EPC, -60), Tag(EPC, -61), Tag("FFFF", -70), Tag("ISR1")):
        hear(ReadingArrived(LinkId("1"), None, tag, AT))
    desk.until(lambda: sheet.figure.text() == "2 of 4 found, 2 not yet")
    desk.until(lambda: sheet.isActiveWindow() and sheet._wedge._window is not None)
    scan(sheet, "ISR2")
    desk.until(lambda: sheet.figure.text() == "3 of 4 found, 1 not yet")
    told = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    assert told == ["ISR3  对讲机", "Unknown label: FFFF"]
    desk.press("Return")
    desk.until(lambda: desk.sheet() is None)
    assert links.ordered[-1] == ("1", ReadTags(False))
    assert desk.said[-1] == ("Stocktake recorded: 3 found, 1 missing", Tone.CALM)
    with desk.database.read() as connection:
        from console.inventory import service

        missed = service.by_number(connection, "ISR3")
        assert missed is not None
        assert service.history(connection, missed.id)[0].kind is Custody.MISSED
    assert desk.marked() == []


def test_a_reader_that_does_not_answer_is_said(stocked: Desk) -> None:
    links = Links(link("1", "rfid-r2000"))
    links.outcome = Outcome("1", False, "no_answer")
    said: list[str] = []
    readers = TagReaders(links, lambda work: work(), lambda words, _: said.append(words))
    readers.read(True)
    readers.read(False)
    assert said == ["Tag reader reader 1: the device did not answer in time"]


def test_who_may_not_manage_does_not_count(stocked: Desk) -> None:
    stocked.actor = DUTY
    stocked.page.allow()
    assert not stocked.page.count_button.isEnabled()
