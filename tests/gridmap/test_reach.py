"""Outlines of what can be reached."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from console.core.errors import Refused
from console.gridmap.model import Place, Reach
from console.gridmap.routing import RoadGraph
from tests.gridmap.osm_files import OsmFile, at

ROOT = Path(__file__).resolve().parents[2]
TIMES = (60.0, 180.0, 300.0)


def _shape(reach: Reach) -> Any:
    return shapely.from_geojson(json.dumps(reach.geometry))


@pytest.mark.parametrize("profile", ["car", "motorcycle", "bicycle", "foot"])
@pytest.mark.parametrize("where", [(60.53, 26.95), (60.525, 26.94), (60.5353, 26.9561)])
def test_valid_nested_and_wound_as_rfc_7946(profile: str, where: tuple[float, float]) -> None:
    graph = RoadGraph.load(ROOT / "tests/data/town.osm.pbf")
    found = graph.reach(Place(*where), TIMES, profile)
    assert [reach.seconds for reach in found] == list(TIMES)
    shapes = [_shape(reach) for reach in found]
    for shape in shapes:
        assert shape.geom_type in ("Polygon", "MultiPolygon")
        assert shape.is_valid
        assert not shape.is_empty
        for part in getattr(shape, "geoms", [shape]):
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
    for small, large in pairwise(shapes):
        assert large.covers(small)
        assert large.area > small.area


def test_it_holds_what_the_travel_times_say() -> None:
    graph = RoadGraph.load(ROOT / "resources/sample_post/town.osm.pbf")
    start = Place(35.4046, 121.5950)
    shape = _shape(graph.reach(start, [120], "car")[0])
    inside = outside = 0
    for road, _, line in graph.ways():
        if road in ("footway", "pedestrian"):
            continue  # cars start from the street beside it
        for lat, lon in line:
            seconds = graph.travel(Place(lat, lon), [start], "car")[0].seconds
            covered = bool(shape.covers(shapely.Point(lon, lat)))
            if seconds is not None and seconds < 118:
                assert covered
                inside += 1
            elif seconds is not None and seconds > 160:
                outside += not covered
    assert inside > 50
    assert outside > 200


def test_order_of_the_question_is_kept() -> None:
    graph = RoadGraph.load(ROOT / "tests/data/town.osm.pbf")
    found = graph.reach(Place(60.53, 26.95), [300, 60, 300], "car")
    assert [reach.seconds for reach in found] == [300, 60, 300]
    assert found[0] == found[2]


def test_a_one_way_street_is_reached_along_it_only(tmp_path: Path) -> None:
    drawn = OsmFile(tmp_path / "one.osm.pbf")
    drawn.way((0, 0), (8, 0), highway="residential", oneway="yes")
    graph = RoadGraph.load(drawn.write())
    shape = _shape(graph.reach(at(4, 0), [20], "car")[0])
    assert shape.covers(shapely.Point(0.005, 0))
    assert not shape.covers(shapely.Point(0.003, 0))


def test_no_road_near_is_refused() -> None:
    graph = RoadGraph.load(ROOT / "tests/data/town.osm.pbf")
    with pytest.raises(Refused, match="no_road_near"):
        graph.reach(Place(35, 117), [60], "car")
