"""An officer's hands and eyes: keys into the real window, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.app.console import Console
from console.dispatch.model import CallStatus
from console.dispatch.page.advice_panel import PickRow
from console.drill.keyboard import press, type_text
from console.drill.sample_post import drill_secret
from console.ui.dialogs import Sheet
from console.ui.elided import ElidedLabel
from tests.stories.scene import Scene


class Hands:
    """The window of ``scene``; everything is done by key."""

    def __init__(self, app: QApplication, qtbot: QtBot, scene: Scene) -> None:
        self.app, self.qtbot, self.scene = app, qtbot, scene
        self.console = Console(app, scene.post, drill=True)
        self.painted: list[str] = []
        self.usable: list[bool] = []
        self.offers = ""

    def start(self) -> None:
        """The window stands and asks who sits here."""
        self.console.start()
        self.console.desk.call_painted.connect(lambda call_id, _: self.painted.append(call_id))
        self.console.usable.connect(lambda: self.usable.append(True))
        self.console.undo.changed.connect(self._on_undo)
        self.console.window.resize(1600, 900)
        self.until(lambda: self.app.activeWindow() is self.console.window)

    def _on_undo(self, label: str, _: int) -> None:
        self.offers = label

    def stop(self) -> None:
        """The window is gone."""
        self.console.stop()

    def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Waits, with the window alive, until this holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=round(seconds * 1000))

    def press(self, key: str) -> None:
        """This key, wherever the keys go now."""
        press(self._in_front(), key)

    def type(self, text: str) -> None:
        """This text, wherever the keys go now."""
        type_text(self._in_front(), text)

    def _in_front(self) -> QWidget:
        """The question or the window, once it has the keys: they go nowhere while windows change."""
        self.until(lambda: self.app.activeWindow() is (self.sheet or self.console.window))
        return self.sheet or self.console.window

    @property
    def sheet(self) -> Sheet | None:
        """The question that stands over the window."""
        found = self.app.activeModalWidget()
        return found if isinstance(found, Sheet) else None

    def asked(self) -> None:
        """Waits until a question stands over the window and has the keys."""
        self.until(lambda: self.sheet is not None and self.app.activeWindow() is self.sheet)

    def sign_in(self, number: str = "0102") -> None:
        """This officer signs in by key and the desk is usable."""
        self.type(number)
        self.press("Tab")
        self.type(drill_secret(number))
        self.press("Return")
        self.until(lambda: self.usable and not self.console.window.gated, 40)
        self.press("F1")
        self.press("Q")

    def choose(self, call_id: str) -> None:
        """Walks to this card with the arrow keys; it is open beside the queue."""
        queue = self.console.desk.queue
        self.until(lambda: call_id in [card.call.id for card in queue.cards.cards])
        self.press("Q")
        rows: list[str] = [card.call.id for card in queue.cards.cards]
        steps = rows.index(call_id) - queue.currentIndex().row()
        for _ in range(abs(steps)):
            self.press("Down" if steps > 0 else "Up")
        self.until(lambda: self.opened == call_id)

    @property
    def opened(self) -> str:
        """The call whose facts stand at the right."""
        call = self.console.desk.panel.call
        return "" if call is None else call.id

    def shows(self, call_id: str, status: CallStatus) -> None:
        """Waits until the desk shows this call, open, in this state."""

        def there() -> bool:
            view = self.console.desk.steps.opened
            return view is not None and view.call.id == call_id and view.call.status is status

        self.until(there)

    def picks(self) -> list[str]:
        """The crews offered, as a screen reader would say them: digit, call sign, minutes."""
        rows = self.console.desk.panel.advice.findChildren(PickRow)
        return [row.accessibleName() for row in rows if row.isVisible()]

    def words(self, root: QWidget | None = None) -> str:
        """Every word on the labels that can be seen."""
        found = []
        for one in (root or self.console.window).findChildren(QLabel):
            if one.isVisible():
                found.append(one.words if isinstance(one, ElidedLabel) else one.text())
        return "\n".join(found)
