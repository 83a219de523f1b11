"""Acts on must-reach points, and how each stands in a shift."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import new_id
from console.core.text import shown
from console.patrol.model import (
    NewPoint,
    Point,
    PointId,
    PointsChanged,
    PointState,
    Shift,
    Visit,
    checked,
    is_due,
    shift_of,
    state_of,
)
from console.patrol.model.point import REASON_CHARS
from console.patrol.store import points as store
from console.patrol.store import tracks
from console.people.model import Right, require


def shift_at(connection: sa.Connection, now: datetime) -> Shift:
    """The shift in which this moment lies."""
    return shift_of(now, reference.current(connection, "patrol", now))


def points(connection: sa.Connection, retired: bool = False) -> list[Point]:
    """Every point by number; those that were retired only when asked for."""
    return store.all_points(connection, retired)


def point_states(connection: sa.Connection, now: datetime) -> list[PointState]:
    """The points due in the running shift, by number, and how each stands."""
    return states_in(connection, shift_at(connection, now))


def states_in(connection: sa.Connection, shift: Shift) -> list[PointState]:
    """The points due in this shift, by number, and how each stood in it."""
    found: dict[PointId, list[Visit]] = {}
    for visit in tracks.visits(connection, shift.starts_at, shift.ends_at):
        found.setdefault(visit.point_id, []).append(visit)
    due = (point for point in store.all_points(connection) if is_due(point, shift.day()))
    return [state_of(point, found.get(point.id, [])) for point in due]


def visits_of(
    connection: sa.Connection, point_id: PointId, since: datetime, until: datetime
) -> list[Visit]:
    """The visits at this point that became full in this time, the newest first."""
    return tracks.visits(connection, since, until, point_id)[::-1]


def add_point(database: Database, actor: Actor, new: NewPoint) -> PointId:
    """One more point is due from now on; returns its id. Refused when its number is taken."""
    require(actor, Right.EDIT_REFERENCE)
    told = checked(new)
    with database.act(actor) as act:
        point_id = put_new(act, told)
        act.announce(PointsChanged())
    return point_id


def put_new(act: Act, told: NewPoint) -> PointId:
    """Inside an act: the point, already checked, is one more."""
    if store.in_force(act.connection, told.number) is not None:
        raise Refused("patrol.number_taken", field="number", number=told.number)
    point_id = PointId(new_id())
    store.insert_point(act.connection, point_id, told)
    act.audit(
        "point.add", "point", point_id, number=told.number, name=told.name, lat=told.lat,
        lon=told.lon,
    )  # fmt: skip
    return point_id


def change_point(
    database: Database, actor: Actor, point_id: PointId, base_rev: int, new: NewPoint
) -> None:
    """The point is as told. Conflict when it changed since ``base_rev``."""
    require(actor, Right.EDIT_REFERENCE)
    told = checked(new)
    with database.act(actor) as act:
        was = _in_force(act.connection, point_id)
        if was.rev != base_rev:
            raise Conflict("patrol.changed_meanwhile", number=was.number)
        other = store.in_force(act.connection, told.number)
        if other is not None and other.id != point_id:
            raise Refused("patrol.number_taken", field="number", number=told.number)
        put_changed(act, was, told)
        act.announce(PointsChanged())


def put_changed(act: Act, was: Point, told: NewPoint) -> bool:
    """Inside an act: the point is as told, already checked; False when it was so before."""
    if was.told == told:
        return False
    store.rewrite_point(act.connection, was.id, was.rev + 1, told)
    changed = {
        name: str(getattr(told, name))
        for name in NewPoint.__slots__
        if getattr(told, name) != getattr(was.told, name)
    }
    act.audit("point.change", "point", was.id, number=was.number, changed=changed)
    return True


def retire_point(database: Database, actor: Actor, point_id: PointId, why: str) -> None:
    """The point is due no more, for this reason; its visits stay. Refused without a reason."""
    require(actor, Right.EDIT_REFERENCE)
    reason = shown(why, REASON_CHARS)
    if not reason:
        raise Refused("patrol.no_reason", field="reason")
    with database.act(actor) as act:
        was = _in_force(act.connection, point_id)
        store.retire(act.connection, was, act.at, reason)
        act.audit("point.retire", "point", point_id, number=was.number, reason=reason)
        act.announce(PointsChanged())


def _in_force(connection: sa.Connection, point_id: PointId) -> Point:
    found = store.one_point(connection, point_id)
    if found is None:
        raise Refused("patrol.no_such_point", point=str(point_id))
    if found.retired_at is not None:
        raise Refused("patrol.retired_already", number=found.number)
    return found
