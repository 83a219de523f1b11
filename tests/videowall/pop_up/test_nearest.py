"""Which cameras show a place: distance, field of view, and what is not known."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.videowall.model import Camera, CameraId, Sight, bearing_deg, nearest, sight_of

LAT, LON = 35.4, 121.6
A_METRE = 1 / 111_195  # of latitude, in degrees


def standing(
    metres: float, towards_deg: float = 0.0, number: str = "SX1", **more: object
) -> Camera:
    """A camera so far from the place, in this direction from it."""
    north = math.cos(math.radians(towards_deg)) * metres * A_METRE
    east = math.sin(math.radians(towards_deg)) * metres * A_METRE / math.cos(math.radians(LAT))
    base = Camera(CameraId(number), number, number, LAT + north, LON + east, "lavfi:testsrc")
    return replace(base, **more)  # type: ignore[arg-type]


def numbers(cameras: list[Camera], most: int = 9, within_m: float = math.inf) -> list[str]:
    return [one.camera.number for one in nearest(cameras, LAT, LON, most, within_m)]


def test_without_a_view_only_the_distance_counts() -> None:
    far, near = standing(300, 10, "far"), standing(50, 200, "near", direction_deg=180.0)
    assert numbers([far, near]) == ["near", "far"]
    assert numbers([far, near], 1) == ["near"]
    assert numbers([far, near], 9, 100) == ["near"]


def test_one_that_looks_there_comes_before_a_nearer_one_that_looks_away() -> None:
    # 200 m north of it and looking south; 50 m east of it and looking east, away from it
    towards = standing(200, 0, "towards", direction_deg=180.0, view_deg=90.0, range_m=300.0)
    away = standing(50, 90, "away", direction_deg=90.0, view_deg=90.0)
    assert numbers([away, towards]) == ["towards", "away"]
    assert [one.looks for one in nearest([away, towards], LAT, LON, 2)] == [True, False]


def test_one_that_cannot_see_so_far_comes_after_all_others() -> None:
    short = standing(120, 0, "short", direction_deg=180.0, view_deg=90.0, range_m=100.0)
    unknown = standing(250, 0, "unknown")
    assert numbers([short, unknown]) == ["unknown", "short"]


@pytest.mark.parametrize(
    ("more", "looks"),
    [
        ({}, None),
        ({"direction_deg": 0.0}, None),  # which way it looks, but not how wide
        ({"view_deg": 90.0}, None),
        ({"view_deg": 360.0}, True),
        ({"direction_deg": 180.0, "view_deg": 10.0}, True),
        ({"direction_deg": 0.0, "view_deg": 90.0}, False),
        ({"direction_deg": 0.0, "view_deg": 90.0, "ptz": True}, None),  # it can be turned there
        ({"direction_deg": 0.0, "view_deg": 90.0, "ptz": True, "range_m": 50.0}, False),
        ({"range_m": 50.0}, False),
        ({"direction_deg": 136.0, "view_deg": 90.0}, True),
        ({"direction_deg": 134.0, "view_deg": 90.0}, False),
    ],
)
def test_whether_it_looks_there(more: dict[str, object], looks: bool | None) -> None:
    sight = sight_of(standing(100, 0, **more), LAT, LON)  # type: ignore[arg-type]
    assert sight is not None and sight.looks is looks
    assert abs(sight.range_m - 100) < 0.5


def test_right_below_it_a_bearing_says_nothing() -> None:
    sight = sight_of(standing(6, 0, direction_deg=0.0, view_deg=60.0), LAT, LON)
    assert sight is not None and sight.looks is None


def test_a_camera_or_an_event_without_a_place_never() -> None:
    nowhere = replace(standing(10), lat=0.0, lon=0.0)
    lost = replace(standing(10), lat=math.nan)
    assert nearest([nowhere, lost], LAT, LON, 9) == []
    assert nearest([standing(10)], 0.0, 0.0, 9) == []
    assert nearest([standing(10)], LAT, LON, 0) == []


@pytest.mark.parametrize(("towards", "told"), [(0, 180), (90, 270), (180, 0), (270, 90)])
def test_the_bearing_from_a_camera_to_the_place(towards: float, told: float) -> None:
    one = standing(500, towards)
    turn = abs(bearing_deg(one.lat, one.lon, LAT, LON) - told) % 360
    assert min(turn, 360 - turn) < 0.5


cameras = st.lists(
    st.builds(
        standing,
        st.floats(0, 900),
        st.floats(0, 360),
        st.integers(0, 99).map(lambda n: f"SX{n:02}"),
        direction_deg=st.none() | st.floats(0, 359),
        view_deg=st.none() | st.floats(1, 360),
        range_m=st.none() | st.floats(1, 1000),
        ptz=st.booleans(),
    ),
    max_size=12,
)


@given(cameras, st.integers(0, 12), st.floats(0, 1000))
def test_whatever_cameras_there_are(found: list[Camera], most: int, within_m: float) -> None:
    chosen = nearest(found, LAT, LON, most, within_m)
    assert len(chosen) == min(most, sum(_range(one) <= within_m for one in found))
    assert all(one.range_m <= within_m for one in chosen)
    order = [(one.looks is False, one.range_m) for one in chosen]
    assert order == sorted(order)
    left = [one for one in nearest(found, LAT, LON, 99, within_m) if one not in chosen]
    assert not chosen or all(_key(one) >= _key(chosen[-1]) for one in left)


def _range(camera: Camera) -> float:
    sight = sight_of(camera, LAT, LON)
    assert sight is not None
    return sight.range_m


def _key(sight: Sight) -> tuple[bool, float]:
    return sight.looks is False, sight.range_m
