"""What is told of a point is checked; a shift is found by the clock on the wall."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.core import reference
from console.core.errors import Refused
from console.core.ids import UnitId
from console.patrol.model import NewPoint, Visit, VisitId, checked, is_due, shift_of, state_of
from tests.patrol.walks import BEGIN, new, point

TABLE = reference.shipped("patrol")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        (NewPoint("", "路口", 35, 121), "patrol.bad_number", "number"),
        (NewPoint("9" * 17, "路口", 35, 121), "patrol.bad_number", "number"),
        (NewPoint("1", " \u202e ", 35, 121), "patrol.bad_name", "name"),
        (NewPoint("1", "路" * 300, 35, 121), "patrol.bad_name", "name"),
        (NewPoint("1", "路口", math.nan, 121), "patrol.bad_place", "lat"),
        (NewPoint("1", "路口", 0, 0), "patrol.bad_place", "lat"),
        (NewPoint("1", "路口", 35, 181), "patrol.bad_place", "lon"),
        (new(radius_m=4), "patrol.bad_radius", "radius_m"),
        (new(dwell_s=7201), "patrol.bad_dwell", "dwell_s"),
        (new(times=0), "patrol.bad_times", "times"),
        (new(area_id="城西"), "patrol.bad_area", "area_id"),
        (
            new(active_from=date(2026, 2, 2), active_until=date(2026, 2, 1)),
            "patrol.bad_span",
            "active_until",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_names_its_field(
    told: NewPoint, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked(told)
    assert (refused.value.code, refused.value.details["field"]) == (code, field)


def test_signs_that_turn_the_direction_and_line_breaks_are_not_kept() -> None:
    told = checked(NewPoint(" B1 ", "东门\u202e\n路口😀", 35, 121))
    assert (told.number, told.name) == ("B1", "东门 路口😀")


def test_a_point_is_due_from_its_first_to_its_last_day() -> None:
    some = point(active_from=date(2026, 11, 2), active_until=date(2026, 11, 4))
    days = [date(2026, 11, day) for day in range(1, 7)]
    assert [is_due(some, day) for day in days] == [False, True, True, True, False, False]


def test_it_is_reached_by_the_visit_that_makes_it_full() -> None:
    def visit(minute: int, call_sign: str) -> Visit:
        at = BEGIN + timedelta(minutes=minute)
        unit = UnitId(call_sign)
        return Visit(VisitId(str(minute)), point().id, unit, call_sign, at, at, None, 60)

    twice = point(times=2)
    once = state_of(twice, [visit(5, "101")])
    assert (once.count, once.reached, once.call_sign) == (1, False, "")
    full = state_of(twice, [visit(9, "103"), visit(5, "101"), visit(7, "102")])
    assert (full.count, full.reached_at, full.call_sign) == (
        3,
        BEGIN + timedelta(minutes=7),
        "102",
    )


@pytest.mark.parametrize(
    ("hour", "name", "starts", "ends"),
    [(0, "夜班", 0, 8), (7, "夜班", 0, 8), (8, "白班", 8, 16), (16, "中班", 16, 24)],
)
def test_the_shift_is_that_of_the_wall_clock(hour: int, name: str, starts: int, ends: int) -> None:
    now = datetime(2026, 11, 21, hour, 0, tzinfo=SHANGHAI).astimezone(UTC)
    shift = shift_of(now, TABLE, SHANGHAI)
    midnight = datetime(2026, 11, 21, tzinfo=SHANGHAI)
    assert shift.name.zh_CN == name
    assert shift.starts_at == midnight + timedelta(hours=starts)
    assert shift.ends_at == midnight + timedelta(hours=ends)
    assert shift.holds(now)
    assert not shift.holds(shift.ends_at)
    assert shift.day(SHANGHAI) == date(2026, 11, 21)


def test_a_shift_over_midnight_belongs_to_the_day_it_began() -> None:
    table = {
        "shifts": [
            {"from": "09:00", "zh_CN": "白班", "en": "day"},
            {"from": "21:00", "zh_CN": "夜班", "en": "night"},
        ]
    }
    shift = shift_of(datetime(2026, 11, 21, 2, 0, tzinfo=SHANGHAI), table, SHANGHAI)
    assert shift.name.zh_CN == "夜班"
    assert shift.day(SHANGHAI) == date(2026, 11, 20)


def test_where_the_clock_is_set_forward_the_shift_is_shorter() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    shift = shift_of(datetime(2026, 3, 29, 5, 0, tzinfo=berlin), TABLE, berlin)
    assert shift.ends_at - shift.starts_at == timedelta(hours=7)
