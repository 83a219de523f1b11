"""A small town of its own for the map's tests, and the engine made ready before Qt starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from console.core.errors import ConsoleError
from console.core.words import Words
from console.gridmap.page import MapView
from console.gridmap.page.engine import register_scheme, set_engine_flags
from console.ui.background import Background
from console.ui.bridge import Bridge

LatLon = tuple[float, float]


@dataclass(frozen=True)
class TownLabel:
    name: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True)
class TownCell:
    ring: tuple[LatLon, ...]


@dataclass(frozen=True)
class TownArea:
    id: str
    name: Words
    minutes: int
    ring: tuple[LatLon, ...]
    cells: tuple[TownCell, ...] = ()


def box(lat: float, lon: float, high: float, wide: float) -> tuple[LatLon, ...]:
    return (
        (lat, lon),
        (lat, lon + wide),
        (lat + high, lon + wide),
        (lat + high, lon),
        (lat, lon),
    )


class TownGraph:
    """Three streets by three, a lake and a school."""

    def ways(self) -> list[tuple[str, str | None, list[LatLon]]]:
        rows = [
            ("primary", "人民路", [(30.0, 120.0 + i * 0.005) for i in range(5)]),
            ("residential", "槐树街", [(30.005, 120.0 + i * 0.005) for i in range(5)]),
            ("service", None, [(30.01, 120.0), (30.01, 120.02)]),
            ("secondary", "解放路", [(30.0 + i * 0.005, 120.01) for i in range(3)]),
        ]
        return [(kind, name, line) for kind, name, line in rows]

    def shapes(self) -> list[tuple[str, str | None, tuple[LatLon, ...]]]:
        return [("water", "镜湖", box(30.001, 120.001, 0.003, 0.006))]

    def labels(self) -> list[TownLabel]:
        return [TownLabel("红旗小学", "school", 30.007, 120.013)]


@dataclass
class Town:
    """A source that has loaded, is loading, or has failed."""

    ready: bool = True
    error: ConsoleError | None = None
    areas: tuple[TownArea, ...] = field(
        default=(
            TownArea(
                "A1",
                Words("湖滨巡区", "Lakeside"),
                1,
                box(30.0, 120.0, 0.01, 0.01),
                (TownCell(box(30.0, 120.0, 0.005, 0.005)),),
            ),
            TownArea("A2", Words("东门巡区", "East gate"), 5, box(30.0, 120.01, 0.01, 0.01)),
        )
    )

    def graph(self) -> TownGraph:
        return TownGraph()

    def find_place(self, text: str) -> list[TownLabel]:
        return [found for found in self.graph().labels() if text in found.name]


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """Before the application of the tests exists."""
    set_engine_flags()
    register_scheme()


@pytest.fixture(scope="session")
def qapp_args(engine: None) -> list[str]:
    return ["map-test"]


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
