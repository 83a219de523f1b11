"""An officer who acknowledges, and work in the background for the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.core.database import Database
from console.ui.background import Background
from console.ui.bridge import Bridge
from tests.alarms.desk import Desk
from tests.conftest import HandClock


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    bridge = Bridge()
    made = Background(bridge)
    made.start()
    yield made
    made.stop()
    bridge.stop()


@pytest.fixture
def desk(database: Database, clock: HandClock) -> Desk:
    return Desk(database, clock)
