"""The page on the real temporary store, with whoever a test puts at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.words import Words
from console.drill.keyboard import press
from console.patrol import service
from console.patrol.model import Fix, NewPoint, Point, PointId
from console.patrol.page import PageParts, PatrolPage
from console.patrol.page.point_sheet import PointSheet
from console.patrol.service import PatrolWatch
from console.roster import service as roster
from console.roster.model import NewUnit
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.conftest import HandClock
from tests.patrol.walks import BEGIN, new, places, stand

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))


class Desk:
    """One page, its surroundings, and hands on the keyboard."""

    def __init__(
        self, database: Database, background: Background, clock: HandClock, qtbot: QtBot
    ) -> None:
        self.database, self.clock, self.qtbot = database, clock, qtbot
        self.actor = CHIEF
        self.said: list[tuple[str, Tone]] = []
        self.shown: list[Point] = []
        self.unit = roster.add_unit(database, CHIEF, NewUnit("101"))
        self.parts = PageParts(
            database, background, clock, lambda: self.actor,
            lambda words, tone: self.said.append((words, tone)),
            lambda: [("P01", Words("城西巡区", "West area"))],
            lambda lat, lon: "P01" if lat > 35.39 else None,
            lambda text: [("文化街", 35.4, 121.61)] if text == "wen" else [],
            self.shown.append,
        )  # fmt: skip
        self._watch = PatrolWatch(database, EventBus(), clock)
        self.page: PatrolPage

    def open(self) -> PatrolPage:
        """The window with the page; it has read the store and has the keys."""
        self.page = PatrolPage(self.parts)
        self.qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()
        self.qtbot.waitExposed(self.page)
        self.until(lambda: self.page.seen is not None)
        return self.page

    def add(self, number: str, north_m: float = 0.0) -> PointId:
        """A point so far north stands."""
        return service.add_point(self.database, CHIEF, new(number, north_m, area_id="P01"))

    def reach(self, north_m: float) -> None:
        """The crew stays there for long enough."""
        self.drive(stand(0, 90, north_m))

    def drive(self, fixes: list[Fix]) -> None:
        """The crew was there, and it is judged."""
        for place in places(self.unit, fixes):
            self._watch.take(place)
        self._watch._on_changed(None)
        self._watch.flush()
        self.clock._now = BEGIN + timedelta(seconds=100)

    def kept(self) -> dict[str, NewPoint]:
        """The points in force, by number."""
        with self.database.read() as connection:
            return {point.number: point.told for point in service.points(connection)}

    def numbers(self) -> list[str]:
        """The points that the table shows."""
        return [row.point.number for row in self.page.table.model.rows]

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def press(self, key: str) -> None:
        """The key goes to the sheet that is open, or to the page."""
        window = QApplication.activeModalWidget() or self.page.window()
        window.activateWindow()
        self.until(window.isActiveWindow)
        press(window, key)

    def sheet(self) -> Sheet:
        """The question that is open."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert isinstance(found, Sheet)
        return found

    def no_sheet(self) -> bool:
        return QApplication.activeModalWidget() is None

    def fill(self, **texts: str) -> PointSheet:
        """These texts stand in the fields of the open form."""
        sheet = self.sheet()
        assert isinstance(sheet, PointSheet)
        for key, text in texts.items():
            editor = sheet.form.editor(key)
            assert isinstance(editor, QLineEdit)
            editor.clear()
            if text.isascii():
                QTest.keyClicks(editor, text)
            else:
                editor.setText(text)
        return sheet


def words(root: QWidget) -> str:
    """Every word on the labels that can be seen."""
    return "\n".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, database: Database, clock: HandClock) -> Iterator[Desk]:
    use_language(qapp, "en")
    apply_theme(qapp, "day")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    clock._now = BEGIN
    yield Desk(database, background, clock, qtbot)
    background.stop()
    bridge.stop()
