"""Datums against the vectors of their public definitions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.gridmap.model import convert

CHINA = (st.floats(18, 53), st.floats(74, 134))


@pytest.mark.parametrize(
    ("wgs", "to", "wanted", "within"),
    [
        ((31.1774276, 121.5272106), "gcj02", (31.17530398364597, 121.531541859215), 1e-12),
        ((22.543847, 113.912316), "gcj02", (22.540796131694766, 113.9171764808363), 1e-12),
        ((35.405185, 117.003743), "bd09", (35.4112407, 117.0158758), 1e-7),
        ((40.7128, -74.0060), "gcj02", (40.7128, -74.0060), 0),
        ((35.405185, 117.003743), "cgcs2000", (35.405185, 117.003743), 0),
    ],
)
def test_vectors(
    wgs: tuple[float, float], to: str, wanted: tuple[float, float], within: float
) -> None:
    found = convert(*wgs, "wgs84", to)
    assert found[0] == pytest.approx(wanted[0], abs=within, rel=0)
    assert found[1] == pytest.approx(wanted[1], abs=within, rel=0)


@given(*CHINA)
def test_there_and_back_is_exact_to_a_millimetre(lat: float, lon: float) -> None:
    for datum in ("gcj02", "bd09"):
        there = convert(lat, lon, "wgs84", datum)
        back = convert(*there, datum, "wgs84")
        metres = math.hypot(back[0] - lat, (back[1] - lon) * math.cos(math.radians(lat))) * 111_195
        assert metres < 0.001
        assert 1 < math.dist(there, (lat, lon)) * 111_195 < 3000


@given(*CHINA)
def test_one_offset_to_the_other_equals_the_way_through_wgs(lat: float, lon: float) -> None:
    gcj = convert(lat, lon, "wgs84", "gcj02")
    assert convert(*gcj, "gcj02", "bd09") == pytest.approx(convert(lat, lon, "wgs84", "bd09"))
    bd = convert(lat, lon, "wgs84", "bd09")
    assert convert(*bd, "bd09", "gcj02") == pytest.approx(gcj, abs=1e-10)


def test_an_unknown_datum_is_an_error() -> None:
    with pytest.raises(ValueError, match="beijing54"):
        convert(35, 117, "beijing54", "wgs84")
