"""A small town of its own for the map's tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from console.core.errors import ConsoleError
from console.core.words import Words
from console.gridmap.model import PlaceHit

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

    def shapes(self) -> list[tuple[str, tuple[LatLon, ...]]]:
        return [("water", box(30.001, 120.001, 0.003, 0.006))]

    def labels(self) -> list[TownLabel]:
        return [TownLabel("红旗小学", "school", 30.007, 120.013)]


@dataclass
class Town:
    """A source that has loaded, is loading, or has failed."""

    ready: bool = True
    failed: ConsoleError | None = None
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

    cache: Path | None = None

    def fingerprint(self) -> str:
        return ""

    def graph(self) -> TownGraph:
        return TownGraph()

    def find_place(self, text: str) -> list[PlaceHit]:
        return [
            PlaceHit(known.name, known.lat, known.lon, "landmark")
            for known in self.graph().labels()
            if text in known.name
        ]
