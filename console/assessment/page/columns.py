"""The columns of the two tables: groups with their bins, and the calls that stand out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from console.assessment.model import Bins, Figures, Group, Grouping, Missing, Outlier
from console.assessment.page.words import bin_words, group_words, missing_words, seconds_text
from console.core.words import Words
from console.ui.moments import clock_text
from console.ui.style import Tone
from console.ui.tables import Column
from console.ui.words import pick

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of the table: a group and what it is called."""

    name: str
    group: Group
    whole: bool = False

    @property
    def key(self) -> tuple[bool, int | str]:
        """What tells it from the other lines."""
        return self.whole, self.group.key


def group_rows(seen: Figures, grouping: Grouping, areas: Mapping[str, Words]) -> list[GroupRow]:
    """The whole day first, then each group that has calls; none at all on a day without calls."""
    if not seen.total.calls:
        return []
    whole = GroupRow(translate("Figures", "Whole day"), seen.total, True)
    return [
        whole,
        *(GroupRow(group_words(g, grouping, areas), g) for g in seen.groups(grouping)),
    ]


def group_columns(bins: Bins, title: str) -> list[Column[GroupRow]]:
    """Name, calls, one column a bin, what is missing, percentiles."""

    def count(at: int, row: GroupRow) -> str:
        return _count(row.group.bins[at])

    def bin_tone(at: int, row: GroupRow) -> Tone:
        if not row.group.bins[at]:
            return Tone.QUIET
        return Tone.ALARM if at == bins.count - 1 and at else Tone.CALM

    return [
        Column(title, lambda row: row.name),
        Column(translate("Figures", "Calls"), lambda row: str(row.group.calls), 64, True),
        *(
            Column(name, partial(count, at), 84, True, partial(bin_tone, at))
            for at, name in enumerate(bin_words(bins))
        ),
        Column(
            translate("Figures", "Not yet"),
            lambda row: _count(row.group.missing[Missing.WAITING]), 68, True, _quiet,
        ),
        Column(
            translate("Figures", "Unknown"), lambda row: _count(row.group.unknown), 84, True,
            lambda row: Tone.LATE if row.group.unknown else Tone.QUIET,
        ),
        *(
            Column(title, partial(_percentile, at), 74, True)
            for title, at in (("P50", 0), ("P90", 1), ("P99", 2))
        ),
    ]  # fmt: skip


def outlier_columns(area_of: Callable[[str], Words | None]) -> list[Column[Outlier]]:
    """Call, when, where, how long or why nobody knows."""

    def area(row: Outlier) -> str:
        words = area_of(row.call.area_id) if row.call.area_id else None
        return pick(words) if words is not None else row.call.area_id or "–"

    return [
        Column(translate("Figures", "Call"), lambda row: row.call.number, 72),
        Column(translate("Figures", "Received"), lambda row: clock_text(row.call.received_at), 78),
        Column(translate("Figures", "Took"), _took, 0, False, _took_tone),
        Column(translate("Figures", "Area"), area, 84),
    ]


def _count(number: int) -> str:
    return str(number) if number else "·"


def _quiet(row: GroupRow) -> Tone:
    return Tone.CALM if row.group.missing[Missing.WAITING] else Tone.QUIET


def _percentile(at: int, row: GroupRow) -> str:
    spans = row.group.spans
    return seconds_text((spans.p50_s, spans.p90_s, spans.p99_s)[at])


def _took(row: Outlier) -> str:
    return seconds_text(row.span_s) if row.missing is None else missing_words(row.missing)


def _took_tone(row: Outlier) -> Tone:
    if row.missing is None:
        return Tone.CALM
    return Tone.QUIET if row.missing is Missing.WAITING else Tone.LATE
