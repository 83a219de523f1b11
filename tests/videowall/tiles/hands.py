"""What an officer does on the wall's page, and what the trail says of it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.core.tables import audit_trail
from console.drill.keyboard import press
from console.ui.dialogs import Sheet
from console.videowall.page import WallPage


def fill(page: WallPage, many: int) -> None:
    for _ in range(many):
        press(page, "Return")
        press(page, "Down")


def sheet_of(qtbot: QtBot, kind: type[Sheet]) -> Sheet:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget())
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def trail(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.act for row in connection.execute(audit_trail.select())]
