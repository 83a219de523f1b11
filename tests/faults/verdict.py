"""Compares what a process acknowledged before it was killed with what its store holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.census import Found, as_told
from tests.faults.deeds import Trace


@dataclass
class Told:
    """What processes said on their pipes since it was last compared."""

    did: list[list[Trace]] = field(default_factory=list)
    pending: dict[str, list[Trace]] = field(default_factory=dict)  # who → the act under way
    lost_sight: list[list[Trace]] = field(default_factory=list)  # under way when killed
    places: dict[str, str] = field(default_factory=dict)

    def hear(self, line: dict[str, Any]) -> bool:
        """The line is kept; whether it was an acknowledgement."""
        if "will" in line:
            self.pending[line["will"]["by"]] = _traces(line["will"])
        elif "did" in line:
            self.pending.pop(line["did"]["by"], None)
            self.did.append(_traces(line["did"]))
        elif "placed" in line:
            unit_id, at = line["placed"]
            self.places[unit_id] = max(at, self.places.get(unit_id, ""))
        return "did" in line

    def killed(self) -> None:
        """What was under way may have been done or not, but wholly one or the other."""
        self.lost_sight += self.pending.values()
        self.pending = {}

    def settled(self, done: list[list[Trace]]) -> None:
        """It was looked into which acts under way were done: from now on they must stay."""
        self.did += done
        self.lost_sight = []


@dataclass
class Verdict:
    """What a comparison found."""

    lost: int = 0
    duplicated: int = 0
    half: int = 0
    why: list[str] = field(default_factory=list)
    done: list[list[Trace]] = field(default_factory=list)  # under way when killed, and there

    def add(self, other: Verdict) -> None:
        """Both together."""
        self.lost += other.lost
        self.duplicated += other.duplicated
        self.half += other.half
        self.why += other.why


def judge(found: Found, told: Told) -> Verdict:
    """Lost: acknowledged and in no record. Half: in one record and not in another. Duplicated: more
    often than it was acknowledged or under way."""
    verdict = Verdict(why=list(found.faults), half=len(found.faults))
    _judge_half(found, verdict)
    did = Counter(trace for deed in told.did for trace in deed)
    kept = found.rows | found.trail
    missing = did - kept
    for deed in reversed(told.did):
        gone = [trace for trace in deed if missing[trace] > 0]
        if gone:
            verdict.lost += 1
            verdict.why.append(f"acknowledged and gone: {deed}")
            missing.subtract(gone)
    by_city = Counter(("call.received", call_id) for call_id in found.from_city)
    more = (found.rows & found.trail) - did - (by_city & found.rows)
    for deed in told.lost_sight:
        there = [one for trace in deed if (one := _match(trace, more))]
        more.subtract(there)
        if len(there) == len(deed):
            verdict.done.append(there)
        elif there:
            verdict.half += 1
            verdict.why.append(f"under way when killed, and half done: {deed}")
    for trace, number in (+more).items():
        verdict.duplicated += number
        verdict.why.append(f"{number} more than acknowledged: {trace}")
    for unit_id, at in told.places.items():
        if found.places.get(unit_id, "") < at:
            verdict.lost += 1
            verdict.why.append(f"the place of {unit_id} at {at} is gone")
    return verdict


def _judge_half(found: Found, verdict: Verdict) -> None:
    """Rows, trail and outbox hold the same acts."""
    for name, one, other in (
        ("rows and trail", found.rows, found.trail),
        ("rows and outbox", as_told(found.rows, found.from_city), found.told),
    ):
        differing = (one - other) + (other - one)
        verdict.half += differing.total()
        verdict.why += [
            f"{name} differ by {number}: {trace}" for trace, number in differing.items()
        ]


def _match(trace: Trace, more: Counter[Trace]) -> Trace | None:
    kind, entity = trace
    if entity:
        return trace if more[trace] > 0 else None
    return next((one for one, number in more.items() if one[0] == kind and number > 0), None)


def _traces(line: dict[str, Any]) -> list[Trace]:
    return [(str(kind), str(entity)) for kind, entity in line["traces"]]


def together(deeds: Iterable[Told]) -> Told:
    """All that was said, for a comparison of a whole store."""
    all_of_it = Told()
    for one in deeds:
        all_of_it.did += one.did
        all_of_it.lost_sight += one.lost_sight
        for unit_id, at in one.places.items():
            all_of_it.places[unit_id] = max(at, all_of_it.places.get(unit_id, ""))
    return all_of_it
