"""What the judged tracks prove is written down: visits, and visits that were none after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.core.clock import to_text
from console.core.database import Act
from console.core.ids import UnitId, new_id
from console.patrol.model import PointReached, PointsChanged, Stay, VisitId
from console.patrol.store import tracks
from console.roster.model import TravelMode


@dataclass(frozen=True, slots=True)
class Crew:
    """What the watch knows of a unit."""

    unit_id: UnitId
    call_sign: str
    mode: TravelMode


def write_stays(act: Act, crew: Crew, stays: Iterable[Stay]) -> None:
    """Inside an act: each stay that was long enough is a visit, told once."""
    for stay in stays:
        if stay.reached_at is None:
            continue
        span = (stay.entered_at, stay.left_at)
        was = tracks.visit_at(act.connection, crew.unit_id, stay.point.id, span)
        if was is not None:
            tracks.correct_visit(act.connection, was, stay)
            continue
        visit_id = VisitId(new_id())
        tracks.insert_visit(act.connection, visit_id, (crew.unit_id, crew.call_sign), stay)
        act.audit(
            "point.reached", "point", stay.point.id, number=stay.point.number,
            unit=crew.call_sign, entered_at=to_text(stay.entered_at),
            reached_at=to_text(stay.reached_at),
        )  # fmt: skip
        act.announce(PointReached(stay.point.id, crew.unit_id, crew.call_sign, stay.reached_at))


def withdraw(
    act: Act, crew: Crew, stays: Sequence[Stay], late: Sequence[datetime], since: datetime
) -> int:
    """Inside an act: visits in which a late fix fell and that the whole track does not bear out are
    taken back, with a line in the trail; returns how many."""
    count = 0
    for visit in tracks.visits_of_unit(act.connection, crew.unit_id, since):
        end = visit.left_at or visit.reached_at
        touched = any(visit.entered_at < at < end for at in late)
        borne_out = any(
            stay.point.id == visit.point_id
            and stay.reached_at is not None
            and stay.entered_at <= end
            and stay.left_at >= visit.entered_at
            for stay in stays
        )
        if touched and not borne_out:
            tracks.delete_visit(act.connection, visit.id)
            act.audit(
                "point.visit_withdrawn", "point", visit.point_id, unit=visit.call_sign,
                entered_at=to_text(visit.entered_at), reached_at=to_text(visit.reached_at),
            )  # fmt: skip
            act.announce(PointsChanged())
            count += 1
    return count
