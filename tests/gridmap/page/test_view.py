from collections.abc import Callable

from pytestqt.qtbot import QtBot

from console.gridmap.page import MapView, Marker


def test_draws(view: MapView, ask: Callable[[MapView, str], object], qtbot: QtBot) -> None:
    view.set_layer("crews", [Marker("U1", 30.002, 120.004, "car", "101", "available")])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)
