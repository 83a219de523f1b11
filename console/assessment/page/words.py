"""The words of the figures: measures, bins, groups, spans, and why a span is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QCoreApplication

from console.assessment.model import (
    NO_AREA,
    Bins,
    Figures,
    Group,
    Grouping,
    Measure,
    Missing,
)
from console.core.words import Words
from console.ui.moments import span_text
from console.ui.words import pick

translate = QCoreApplication.translate


def measure_words(measure: Measure) -> str:
    """What is measured."""
    return {
        Measure.SIGN: translate("Figures", "Sign"),
        Measure.DEPART: translate("Figures", "Turn-out"),
        Measure.FEEDBACK: translate("Figures", "Feedback"),
    }[measure]


def measure_told(measure: Measure, bins: Bins) -> str:
    """From when to when."""
    if measure is Measure.SIGN:
        return translate("Figures", "from the receipt to the signature")
    if measure is Measure.FEEDBACK:
        return translate("Figures", "from the receipt to the first feedback")
    if bins.ends_with == "arrived":
        return translate("Figures", "from the receipt to the arrival")
    return translate("Figures", "from the receipt to the departure")


def missing_words(missing: Missing) -> str:
    """Why a call has no span."""
    return {
        Missing.WAITING: translate("Figures", "not yet"),
        Missing.UNTOLD: translate("Figures", "unknown: never told"),
        Missing.BACKWARDS: translate("Figures", "unknown: the clock was set back"),
    }[missing]


def bin_words(bins: Bins) -> list[str]:
    """What each bin is called, in the largest unit that keeps its edges whole."""
    unit, seconds = _unit(bins)
    edges = [edge // seconds for edge in bins.edges_s]
    if not edges:
        return [translate("Figures", "all")]
    names = [f"≤{edges[0]} {unit}"]
    names += [f"{low}–{high} {unit}" for low, high in pairwise(edges)]
    return [*names, f">{edges[-1]} {unit}"]


def _unit(bins: Bins) -> tuple[str, int]:
    if all(edge % 3600 == 0 for edge in bins.edges_s):
        return translate("Figures", "h"), 3600
    if all(edge % 60 == 0 for edge in bins.edges_s) and bins.edges_s[0] >= 120:
        return translate("Figures", "min"), 60
    return translate("Figures", "s"), 1


def seconds_text(seconds: float | None) -> str:
    """How long; a dash where nothing is known."""
    if seconds is None:
        return "–"
    if seconds < 60:
        return translate("Figures", "{n} s").format(n=f"{seconds:.0f}")
    return span_text(seconds)


def share_text(part: int, whole: int) -> str:
    """A share with its counts beside it; no data is neither 0 nor 100 per cent."""
    if not whole:
        return translate("Figures", "no data")
    return f"{100 * part / whole:.1f}%"


def group_words(group: Group, grouping: Grouping, areas: Mapping[str, Words]) -> str:
    """What the group is called."""
    if group.key == NO_AREA and grouping is Grouping.AREA:
        return translate("Figures", "No area")
    if isinstance(group.key, int):
        return f"{group.key:02d}:00–{group.key + 1:02d}:00"
    words = areas.get(group.key)
    return pick(words) if words is not None else group.key


def grouping_words(grouping: Grouping) -> str:
    """What the calls are parted by."""
    if grouping is Grouping.HOUR:
        return translate("Figures", "Hour of receipt")
    return translate("Figures", "Patrol area")


def day_words(day: date, today: date) -> str:
    """The day as people say it."""
    names = {
        0: translate("Figures", "today"),
        1: translate("Figures", "yesterday"),
    }
    told = names.get((today - day).days)
    if told is None:
        return f"{day:%Y-%m-%d}"
    return translate("Figures", "{day} ({told})").format(day=f"{day:%Y-%m-%d}", told=told)


def table_of(
    seen: Figures, grouping: Grouping, areas: Mapping[str, Words]
) -> tuple[list[str], list[list[str | int | float | None]]]:
    """Heads and rows of the table that is given out: spans in seconds, the whole day last."""
    heads = [
        grouping_words(grouping), translate("Figures", "Valid calls"), *bin_words(seen.bins),
        translate("Figures", "Not yet"), translate("Figures", "Unknown"),
        translate("Figures", "Median (s)"), translate("Figures", "90th percentile (s)"),
        translate("Figures", "99th percentile (s)"),
    ]  # fmt: skip
    rows = [_cells(group_words(group, grouping, areas), group) for group in seen.groups(grouping)]
    return heads, [*rows, _cells(translate("Figures", "Whole day"), seen.total)]


def _cells(name: str, group: Group) -> list[str | int | float | None]:
    spans = group.spans
    return [
        name, group.calls, *group.bins, group.missing[Missing.WAITING], group.unknown,
        spans.p50_s, spans.p90_s, spans.p99_s,
    ]  # fmt: skip
