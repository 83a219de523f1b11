"""An officer who acknowledges, and work in the background for the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.alarms import service
from console.alarms.page import AlarmsPage, PageParts
from console.alarms.page.parts import NearCamera
from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.words import Words
from console.ui.background import Background
from console.ui.bridge import Bridge
from tests.alarms.desk import Desk
from tests.alarms.page_bench import Bench
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


@pytest.fixture
def bench(database: Database, background: Background, officer: Actor, qtbot: QtBot) -> Bench:
    database.clock = SystemClock()
    told: list[str] = []
    calls: list[tuple[str, str]] = []
    shown: list[str] = []

    def make_call(actor: Actor, alarm_id: str, nature: str) -> str:
        calls.append((alarm_id, nature))
        with database.act(actor) as act:
            service.link_call(act, alarm_id, "call-1")
        return "JQ0007"

    parts = PageParts(
        database,
        background,
        database.clock,
        lambda: officer,
        lambda words, tone: told.append(words),
        make_call,
        lambda: {"8001": Words("一键报警", "help button"), "8003": Words("协作", "assistance"),
                 "8002": Words("民警求援", "officer needs help")},
        shown.append,
        lambda lat, lon: NearCamera("c1", "03 文化街口", 42),
        lambda camera_id: shown.append(f"camera {camera_id}"),
        lambda: [("l1", "报警柱采集板")],
    )  # fmt: skip
    page = AlarmsPage(parts)
    qtbot.addWidget(page)
    page.resize(1220, 690)
    page.show()
    page.activateWindow()
    page.table.setFocus()
    made = Bench(database, qtbot, page, told, calls, shown)
    made.until(lambda: page.table.freshness.text().startswith("As of"))
    return made
