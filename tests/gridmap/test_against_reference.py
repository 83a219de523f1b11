"""The quick answer is the slow reference's answer, on random pairs of a real and a drawn town."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from console.gridmap.model import Place
from console.gridmap.routing import RoadGraph
from tests.gridmap.slow_reference import Reference

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "tests/data/town.osm.pbf"
DRAWN = ROOT / "resources/sample_post/town.osm.pbf"


@pytest.mark.parametrize(
    ("file", "profile", "pairs"),
    [
        (REAL, "car", 60),
        (REAL, "foot", 25),
        (REAL, "bicycle", 25),
        (DRAWN, "car", 60),
        (DRAWN, "motorcycle", 40),
    ],
    ids=lambda value: value.parent.name if isinstance(value, Path) else str(value),
)
def test_same_as_the_slow_reference(file: Path, profile: str, pairs: int) -> None:
    graph, reference = RoadGraph.load(file), Reference.load(file, profile)
    south, west, north, east = graph.bounds()
    chance = random.Random(11)
    differing, found = [], 0
    for _ in range(pairs):
        start, to = (
            Place(chance.uniform(south, north), chance.uniform(west, east)) for _ in range(2)
        )
        quick = graph.travel(to, [start], profile)[0].seconds
        slow = reference.seconds(start, to)
        found += slow is not None
        if (quick is None) != (slow is None) or (
            quick is not None and slow is not None and abs(quick - slow) > 0.02 + 0.001 * slow
        ):
            differing.append((start, to, quick, slow))
    assert not differing
    assert found > pairs / 2, "too few pairs had a way for the comparison to mean anything"


def test_turn_rules_matter_in_the_drawn_town() -> None:
    """The comparison above would pass without turn rules if none of them changed an answer."""
    graph, reference = RoadGraph.load(DRAWN), Reference.load(DRAWN, "car")
    south, west, north, east = graph.bounds()
    reference.extract.rules.clear()
    chance = random.Random(11)
    longer = 0
    for _ in range(60):
        start, to = (
            Place(chance.uniform(south, north), chance.uniform(west, east)) for _ in range(2)
        )
        bound, free = graph.travel(to, [start], "car")[0].seconds, reference.seconds(start, to)
        if bound is not None and free is not None:
            longer += bound > free + 1
    assert longer > 0
