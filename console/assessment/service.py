"""What the page of figures reads, and the act of giving them out as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from console.assessment import store
from console.assessment.model import Figures, Grouping, Measure, day_span, figures, read_bins
from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.text import shown
from console.people.model import Right, allowed, require

REASON_CHARS = 200


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Who gave which figures out, when and why: the watermark of the table."""

    who: str
    at: datetime
    reason: str


def figures_of(connection: sa.Connection, day: date, measure: Measure, now: datetime) -> Figures:
    """The figures of the calls received on this local day, by the bins in force now."""
    bins = read_bins(reference.current(connection, "time_bins", now))
    return figures(day, measure, bins[measure], store.times_between(connection, *day_span(day)))


def give_out(
    database: Database, actor: Actor, seen: Figures, grouping: Grouping, reason: str
) -> GivenOut:
    """The trail says who gave these figures out, and why; returns what marks the table.

    Refused without a reason, and for who neither takes calls nor reads the trail.
    """
    if not allowed(actor, Right.READ_AUDIT):
        require(actor, Right.TAKE_CALLS)
    told = shown(reason, REASON_CHARS).replace("\n", " ")
    if not told:
        raise Refused("assessment.no_reason", field="reason")
    with database.act(actor) as act:
        act.audit(
            "figures.given_out", "figures", seen.day.isoformat(), measure=str(seen.measure),
            grouping=str(grouping), calls=seen.total.calls, reason=told,
        )  # fmt: skip
        return GivenOut(actor.name, act.at, told)
