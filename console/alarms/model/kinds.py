"""Kinds of alarms as data, their limits, and how many raisings of an originator may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.core.words import Words


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """One kind. ``restoral_s``: a clearing that returns within it was none. ``rings_again_s``: a
    repeat so long after the acknowledgement asks for another one; None never does. ``hand_clear``:
    a person may say that it is over. ``natures``: of the call it becomes, the first by default.
    ``input``: a device of the post may be set up to raise it."""

    code: str
    words: Words
    priority: int = 4
    restoral_s: int = 0
    rings_again_s: int | None = None
    hand_clear: bool = True
    tone: str = "alarm"
    source: str = "alarm"
    natures: tuple[str, ...] = ("8003",)
    input: bool = False


@dataclass(frozen=True, slots=True)
class Kinds:
    """The table of kinds and the limits that go with it; seconds."""

    kinds: Mapping[str, AlarmKind]
    shelve_most_s: int = 86400
    raisings_a_minute: int = 6
    raisings_at_once: int = 6
    startup_s: int = 60
    silent_s: Mapping[str, int] = field(default_factory=dict)
    # priority → seconds without an acknowledgement until the chief is called, and until the city is
    escalate_s: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    hidden_s: int = 3600  # nothing at the post shows a duress alarm for so long
    test_most_s: int = 28800
    camera_lost_s: int = 15

    def of(self, code: str) -> AlarmKind:
        """This kind; an unknown one is kept as it is, at the lowest priority."""
        return self.kinds.get(code) or AlarmKind(code, Words(f"其他({code})", f"other ({code})"))


def read_kinds(table: Mapping[str, Any]) -> Kinds:
    """The kinds of a reference table."""
    found = {
        row["code"]: AlarmKind(
            row["code"],
            Words(row["zh_CN"], row["en"]),
            int(row["priority"]),
            int(row["restoral_s"]),
            row["rings_again_s"],
            bool(row["hand_clear"]),
            row["tone"],
            row["source"],
            tuple(row["natures"]),
            bool(row.get("input", False)),
        )
        for row in table["kinds"]
    }
    limits = {name: int(table[name]) for name in _LIMITS if name in table}
    climbs = {
        int(priority): (float(told["chief"]), float(told["city"]))
        for priority, told in table.get("escalate_s", {}).items()
    }
    return Kinds(
        found, silent_s=dict(table.get("silent_s", {})), escalate_s=climbs, **limits
    )  # fmt: skip


_LIMITS = (
    "shelve_most_s", "raisings_a_minute", "raisings_at_once", "startup_s", "hidden_s",
    "test_most_s", "camera_lost_s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many raisings of an originator may still be told; refilled as time goes on."""

    tokens: float
    at: datetime
    held: int = 0  # counted and not told since it ran dry

    def take(self, now: datetime, kinds: Kinds, times: int = 1) -> tuple[Bucket, bool]:
        """So many raisings at once: the bucket afterwards, and whether they may be told."""
        filled = self.filled(now, kinds)
        if filled.tokens < 1:
            return replace(filled, held=filled.held + times), False
        return Bucket(max(0.0, filled.tokens - times), now), True

    @staticmethod
    def full(now: datetime, kinds: Kinds) -> Bucket:
        """The bucket of an originator that was quiet for long."""
        return Bucket(float(kinds.raisings_at_once), now)

    def filled(self, now: datetime, kinds: Kinds) -> Bucket:
        """The bucket at this moment; a clock that went back adds nothing."""
        passed_s = max(0.0, (now - self.at).total_seconds())
        tokens = self.tokens + passed_s * kinds.raisings_a_minute / 60
        return replace(self, tokens=min(float(kinds.raisings_at_once), tokens), at=now)
