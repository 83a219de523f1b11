"""The map in a real engine: what is told to it stands on it, what is done on it is told."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.errors import Refused
from console.gridmap.page.marker import Marker, Zone, circle
from console.gridmap.page.palette import DAY, NIGHT
from console.gridmap.page.view import MapView
from console.gridmap.service import Roads
from console.ui.background import Background
from tests.gridmap.page.town import Town

Ask = Callable[[MapView, str], object]
SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample_post"
CAR = Marker("U1", 30.002, 120.004, "car", "101", "available", 3, 90)


def surface(view: MapView) -> QWidget:
    """The widget of the engine that takes the mouse."""
    web = view.focusProxy()
    assert web is not None
    found = web.focusProxy()
    assert found is not None
    return found


def press(view: MapView, spot: tuple[float, float]) -> None:
    QTest.mouseMove(surface(view), QPoint(round(spot[0]), round(spot[1])))
    QTest.mouseClick(
        surface(view),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(round(spot[0]), round(spot[1])),
    )


def turn_wheel(view: MapView) -> None:
    middle = QPointF(surface(view).rect().center())
    turn = QWheelEvent(
        middle,
        surface(view).mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(surface(view), turn)


def spot_of(qtbot: QtBot, view: MapView, ask: Ask, layer: str, marker: str) -> tuple[float, float]:
    """Where a marker stands, once it stands inside the window and has stopped moving."""
    seen: list[object] = [None]

    def found() -> bool:
        seen.append(ask(view, f"JSON.stringify(gridmap.spot('{layer}', '{marker}'))"))
        return seen[-1] not in (None, "null") and len(seen) > 5 and len(set(seen[-5:])) == 1

    qtbot.waitUntil(found, timeout=10000)
    x, y, *_ = json.loads(str(seen[-1]))
    return x, y


def test_markers_stand_on_the_map_and_leave_it(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR])
    view.set_layer("calls", [Marker("C1", 30.004, 120.006, "call1", "JQ1", "alarm")])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 2)
    view.show_layer("crews", False)
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)
    view.set_layer("calls", [])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 0)


def test_streets_and_areas_are_named(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    qtbot.waitUntil(lambda: int(str(ask(view, "gridmap.counts()[0]")).split(".")[0]) >= 4)
    assert ask(view, "document.getElementById('credit').textContent") == "© OpenStreetMap"


def test_a_place_that_is_none_is_left_out(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    lost = [Marker("a", float("nan"), 120.0, "car"), Marker("b", 30.0, 999.0, "car")]
    view.set_layer("crews", [CAR, *lost])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)


def test_a_marker_pressed_is_told(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR])
    spot = spot_of(qtbot, view, ask, "crews", "U1")
    with qtbot.waitSignal(view.marker_chosen, timeout=5000) as told:
        press(view, spot)
    assert told.args == ["crews", "U1"]


def test_a_pick_is_told_as_a_place_and_ends(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR])
    spot = spot_of(qtbot, view, ask, "crews", "U1")
    view.start_pick()
    qtbot.waitUntil(lambda: ask(view, "document.getElementById('hint').hidden") is False)
    with qtbot.waitSignal(view.picked, timeout=5000) as told:
        press(view, spot)
    lat, lon = told.args
    assert (lat, lon) == (pytest.approx(30.002, abs=1e-4), pytest.approx(120.004, abs=1e-4))
    qtbot.waitUntil(lambda: ask(view, "document.getElementById('hint').hidden") is True)
    with qtbot.assertNotEmitted(view.picked), qtbot.waitSignal(view.marker_chosen, timeout=5000):
        press(view, spot)


def test_esc_leaves_the_pick(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.start_pick()
    qtbot.waitUntil(lambda: ask(view, "document.getElementById('hint').hidden") is False)
    with qtbot.waitSignal(view.pick_ended, timeout=5000):
        QTest.keyClick(surface(view), Qt.Key.Key_Escape)


def looks(view: MapView, ask: Ask) -> tuple[float, float, float]:
    lat, lon, zoom = json.loads(str(ask(view, "JSON.stringify(gridmap.view())")))
    return round(lat, 4), round(lon, 4), zoom


def test_it_fits_when_the_set_changes_until_a_gesture(
    qtbot: QtBot, view: MapView, ask: Ask
) -> None:
    view.set_layer("crews", [CAR])
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.002, 120.004))
    with qtbot.waitSignal(view.locked_changed, timeout=5000) as told:
        turn_wheel(view)
    assert told.args == [True]
    qtbot.waitUntil(lambda: ask(view, "document.getElementById('lock').hidden") is False)
    qtbot.waitUntil(lambda: looks(view, ask)[2] < 16.5)
    moved = looks(view, ask)
    view.set_layer("crews", [CAR, Marker("U2", 30.009, 120.019, "foot", "102")])
    qtbot.waitUntil(lambda: "U2" in str(ask(view, "JSON.stringify(gridmap.ids())")))
    assert looks(view, ask) == moved
    with qtbot.waitSignal(view.locked_changed, timeout=5000) as freed:
        view.fit()
    assert freed.args == [False]
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.0055, 120.0115))


def test_a_drag_locks_it(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    with qtbot.waitSignal(view.locked_changed, timeout=5000):
        QTest.mousePress(surface(view), Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
        for step in range(1, 6):
            QTest.mouseMove(surface(view), QPoint(200 + 20 * step, 200 + 10 * step), 20)
        QTest.mouseRelease(surface(view), Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    assert view.locked


def test_the_same_choice_twice_goes_back(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR, Marker("U2", 30.009, 120.019, "foot", "102")])
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.0055, 120.0115))
    view.choose("crews", "U2")
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.009, 120.019))
    view.choose("crews", "U2")
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.0055, 120.0115))


def test_a_theme_colours_the_page(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--ground')"
    assert ask(view, colour) == DAY["ground"]
    view.set_theme({"ground": "#0d1217"})
    qtbot.waitUntil(lambda: ask(view, colour) == NIGHT["ground"])


def test_response_circles_are_drawn(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_zones([Zone(3, (circle(30.005, 120.01, 400),))])
    qtbot.waitUntil(lambda: ask(view, "gridmap.drawn().zones") == 1)
    view.set_zones([])
    qtbot.waitUntil(lambda: ask(view, "gridmap.drawn().zones") == 0)


def test_a_map_that_grows_fits_again_unless_locked(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR, Marker("U2", 30.009, 120.019, "foot", "102")])
    qtbot.waitUntil(lambda: looks(view, ask)[:2] == (30.0055, 120.0115))
    before = looks(view, ask)[2]
    view.resize(450, 300)
    qtbot.waitUntil(lambda: looks(view, ask)[2] < before)
    view.look_at(30.001, 120.001, 15)
    qtbot.waitUntil(lambda: looks(view, ask) == (30.001, 120.001, 15))
    view.resize(1200, 800)
    qtbot.waitUntil(lambda: ask(view, "innerWidth") == 1200)
    assert looks(view, ask)[2] == 15


def test_what_was_told_before_it_is_seen_stands_there_then(
    qtbot: QtBot, town: Town, background: Background, ask: Ask
) -> None:
    early = MapView(town, background)
    qtbot.addWidget(early)
    early.set_layer("crews", [CAR, Marker("U2", 30.009, 120.019, "foot", "102")])
    early.choose("crews", "U2")
    early.start_pick()
    with qtbot.waitSignal(early.drawn, timeout=20000):
        early.show()
    assert ask(early, "document.getElementById('hint').hidden") is False
    assert looks(early, ask)[:2] == (30.009, 120.019)
    early.stop()


def test_a_failed_extract_is_said_and_the_areas_still_stand(
    qtbot: QtBot, background: Background, ask: Ask
) -> None:
    town = Town(ready=False, failed=Refused("gridmap.roads_empty", path="town.osm.pbf"))
    shown = MapView(town, background)
    qtbot.addWidget(shown)
    with qtbot.waitSignal(shown.drawn, timeout=20000):
        shown.show()
    assert "town.osm.pbf" in shown.notice.text
    assert shown.notice.isVisible()
    assert ask(shown, "gridmap.drawn().areas") == 4
    shown.stop()


def test_loading_is_said_until_the_roads_are_there(
    qtbot: QtBot, background: Background, ask: Ask
) -> None:
    town = Town(ready=False)
    shown = MapView(town, background)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.state[0] != "")
    with qtbot.waitSignal(shown.drawn, timeout=20000):
        town.ready = True
    assert shown.state == ("", "")
    assert shown.notice.isHidden()
    shown.stop()


def test_a_dead_page_comes_back_with_everything(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    view.set_layer("crews", [CAR])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)
    with qtbot.waitSignal(view.drawn, timeout=20000):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)


def test_a_crash_loop_ends_with_words_and_the_fit_key_tries_again(
    qtbot: QtBot, view: MapView, ask: Ask
) -> None:
    for _ in range(3):
        with qtbot.waitSignal(view.drawn, timeout=20000):
            os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(view.notice.isVisible, timeout=10000)
    assert view.state[0] != ""
    with qtbot.waitSignal(view.drawn, timeout=20000):
        view.fit()
    assert view.notice.isHidden()


@pytest.mark.parametrize(
    "body", [b"", b"not a map at all" * 100, b"cut"], ids=["empty", "other", "cut"]
)
def test_a_bad_extract_is_named_in_words(
    qtbot: QtBot, background: Background, tmp_path: Path, body: bytes
) -> None:
    file = tmp_path / "town.osm.pbf"
    whole = (SAMPLE / "town.osm.pbf").read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if body == b"cut" else body)
    roads = Roads(file)
    roads.start()
    shown = MapView(roads, background)
    qtbot.addWidget(shown)
    with qtbot.waitSignal(shown.drawn, timeout=20000):
        shown.show()
    assert str(file) in shown.notice.text
    roads.stop()
    shown.stop()
