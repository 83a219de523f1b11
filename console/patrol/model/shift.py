"""The shifts of a day by the clock on the wall, where no roster has been published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from console.core.words import Words


@dataclass(frozen=True, slots=True)
class Shift:
    """One turn of duty: from ``starts_at`` up to, but not at, ``ends_at``."""

    name: Words
    starts_at: datetime
    ends_at: datetime

    def holds(self, at: datetime) -> bool:
        """The moment lies in the shift."""
        return self.starts_at <= at < self.ends_at

    def day(self, zone: tzinfo | None = None) -> date:
        """The local day on which it begins."""
        return self.starts_at.astimezone(zone).date()


def shift_of(now: datetime, table: Mapping[str, Any], zone: tzinfo | None = None) -> Shift:
    """The shift of the table in which ``now`` lies, by the wall clock of ``zone`` (the machine's)."""
    today = now.astimezone(zone).date()
    starts = sorted(
        (_moment(today + timedelta(days=days), time.fromisoformat(row["from"]), zone), at)
        for days in (-1, 0, 1)
        for at, row in enumerate(table["shifts"])
    )
    begun = [number for number, (start, _) in enumerate(starts) if start <= now]
    start, at = starts[begun[-1]]
    row = table["shifts"][at]
    return Shift(Words(row["zh_CN"], row["en"]), start, starts[begun[-1] + 1][0])


def _moment(day: date, clock: time, zone: tzinfo | None) -> datetime:
    naive = datetime.combine(day, clock)
    local = naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()
    return local.astimezone(UTC)
