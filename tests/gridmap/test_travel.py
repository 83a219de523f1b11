"""Who may pass where: tiny towns drawn by hand, on a grid of about 111 m."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.core.errors import Refused
from console.gridmap.model import Place, Travel
from console.gridmap.routing import RoadGraph
from tests.gridmap.osm_files import OsmFile, at

EDGE_M = 111.195
CAR_S = EDGE_M * 3.6 / 30  # one grid edge of a residential street by car


@pytest.fixture
def drawn(tmp_path: Path) -> OsmFile:
    return OsmFile(tmp_path / "drawn.osm.pbf")


def _edges(
    drawn: OsmFile, start: tuple[float, float], to: tuple[float, float], profile: str = "car"
) -> float | None:
    """Grid edges on the way, from the metres; None where there is no way."""
    graph = RoadGraph.load(drawn.write())
    metres = graph.travel(at(*to), [at(*start)], profile)[0].metres
    return None if metres is None else round(metres / EDGE_M, 2)


def test_seconds_and_metres_of_part_of_a_street(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential")
    graph = RoadGraph.load(drawn.write())
    found = graph.travel(at(3.5, 0), [at(0.5, 0), at(3.5, 0), at(1, 0.5)], "car")
    assert found[0].metres == pytest.approx(3 * EDGE_M, rel=1e-4)
    assert found[0].seconds == pytest.approx(3 * CAR_S, rel=1e-4)
    assert found[1].seconds == pytest.approx(0, abs=1e-6)
    assert found[1].metres == pytest.approx(0, abs=1e-6)
    assert found[2].metres == pytest.approx(2.5 * EDGE_M, rel=1e-4)


def test_too_far_from_any_road_is_no_way(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential")
    graph = RoadGraph.load(drawn.write())
    near, far = graph.travel(at(0, 0), [at(1, 4.4), at(1, 4.6)], "car")
    assert near.seconds is not None
    assert far == Travel(None, None)
    assert graph.travel(at(1, 4.6), [at(1, 0)], "car") == [Travel(None, None)]
    assert graph.travel(Place(45, 90), [Place(-45, -90)], "car") == [Travel(None, None)]


def test_two_nets_that_do_not_meet(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential")
    drawn.way((0, 2), (4, 2), highway="residential")
    assert _edges(drawn, (0, 0), (4, 2)) is None


@pytest.mark.parametrize(
    ("oneway", "there", "back"),
    [("yes", 4, 8), ("-1", 8, 4), ("no", 4, 4), ("reversible", 8, 8), ("true", 4, 8)],
)
def test_one_way(drawn: OsmFile, oneway: str, there: float, back: float) -> None:
    """A straight street of four edges, and a way round of eight that is open both ways."""
    drawn.way((0, 0), (4, 0), highway="residential", oneway=oneway)
    drawn.way((0, 0), (0, 2), (4, 2), (4, 0), highway="residential")
    assert _edges(drawn, (0, 0.001), (4, 0.001)) == pytest.approx(there, abs=0.02)
    assert _edges(drawn, (4, 0.001), (0, 0.001)) == pytest.approx(back, abs=0.02)
    assert _edges(drawn, (4, 0.001), (0, 0.001), "foot") == pytest.approx(4, abs=0.02)


def test_one_way_binds_the_start_in_its_middle(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential", oneway="yes")
    drawn.way((4, 0), (4, 1), (0, 1), (0, 0), highway="residential")
    assert _edges(drawn, (1, 0), (3, 0)) == pytest.approx(2, abs=0.02)
    assert _edges(drawn, (3, 0), (1, 0)) == pytest.approx(8, abs=0.02)  # once round the block


def test_bicycles_may_be_let_against_a_one_way(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential", oneway="yes", oneway__bicycle="no")
    assert _edges(drawn, (4, 0), (0, 0), "bicycle") == pytest.approx(4, abs=0.02)
    assert _edges(drawn, (4, 0), (0, 0), "motorcycle") is None


def test_a_roundabout_goes_one_way(drawn: OsmFile) -> None:
    drawn.way((0, 0), (1, 0), highway="residential")
    drawn.way((1, 0), (2, 1), (3, 0), (2, -1), (1, 0), highway="residential", junction="roundabout")
    drawn.way((3, 0), (4, 0), highway="residential")
    drawn.way((2, 1), (2, 2), highway="residential")
    half = 2 * 2**0.5
    assert _edges(drawn, (0, 0), (4, 0)) == pytest.approx(2 + half, abs=0.02)
    # from the far arm to the one just passed: three quarters of the ring
    assert _edges(drawn, (4, 0), (2, 2)) == pytest.approx(2 + 1.5 * half, abs=0.02)


@pytest.mark.parametrize(
    ("tags", "car", "foot", "bicycle"),
    [
        ({"highway": "footway"}, False, True, False),
        ({"highway": "steps"}, False, True, False),
        ({"highway": "pedestrian"}, False, True, False),
        ({"highway": "pedestrian", "motor_vehicle": "yes"}, True, True, False),
        ({"highway": "cycleway"}, False, True, True),
        ({"highway": "footway", "bicycle": "yes"}, False, True, True),
        ({"highway": "motorway", "oneway": "no"}, True, False, False),
        ({"highway": "residential", "access": "no"}, False, False, False),
        ({"highway": "residential", "access": "private"}, False, False, False),
        ({"highway": "residential", "access": "private", "foot": "yes"}, False, True, False),
        ({"highway": "residential", "access": "no", "motor_vehicle": "yes"}, True, False, False),
        ({"highway": "residential", "motor_vehicle": "no"}, False, True, True),
        ({"highway": "residential", "vehicle": "no"}, False, True, False),
        ({"highway": "residential", "motorcar": "no", "motor_vehicle": "yes"}, False, True, True),
        ({"highway": "trunk", "motorroad": "yes"}, True, False, False),
        ({"highway": "construction"}, False, False, False),
        ({"highway": "service", "access": "destination"}, True, True, True),
    ],
    ids=lambda value: (
        "+".join(f"{k}={v}" for k, v in value.items()) if value.__hash__ is None else ""
    ),
)
def test_access(drawn: OsmFile, tags: dict[str, str], car: bool, foot: bool, bicycle: bool) -> None:
    drawn.way((0, 0), (4, 0), **tags)
    for profile, passes in (("car", car), ("foot", foot), ("bicycle", bicycle)):
        found = _edges(drawn, (0, 0), (4, 0), profile)
        assert (found is not None) is passes, profile


@pytest.mark.parametrize(
    ("tags", "car", "bicycle"),
    [
        ({"barrier": "bollard"}, False, True),
        ({"barrier": "gate"}, True, True),
        ({"barrier": "gate", "access": "private"}, False, False),
        ({"barrier": "gate", "locked": "yes"}, False, False),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, True, True),
        ({"barrier": "stile"}, False, False),
        ({"access": "no", "bicycle": "yes"}, False, True),
    ],
    ids=lambda value: (
        "+".join(f"{k}={v}" for k, v in value.items()) if value.__hash__ is None else ""
    ),
)
def test_barriers(drawn: OsmFile, tags: dict[str, str], car: bool, bicycle: bool) -> None:
    drawn.way((0, 0), (2, 0), (4, 0), highway="residential")
    drawn.node(2, 0, **tags)
    for profile, passes in (("car", car), ("bicycle", bicycle)):
        assert (_edges(drawn, (0, 0), (4, 0), profile) is not None) is passes, profile


def test_speed_signs_change_the_seconds(drawn: OsmFile) -> None:
    drawn.way((0, 0), (4, 0), highway="residential", maxspeed="60")
    drawn.way((0, 1), (4, 1), highway="residential", maxspeed="30 mph")
    drawn.way((0, 2), (4, 2), highway="residential", maxspeed="signals")
    drawn.way((0, 3), (4, 3), highway="primary", maxspeed__backward="20")
    graph = RoadGraph.load(drawn.write())

    def kmh(y: float, profile: str = "car", start: float = 0) -> float:
        travel = graph.travel(at(4 - start, y), [at(start, y)], profile)[0]
        assert travel.seconds and travel.metres
        return travel.metres / travel.seconds * 3.6

    assert kmh(0) == pytest.approx(60)
    assert kmh(1) == pytest.approx(48.28, abs=0.01)
    assert kmh(2) == pytest.approx(30)
    assert kmh(3) == pytest.approx(60)
    assert kmh(3, start=4) == pytest.approx(20)
    assert kmh(0, "foot") == pytest.approx(5)
    assert kmh(0, "bicycle") == pytest.approx(15)


def test_a_way_that_leaves_the_extract_is_parted(tmp_path: Path) -> None:
    import osmium

    file = tmp_path / "cut.osm.pbf"
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        for number, x in ((1, 0), (2, 1), (4, 3), (5, 4)):
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(x * 0.001, 0.0)))
        writer.add_way(
            osmium.osm.mutable.Way(id=1, nodes=[1, 2, 3, 4, 5], tags={"highway": "residential"})
        )
    graph = RoadGraph.load(file)
    assert [len(line) for _, _, line in graph.ways()] == [2, 2]
    assert graph.travel(at(1, 0), [at(0, 0), at(4, 0)], "car")[1] == Travel(None, None)


def test_path_runs_from_start_to_target(drawn: OsmFile) -> None:
    drawn.way((0, 0), (2, 0), (2, 2), highway="residential")
    graph = RoadGraph.load(drawn.write())
    for start, to in ((at(0.5, 0), at(2, 1.5)), (at(2, 1.5), at(0.5, 0))):
        line = graph.path(start, to, "car")
        assert len(line) == 3
        assert line[0] == pytest.approx((start.lat, start.lon), abs=1e-7)
        assert line[1] == pytest.approx((0, 0.002), abs=1e-7)
        assert line[-1] == pytest.approx((to.lat, to.lon), abs=1e-7)
    assert graph.path(at(0, 9), at(0, 0), "car") == []


def test_limit_leaves_out_the_far_ones(drawn: OsmFile) -> None:
    drawn.way((0, 0), (1, 0), highway="residential")
    drawn.way((1, 0), (4, 0), highway="residential")
    drawn.way((1, 0), (1, 4), highway="residential")
    graph = RoadGraph.load(drawn.write())
    near, far = graph.travel(at(0, 0), [at(2, 0), at(4, 0)], "car", limit_s=2.5 * CAR_S)
    assert near.seconds == pytest.approx(2 * CAR_S, rel=1e-4)
    assert far == Travel(None, None)


def test_an_unknown_profile_is_refused(drawn: OsmFile) -> None:
    drawn.way((0, 0), (1, 0), highway="residential")
    graph = RoadGraph.load(drawn.write())
    with pytest.raises(Refused, match="profile"):
        graph.travel(at(0, 0), [at(1, 0)], "boat")
