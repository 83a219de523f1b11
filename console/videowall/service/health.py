"""Acts on camera health: what looks found, faults with their times, checked places, planned outages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.ids import new_id
from console.people.model import Right, allowed, require
from console.videowall import store
from console.videowall.model import Camera, CameraId
from console.videowall.model.health import (
    RIGHT,
    SEEN,
    Failing,
    Fault,
    Figure,
    Found,
    HealthChanged,
    HealthRule,
    Known,
    Outage,
    PlaceCheck,
    Rate,
    Standing,
    causes,
    checked_outage,
    checked_why,
    figures_of,
)
from console.videowall.service.acts import camera
from console.videowall.store import health as kept

KIND = "camera_health"
WATCH = Actor("system", "camera-health")
Ground = Callable[[float, float], bool | None]  # inside the post's area; None: it has none
Open = dict[tuple[CameraId, Rate], Fault]


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Who gave a list out, when and for what."""

    who: str
    at: datetime
    reason: str


def nowhere(lat: float, lon: float) -> bool | None:
    """The ground of a post that has no areas."""
    return None


def rule(connection: sa.Connection, now: datetime) -> HealthRule:
    """The post's rule for camera health."""
    return HealthRule.of(reference.current(connection, KIND, now))


def day_of(moment: datetime) -> date:
    """The local day of this moment."""
    return moment.astimezone().date()


def note(
    database: Database, found: Sequence[Found] = (), ground: Ground = nowhere
) -> Sequence[Fault]:
    """What looks found stands in the store; faults that it brings have begun, those that it ends
    are ended, and today's figures are as they are now. Returns the faults that changed.

    Without a look, what time alone changes: a new day, an outage that began or is over.
    """
    with database.read() as connection:
        if _settled(connection, database.clock.now(), found, ground).empty:
            return ()
    with database.act(WATCH) as act:
        return _settle(act, found, ground)


def check_place(database: Database, actor: Actor, camera_id: CameraId, right: bool) -> None:
    """This officer compared picture and map: the camera's place is right, or it is wrong. It holds
    until the place is changed."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        one = camera(act.connection, camera_id)
        kept.put_check(
            act.connection, PlaceCheck(one.id, one.lat, one.lon, right, act.at, actor.name)
        )
        act.audit("camera.place_checked", "camera", one.id, number=one.number, right=right,
                  lat=one.lat, lon=one.lon)  # fmt: skip
        _settle(act, (), None)
        act.announce(HealthChanged())


def plan_outage(
    database: Database, actor: Actor, camera_id: CameraId, ends_at: datetime, reason: str
) -> Outage:
    """The camera is off by plan from now until then: it is neither online nor failing, no patrol
    looks at it and no alarm is raised for it. Refused without a reason or a sound end."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        one = camera(act.connection, camera_id)
        made = checked_outage(one.id, ends_at, reason, act.at, actor.name)
        kept.put_outage(act.connection, made)
        act.audit("camera.outage_planned", "camera", one.id, number=one.number,
                  until=made.ends_at.isoformat(), reason=made.reason)  # fmt: skip
        _settle(act, (), None)
        act.announce(HealthChanged())
    return made


def end_outage(database: Database, actor: Actor, camera_id: CameraId) -> None:
    """The planned outage is over now; nothing happens where there is none."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        one = camera(act.connection, camera_id)
        planned = kept.outages(act.connection).get(camera_id)
        if planned is None or not planned.holds(act.at):
            return
        kept.put_outage(act.connection, replace(planned, ends_at=act.at))
        act.audit("camera.outage_ended", "camera", one.id, number=one.number)
        _settle(act, (), None)
        act.announce(HealthChanged())


def figures(connection: sa.Connection, last: date, days: int = 1) -> list[Figure]:
    """The figures of so many days up to ``last``, the oldest first; days without a console lack."""
    return kept.figures(connection, last - timedelta(days=days - 1), last)


def failing(connection: sa.Connection) -> list[Failing]:
    """Who fails which rate, in the city's order of the rates, the longest first."""
    cameras = {one.id: one for one in store.window(connection)}
    looked = kept.looks(connection)
    order = list(Rate)
    rows = [
        Failing(one, cameras[one.camera_id], looked.get(one.camera_id))
        for one in kept.open_faults(connection)
        if one.camera_id in cameras
    ]
    return sorted(
        rows,
        key=lambda row: (order.index(row.fault.rate), row.fault.since, row.camera.number),
    )


def faults_of(connection: sa.Connection, camera_id: CameraId, limit: int = 50) -> list[Fault]:
    """The faults that this camera had, the newest first."""
    return kept.faults_of(connection, camera_id, limit)


def looks(connection: sa.Connection) -> dict[CameraId, Found]:
    """What the last look at each camera found."""
    return kept.looks(connection)


def off_by_plan(connection: sa.Connection, now: datetime) -> dict[CameraId, Outage]:
    """The cameras whose planned outage holds now."""
    return {key: one for key, one in kept.outages(connection).items() if one.holds(now)}


def give_out(database: Database, actor: Actor, what: str, reason: str) -> GivenOut:
    """The trail says who gave these lists out, and why; returns what marks the table. Refused
    without a reason, and for who neither takes calls nor reads the trail."""
    if not allowed(actor, Right.READ_AUDIT):
        require(actor, Right.TAKE_CALLS)
    told = checked_why(reason)
    with database.act(actor) as act:
        act.audit("camera_health.given_out", "camera_health", what, reason=told)
        return GivenOut(actor.name, act.at, told)


def sweep(database: Database, now: datetime) -> int:
    """Figures and ended faults that have come to the end of their term are gone, and the trail says
    how many. Returns how many."""
    with database.read() as connection:
        before = now - timedelta(days=rule(connection, now).keep_days)
        if not kept.any_before(connection, day_of(before), before):
            return 0
    with database.act(WATCH) as act:
        days, faults = kept.drop_before(act.connection, day_of(before), before)
        act.audit("camera_health.swept", "camera_health", "", figures=days, faults=faults,
                  before=before.isoformat())  # fmt: skip
    return days + faults


@dataclass(slots=True)
class _Settled:
    """What is to be written."""

    looks: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is."""
        return not (self.looks or self.faults or self.figures)


def _settle(act: Act, found: Sequence[Found], ground: Ground | None) -> list[Fault]:
    made = _settled(act.connection, act.at, found, ground)
    for one in made.looks:
        kept.put_look(act.connection, one)
    for fault in made.faults:
        kept.put_fault(act.connection, fault)
        name = "camera.fails" if fault.until is None else "camera.mended"
        act.audit(name, "camera", fault.camera_id, rate=str(fault.rate), cause=fault.cause,
                  since=fault.since.isoformat())  # fmt: skip
    kept.put_figures(act.connection, made.figures)
    if made.faults or made.figures:
        act.announce(HealthChanged())
    return made.faults


def _settled(
    connection: sa.Connection, now: datetime, found: Sequence[Found], ground: Ground | None
) -> _Settled:
    cameras = store.window(connection)
    looked, checks = kept.looks(connection), kept.checks(connection)
    outages = kept.outages(connection)
    here = {one.id for one in cameras}
    made = _Settled(looks=[one for one in found if one.camera_id in here])
    looked |= {one.camera_id: one for one in made.looks}
    faults: Open = {(one.camera_id, one.rate): one for one in kept.open_faults(connection)}
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    standings = []
    for one in cameras:
        inside = None if ground is None else ground(one.lat, one.lon)
        seen, planned = looked.get(one.id), outages.get(one.id)
        if planned is not None and seen is not None and seen.at < min(now, planned.ends_at):
            seen = None  # what was seen before the works says nothing of what is after them
        off = planned is not None and planned.holds(now)
        known = Known(seen, checks.get(one.id), inside, off)
        told = causes(one, known, midnight)
        made.faults += _turned(one, known, told, faults, now)
        failing_now = frozenset(rate for rate in Rate if (one.id, rate) in faults)
        standings.append(Standing(told, failing_now, known.off))
    made.faults += _left(faults, here, now)
    if ground is not None:  # who does not know the ground leaves the figures to the watch
        day = day_of(now)
        today = {one.rate: one for one in kept.figures(connection, day, day)}
        made.figures = [one for one in figures_of(day, standings) if today.get(one.rate) != one]
    return made


def _turned(
    one: Camera, known: Known, told: Mapping[Rate, str | None], faults: Open, now: datetime
) -> Iterable[Fault]:
    """The faults of this camera that begin, end or have another cause; ``faults`` goes along."""
    for rate in Rate:
        key, cause, was = (one.id, rate), told[rate], faults.get((one.id, rate))
        over = cause == RIGHT or (known.off and rate in SEEN)
        if over and was is not None:
            ended = faults.pop(key)
            yield replace(ended, until=max(now, ended.since))
        elif cause and not over and (was is None or was.cause != cause):
            since = was.since if was is not None else _since(rate, known, now)
            new = Fault(was.id if was is not None else new_id(), one.id, rate, cause, since)
            faults[key] = new
            yield new


def _since(rate: Rate, known: Known, now: datetime) -> datetime:
    looked = known.looked
    if rate not in SEEN or looked is None:
        return now
    return min(now, looked.since or looked.at)


def _left(faults: Open, here: set[CameraId], now: datetime) -> list[Fault]:
    """What cameras failed that are there no more has ended."""
    gone = [key for key in faults if key[0] not in here]
    return [replace(faults.pop(key), until=now) for key in gone]
