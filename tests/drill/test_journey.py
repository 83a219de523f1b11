"""A drive along a line of places."""

from __future__ import annotations

import pytest

from console.drill.journey import Journey, metres_between

PATH = [(35.0, 117.0), (35.001, 117.0), (35.001, 117.002)]


def test_a_crew_is_half_way_up_the_first_leg_heading_north() -> None:
    spot = Journey(PATH, 10.0).spot(metres_between(*PATH[0], *PATH[1]) / 20)
    assert spot.lat == pytest.approx(35.0005, abs=1e-7)
    assert (spot.lon, spot.course_deg, spot.speed_mps) == (117.0, 0.0, 10.0)


def test_after_the_corner_it_heads_east() -> None:
    spot = Journey(PATH, 10.0).spot(15.0)
    assert spot.course_deg == pytest.approx(90.0)
    assert spot.lon > 117.0


def test_at_the_end_it_stands() -> None:
    journey = Journey(PATH, 10.0)
    assert journey.done(1000.0)
    spot = journey.spot(1000.0)
    assert (spot.lat, spot.lon) == pytest.approx(PATH[-1])
    assert spot.speed_mps == 0.0


def test_a_path_of_one_place_is_a_stand() -> None:
    spot = Journey([(35.0, 117.0)], 10.0).spot(5.0)
    assert (spot.lat, spot.lon, spot.speed_mps) == (35.0, 117.0, 0.0)
