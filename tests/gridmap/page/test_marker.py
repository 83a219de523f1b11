"""Markers, circles and the words for their age."""

import pytest

from console.gridmap.model import Place
from console.gridmap.model.place import metres_between
from console.gridmap.page.marker import Marker, around, circle
from console.gridmap.page.words import age, row


def test_an_old_position_is_stale_and_says_its_age(qapp: object) -> None:
    fresh = Marker("U1", 30.0, 120.0, "car", "101", "available", 30, 725.4)
    old = Marker("U1", 30.0, 120.0, "car", "101", "available", 400)
    assert (fresh.stale, row(fresh)[6:]) == (False, [False, "", 5])
    assert (old.stale, row(old)[6:]) == (True, [True, age(400), None])
    assert not Marker("P", 30.0, 120.0, "post").stale


@pytest.mark.parametrize(("seconds", "figure"), [(400, "6"), (7300, "2"), (200_000, "2")])
def test_age_is_told_in_whole_units(qapp: object, seconds: float, figure: str) -> None:
    assert figure in age(seconds)


def test_a_circle_lies_as_far_as_it_says() -> None:
    middle = Place(30.0, 120.0)
    far = [metres_between(middle, Place(*corner)) for corner in circle(30.0, 120.0, 500)]
    assert min(far) == pytest.approx(500, rel=0.005)
    assert max(far) == pytest.approx(500, rel=0.005)


def test_nothing_has_no_bounds() -> None:
    assert around([]) is None
