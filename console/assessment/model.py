"""The figures of one day: spans in the city's bins, percentiles, and the calls that stand out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from console.core.timings import quantile

MOST_OUTLIERS = 50
NO_AREA = ""


class Measure(StrEnum):
    """What is measured, from the receipt of the call."""

    SIGN = "sign"
    DEPART = "depart"
    FEEDBACK = "feedback"


class Grouping(StrEnum):
    """What the calls of a day are parted by."""

    HOUR = "hour"
    AREA = "area"


class Missing(StrEnum):
    """Why a call has no span. None of them is a zero."""

    WAITING = "waiting"  # the call is open and has not come so far
    UNTOLD = "untold"  # the call has ended, and the moment was never told
    BACKWARDS = "backwards"  # the moment lies before the receipt: a clock was set


@dataclass(frozen=True, slots=True)
class CallTimes:
    """What of one call the figures are made from."""

    id: str
    number: str
    received_at: datetime
    is_open: bool
    is_valid: bool  # neither cancelled nor merged into another
    area_id: str | None = None
    signed_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    first_feedback_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bins:
    """The city's bins of one measure: upper edges in seconds, each belonging to its lower bin.

    After the last edge comes one bin more. ``ends_with`` says what ends turning out: departed or
    arrived; ``target_share`` of the calls should stay within ``target_s``, where the city says so.
    """

    edges_s: tuple[int, ...]
    target_s: int
    target_share: float | None = None
    ends_with: str = ""

    @property
    def count(self) -> int:
        """How many bins there are."""
        return len(self.edges_s) + 1

    def of(self, span_s: float) -> int:
        """The bin that this span falls into."""
        return bisect_left(self.edges_s, span_s)


@dataclass(frozen=True, slots=True)
class Percentiles:
    """How long it took: ``n`` spans; None where there is none."""

    n: int
    p50_s: float | None
    p90_s: float | None
    p99_s: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """The calls of one hour, one area, or the whole day. ``key`` is the hour, the area's id or ""."""

    key: int | str
    bins: tuple[int, ...]
    within: int  # of the spans, how many are within the target
    missing: Mapping[Missing, int]
    spans: Percentiles

    @property
    def calls(self) -> int:
        """How many calls: those with a span, and those without."""
        return self.spans.n + sum(self.missing.values())

    @property
    def unknown(self) -> int:
        """How many calls whose span nobody will ever know."""
        return self.missing[Missing.UNTOLD] + self.missing[Missing.BACKWARDS]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A call that stands out: beyond the target, or without a span. Names a call, never a person."""

    call: CallTimes
    span_s: float | None
    missing: Missing | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One measure on one day. ``received`` counts every call, ``total`` the valid ones only.

    ``other`` is how turning out would look with its other end; ``outliers`` are the slowest first,
    then those without a span, ``left_out`` more were not named.
    """

    day: date
    measure: Measure
    bins: Bins
    received: int
    still_open: int
    total: Group
    hours: tuple[Group, ...]
    areas: tuple[Group, ...]
    outliers: tuple[Outlier, ...]
    left_out: int
    other: Percentiles | None = None

    def groups(self, grouping: Grouping) -> tuple[Group, ...]:
        """The groups that have calls."""
        return self.hours if grouping is Grouping.HOUR else self.areas


def read_bins(table: Mapping[str, Any]) -> dict[Measure, Bins]:
    """The bins of a reference table; edges in order, none twice."""
    found = {}
    for measure in Measure:
        row = table[measure]
        edges = tuple(sorted({int(edge) for edge in row["edges_s"] if int(edge) > 0}))
        share = row.get("target_share")
        found[measure] = Bins(
            edges, int(row["target_s"]), None if share is None else float(share),
            str(row.get("ends_with", "")),
        )  # fmt: skip
    return found


def day_span(day: date) -> tuple[datetime, datetime]:
    """From the local midnight that begins the day to the one that ends it."""
    begin = datetime.combine(day, time.min).astimezone()
    return begin, datetime.combine(day + timedelta(days=1), time.min).astimezone()


def span_of(call: CallTimes, measure: Measure, bins: Bins) -> float | Missing:
    """The seconds from the receipt to the end of the measure, or why there are none."""
    ends = {
        Measure.SIGN: call.signed_at,
        Measure.DEPART: call.arrived_at if bins.ends_with == "arrived" else call.departed_at,
        Measure.FEEDBACK: call.first_feedback_at,
    }
    end = ends[measure]
    if end is None:
        return Missing.WAITING if call.is_open else Missing.UNTOLD
    seconds = (end - call.received_at).total_seconds()
    return Missing.BACKWARDS if seconds < 0 else seconds


def percentiles(spans: Sequence[float]) -> Percentiles:
    """Nearest rank: each percentile is a span that a call really took."""
    ordered = sorted(spans)
    return Percentiles(
        len(ordered), quantile(ordered, 0.5), quantile(ordered, 0.9), quantile(ordered, 0.99)
    )


def figures(day: date, measure: Measure, bins: Bins, calls: Sequence[CallTimes]) -> Figures:
    """The figures of the calls received on this local day; the others are left out.

    A call belongs to the day and the hour of its receipt, however long it lasted.
    """
    begin, end = day_span(day)
    received = [call for call in calls if begin <= call.received_at < end]
    valid = [call for call in received if call.is_valid]
    spans = {call.id: span_of(call, measure, bins) for call in valid}

    def group(key: int | str, some: Sequence[CallTimes]) -> Group:
        return _group(key, [spans[call.id] for call in some], bins)

    outliers = _outliers(valid, spans, bins)
    return Figures(
        day, measure, bins, len(received), sum(call.is_open for call in valid),
        group("", valid),
        tuple(group(*found) for found in _parted(valid, lambda c: c.received_at.astimezone().hour)),
        tuple(group(*found) for found in _parted(valid, lambda c: c.area_id or NO_AREA)),
        tuple(outliers[:MOST_OUTLIERS]), max(0, len(outliers) - MOST_OUTLIERS),
        _other_end(valid, bins) if measure is Measure.DEPART else None,
    )  # fmt: skip


def _group(key: int | str, found: Sequence[float | Missing], bins: Bins) -> Group:
    spans = [one for one in found if not isinstance(one, Missing)]
    counts = [0] * bins.count
    for span_s in spans:
        counts[bins.of(span_s)] += 1
    missing = {why: sum(one is why for one in found) for why in Missing}
    within = sum(span_s <= bins.target_s for span_s in spans)
    return Group(key, tuple(counts), within, missing, percentiles(spans))


def _parted(
    calls: Sequence[CallTimes], key: Callable[[CallTimes], int | str]
) -> list[tuple[int | str, list[CallTimes]]]:
    parts: dict[int | str, list[CallTimes]] = {}
    for call in calls:
        parts.setdefault(key(call), []).append(call)
    return sorted(parts.items(), key=lambda part: (part[0] == NO_AREA, str(part[0]).zfill(2)))


def _outliers(
    calls: Sequence[CallTimes], spans: Mapping[str, float | Missing], bins: Bins
) -> list[Outlier]:
    slow: list[tuple[float, Outlier]] = []
    without = []
    for call in calls:
        span = spans[call.id]
        if isinstance(span, Missing):
            without.append(Outlier(call, None, span))
        elif span > bins.target_s:
            slow.append((span, Outlier(call, span, None)))
    slow.sort(key=lambda one: -one[0])
    return [one for _, one in slow] + without


def _other_end(calls: Sequence[CallTimes], bins: Bins) -> Percentiles:
    other = Bins((), 0, None, "departed" if bins.ends_with == "arrived" else "arrived")
    spans = [span_of(call, Measure.DEPART, other) for call in calls]
    return percentiles([span for span in spans if not isinstance(span, Missing)])
