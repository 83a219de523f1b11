"""What a test of Qt furniture may ask for: a running Background with its bridge, Chinese words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.style import apply_theme
from console.ui.translation import use_language


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Every test begins by day, at scale 1, in English (the source texts)."""
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.stop()


@pytest.fixture
def background(bridge: Bridge) -> Iterator[Background]:
    made = Background(bridge)
    made.start()
    yield made
    made.stop()
