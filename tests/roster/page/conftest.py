"""The page on the real temporary store, with whoever a test puts at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.ids import UnitId
from console.core.words import Words
from console.drill.keyboard import press
from console.people import service as people
from console.roster import service
from console.roster.model import NewUnit, TravelMode, Unit, Whereabouts
from console.roster.page import PageParts, RosterPage
from console.roster.page.crew_sheet import CrewSheet
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from console.ui.undo import Undo
from tests.conftest import HandClock

SECRET = "红旗广场-2026"
CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
TECHNICIAN = Actor("officer", "0003", frozenset({"technician"}))
AUDITOR = Actor("officer", "0004", frozenset({"auditor"}))


class Desk:
    """One page, its surroundings, and hands on the keyboard."""

    def __init__(
        self, database: Database, background: Background, clock: HandClock, qtbot: QtBot
    ) -> None:
        self.database, self.clock, self.qtbot = database, clock, qtbot
        self.actor = CHIEF
        self.said: list[tuple[str, Tone]] = []
        self.areas: list[tuple[str, Words]] = [("a1", Words("城西巡区", "West area"))]
        self.receivers: dict[str, str] = {}
        self.latest: dict[UnitId, Whereabouts] = {}
        self.trouble: ConsoleError | None = None
        self.undo = Undo(clock)
        self.parts = PageParts(
            database, background, clock, self.undo, lambda: self.actor,
            lambda words, tone: self.said.append((words, tone)), self._areas,
            lambda: self.receivers, lambda: self.latest,
        )  # fmt: skip
        self.page = self.open()

    def open(self) -> RosterPage:
        """One more window with the page; it has the keys."""
        made = RosterPage(self.parts)
        self.qtbot.addWidget(made)
        made.resize(1200, 700)
        made.show()
        self.qtbot.waitExposed(made)
        self.until(lambda: made.table.freshness.text().startswith("As of"))
        return made

    def open_chinese(self) -> RosterPage:
        """A page built in the language in force."""
        made = RosterPage(self.parts)
        self.qtbot.addWidget(made)
        made.show()
        self.until(lambda: bool(made.table.model.rows))
        return made

    def look(self, page: RosterPage | None = None) -> None:
        """The page has read what stands in the store."""
        shown = page or self.page
        before = shown._look
        shown.refresh()
        self.until(lambda: shown._look is not before)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def press(self, key: str, page: QWidget | None = None) -> None:
        """The key goes to the page, or to this window."""
        window = (page or self.page).window()
        window.activateWindow()
        self.until(window.isActiveWindow)
        press(window, key)

    def sheet(self) -> Sheet:
        """The question that is open, the newest above the others."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, Sheet)]
        shown = [sheet for sheet in found if sheet.isVisible()]
        modal = QApplication.activeModalWidget()
        assert isinstance(modal, Sheet) and modal in shown
        return modal

    def no_sheet(self) -> bool:
        return QApplication.activeModalWidget() is None

    def crew_sheet(self) -> CrewSheet:
        found = self.sheet()
        assert isinstance(found, CrewSheet)
        return found

    def type(self, key: str, text: str) -> None:
        """The text stands in this field of the open form, as if pasted."""
        editor = self.crew_sheet().form.editor(key)
        assert isinstance(editor, QLineEdit)
        editor.clear()
        if text.isascii() and text.isprintable():
            QTest.keyClicks(editor, text)
        else:
            editor.setText(text)

    def choose(self, unit_id: UnitId, page: RosterPage | None = None) -> None:
        assert (page or self.page).table.choose(unit_id)

    def unit(self, unit_id: UnitId) -> Unit:
        with self.database.read() as connection:
            return service.unit(connection, unit_id).unit

    def units(self) -> list[Unit]:
        with self.database.read() as connection:
            return [view.unit for view in service.units(connection)]

    def texts(self, inside: QWidget) -> str:
        return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())

    def _areas(self) -> list[tuple[str, Words]]:
        if self.trouble is not None:
            raise self.trouble
        return self.areas


@pytest.fixture
def car(database: Database) -> UnitId:
    new = NewUnit("巡01", "一组", TravelMode.CAR, ("张三", "李四"), frozenset({"shield"}))
    return service.add_unit(database, CHIEF, new)


@pytest.fixture
def bike(database: Database) -> UnitId:
    return service.add_unit(database, CHIEF, NewUnit("骑02", "二组", TravelMode.MOTORCYCLE))


@pytest.fixture
def desk(
    database: Database, clock: HandClock, qapp: QApplication, qtbot: QtBot, car: UnitId
) -> Iterator[Desk]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    people.first_officer(database, "0001", "李卫国", SECRET)
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    yield Desk(database, background, clock, qtbot)
    background.stop()
    bridge.stop()
