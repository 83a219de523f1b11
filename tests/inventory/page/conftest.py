"""The equipment page on the real temporary store, with whoever a test puts at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.inventory import service
from console.inventory.model import Item
from console.inventory.page import InventoryPage, PageParts
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.conftest import HandClock
from tests.inventory.conftest import CHIEF


class Desk:
    """One page, its surroundings, and hands on the keyboard."""

    def __init__(
        self, database: Database, background: Background, clock: HandClock, qtbot: QtBot
    ) -> None:
        self.database, self.clock, self.qtbot = database, clock, qtbot
        self.actor = CHIEF
        self.said: list[tuple[str, Tone]] = []
        self.parts = PageParts(
            database, background, clock, lambda: self.actor,
            lambda words, tone: self.said.append((words, tone)),
        )  # fmt: skip
        self.page = InventoryPage(self.parts)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.until(lambda: self.page.seen is not None and not self.page.table._reading)

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def press(self, *keys: str) -> None:
        """The keys go to the open question, or to the page."""
        for key in keys:
            window = self.sheet() or self.page.window()
            window.activateWindow()
            self.until(window.isActiveWindow)
            press(window, key)

    def type(self, text: str) -> None:
        type_text(self.sheet() or self.page.window(), text)

    def sheet(self) -> Sheet | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, Sheet) else None

    def asked(self) -> None:
        self.until(lambda: self.sheet() is not None)

    def shows(self, *numbers: str) -> None:
        """Waits until the list shows exactly these."""
        self.until(lambda: [one.number for one in self.page.table.model.rows] == list(numbers))

    def has_rows(self, count: int) -> bool:
        return len(self.page.table.model.rows) == count

    def marked(self) -> list[str]:
        return [one.number for one in self.page.marked.values()]

    def item(self, number: str) -> Item:
        with self.database.read() as connection:
            found = service.by_number(connection, number)
        assert found is not None
        return found

    def scan(self, number: str) -> None:
        """A label is scanned into the find field."""
        self.press("Ctrl+F")
        self.type(number)
        self.press("Return")

    def texts(self, inside: QWidget) -> str:
        return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def desk(staffed: Database, clock: HandClock, qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    yield Desk(staffed, background, clock, qtbot)
    background.stop()
    bridge.stop()
