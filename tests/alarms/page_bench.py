"""The alarms page on a bench: what it said and asked for, and hands that press its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.alarms import service
from console.alarms.model import Alarm
from console.alarms.page import AlarmsPage
from console.core.database import Database
from console.ui.dialogs import Sheet


def in_front(window: QWidget) -> bool:
    """The window has the keys; asked for again until the window manager agrees."""
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


@dataclass
class Bench:
    """The page, and what it said and asked for."""

    database: Database
    qtbot: QtBot
    page: AlarmsPage
    told: list[str] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=8000)

    def press(self, key: str, on: QWidget | None = None) -> None:
        target = on or self.page.table.view
        self.until(lambda: in_front(target.window()))
        QTest.keySequence(target, QKeySequence(key))

    def alarm(self, alarm_id: str) -> Alarm:
        with self.database.read() as connection:
            return service.alarm(connection, alarm_id, self.database.clock.now())

    def rows(self) -> list[str]:
        return [row.name for row in self.page.table.model.rows]

    def choose(self, alarm_id: str) -> None:
        """The alarm is chosen and its story is read."""
        self.until(lambda: self.page.table.choose(alarm_id))

        def read() -> bool:
            story = self.page.told()
            return story is not None and story.alarm == self.alarm(alarm_id)

        self.until(read)

    def sheet(self) -> Sheet:
        self.until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert isinstance(found, Sheet)
        return found


def texts(page: QWidget) -> str:
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())
