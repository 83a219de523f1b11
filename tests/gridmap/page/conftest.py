"""A map that has drawn a small town, and a way to ask its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.gridmap.page.view import MapView
from console.ui.background import Background
from console.ui.bridge import Bridge
from tests.gridmap.page.town import Town


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    bridge = Bridge()
    workers = Background(bridge, threads=1)
    workers.start()
    yield workers
    workers.stop()
    bridge.stop()


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def view(qtbot: QtBot, town: Town, background: Background) -> Iterator[MapView]:
    """A map that has drawn the town."""
    shown = MapView(town, background)
    shown.resize(900, 600)
    qtbot.addWidget(shown)
    with qtbot.waitSignal(shown.drawn, timeout=20000):
        shown.show()
    yield shown
    shown.stop()


@pytest.fixture
def ask(qtbot: QtBot) -> Callable[[MapView, str], object]:
    """What a script in the map's page evaluates to."""

    def evaluate(shown: MapView, script: str) -> object:
        answers: list[object] = []
        shown.page.runJavaScript(script, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=10000)
        return answers[0]

    return evaluate
