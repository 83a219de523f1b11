"""The sample town is drawn by rule, always the same, and fit to be driven in."""

from __future__ import annotations

import random
from pathlib import Path

from console.drill.town import AREAS_FILE, ROADS_FILE, make
from console.gridmap.model import Place
from console.gridmap.routing import RoadGraph
from console.gridmap.routing.extract import read_extract
from console.gridmap.store import read_areas

SHIPPED = Path(__file__).resolve().parents[2] / "resources/sample_post"


def test_drawn_again_it_is_the_shipped_town(tmp_path: Path) -> None:
    make(tmp_path)
    again, shipped = read_extract(tmp_path / ROADS_FILE), read_extract(SHIPPED / ROADS_FILE)
    assert again.ways == shipped.ways
    assert again.nodes == shipped.nodes
    assert again.rules == shipped.rules
    assert again.shapes == shipped.shapes
    assert again.labels == shipped.labels
    assert read_areas(tmp_path / AREAS_FILE) == read_areas(SHIPPED / AREAS_FILE)


def test_it_has_what_a_town_has() -> None:
    town = read_extract(SHIPPED / ROADS_FILE)
    classes = {way.tags["highway"] for way in town.ways}
    assert classes >= {
        "primary", "secondary", "tertiary", "residential", "living_street", "service",
        "pedestrian", "footway",
    }  # fmt: skip
    assert sum("oneway" in way.tags for way in town.ways) >= 4
    assert {way.tags.get("oneway") for way in town.ways} >= {"yes", "-1"}
    assert any(way.tags.get("junction") == "roundabout" for way in town.ways)
    assert sum("bridge" in way.tags for way in town.ways) >= 6
    assert len(town.rules) == 7
    names = {way.tags["name"] for way in town.ways if "name" in way.tags}
    assert len(names) >= 35
    assert {"人民路", "解放路", "文化街", "建设路", "环城东路"} <= names
    kinds = {kind for kind, _ in town.shapes}
    assert kinds >= {
        "water",
        "park",
        "residential",
        "commercial",
        "industrial",
        "building",
        "river",
    }
    told = {label.kind for label in town.labels}
    assert told >= {
        "school",
        "hospital",
        "mall",
        "station",
        "square",
        "bank",
        "marketplace",
        "park",
    }


def test_every_turn_rule_of_the_plan_is_in_force() -> None:
    graph = RoadGraph.load(SHIPPED / ROADS_FILE)
    barred = graph.network("car").links.barred
    assert len(barred) >= 7


def test_nearly_every_place_can_be_driven_to() -> None:
    graph = RoadGraph.load(SHIPPED / ROADS_FILE)
    areas = read_areas(SHIPPED / AREAS_FILE)
    corners = [point for area in areas for cell in area.cells for point in cell.ring]
    chance = random.Random(5)
    places = [Place(*chance.choice(corners)) for _ in range(40)]
    for profile in ("car", "motorcycle", "bicycle", "foot"):
        lost = sum(
            travel.seconds is None
            for to in places[:20]
            for travel in graph.travel(to, places[20:], profile)
        )
        assert lost == 0, profile
