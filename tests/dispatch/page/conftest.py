"""A duty desk with an officer at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.timings import Timings
from console.dispatch.model import CallChanged
from console.dispatch.model.call import LimitsChanged
from console.dispatch.page import DeskPage, DeskPlace
from console.gridmap.page.view import MapView
from console.gridmap.service import Roads
from console.roster.model import UnitsChanged, UnitStatusChanged
from console.roster.service import PositionBoard
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.collector import Collector
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.ui.undo import Undo
from tests.conftest import HandClock
from tests.dispatch.desk import Desk
from tests.dispatch.page.seat import WAIT_MS, Seat

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample_post"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roads]:
    """The roads of the sample town, loaded once."""
    cache = tmp_path_factory.mktemp("roads")
    found = Roads(SAMPLE / "town.osm.pbf", SAMPLE / "areas.geojson", cache)
    found.start()
    assert found.wait(60)
    yield found
    found.stop()


@pytest.fixture
def seat(
    qtbot: QtBot,
    qapp: QApplication,
    database: Database,
    bus: EventBus,
    clock: HandClock,
    officer: Actor,
    desk: Desk,
    town: Roads,
) -> Iterator[Seat]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    collector = Collector()
    collector.start()
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    positions = PositionBoard(database, bus, clock)
    positions.start()
    made = Seat(qtbot, desk, Undo(clock), [officer])
    background.on_refused = lambda error: made.said.append((str(error), "alarm"))  # type: ignore[arg-type]
    place = DeskPlace(
        database, town, clock, background, made.undo, Timings(),
        lambda: made.who[-1], lambda words, tone: made.said.append((words, tone)), positions,
    )  # fmt: skip
    view = MapView(town, background)
    made.page = DeskPage(place, view)
    ends = [
        bridge.listen(bus, kind, lambda _: made.page.news())
        for kind in (CallChanged, LimitsChanged, UnitsChanged, UnitStatusChanged)
    ]
    made.page.resize(1366, 700)
    with qtbot.waitSignal(made.page.usable, timeout=20000):
        made.page.show()
        view.show_roads()
        made.page.refresh()
    made.page.activateWindow()
    made.page.queue.setFocus()
    qtbot.waitUntil(made.page.queue.hasFocus, timeout=WAIT_MS)
    yield made
    for end in ends:
        end()
    view.stop()
    background.stop()
    positions.stop()
    bridge.stop()
    made.page.close()
    made.page.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    collector.stop()
