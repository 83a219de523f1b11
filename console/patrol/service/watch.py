"""The watch over the crews' tracks: taken from any thread at no cost, judged and kept in batches."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Act, Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.ids import UnitId
from console.patrol.model import (
    Fix,
    Judge,
    Jump,
    Limits,
    PointGrid,
    PointsChanged,
    PointState,
    Shift,
    Stay,
    thinned,
)
from console.patrol.service.coverage import coverage, report_coverage
from console.patrol.service.judging import Crew, withdraw, write_stays
from console.patrol.service.points import point_states, shift_at
from console.patrol.store import points as store
from console.patrol.store import tracks
from console.roster.model import UnitsChanged, Whereabouts
from console.roster.service import units

log = logging.getLogger(__name__)

PATROL = Actor("system", "patrol")
MOST_WAITING = 20_000  # fixes; beyond it the oldest give way
CREWS_A_TURN, TURN_S = 8, 0.015
ORDINARY = 1000  # fixes of one second; a backlog is worked off without a pause
PRUNE_EVERY_S = 3600.0
STATES_EVERY_S = 20.0
BACK = timedelta(minutes=10)  # of a crew's track, besides twice the longest dwell


@dataclass(slots=True)
class _Followed:
    """One crew as it is followed."""

    crew: Crew
    judge: Judge
    kept: Fix | None = None


@dataclass(slots=True)
class _Found:
    """What one batch of fixes brings."""

    fixes: list[tuple[UnitId, Fix]] = field(default_factory=list)
    jumps: list[tuple[UnitId, Jump]] = field(default_factory=list)
    stays: list[tuple[Crew, list[Stay]]] = field(default_factory=list)
    late: dict[UnitId, list[datetime]] = field(default_factory=dict)


class PatrolWatch:
    """Who reaches which point. ``take`` is for any thread; a thread judges and keeps, once a second.

    At the end of a shift the city is told what was reached, and again when late fixes change it.
    """

    def __init__(
        self, database: Database, bus: EventBus, clock: Clock, interval_s: float = 1.0
    ) -> None:
        self._database, self._bus, self._clock = database, bus, clock
        self._interval_s = interval_s
        self._waiting: deque[tuple[UnitId, Fix]] = deque(maxlen=MOST_WAITING)
        self._crews: dict[UnitId, Crew] = {}
        self._followed: dict[UnitId, _Followed] = {}
        self._grid = PointGrid((), 0.0)
        self._limits: Limits | None = None
        self._stale = True
        self._states: tuple[PointState, ...] = ()
        self._states_at = self._pruned_at = -1e9
        self._shift: Shift | None = None
        self._report_due = True
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._unsubscribe: list[Callable[[], None]] = []

    def start(self) -> None:
        """Tracks are judged from now on."""
        self._unsubscribe = [
            self._bus.subscribe(kind, self._on_changed) for kind in (PointsChanged, UnitsChanged)
        ]
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="patrol", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """What was taken is judged and kept; no more will be."""
        for end in self._unsubscribe:
            end()
        self._ending.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def take(self, place: Whereabouts) -> None:
        """A crew was there; late ones too, whatever is known already."""
        fix = Fix(place.fixed_at, place.lat, place.lon, place.error_m, place.speed_mps)
        self._waiting.append((place.unit_id, fix))

    def states(self) -> tuple[PointState, ...]:
        """How the points of the running shift stood a moment ago. For any thread; never waits."""
        return self._states

    def flush(self) -> int:
        """What waits is judged and kept in one act; returns how many fixes were kept."""
        if self._stale:
            self._read_ground()
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not batch:
            return 0
        try:
            found = self._judge(batch)
            if found.fixes:
                self._keep(found)
        except ConsoleError:
            self._followed.clear()  # what was judged and not kept is judged again from the store
            self._waiting.extendleft(reversed(batch))
            raise
        return len(found.fixes)

    # ---- the ground: points, crews, limits -------------------------------------------------------
    def _read_ground(self) -> None:
        self._stale = False
        now = self._clock.now()
        with self._database.read() as connection:
            limits = Limits.of(reference.current(connection, "patrol", now))
            points = store.all_points(connection)
            crews = [
                Crew(view.unit.id, view.unit.call_sign, view.unit.mode)
                for view in units(connection, now)
            ]
        self._limits, self._grid = limits, PointGrid(points, limits.leave_m)
        self._crews = {crew.unit_id: crew for crew in crews}
        self._states_at = -1e9
        for unit_id, one in list(self._followed.items()):
            if self._crews.get(unit_id) == one.crew:
                one.judge.use(self._grid)
            else:
                del self._followed[unit_id]

    def _back(self) -> timedelta:
        longest = max((p.told.dwell_s for p in self._grid.points.values()), default=0)
        return BACK + timedelta(seconds=2 * longest)

    # ---- judging ---------------------------------------------------------------------------------
    def _judge(self, batch: Sequence[tuple[UnitId, Fix]]) -> _Found:
        found = _Found()
        assert self._limits is not None
        by_unit: dict[UnitId, list[Fix]] = {}
        for unit_id, fix in batch:
            if unit_id in self._crews:
                by_unit.setdefault(unit_id, []).append(fix)
        self._follow([unit_id for unit_id in by_unit if unit_id not in self._followed])
        for done, (unit_id, fixes) in enumerate(by_unit.items(), 1):
            self._judge_crew(self._followed[unit_id], sorted(fixes, key=lambda f: f.at), found)
            if done % CREWS_A_TURN == 0 and len(batch) <= ORDINARY:
                self._ending.wait(TURN_S)  # the screen has the interpreter in between
        return found

    def _follow(self, new: Sequence[UnitId]) -> None:
        """Crews seen for the first time since the start, or since a failure: from their tracks."""
        if not new:
            return
        since = self._clock.now() - self._back()
        with self._database.read() as connection:
            for unit_id in new:
                fixes = tracks.track(connection, unit_id, since)
                judge, _ = self._replay(self._crews[unit_id], fixes)
                last = fixes[-1] if fixes else None
                self._followed[unit_id] = _Followed(self._crews[unit_id], judge, last)

    def _replay(self, crew: Crew, fixes: Sequence[Fix]) -> tuple[Judge, _Found]:
        assert self._limits is not None
        judge, found = Judge(self._grid, self._limits, crew.mode), _Found()
        for fix in fixes:
            told, jump = judge.take(fix)
            found.stays.append((crew, told))
            if jump is not None:
                found.jumps.append((crew.unit_id, jump))
        return judge, found

    def _judge_crew(self, one: _Followed, fixes: Sequence[Fix], found: _Found) -> None:
        assert self._limits is not None
        unit_id, late = one.crew.unit_id, None
        for fix in fixes:
            if one.kept is not None and fix.at <= one.kept.at:
                if fix.at < one.kept.at and not thinned(late, fix, self._limits):
                    late = fix
                    found.fixes.append((unit_id, fix))
                    found.late.setdefault(unit_id, []).append(fix.at)
                continue
            if thinned(one.kept, fix, self._limits):
                continue
            one.kept = fix
            found.fixes.append((unit_id, fix))
            told, jump = one.judge.take(fix)
            if told:
                found.stays.append((one.crew, told))
            if jump is not None:
                found.jumps.append((unit_id, jump))

    # ---- keeping ---------------------------------------------------------------------------------
    def _keep(self, found: _Found) -> None:
        with self._database.act(PATROL) as act:
            tracks.keep_fixes(act.connection, found.fixes)
            tracks.keep_jumps(act.connection, found.jumps)
            for crew, stays in found.stays:
                write_stays(act, crew, stays)
            for unit_id, moments in found.late.items():
                self._judge_again(act, unit_id, moments)
            self._prune(act)
        if found.stays or found.late:
            self._states_at = -1e9

    def _judge_again(self, act: Act, unit_id: UnitId, late: Sequence[datetime]) -> None:
        """The crew's whole track since before its earliest late fix is judged once more."""
        one, since = self._followed[unit_id], min(late) - self._back()
        fixes = tracks.track(act.connection, unit_id, since)
        one.judge, again = self._replay(one.crew, fixes)
        last: dict[tuple[str, datetime], Stay] = {}
        for _, told in again.stays:
            last.update({(stay.point.id, stay.entered_at): stay for stay in told})
        stays = list(last.values())
        tracks.keep_jumps(act.connection, again.jumps)
        withdraw(act, one.crew, stays, late, since)
        write_stays(act, one.crew, stays)
        self._report_due = True

    def _prune(self, act: Act) -> None:
        now = self._clock.monotonic()
        if self._limits is not None and now - self._pruned_at >= PRUNE_EVERY_S:
            self._pruned_at = now
            tracks.prune(act.connection, act.at - timedelta(days=self._limits.keep_days))

    # ---- how things stand, and the end of a shift ------------------------------------------------
    def look(self) -> None:
        """``states`` are of now; a shift that has ended is reported."""
        now, moment = self._clock.monotonic(), self._clock.now()
        changed = self._shift is None or not self._shift.holds(moment)
        if not changed and now - self._states_at < STATES_EVERY_S and not self._report_due:
            return
        with self._database.read() as connection:
            self._shift = shift_at(connection, moment)
            self._states = tuple(point_states(connection, moment))
            owed = self._owed(connection, self._shift) if changed or self._report_due else None
        self._states_at, self._report_due = now, False
        if owed is not None:
            report_coverage(self._database, PATROL, owed)

    def _owed(self, connection: sa.Connection, running: Shift) -> Shift | None:
        """The shift before this one, when crews were on the road and its figures are not told."""
        before = shift_at(connection, running.starts_at - timedelta(seconds=1))
        if not tracks.any_track(connection, before.starts_at, before.ends_at):
            return None
        found = coverage(connection, before, self._database.post)
        told = store.reported(connection, before)
        return before if found and (found != told) else None

    def _run(self) -> None:
        while not self._ending.wait(self._interval_s):
            self._try()
        self._try()

    def _try(self) -> None:
        try:
            self.flush()
            self.look()
        except ConsoleError as failed:
            log.warning("tracks wait in memory: %s", failed)
        except Exception:
            log.exception("tracks could not be judged")

    def _on_changed(self, _: object) -> None:
        self._stale = True
