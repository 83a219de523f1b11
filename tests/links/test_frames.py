"""The live picture of a wire: bounded, held still, only bad ones, and never a card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.ids import LinkId
from console.links.model import Bad, Card, Piece
from console.links.page.frames_panel import MOST_LINES, FramesPanel
from console.links.page.mailbox import Mailbox
from console.ui.style import apply_theme
from console.ui.translation import use_language
from tests.links.test_page import AT


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


def piece(data: bytes, *messages: object, outward: bool = False) -> Piece:
    return Piece(LinkId("l"), AT, outward, data, tuple(messages))  # type: ignore[arg-type]


def test_the_wire_holds_still_and_shows_what_is_bad(qtbot: QtBot) -> None:
    taps: list[object] = []
    panel = FramesPanel()
    qtbot.addWidget(panel)

    def tap(hear: object) -> object:
        taps.append(hear)
        return lambda: taps.remove(hear)

    panel.follow(tap, "nmea")  # type: ignore[arg-type]
    assert taps == [], "nobody looks"
    panel.show()
    (hear,) = taps
    assert callable(hear)
    for number in range(MOST_LINES + 50):
        hear(piece(bytes([number % 256])))
    hear(piece(b"\xff", Bad("checksum", b"\xff")))
    hear(piece(b"AT\r\n", outward=True))
    qtbot.waitUntil(lambda: len(panel.table.model.rows) == MOST_LINES)
    assert panel.table.model.rows[0].piece.outward, "the newest is on top"
    panel.hold_button.click()
    hear(piece(b"later"))
    panel._look()
    assert panel.table.model.rows[0].piece.outward
    panel.bad_button.click()
    assert [line.piece.data for line in panel.table.model.rows] == [b"\xff"]
    panel.bad_button.click()
    panel.hold_button.click()
    assert panel.table.model.rows[0].piece.data == b"later"
    panel.hide()
    assert taps == []


def test_a_card_is_never_shown(qtbot: QtBot) -> None:
    card = Card("李四", "女", "汉", "1949-12-31", "样例胡同", "11010519491231002X", "局", "a", "b")
    heard: list[object] = []
    panel = FramesPanel()
    qtbot.addWidget(panel)
    panel.follow(lambda hear: heard.append(hear) or (lambda: None), "idcard")  # type: ignore[func-returns-value]
    panel.show()
    heard[0](piece("李四".encode("utf-16-le"), card))  # type: ignore[operator]
    qtbot.waitUntil(lambda: bool(panel.table.model.rows))
    panel.table.view.selectRow(0)
    model = panel.table.model
    shown = [str(model.data(model.index(0, at))) for at in range(model.columnCount())]
    whole = "\n".join([*shown, panel.whole.toPlainText()])
    assert "李四" not in whole
    assert "11010519" not in whole
    assert "4E 67" not in whole.upper()


def test_a_mailbox_is_bounded_and_counts() -> None:
    box: Mailbox[int] = Mailbox(3)
    for number in range(5):
        box.put(number)
    assert box.take() == ([2, 3, 4], 2)
    assert box.take() == ([], 0)
