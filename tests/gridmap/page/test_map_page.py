"""The map page: its keys, its layers, its search, its words and its export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.core.errors import Unavailable
from console.gridmap.model import PlaceHit
from console.gridmap.page.map_page import MapPage
from console.gridmap.page.marker import Marker
from console.gridmap.page.view import MapView
from console.ui.background import Background
from tests.gridmap.page.town import Town

Ask = Callable[[MapView, str], object]


@pytest.fixture
def page(qtbot: QtBot, town: Town, background: Background) -> Iterator[MapPage]:
    shown = MapPage(town, background)
    shown.resize(1366, 768)
    qtbot.addWidget(shown)
    with qtbot.waitSignal(shown.view.drawn, timeout=20000):
        shown.show()
    yield shown
    shown.stop()


def test_a_place_is_found_and_shown(qtbot: QtBot, page: MapPage, ask: Ask) -> None:
    page.search.setText("红旗")
    with qtbot.waitSignal(page.place_found, timeout=5000) as told:
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert told.args == ["红旗小学", 30.007, 120.013]
    qtbot.waitUntil(lambda: ask(page.view, "gridmap.ids().join()") == "found")
    assert page.view.locked


def test_several_places_are_offered_and_one_is_chosen(
    qtbot: QtBot, page: MapPage, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = [PlaceHit("人民路", 30.0, 120.01, "street"), PlaceHit("人民巷", 30.01, 120.0, "street")]
    monkeypatch.setattr(Town, "find_place", lambda self, text: hits)
    page.search.setText("人民")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.results.isVisible)
    assert page.results.count() == 2
    QTest.keyClick(page.results, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.place_found, timeout=5000) as told:
        QTest.keyClick(page.results, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0] == "人民巷"
    assert page.results.isHidden()


def test_nothing_found_is_said(qtbot: QtBot, page: MapPage) -> None:
    page.search.setText("没有的路")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible)
    assert "没有的路" in page.notice.text


def test_a_refused_search_is_said(
    qtbot: QtBot, page: MapPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Town, text: str) -> list[PlaceHit]:
        raise Unavailable("gridmap.roads_loading")

    monkeypatch.setattr(Town, "find_place", refuse)
    page.search.setText("人民路")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.text != ""


def test_a_layer_is_put_away_by_its_key(qtbot: QtBot, page: MapPage, ask: Ask) -> None:
    page.set_layer("crews", [Marker("U1", 30.002, 120.004, "car", "101", "available")])
    qtbot.waitUntil(lambda: ask(page.view, "gridmap.counts()[1]") == 1)
    page.toggles["crews"].click()
    qtbot.waitUntil(lambda: ask(page.view, "gridmap.counts()[1]") == 0)
    assert ask(page.view, "gridmap.drawn().areas") == 4
    page.toggles["areas"].click()
    qtbot.waitUntil(lambda: ask(page.view, "gridmap.drawn().areas") == 0)
    assert float(str(ask(page.view, "gridmap.drawn().ground"))) > 0
    page.toggles["roads"].click()
    qtbot.waitUntil(lambda: ask(page.view, "gridmap.drawn().ground") == 0)


def test_home_frees_a_locked_map(qtbot: QtBot, page: MapPage) -> None:
    page.view.look_at(30.0, 120.0)
    assert page.view.locked
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    with qtbot.waitSignal(page.view.locked_changed, timeout=5000):
        QTest.keyClick(page, Qt.Key.Key_Home)
    assert not page.view.locked


def test_the_page_says_how_fresh_it_is(page: MapPage) -> None:
    before = page.freshness.text()
    page.set_layer("crews", [])
    assert page.freshness.text() != before


def test_the_map_is_exported_from_the_page(qtbot: QtBot, page: MapPage, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.exported, timeout=20000):
        page.export_to(tmp_path / "map.html")
    assert (tmp_path / "map.html").stat().st_size > 100_000
    assert str(tmp_path / "map.html") in page.notice.text


def test_an_export_that_cannot_be_written_is_said(
    qtbot: QtBot, page: MapPage, tmp_path: Path
) -> None:
    page.export_to(tmp_path / "nowhere" / "map.html")
    qtbot.waitUntil(page.notice.isVisible, timeout=20000)
    assert "nowhere" in page.notice.text
