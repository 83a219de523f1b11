"""The page of recordings in a test's hands: a wall that remembers, sheets that are answered."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.errors import Refused
from console.drill.keyboard import press, type_text
from console.ui.dialogs import Sheet
from console.videowall.model import Camera, Phase, Picture, Stream
from console.videowall.page import RecordingParts, RecordingsPage


class HandScreen:
    """A wall whose pictures stand as the test says, and which remembers what it was told."""

    def __init__(self) -> None:
        self.shown: dict[str, Camera] = {}
        self.told: list[str] = []
        self.full = False

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None:
        assert window > 0 and stream is Stream.MAIN
        if self.full:
            raise Refused("videowall.too_many", most=16)
        self.shown[tile] = camera
        self.told.append(f"show {tile}")

    def hide(self, tile: str) -> None:
        self.shown.pop(tile, None)
        self.told.append(f"hide {tile}")

    def picture(self, tile: str) -> Picture:
        one = self.shown.get(tile)
        if one is None:
            return Picture()
        return Picture(one.id, Phase.PLAYING, shown=5, age_s=0.1)


def opened(parts: RecordingParts, qtbot: QtBot) -> RecordingsPage:
    page = RecordingsPage(parts)
    qtbot.addWidget(page)
    page.resize(1500, 800)
    page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    qtbot.waitUntil(lambda: page.table.chosen_row() is not None and page.rule is not None)
    return page


def screen_of(page: RecordingsPage) -> HandScreen:
    screen = page.parts.wall
    assert isinstance(screen, HandScreen)
    return screen


def sheet_of(qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget())
    found = QApplication.activeModalWidget()
    assert isinstance(found, Sheet)
    return found


def answer(qtbot: QtBot, reason: str, key: str = "Return") -> None:
    sheet = sheet_of(qtbot)
    over = sheet.parentWidget()
    type_text(sheet, reason)
    press(sheet, key)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is over)
