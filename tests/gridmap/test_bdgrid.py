"""BeiDou grid location codes, GB/T 39409-2020."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.errors import Refused
from console.gridmap.model import bdgrid_code, bdgrid_place
from console.gridmap.model.bdgrid import SIZES

LAT, LON = "39.99316111", "116.31260278"


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (1, "N50J"),
        (2, "N50J47"),
        (3, "N50J475"),
        (4, "N50J47539"),
        (5, "N50J47539B8"),
        (6, "N50J47539B82"),
    ],
)
def test_vectors(level: int, code: str) -> None:
    assert bdgrid_code(LAT, LON, level) == code


@pytest.mark.parametrize(
    ("level", "length"), enumerate([4, 6, 7, 9, 11, 12, 14, 16, 18, 20], start=1)
)
def test_lengths_and_beginnings(level: int, length: int) -> None:
    code = bdgrid_code(LAT, LON, level)
    assert len(code) == length
    assert bdgrid_code(LAT, LON, 10).startswith(code)


def test_borders_of_cells_are_exact_where_floats_are_not() -> None:
    """Nine units are 1/819200°, a short decimal that no binary fraction can hold."""
    wrong_in_floats = 0
    for step in range(1, 200):
        border = 39 + Decimal(step) / 819200
        under = border - Decimal("1e-15")
        here, below = bdgrid_code(f"{border:f}", LON, 10), bdgrid_code(f"{under:f}", LON, 10)
        assert here != below
        # the cell's index counted from 39°, back from the middle of the cell
        assert round((bdgrid_place(here)[0] - 39) * 7372800 - 0.5) == 9 * step
        wrong_in_floats += int((float(f"{under:f}") - 39) * 7372800) != 9 * step - 1
    assert wrong_in_floats > 0, "floats would have done: the test shows nothing"


@given(st.decimals(-87, 87, places=9), st.decimals(-179, 179, places=9), st.integers(1, 10))
def test_a_code_s_middle_lies_in_its_cell(lat: object, lon: object, level: int) -> None:
    code = bdgrid_code(f"{lat:f}", f"{lon:f}", level)
    middle_lat, middle_lon = bdgrid_place(code)
    assert bdgrid_code(f"{middle_lat:.12f}", f"{middle_lon:.12f}", level) == code
    size_lon, size_lat = SIZES[level]
    degree = 3600 * 2048
    assert abs(middle_lat - float(f"{lat:f}")) <= size_lat / degree / 2 + 1e-9
    assert abs(middle_lon - float(f"{lon:f}")) <= size_lon / degree / 2 + 1e-9


def test_other_quarters_mirror_the_digits() -> None:
    north_east = bdgrid_code(LAT, LON, 6)
    assert bdgrid_code(f"-{LAT}", LON, 6) == "S" + north_east[1:]
    assert bdgrid_code(LAT, f"-{LON}", 6) == "N11" + north_east[3:]


@pytest.mark.parametrize(
    ("lat", "lon", "level"),
    [
        ("88", "100", 4), ("-89.5", "100", 4), ("35", "180", 4), ("35", "117", 0),
        ("35", "117", 11), ("nan", "117", 4), ("1/3", "117", 4), ("", "117", 4), ("3e1", "117", 4),
    ],
)  # fmt: skip
def test_refused(lat: str, lon: str, level: int) -> None:
    with pytest.raises(Refused):
        bdgrid_code(lat, lon, level)


@pytest.mark.parametrize(
    "code", ["", "N", "N00J", "N61J", "N50W", "N50JC7", "N50J478", "N50J47539F8", "X50J", "N50J4"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        bdgrid_place(code)


def test_a_code_may_be_written_small() -> None:
    assert bdgrid_place(" n50j47539b8 ") == bdgrid_place("N50J47539B8")
