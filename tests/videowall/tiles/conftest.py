"""A page with eighteen cameras before a wall whose pictures stand as the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import (
    Tier,
)
from console.videowall.page import PageParts, WallPage
from tests.videowall.conftest import camera
from tests.videowall.hand_wall import HandWall

MANY = 18
SMALL = "lavfi:testsrc2=size=160x90:rate=5"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def hand() -> HandWall:
    return HandWall()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def parts(
    database: Database,
    officer: Actor,
    background: Background,
    hand: HandWall,
    told: list[str],
    tmp_path: Path,
) -> PageParts:
    for number in range(1, MANY + 1):
        tier = Tier(1 + number % 3)
        service.add_camera(
            database, officer, camera(number=f"SX{number:03}", tier=tier, sub_address=SMALL)
        )
    return PageParts(
        database,
        hand,
        background,
        lambda: officer,
        lambda words, _: told.append(words),
        lambda _: None,
        tmp_path / "pictures",
    )


@pytest.fixture
def make_page(parts: PageParts, qtbot: QtBot) -> Callable[[], WallPage]:
    def made() -> WallPage:
        page = WallPage(parts)
        qtbot.addWidget(page)
        page.resize(1500, 900)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
        qtbot.waitUntil(lambda: page.table.chosen_row() is not None and len(page.known) == MANY)
        return page

    return made


@pytest.fixture
def page(make_page: Callable[[], WallPage]) -> WallPage:
    return make_page()
