"""The figures, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from console.assessment.model import (
    Bins,
    CallTimes,
    Figures,
    Grouping,
    Measure,
    Missing,
    day_span,
    figures,
    percentiles,
    read_bins,
    span_of,
)
from console.core import reference

DAY = date(2026, 11, 21)
BINS = read_bins(reference.shipped("time_bins"))
SIGN = BINS[Measure.SIGN]


def at(clock: str, day: date = DAY) -> datetime:
    """This local time of the day."""
    hour, minute, second = (int(part) for part in clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, second).astimezone()


def call(
    number: int, received: str, signed: str | float | None = None, **more: object
) -> CallTimes:
    """A call received at this local time; signed at another, or so many seconds later."""
    begun = at(received)
    if isinstance(signed, str):
        told: datetime | None = at(signed)
    else:
        told = None if signed is None else begun + timedelta(seconds=signed)
    known: dict[str, object] = {"is_open": False, "is_valid": True, "signed_at": told, **more}
    return CallTimes(f"call-{number}", f"JQ{number:04d}", begun, **known)  # type: ignore[arg-type]


def signing(*calls: CallTimes) -> Figures:
    return figures(DAY, Measure.SIGN, SIGN, calls)


def test_the_shipped_bins_are_those_of_the_domain_guide() -> None:
    assert BINS[Measure.SIGN].edges_s == (30, 60, 120, 180)
    assert (SIGN.target_s, SIGN.target_share) == (30, 0.97)
    assert BINS[Measure.DEPART].edges_s == (300, 600, 900, 1800)
    assert BINS[Measure.DEPART].ends_with == "departed"
    assert BINS[Measure.FEEDBACK].edges_s == (1800, 3600, 7200, 14400)


def test_a_value_on_an_edge_belongs_to_the_lower_bin() -> None:
    spans = (0, 29.9, 30, 30.1, 60, 61, 120, 180, 180.5, 90_000)
    assert [SIGN.of(span) for span in spans] == [0, 0, 0, 1, 1, 2, 2, 3, 4, 4]


def test_a_day_counted_by_hand() -> None:
    seen = signing(
        call(1, "08:00:00", 10.0, area_id="west"),
        call(2, "08:59:59", 30.0, area_id="west"),
        call(3, "09:00:00", 31.0, area_id="east"),
        call(4, "09:30:00", 200.0),
        call(5, "09:40:00", is_open=True),
        call(6, "23:00:00"),
        call(7, "10:00:00", 5.0, is_valid=False),
    )
    assert (seen.received, seen.total.calls, seen.still_open) == (7, 6, 1)
    assert seen.total.bins == (2, 1, 0, 0, 1)
    assert seen.total.within == 2
    assert seen.total.missing == {Missing.WAITING: 1, Missing.UNTOLD: 1, Missing.BACKWARDS: 0}
    spans = seen.total.spans
    assert (spans.n, spans.p50_s, spans.p90_s, spans.p99_s) == (4, 30.0, 200.0, 200.0)
    hours = {group.key: (group.calls, group.bins) for group in seen.groups(Grouping.HOUR)}
    assert hours == {8: (2, (2, 0, 0, 0, 0)), 9: (3, (0, 1, 0, 0, 1)), 23: (1, (0, 0, 0, 0, 0))}
    areas = [(group.key, group.calls) for group in seen.groups(Grouping.AREA)]
    assert areas == [("east", 1), ("west", 2), ("", 3)]
    named = [(one.call.number, one.span_s, one.missing) for one in seen.outliers]
    assert named == [
        ("JQ0004", 200.0, None),
        ("JQ0003", 31.0, None),
        ("JQ0005", None, Missing.WAITING),
        ("JQ0006", None, Missing.UNTOLD),
    ]


def test_an_empty_day_has_no_data_and_no_zero() -> None:
    seen = signing()
    assert (seen.received, seen.total.calls, seen.hours, seen.areas) == (0, 0, (), ())
    spans = seen.total.spans
    assert (spans.n, spans.p50_s, spans.p90_s, spans.p99_s) == (0, None, None, None)
    assert seen.outliers == ()


def test_a_call_over_midnight_belongs_to_the_day_of_its_receipt() -> None:
    late = call(1, "23:59:30", 90.0)
    assert late.signed_at is not None and late.signed_at.date() != DAY
    assert signing(late).total.bins == (0, 0, 1, 0, 0)
    tomorrow = figures(DAY + timedelta(days=1), Measure.SIGN, SIGN, [late])
    assert tomorrow.received == 0
    begin, end = day_span(DAY)
    first = CallTimes("a", "JQ0001", begin, True, True)
    next_first = CallTimes("b", "JQ0001", end, True, True)
    assert signing(first, next_first).received == 1


def test_a_clock_set_back_makes_an_unknown_and_never_a_zero() -> None:
    seen = signing(call(1, "12:00:00", -5.0), call(2, "12:00:00", 0.0))
    assert seen.total.missing[Missing.BACKWARDS] == 1
    assert (seen.total.unknown, seen.total.spans.n, seen.total.spans.p50_s) == (1, 1, 0.0)
    assert seen.total.bins == (1, 0, 0, 0, 0)


def test_turning_out_ends_where_the_site_says_and_the_other_end_is_told_beside_it() -> None:
    one = call(1, "12:00:00", departed_at=at("12:02:00"), arrived_at=at("12:07:00"), is_open=True)
    leaving = figures(DAY, Measure.DEPART, BINS[Measure.DEPART], [one])
    assert leaving.total.spans.p50_s == 120.0
    assert leaving.other is not None and leaving.other.p50_s == 420.0
    arriving = figures(DAY, Measure.DEPART, Bins((300, 600), 300, None, "arrived"), [one])
    assert arriving.total.bins == (0, 1, 0)
    assert arriving.other is not None and arriving.other.p50_s == 120.0


def test_an_arrival_is_no_departure() -> None:
    one = call(1, "12:00:00", arrived_at=at("12:07:00"))
    assert span_of(one, Measure.DEPART, BINS[Measure.DEPART]) is Missing.UNTOLD


def test_feedback_counts_the_first_one() -> None:
    one = call(1, "12:00:00", first_feedback_at=at("12:30:01"))
    seen = figures(DAY, Measure.FEEDBACK, BINS[Measure.FEEDBACK], [one])
    assert seen.total.bins == (0, 1, 0, 0, 0)


def test_percentiles_are_spans_that_a_call_took() -> None:
    found = percentiles([float(n) for n in range(100, 0, -1)])
    assert (found.n, found.p50_s, found.p90_s, found.p99_s) == (100, 50.0, 90.0, 99.0)
    assert percentiles([7.0]).p99_s == 7.0


def test_many_outliers_are_cut_and_the_cut_is_told() -> None:
    seen = signing(*(call(n, "12:00:00", 100.0 + n) for n in range(60)))
    assert (len(seen.outliers), seen.left_out) == (50, 10)
    assert seen.outliers[0].span_s == 159.0


def test_edges_in_disorder_are_put_in_order() -> None:
    shipped = reference.shipped("time_bins")
    found = read_bins({**shipped, "sign": {"edges_s": [60, 30, 30, 0], "target_s": 30}})
    assert found[Measure.SIGN].edges_s == (30, 60)
    assert found[Measure.SIGN].target_share is None


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_hour_is_the_local_one(hour: int) -> None:
    moment = at(f"{hour:02d}:15:00").astimezone(UTC)
    seen = signing(CallTimes("a", "JQ0001", moment, True, True))
    assert seen.hours[0].key == hour
