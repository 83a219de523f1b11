"""Turn rules: who may not turn where, on a grid of about 111 m."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.gridmap.routing import RoadGraph
from tests.gridmap.osm_files import OsmFile, at

EDGE_M = 111.195


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


def _crossing(drawn: OsmFile) -> dict[str, int]:
    arms = {
        "west": drawn.way((0, 2), (2, 2), highway="residential"),
        "east": drawn.way((2, 2), (4, 2), highway="residential"),
        "north": drawn.way((2, 2), (2, 4), highway="residential"),
        "south": drawn.way((2, 0), (2, 2), highway="residential"),
    }
    drawn.way((2, 0), (4, 0), (4, 2), highway="residential")
    drawn.way((4, 2), (4, 4), (2, 4), highway="residential")
    return arms


def test_no_left_turn(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    assert _edges(drawn, (0, 2), (2, 3)) == 3
    drawn.rule(arms["west"], (2, 2), arms["north"], restriction="no_left_turn")
    assert _edges(drawn, (0, 2), (2, 3)) == 2 + 2 + 2 + 2 + 1  # on to the east, and round
    assert _edges(drawn, (0, 2), (2, 3), "motorcycle") == 9
    assert _edges(drawn, (0, 2), (2, 3), "foot") == 3
    assert _edges(drawn, (0, 2), (2, 3), "bicycle") == 3
    assert _edges(drawn, (2, 3), (0, 2)) == 3  # the other way is free


def test_only_straight_on(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    drawn.rule(arms["west"], (2, 2), arms["east"], restriction="only_straight_on")
    assert _edges(drawn, (0, 2), (4, 2)) == 4
    assert _edges(drawn, (0, 2), (2, 3)) == 9
    assert _edges(drawn, (0, 2), (2, 1)) == 2 + 2 + 2 + 2 + 1
    assert _edges(drawn, (2, 0), (2, 3)) == 3


def test_exceptions_from_a_turn_rule(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    rule = {"restriction": "no_left_turn", "except": "psv;motorcycle"}
    drawn.rule(arms["west"], (2, 2), arms["north"], **rule)
    assert _edges(drawn, (0, 2), (2, 3)) == 9
    assert _edges(drawn, (0, 2), (2, 3), "motorcycle") == 3


def test_a_turn_rule_for_lorries_binds_no_car(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    drawn.rule(arms["west"], (2, 2), arms["north"], restriction__hgv="no_left_turn")
    assert _edges(drawn, (0, 2), (2, 3)) == 3


def test_no_u_turn_leaves_the_way_ahead_free(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    through = drawn.way((0, 4), (2, 4), (2, 5), highway="residential")
    drawn.rule(arms["west"], (2, 2), arms["west"], restriction="no_u_turn")
    drawn.rule(through, (2, 4), through, restriction="no_u_turn")
    assert _edges(drawn, (0, 2), (4, 2)) == 4
    assert _edges(drawn, (0, 4), (2, 5)) == 3


def test_each_kind_of_vehicle_may_have_its_own_rule(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    rule = {"restriction": "no_left_turn", "restriction__motorcycle": "only_left_turn"}
    drawn.rule(arms["west"], (2, 2), arms["north"], **rule)
    assert _edges(drawn, (0, 2), (2, 3)) == 9
    assert _edges(drawn, (0, 2), (2, 3), "motorcycle") == 3
    assert _edges(drawn, (0, 2), (3, 2)) == 3
    assert _edges(drawn, (0, 2), (3, 2), "motorcycle") == 2 + 2 + 2 + 2 + 1


def test_a_turn_rule_whose_ways_do_not_meet_is_left_out(drawn: OsmFile) -> None:
    arms = _crossing(drawn)
    drawn.rule(arms["west"], (2, 4), arms["south"], restriction="only_straight_on")
    assert _edges(drawn, (0, 2), (2, 3)) == 3


def test_a_turn_rule_over_a_way(drawn: OsmFile) -> None:
    """South bank, a bridge, north bank: whoever comes from the west may not turn back west."""
    west = drawn.way((0, 0), (2, 0), highway="residential")
    east = drawn.way((2, 0), (4, 0), highway="residential")
    bridge = drawn.way((2, 0), (2, 2), highway="residential")
    bank = drawn.way((0, 2), (2, 2), highway="residential")
    drawn.way((2, 2), (4, 2), (4, 5), (0, 5), (0, 2), highway="residential")
    assert east and _edges(drawn, (0, 0), (1, 2)) == 2 + 2 + 1
    drawn.rule(west, [bridge], bank, restriction="no_u_turn")
    assert _edges(drawn, (0, 0), (1, 2)) == 2 + 2 + 2 + 2 + 1  # first to the east end and back
    assert _edges(drawn, (4, 0), (1, 2)) == 2 + 2 + 1  # from the east it is no turn back
    assert _edges(drawn, (2, 1), (1, 2)) == 1 + 1  # and who starts on the bridge is free


def test_a_car_turns_round_at_a_road_s_end_only(drawn: OsmFile) -> None:
    drawn.way((0, 0), (2, 0), highway="residential")
    east = drawn.way((2, 0), (4, 0), highway="residential")
    north = drawn.way((2, 0), (2, 2), highway="residential")
    drawn.rule(east, (2, 0), north, restriction="no_right_turn")
    # straight on to the west end, round there, back, and in by a left turn
    assert _edges(drawn, (3, 0), (2, 1)) == 1 + 2 + 2 + 1
    assert _edges(drawn, (3, 0), (2, 1), "bicycle") == 2
