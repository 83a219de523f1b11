"""The duty desk on a real temporary store, with a real map and a hand on its keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.ids import CallId
from console.dispatch.model import Pick
from console.dispatch.page import DeskPage
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import Sheet
from console.ui.style import Tone
from console.ui.undo import Undo
from tests.dispatch.desk import Desk

WAIT_MS = 8000
# in the sample town: a crossing, a market 250 m from it, and the bus station
PLACE, NEAR, FAR = (35.400274, 121.600686), (35.400803, 121.597903), (35.397225, 121.610272)


@dataclass
class Seat:
    """The page, what it said, and the desk under it."""

    qtbot: QtBot
    desk: Desk
    undo: Undo
    who: list[Actor]
    said: list[tuple[str, Tone]] = field(default_factory=list)
    page: DeskPage = None  # type: ignore[assignment]  # built after what it is given

    def until(self, true: Any) -> None:
        """Waits for a condition."""
        self.qtbot.waitUntil(true, timeout=WAIT_MS)

    def create(self, **changes: Any) -> CallId:
        """A call of the city in the town stands on the board."""
        place = {"text": "解放路与人民路", "lat": PLACE[0], "lon": PLACE[1], "datum": "wgs84"}
        return self.desk.create(**{"place": place, **changes})

    def shows(self, *call_ids: CallId) -> None:
        """The queue shows at least these calls."""

        def there() -> bool:
            shown = {card.call.id for card in self.page.queue.cards.cards}
            return set(call_ids) <= shown

        self.page.refresh()
        self.until(there)

    def choose(self, call_id: CallId) -> None:
        """The call is chosen, opened, with the advice on it, and the queue has the keys."""
        self.shows(call_id)
        self.page.choose_call(call_id)
        self.until(lambda: self.opened(call_id) and self.page.steps.advice is not None)

    def opened(self, call_id: CallId) -> bool:
        """The panel shows this call as the store has it."""
        view = self.page.steps.opened
        return view is not None and view.call.id == call_id and view.call == self.stored(call_id)

    def stored(self, call_id: CallId) -> Any:
        """The call in the store."""
        return self.desk.open(call_id).call

    def press(self, key: str, on: QWidget | None = None) -> None:
        """The key is pressed where the focus is."""
        if QApplication.activeModalWidget() is None:
            self.until(lambda: self._in_front((on or self.page).window()))
        target = on or QApplication.focusWidget() or self.page
        QTest.keySequence(target, QKeySequence(key))

    def digit(self, number: int, shift: bool = False) -> None:
        """A digit, with Shift or without."""
        keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        key = Qt.Key(int(Qt.Key.Key_0) + number)
        QTest.keyClick(QApplication.focusWidget() or self.page, key, keys)

    def reaches(self, call_id: CallId, status: str) -> None:
        """The call comes to this status in the store, and the panel shows it."""
        self.until(lambda: self.desk.status(call_id) == status)
        self.until(lambda: self.page.queue.chosen_id() != call_id or self.opened(call_id))

    def sheet(self) -> Sheet:
        """The question that is open."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert found is not None
        self.until(lambda: self._in_front(found))
        self.until(lambda: found.isAncestorOf(QApplication.focusWidget() or self.page))
        assert isinstance(found, Sheet)
        return found

    @staticmethod
    def _in_front(window: QWidget) -> bool:
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()

    def choice(self) -> ChoiceSheet:
        """The list of answers that is open."""
        found = self.sheet()
        assert isinstance(found, ChoiceSheet)
        return found

    def picks(self) -> tuple[Pick, ...]:
        """The crews that the digits send now."""
        advice = self.page.steps.advice
        return tuple(advice.picks) if advice is not None else ()

    def words(self) -> str:
        """What the status line said last."""
        return self.said[-1][0] if self.said else ""
