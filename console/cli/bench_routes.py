"""``bench routes``: loading a road extract, and twelve crews to one call."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from console.gridmap.model import Place, TravelProfile
from console.gridmap.routing import RoadGraph

_FOLDER = Path(__file__).resolve().parents[2]
# the real extract of the tests where it is at hand, else the sample town
ROADS = (_FOLDER / "tests/data/town.osm.pbf", _FOLDER / "resources/sample_post/town.osm.pbf")
CREWS = 12
QUESTIONS = 200


def measure(roads: Path | None = None) -> dict[str, Any]:
    """Milliseconds of this run: loading fresh and from the cache, and the query for each profile."""
    file = roads or next(path for path in ROADS if path.exists())
    with tempfile.TemporaryDirectory() as folder:
        load_ms = _timed(file, Path(folder))
        cached_ms = _timed(file, Path(folder))
        graph = RoadGraph.load(file, Path(folder))
    chance = random.Random(7)
    south, west, north, east = graph.bounds()

    def somewhere() -> Place:
        return Place(chance.uniform(south, north), chance.uniform(west, east))

    query_ms, found = {}, {}
    for profile in TravelProfile:
        graph.network(profile)
        times, answered = [], 0
        for _ in range(QUESTIONS):
            target, starts = somewhere(), [somewhere() for _ in range(CREWS)]
            began = time.perf_counter()
            travels = graph.travel(target, starts, profile)
            times.append((time.perf_counter() - began) * 1e3)
            answered += sum(travel.seconds is not None for travel in travels)
        ranked = sorted(times)
        query_ms[str(profile)] = {
            "p50": round(statistics.median(ranked), 3),
            "p99": round(ranked[int(len(ranked) * 0.99)], 3),
        }
        found[str(profile)] = round(answered / (QUESTIONS * CREWS), 3)
    return {
        "roads": file.name,
        "load_ms": round(load_ms, 1),
        "cached_load_ms": round(cached_ms, 1),
        "crews": CREWS,
        "query_ms": query_ms,
        "share_with_a_way": found,
    }


def _timed(file: Path, cache: Path) -> float:
    began = time.perf_counter()
    RoadGraph.load(file, cache).network("car")
    return (time.perf_counter() - began) * 1e3
