"""Arrangements by rule, and layouts and tours as they are kept in a real store."""

from __future__ import annotations

import itertools

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.videowall import service
from console.videowall.model import (
    EMPTY,
    Arrangement,
    CameraId,
    Grid,
    Layout,
    Spot,
    Stop,
    Tour,
    divided,
    neighbour,
    next_empty,
    placed,
    reshaped,
    stop_at,
    with_tile,
    without_tile,
)
from console.videowall.model.layout import frozen, spots_of, thawed
from tests.videowall.conftest import camera

A, B, C = CameraId("a"), CameraId("b"), CameraId("c")
OFFICER = Actor("officer", "0123", frozenset({"duty_officer"}))
OTHER = Actor("officer", "0456", frozenset({"duty_officer"}))
CHIEF = Actor("officer", "0001", frozenset({"chief"}))


@pytest.mark.parametrize("grid", list(Grid))
def test_every_division_fills_the_wall_without_overlap(grid: Grid) -> None:
    spots = spots_of(grid)
    assert sum(spot.w * spot.h for spot in spots) == 144
    assert all(spot.inside for spot in spots)
    assert not any(one.covers(other) for one, other in itertools.combinations(spots, 2))
    assert grid is Grid.FREE or len(spots) == int(grid)


def test_cameras_keep_their_order_from_one_division_to_another() -> None:
    four = Arrangement(Grid.FOUR, spots_of(Grid.FOUR), (A, EMPTY, B, C))
    nine = divided(four, Grid.NINE)
    assert nine.cameras == (A, B, C, *([EMPTY] * 6))
    assert divided(nine, Grid.ONE).cameras == (A,)
    assert thawed(frozen(nine)) == nine


def test_a_camera_stands_once_and_changes_places() -> None:
    four = Arrangement(Grid.FOUR, spots_of(Grid.FOUR), (A, B, EMPTY, EMPTY))
    assert placed(four, 2, A).cameras == (EMPTY, B, A, EMPTY)
    assert placed(four, 1, A).cameras == (B, A, EMPTY, EMPTY)
    assert next_empty(four, 0) == 2
    assert next_empty(divided(four, Grid.ONE), 0) == 0


def test_the_eye_finds_the_next_tile_in_every_direction() -> None:
    nine = divided(Arrangement(), Grid.NINE)
    assert [neighbour(nine, 4, *way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))] == [5, 3, 7, 1]
    assert neighbour(nine, 2, 1, 0) == 2
    free = divided(Arrangement(), Grid.FREE)
    assert neighbour(free, 0, 1, 0) == 2 or neighbour(free, 0, 1, 0) == 1
    reached = {0}
    for _ in range(6):
        for at in list(reached):
            reached |= {neighbour(free, at, *way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))}
    assert reached == set(range(6))


def test_a_free_tile_grows_over_empty_ones_and_never_over_a_camera() -> None:
    four = Arrangement(Grid.FOUR, spots_of(Grid.FOUR), (A, EMPTY, B, EMPTY))
    wide = reshaped(four, 0, Spot(0, 0, 12, 6))
    assert (wide.grid, wide.cameras) == (Grid.FREE, (A, B, EMPTY))
    with pytest.raises(Refused, match="no_room"):
        reshaped(four, 0, Spot(0, 0, 6, 12))
    with pytest.raises(Refused, match="no_room"):
        reshaped(four, 0, Spot(-1, 0, 6, 6))
    with pytest.raises(Refused, match="no_room"):
        with_tile(four)
    less = without_tile(four, 1)
    assert with_tile(less).spots[-1] == Spot(6, 0, 4, 4)
    with pytest.raises(Refused, match="bad_layout"):
        without_tile(Arrangement(), 0)


def test_a_layout_of_ones_own_and_one_of_a_role(database: Database, officer: Actor) -> None:
    one = service.add_camera(database, officer, camera())
    wall = placed(divided(Arrangement(), Grid.FOUR), 3, one.id)
    wall = placed(wall, 0, CameraId("gone"))
    mine = service.keep_layout(database, OFFICER, Layout("", " 夜班\n ", wall, "0123"))
    assert (mine.name, mine.arrangement.cameras) == ("夜班", (EMPTY, EMPTY, EMPTY, one.id))
    shared = Layout("", "值班", wall, "", "duty_officer")
    with pytest.raises(Refused, match="people"):
        service.keep_layout(database, OFFICER, shared)
    service.keep_layout(database, CHIEF, shared)
    with database.read() as connection:
        assert [x.name for x in service.layouts(connection, OFFICER)] == ["值班", "夜班"]
        assert [x.name for x in service.layouts(connection, OTHER)] == ["值班"]
        assert service.layouts(connection, CHIEF) == []
    with pytest.raises(Refused, match="not_yours"):
        service.drop_layout(database, OTHER, mine)
    again = service.keep_layout(database, OFFICER, Layout("", "夜班", Arrangement(), "0123"))
    assert (again.id, again.rev) == (mine.id, 2)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        service.keep_layout(database, OFFICER, mine)
    service.drop_layout(database, OFFICER, again)
    with pytest.raises(Refused, match="unknown_layout"):
        service.drop_layout(database, OFFICER, again)


def test_the_wall_is_found_as_it_was_left(database: Database, officer: Actor) -> None:
    one = service.add_camera(database, officer, camera())
    wall = placed(divided(Arrangement(), Grid.NINE), 4, one.id)
    service.leave_as(database, OFFICER, Layout("", "", wall))
    service.leave_as(database, OFFICER, Layout("", "", wall))
    with database.read() as connection:
        left = service.left_as(connection, OFFICER)
        assert left is not None and (left.arrangement, left.rev) == (wall, 1)
        assert service.left_as(connection, OTHER) is None
        assert service.layouts(connection, OFFICER) == []


@pytest.mark.parametrize(
    ("name", "spots", "code"),
    [
        ("", (Spot(0, 0, 12, 12),), "no_layout_name"),
        ("长" * 40, (Spot(0, 0, 12, 12),), "bad_layout_name"),
        ("x", (), "bad_layout"),
        ("x", (Spot(0, 0, 12, 12), Spot(4, 4, 2, 2)), "bad_layout"),
        ("x", (Spot(0, 0, 1, 1),), "bad_layout"),
        ("x", (Spot(8, 0, 6, 6),), "bad_layout"),
    ],
)
def test_what_is_no_layout_is_refused(
    database: Database, name: str, spots: tuple[Spot, ...], code: str
) -> None:
    made = Arrangement(Grid.FREE, spots, (EMPTY,) * len(spots))
    with pytest.raises(Refused, match=code):
        service.keep_layout(database, OFFICER, Layout("", name, made, "0123"))


def test_a_tour_stays_at_each_stop_for_its_time_and_begins_again() -> None:
    tour = Tour("", "t", (Stop(A, 5), Stop(B, 10), Stop(C, 3)))
    seen = [stop_at(tour, gone) for gone in (0, 4.5, 5, 14, 15, 17.9, 18, 23)]
    assert [at for at, _ in seen] == [0, 0, 1, 1, 2, 2, 0, 1]
    assert seen[1][1] == pytest.approx(0.5)


def test_tours_are_kept_with_cameras_that_are_there(database: Database, officer: Actor) -> None:
    one = service.add_camera(database, officer, camera())
    stops = (Stop(one.id, 20), Stop(CameraId("gone"), 20))
    kept = service.keep_tour(database, OFFICER, Tour("", "夜巡", stops, "0123"))
    assert kept.stops == (Stop(one.id, 20),)
    with database.read() as connection:
        assert service.tours(connection, OFFICER) == [kept]
        assert service.tours(connection, OTHER) == []
    for bad, code in ((stops[1:], "bad_tour"), ((Stop(one.id, 1),), "bad_dwell")):
        with pytest.raises(Refused, match=code):
            service.keep_tour(database, OFFICER, Tour("", "x", bad, "0123"))
    service.drop_tour(database, OFFICER, kept)
    with database.read() as connection:
        assert service.tours(connection, OFFICER) == []
