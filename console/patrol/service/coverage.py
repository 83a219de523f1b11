"""What the city is told of a shift: per area, how many points were due and how many reached."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.outbox import Lane
from console.patrol.model import Due, Shift
from console.patrol.service.points import shift_at, states_in
from console.patrol.store import points as store
from console.people.model import Right, require


def coverage(connection: sa.Connection, shift: Shift, post: str) -> list[Due]:
    """Per area the points due in this shift and those reached; outside all areas it is the post's."""
    due: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for state in states_in(connection, shift):
        area = state.point.told.area_id or post
        due[area] += 1
        met[area] += state.reached
    return [Due(area, due[area], met[area]) for area in sorted(due)]


def report_coverage(database: Database, actor: Actor, shift: Shift | None = None) -> list[Due]:
    """The city will be told how the points stand in this shift (the running one), per area.

    Refused when no point is due in it.
    """
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        told = shift or shift_at(act.connection, act.at)
        found = coverage(act.connection, told, database.post)
        if not found:
            raise Refused("patrol.nothing_due")
        for one in found:
            _tell(act, told, one)
        act.audit(
            "coverage.report", "coverage", to_text(told.starts_at),
            due=sum(one.due for one in found), met=sum(one.met for one in found),
        )  # fmt: skip
    return found


def _tell(act: Act, shift: Shift, found: Due) -> None:
    rev = store.keep_report(act.connection, shift, found, act.at, str(act.actor))
    act.tell_city(
        Lane.DAILY,
        "coverage",
        f"{shift.starts_at:%Y%m%dT%H%MZ}.{found.area_id}",
        "coverage.reported",
        rev,
        {
            "area_id": found.area_id,
            "from": to_text(shift.starts_at),
            "until": to_text(min(shift.ends_at, act.at)),
            "points": {"due": found.due, "met": found.met},
        },
    )
