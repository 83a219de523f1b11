"""The page of the figures on a real temporary store with calls of a day, and hands on its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.assessment.page import FiguresPage, PageParts
from console.core.actor import Actor
from console.core.database import Database
from console.core.words import Words
from console.dispatch import service as dispatch
from console.dispatch.model import How, NewCall
from console.drill.keyboard import press
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.conftest import HandClock

DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
SIGNED_AFTER_S = (12, 25, 30, 31, 75, 150, 400)


def keep_calls(database: Database, clock: HandClock, officer: Actor) -> None:
    """Seven calls within seven hours, signed after so many seconds; one more waits; one was told
    by radio to have been signed before it came."""
    for after_s in SIGNED_AFTER_S:
        call_id = dispatch.take_call(database, officer, NewCall("walk_in", "6003", "邻里争吵"))
        clock.pass_(after_s)
        dispatch.sign(database, officer, call_id)
        clock.pass_(3600)
    early = dispatch.take_call(database, officer, NewCall("walk_in", "6003", "噪声"))
    dispatch.sign(
        database, officer, early, how=How(happened_at=clock.now() - timedelta(seconds=20))
    )
    dispatch.take_call(database, officer, NewCall("walk_in", "6003", "在等"))


class Desk:
    """One page and hands on the keyboard."""

    def __init__(self, database: Database, background: Background, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.actor = DUTY
        self.said: list[tuple[str, Tone]] = []
        self.areas = [("a1", Words("城西巡区", "West area"))]
        self.page = FiguresPage(
            PageParts(
                database, background, clock, lambda: self.actor,
                lambda words, tone: self.said.append((words, tone)), lambda: self.areas,
            )
        )  # fmt: skip

    def open(self, qtbot: QtBot) -> None:
        """The page is shown, has the keys, and its chart stands."""
        self.qtbot = qtbot
        qtbot.addWidget(self.page)
        self.page.resize(1230, 680)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.until(lambda: self.page.seen is not None and self.page.chart is not None)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=15_000)

    def press(self, key: str) -> None:
        """The key goes to the sheet, or to the page."""
        window: QWidget = self.sheet or self.page.window()
        window.activateWindow()
        self.until(window.isActiveWindow)
        press(window, key)

    @property
    def sheet(self) -> Sheet | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, Sheet) else None

    def rows(self) -> list[list[str]]:
        """The table as it is read, cell by cell."""
        table = self.page.table
        assert table is not None
        return [[column.text(row) for column in table.model.columns] for row in table.model.rows]


@pytest.fixture
def desk(database: Database, clock: HandClock, qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    yield Desk(database, background, clock)
    background.stop()
    bridge.stop()
