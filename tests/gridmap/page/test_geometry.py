"""What stands still becomes one JSON: streets joined, places in micro-degrees."""

import json

import pytest

from console.core.words import Words
from console.gridmap.page.geometry import build, join
from tests.gridmap.page.town import Town


def chinese(words: Words) -> str:
    return words.zh_CN


def test_pieces_of_one_street_are_joined_end_to_end() -> None:
    pieces = [
        ("residential", "槐树街", [(0.0, 0.0), (0.0, 1.0)]),
        ("residential", "槐树街", [(0.0, 3.0), (0.0, 2.0)]),
        ("residential", "槐树街", [(0.0, 2.0), (0.0, 1.0)]),
        ("residential", None, [(5.0, 0.0), (5.0, 1.0)]),
        ("residential", None, [(5.0, 1.0), (5.0, 2.0)]),
        ("primary", "槐树街", [(0.0, 3.0), (0.0, 4.0)]),
        ("primary", "一个点", [(9.0, 9.0)]),
    ]
    joined = join([(kind, name, list(line)) for kind, name, line in pieces])
    named = [line for kind, name, line in joined if (kind, name) == ("residential", "槐树街")]
    assert len(named) == 1
    assert sorted(named[0]) == [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, 3.0)]
    assert len(joined) == 4


def test_the_json_holds_roads_shapes_names_and_areas() -> None:
    town = Town()
    made = build(town.graph(), town.areas, chinese)
    body = json.loads(made.body)
    assert (made.ways, made.areas, made.zones) == (4, 2, (1, 5))
    assert body["areas"][0][1] == "湖滨巡区"
    assert len(body["areas"][0][4]) == 1
    assert body["shapes"][0][0] == "water"
    assert body["labels"] == [["school", "红旗小学", 30.007, 120.013]]
    assert body["bounds"] == [30.0, 120.0, 30.01, 120.02]
    assert ["service", "", [30010000, 120000000, 30010000, 120020000]] in body["ways"]


def test_without_roads_the_areas_alone_give_the_bounds() -> None:
    made = build(None, Town().areas, chinese)
    assert made.ways == 0
    assert made.bounds is not None
    assert made.bounds.east == pytest.approx(120.02)


def test_nothing_at_all_is_no_error() -> None:
    made = build(None, (), chinese)
    assert made.bounds is None
    assert json.loads(made.body)["ways"] == []
