"""The page on the real temporary store, with an officer's hands on the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.citizen.page import CitizenPage, PageParts
from console.core.actor import Actor
from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.people import service as people
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.conftest import HandClock

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
AUDITOR = Actor("officer", "0004", frozenset({"auditor"}))


class Counter:
    """One page, its surroundings, and hands on the keyboard."""

    def __init__(
        self, database: Database, background: Background, clock: HandClock, qtbot: QtBot,
        folder: Path,
    ) -> None:  # fmt: skip
        self.database, self.clock, self.qtbot = database, clock, qtbot
        self.actor = CHIEF
        self.said: list[str] = []
        self.calls: list[str] = []
        self.parts = PageParts(
            database, background, clock, lambda: self.actor, self._say, lambda: "红旗广场警务站",
            folder / "receipts", self._make_call, lambda call: call.upper(),
        )  # fmt: skip
        self.page = CitizenPage(self.parts)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)

    def open(self) -> CitizenPage:
        """The page is shown, has read and has the keys."""
        self.page.show()
        self.qtbot.waitExposed(self.page)
        self.page.activateWindow()
        self.until(lambda: self.page.list.table.freshness.text().startswith("As of"))
        self.until(lambda: self.page.form.kind.count() > 0)
        self.page.setFocus()
        self.until(self.page.table.view.hasFocus)
        return self.page

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def press(self, key: str) -> None:
        press(self.sheet() or self.page, key)

    def type(self, text: str) -> None:
        type_text(self.sheet() or self.page, text)

    def sheet(self) -> Sheet | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, Sheet) else None

    def asked(self) -> None:
        """Waits until a question stands over the page and has the keys."""
        self.until(lambda: self.sheet() and QApplication.activeWindow() is self.sheet())

    def words(self, inside: QWidget | None = None) -> str:
        found = (inside or self.page).findChildren(QLabel)
        return "\n".join(one.text() for one in found if one.isVisible())

    def rows(self) -> list[str]:
        return [visit.number for visit in self.page.table.model.rows]

    def _say(self, words: str, _: Tone) -> None:
        self.said.append(words)

    def _make_call(self, actor: Actor, visit_id: str) -> str:
        from console.citizen import service

        with self.database.act(actor) as act:
            service.link_call(act, visit_id, "jq0001")
        self.calls.append(visit_id)
        return "JQ0001"


@pytest.fixture
def counter(
    database: Database, clock: HandClock, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[Counter]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    people.first_officer(database, "0001", "李卫国", "红旗广场-2026")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    yield Counter(database, background, clock, qtbot, tmp_path)
    background.stop()
    bridge.stop()
