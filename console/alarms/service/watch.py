"""The watch: raises and clears what the console itself can see – lost wires and silent crews."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from console.alarms import store
from console.alarms.model import Alarm, Device, Kind, Kinds, Raising
from console.alarms.service.acts import (
    clear,
    end_shelves,
    raise_alarm,
    tell_held,
    waits_to_be_told,
)
from console.alarms.service.alerts import end_alerts
from console.alarms.service.cameras import CameraLook, CameraSeen
from console.alarms.service.climb import Climb
from console.alarms.service.devices import end_test
from console.alarms.service.looking import every_open, kinds_now
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.rounds import Rounds
from console.links.model import LinkPhase, LinkState

WATCH = Actor("system", "alarms")
LOOK_S = 5.0
NEVER_THERE = frozenset({LinkPhase.ABSENT, LinkPhase.PLUGGED})


@dataclass(frozen=True, slots=True)
class Crew:
    """A crew as the watch sees it. ``meaning`` is its status' meaning; ``heard`` changes with
    every word of it, None when it never gave one; ``watched`` while it is expected to report."""

    unit_id: str
    call_sign: str
    meaning: str
    watched: bool
    heard: object = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look goes by."""

    kinds: Kinds
    crews: Mapping[str, Crew]
    wired: frozenset[str]  # links on which a device raises alarms


@dataclass(frozen=True, slots=True)
class _Quiet:
    """The last word of a crew, since when there was none, and whether the watch heard it come."""

    heard: object
    since: float
    was_heard: bool


Links = Callable[[], Sequence[LinkState]]
Crews = Callable[[sa.Connection], Sequence[Crew]]
Cameras = Callable[[sa.Connection], Sequence[CameraSeen]]


@dataclass(frozen=True, slots=True)
class Sights:
    """What the watch looks at: the wires, the crews, and the cameras that are looked through."""

    links: Links
    crews: Crews
    cameras: Cameras = lambda _: ()


class AlarmWatch:
    """Looks every few seconds, and at once when ``look`` is called, from ``start`` to ``stop``.

    It compares what is with what stands in the store, so a lost event or a restart loses nothing.
    How long somebody is silent is measured on the monotonic clock, from the start of the watch at
    the earliest: a clock that jumps and a night without power make nobody silent.
    """

    def __init__(
        self, database: Database, clock: Clock, sights: Sights, look_s: float = LOOK_S
    ) -> None:
        self._database = database
        self._clock = clock
        self._sights = sights
        self._climb = Climb(database, WATCH, clock)
        self._cameras = CameraLook(database, WATCH, clock)
        self._begun = 0.0
        self._quiet: dict[str, _Quiet] = {}
        self._silent: frozenset[str] = frozenset()
        self._rounds = Rounds("alarms", self.turn, look_s)

    def start(self) -> None:
        """The watch looks."""
        self._begun = self._clock.monotonic()
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """The watch has ended."""
        self._rounds.stop(timeout_s)

    def look(self, _: object = None) -> None:
        """The watch looks soon; from any thread, at no cost."""
        self._rounds.nudge()

    def moved(self, unit_id: str) -> None:
        """A crew was heard: one that was silent is looked at at once."""
        if unit_id in self._silent:
            self._rounds.nudge()

    def turn(self) -> None:
        """One look: what is lost is raised, what is back is cleared, shelves, tests and alerts that
        ended are over, and what nobody acknowledges climbs."""
        end_alerts(self._database, WATCH)
        states = self._sights.links()
        with self._database.read() as connection:
            now = self._clock.now()
            kinds = kinds_now(connection, now)
            there = every_open(connection, now)
            crews = self._sights.crews(connection)
            cameras = self._sights.cameras(connection)
            devices = store.devices(connection)
        wired = frozenset(one.input.link_id for one in devices if one.input)
        seen = _Seen(kinds, {one.unit_id: one for one in crews}, wired)
        self._look_at_links(states, there, seen)
        self._look_at_crews(there, seen)
        self._cameras.turn(cameras, there, kinds)
        self._climb.turn(there, kinds, now)
        self._end_tests(devices)
        ended = [one.id for one in there if one.shelf is not None and not one.shelved(now)]
        if ended:
            end_shelves(self._database, WATCH, ended)
        held = [one.id for one in there if waits_to_be_told(one, now)]
        if held:
            tell_held(self._database, WATCH, held)

    def _end_tests(self, devices: Sequence[Device]) -> None:
        now = self._clock.now()
        for one in devices:
            if one.test_until is not None and not one.in_test(now):
                end_test(self._database, WATCH, one.id)

    def _look_at_links(
        self, states: Sequence[LinkState], there: Sequence[Alarm], seen: _Seen
    ) -> None:
        raised = {one.originator: one for one in there if one.kind == Kind.LINK_LOST and one.active}
        settled = self._clock.monotonic() - self._begun >= seen.kinds.startup_s
        for state in states:
            known = raised.pop(f"link:{state.config.id}", None)
            gone = state.phase is LinkPhase.LOST or (settled and state.phase in NEVER_THERE)
            if state.phase is LinkPhase.SILENT and state.config.id in seen.wired:
                gone = True  # a button behind a wire that says nothing is no button
            if gone and known is None:
                crew = seen.crews.get(state.config.serves or "")
                raise_alarm(self._database, WATCH, _lost(state, crew))
            elif known is not None and state.phase is LinkPhase.TRAFFIC:
                clear(self._database, WATCH, known.id)
        if settled or states:  # what is no longer set up cannot come back
            for one in raised.values():
                clear(self._database, WATCH, one.id, "removed")

    def _look_at_crews(self, there: Sequence[Alarm], seen: _Seen) -> None:
        now = self._clock.monotonic()
        raised = {
            one.originator: one for one in there if one.kind == Kind.UNIT_SILENT and one.active
        }
        silent: set[str] = set()
        for crew in seen.crews.values():
            limit_s = seen.kinds.silent_s.get(crew.meaning) if crew.watched else None
            quiet = self._listened(crew, limit_s is not None, now)
            known = raised.pop(f"unit:{crew.unit_id}", None)
            if limit_s is not None and now - quiet.since >= limit_s:
                silent.add(crew.unit_id)
                if known is None:
                    raise_alarm(self._database, WATCH, _silent(crew))
            elif known is not None and (limit_s is None or quiet.was_heard):
                # what was silent before a restart is so until it is heard
                clear(self._database, WATCH, known.id, "" if limit_s else "not_watched")
            elif known is not None:
                silent.add(crew.unit_id)
        self._silent = frozenset(silent)

    def _listened(self, crew: Crew, counts: bool, now: float) -> _Quiet:
        """Since when nothing was heard of this crew; while it need not report, no time passes."""
        kept = self._quiet.get(crew.unit_id)
        if kept is None:
            kept = _Quiet(crew.heard, now, False)
        elif kept.heard != crew.heard:
            kept = _Quiet(crew.heard, now, True)
        elif not counts:
            kept = replace(kept, since=now)
        self._quiet[crew.unit_id] = kept
        return kept


def _lost(state: LinkState, crew: Crew | None) -> Raising:
    name, originator = state.config.name, f"link:{state.config.id}"
    if crew is None:
        return Raising(originator, Kind.LINK_LOST, name)
    if crew.call_sign not in name:
        name = f"{name} ({crew.call_sign})"
    return Raising(originator, Kind.LINK_LOST, name, "", crew.lat, crew.lon)


def _silent(crew: Crew) -> Raising:
    return Raising(f"unit:{crew.unit_id}", Kind.UNIT_SILENT, crew.call_sign, "", crew.lat, crew.lon)
