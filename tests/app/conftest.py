"""The whole console on a copy of the sample post, without a city, at a real window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.app.console import Console
from console.app.post import Post
from console.core.clock import to_text
from console.core.ids import CallId, UnitId, new_id
from console.dispatch import service
from console.drill.sample_post import drill_secret, make_sample_post, sample_units
from console.settings import CityRoad, read_settings
from console.ui.dialogs import Sheet
from console.ui.translation import use_language

WAIT_MS = 10000
SCENE = (35.400274, 121.600686)


def in_front(window: QWidget) -> bool:
    """The window has the keys; asked for again until the window manager agrees."""
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


@dataclass
class Desk:
    """An officer's hands on the console."""

    qtbot: QtBot
    console: Console

    def until(self, true: Any) -> None:
        """Waits for a condition."""
        self.qtbot.waitUntil(true, timeout=WAIT_MS)

    def press(self, key: str, on: QWidget | None = None) -> None:
        """The key is pressed where the focus is."""
        target = on or self.console.window.focusWidget() or self.console.window
        self.until(lambda: in_front(target.window()))
        QTest.keySequence(target, QKeySequence(key))

    def type(self, text: str, on: QWidget | None = None) -> None:
        """Letters are typed where the focus is."""
        QTest.keyClicks(on or self.console.window.focusWidget(), text)

    def sign_in(self, number: str = "0101") -> None:
        """The officer sits down, by keys."""
        page = self.console.sign_in
        self.until(page.isVisible)
        page.number.setFocus()
        page.number.clear()
        self.type(number, page.number)
        self.type(drill_secret(number), page.secret)
        self.press("Return", page.secret)
        self.until(lambda: not self.console.window.gated)
        self.until(lambda: self.console.desk.board is not None)

    def unlock(self, secret: str) -> None:
        """The secret is typed into the lock."""
        page = self.console.lock_page
        page.secret.setFocus()
        self.type(secret, page.secret)
        self.press("Return", page.secret)

    def command(self, line: str) -> None:
        """The line is typed into the command bar and entered."""
        bar, window = self.console.window.commands.line, self.console.window
        self.until(lambda: QApplication.activeModalWidget() is None)
        self.until(lambda: in_front(window))
        self.press("Ctrl+K")
        self.until(bar.hasFocus)
        bar.setText(line)
        bar.textEdited.emit(line)
        self.press("Return", bar)

    def create(self, **changes: Any) -> CallId:
        """The feed brings a call; the queue shows it."""
        message = {
            "call_id": new_id(),
            "received_at": to_text(self.console.post.clock.now()),
            "channel": "110",
            "nature": "2001",
            "level": 2,
            "place": {"text": "解放路", "lat": SCENE[0], "lon": SCENE[1], "datum": "wgs84"},
            "report": "两人打架",
            "due": {"sign_s": 30, "depart_s": 300, "feedback_s": 1800},
            **changes,
        }
        with self.console.post.database.act(self.console.actor()) as act:
            service.call_created(act, message)
        call_id = CallId(message["call_id"])
        self.until(lambda: call_id in [c.call.id for c in self.console.desk.queue.cards.cards])
        return call_id

    def choose(self, call_id: CallId) -> None:
        """The call is chosen and opened."""
        self.console.desk.choose_call(call_id)

        def opened() -> bool:
            view = self.console.desk.steps.opened
            return view is not None and view.call.id == call_id

        self.until(opened)

    def status(self, call_id: CallId) -> str:
        """Where the call stands in the store."""
        with self.console.post.database.read() as connection:
            return str(service.call(connection, call_id).call.status)

    def shown(self, call_id: CallId) -> str:
        """Where the call stands on the desk's board."""
        cards = self.console.desk.queue.cards.cards
        return next((str(c.call.status) for c in cards if c.call.id == call_id), "")

    def crews(self, call_id: CallId) -> list[str]:
        """The call signs of the crews on it."""
        with self.console.post.database.read() as connection:
            return [a.call_sign for a in service.call(connection, call_id).assignments if a.is_open]

    def unit(self, call_sign: str) -> UnitId:
        """The crew with this call sign."""
        units = sample_units(self.console.post.database)
        return next(one.unit_id for one in units if one.call_sign == call_sign)

    def told(self) -> str:
        """What the status line says."""
        return self.console.window.commands.activity.text()

    def sheet(self) -> Sheet:
        """The question that is open."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert isinstance(found, Sheet)
        self.until(lambda: in_front(found))
        return found


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample post, made once; the keys lie beside it."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POST_CONSOLE_KEYS", str(folder / "keys"))
        make_sample_post(folder / "post", CityRoad(), "zh_CN")
    return folder


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    shutil.copytree(sample / "post", tmp_path / "post")
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(sample / "keys"))
    use_language(qapp, "zh_CN")
    post = Post(read_settings(tmp_path / "post"))
    post.start()
    console = Console(qapp, post)
    console.window.resize(1366, 768)
    console.start()
    console.window.activateWindow()
    yield Desk(qtbot, console)
    console.stop()
    post.stop()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    use_language(qapp, "en")
