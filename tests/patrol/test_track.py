"""What counts as reaching a point: dwell by fix times, hysteresis, gaps, jumps, late fixes."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from console.patrol.model import Fix, Judge, PointGrid, judge, thinned
from console.roster.model import TravelMode
from tests.patrol.walks import BEGIN, LAT, LIMITS, LON, fix, point, stand, walk

CAR, FOOT = TravelMode.CAR, TravelMode.FOOT


def reached(fixes: list[Fix], **more: Any) -> list[tuple[float, float]]:
    """Entered and reached, in seconds after the beginning, of every visit at one point."""
    stays, _ = judge(fixes, [point(**more)], LIMITS, CAR)
    return [
        ((s.entered_at - BEGIN).total_seconds(), (s.reached_at - BEGIN).total_seconds())
        for s in stays
        if s.reached_at is not None
    ]


def test_a_crew_that_stays_long_enough_has_reached_the_point() -> None:
    assert reached([*walk((0, 300), (10, 100)), *stand(20, 90)]) == [(20, 80)]


def test_a_crew_that_drives_by_has_not() -> None:
    assert reached(walk((0, 300), (10, 100), (20, 0), (30, -100), (40, -300))) == []


def test_a_point_without_dwell_is_reached_by_passing() -> None:
    assert reached(walk((0, 300), (10, 100), (20, 0), (30, -100)), dwell_s=0) == [(20, 20)]


def test_the_dwell_counts_by_the_times_of_the_fixes_whatever_their_order() -> None:
    fixes = [*walk((0, 300)), *stand(20, 90), *walk((100, 300))]
    random.Random(7).shuffle(fixes)
    assert reached(fixes) == [(20, 80)]


def test_just_outside_the_circle_is_still_there_once_a_crew_came_in() -> None:
    wobble = walk((0, 0), (20, 40), (40, 10), (60, 44))
    assert reached(wobble) == [(0, 60)]
    assert reached(walk((0, 40), (60, 44), (120, 40))) == []  # never came in


def test_beyond_the_margin_the_stay_is_over_and_begins_anew() -> None:
    assert reached([*stand(0, 50), *walk((55, 60)), *stand(60, 110)]) == []


def test_two_visits_are_two() -> None:
    fixes = [*stand(0, 60), *walk((80, 200)), *stand(100, 170)]
    assert reached(fixes) == [(0, 60), (100, 160)]


def test_a_gap_breaks_a_stay_that_was_not_long_enough() -> None:
    assert reached([*stand(0, 30), *stand(200, 250)]) == []
    assert reached([*stand(0, 30), *stand(200, 260)]) == [(200, 260)]


def test_a_gap_at_the_point_makes_no_second_visit_of_one() -> None:
    assert reached([*stand(0, 60), *stand(300, 400)]) == [(0, 60)]


def test_a_fix_that_is_too_vague_proves_nothing() -> None:
    vague = [fix(second, error_m=80.0) for second in range(0, 100, 10)]
    assert reached(vague) == []
    assert reached([fix(second, error_m=500.0) for second in range(0, 100, 10)]) == []


def test_a_track_that_jumps_to_the_point_has_not_reached_it_and_the_jump_is_told() -> None:
    fixes = [*walk((0, 20_000), (10, 20_000)), *stand(20, 70), *walk((80, 20_000))]
    stays, jumps = judge(fixes, [point()], LIMITS, CAR)
    assert stays == []
    assert [(j.before.at, j.after.at) for j in jumps] == [
        (BEGIN + timedelta(seconds=10), BEGIN + timedelta(seconds=20))
    ]
    assert jumps[0].metres == pytest.approx(20_000, rel=0.01)


def test_one_wild_fix_does_not_end_a_stay() -> None:
    fixes = sorted([*stand(0, 60), fix(35, 9_000)], key=lambda one: one.at)
    stays, jumps = judge(fixes, [point()], LIMITS, CAR)
    assert len(stays) == len(jumps) == 1


def test_a_new_place_is_believed_after_a_while_and_counts_from_then() -> None:
    fixes = [*walk((0, 90_000)), *stand(10, 200)]
    stays, jumps = judge(fixes, [point()], LIMITS, CAR)
    assert [(s.entered_at - BEGIN).total_seconds() for s in stays] == [70]
    assert len(jumps) == 1


def test_how_fast_is_too_fast_hangs_on_the_travel_mode() -> None:
    fixes = [*walk((0, 600)), *stand(20, 90)]
    assert judge(fixes, [point()], LIMITS, CAR)[1] == []
    assert len(judge(fixes, [point()], LIMITS, FOOT)[1]) == 1


def test_the_grid_finds_every_point_whose_circle_holds_the_place() -> None:
    chance = random.Random(3)
    points = [
        point(str(n), chance.uniform(-4000, 4000), radius_m=chance.choice([5, 30, 500]))
        for n in range(200)
    ]
    grid = PointGrid(points, LIMITS.leave_m)
    for _ in range(300):
        place = fix(0, chance.uniform(-4500, 4500))
        inside = {p.id for p in points if Judge._metres(p, place) <= p.told.radius_m}
        assert inside <= {p.id for p in grid.near(place.lat, place.lon)}
    assert grid.near(LAT + 1, LON) == ()


def test_points_that_changed_are_stood_at_anew_the_others_go_on() -> None:
    same, other = point("B01"), point("B02")
    one = Judge(PointGrid([same, other], LIMITS.leave_m), LIMITS, CAR)
    one.take(fix(0))
    one.use(PointGrid([same, point("B02", radius_m=40)], LIMITS.leave_m))
    assert set(one.stays) == {same.id}


def test_a_fix_that_says_nothing_new_is_not_kept() -> None:
    assert not thinned(None, fix(0), LIMITS)
    assert thinned(fix(0), fix(5, 10), LIMITS)
    assert not thinned(fix(0), fix(5, 30), LIMITS)
    assert not thinned(fix(0), fix(10, 0), LIMITS)
