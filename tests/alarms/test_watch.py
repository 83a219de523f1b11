"""The watch: lost wires and silent crews, across start-up, restart and jumps of the clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta

import sqlalchemy as sa

from console.alarms import service
from console.alarms.model import Alarm, AlarmChanged
from console.alarms.service import AlarmWatch, CameraSeen, Crew, Sights
from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import LinkConfig, LinkPhase, LinkState, SerialPlace
from tests.conftest import HandClock

CONFIG = LinkConfig(LinkId("l1"), "403 GNSS", "nmea", SerialPlace("path:/dev/x"), serves="u1")


@dataclass
class World:
    """What the watch looks at, in a test's hand."""

    database: Database
    clock: HandClock
    links: list[LinkState] = field(default_factory=list)
    crews: list[Crew] = field(default_factory=list)
    cameras: list[CameraSeen] = field(default_factory=list)

    def watch(self) -> AlarmWatch:
        """A watch that has just begun and looked once."""
        made = AlarmWatch(self.database, self.clock, self.sights())
        made._begun = self.clock.monotonic()
        made.turn()
        return made

    def sights(self) -> Sights:
        """What the watch is given to look at."""
        return Sights(lambda: self.links, self._crews, lambda _: self.cameras)

    def _crews(self, connection: sa.Connection) -> list[Crew]:
        return self.crews

    def phase(self, phase: LinkPhase) -> None:
        """The one link stands so."""
        self.links = [LinkState(CONFIG, phase, self.clock.now())]

    def open(self) -> list[Alarm]:
        """The open alarms."""
        with self.database.read() as connection:
            return service.open_alarms(connection, self.clock.now())

    def states(self) -> list[tuple[str, str]]:
        """Name and state of every open alarm."""
        return [(a.name, a.state(self.clock.now())) for a in self.open()]


CREW = Crew("u1", "403", "available", True, "fix-1", 35.4, 121.6)


def test_a_lost_link_is_raised_with_its_crew_and_cleared_when_data_come(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock, crews=[CREW])
    world.phase(LinkPhase.TRAFFIC)
    watch = world.watch()
    assert world.open() == []
    world.phase(LinkPhase.LOST)
    watch.turn()
    watch.turn()
    (lost,) = world.open()
    assert (lost.name, lost.lat, lost.lon, lost.count) == ("403 GNSS", 35.4, 121.6, 1)
    world.phase(LinkPhase.OPEN)
    watch.turn()
    assert world.states() == [("403 GNSS", "ringing")]
    world.phase(LinkPhase.TRAFFIC)
    watch.turn()
    assert world.states() == [("403 GNSS", "gone")]  # until somebody has seen it


def test_links_being_opened_at_start_are_not_lost_but_what_never_comes_is(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock)
    world.phase(LinkPhase.ABSENT)
    watch = world.watch()
    clock.pass_(59)
    watch.turn()
    assert world.open() == []
    clock.pass_(1)
    watch.turn()
    assert world.states() == [("403 GNSS", "ringing")]


def test_an_alarm_survives_a_restart_and_is_cleared_by_the_next_watch(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock)
    world.phase(LinkPhase.LOST)
    world.watch()
    world.phase(LinkPhase.ABSENT)
    watch = world.watch()
    assert world.states() == [("403 GNSS", "ringing")]
    world.phase(LinkPhase.TRAFFIC)
    watch.turn()
    assert world.states() == [("403 GNSS", "gone")]


def test_the_alarm_of_a_link_that_is_no_more_is_cleared(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock)
    world.phase(LinkPhase.LOST)
    watch = world.watch()
    world.links = []
    clock.pass_(60)
    watch.turn()
    assert world.states() == [("403 GNSS", "gone")]


def test_a_crew_is_silent_after_the_limit_of_its_status_and_heard_at_its_next_fix(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock, crews=[CREW, replace(CREW, unit_id="u2", meaning="bound")])
    watch = world.watch()
    clock.pass_(599)
    watch.turn()
    assert world.open() == []
    clock.pass_(1)
    watch.turn()
    assert [a.originator for a in world.open()] == ["unit:u2"]
    clock.pass_(300)
    watch.turn()
    assert [a.originator for a in world.open()] == ["unit:u2", "unit:u1"]
    world.crews = [replace(CREW, heard="fix-2"), replace(world.crews[1], heard="fix-2")]
    watch.turn()
    assert [state for _, state in world.states()] == ["gone", "gone"]


def test_who_need_not_report_is_never_silent_and_begins_anew_when_he_must(
    database: Database, clock: HandClock
) -> None:
    meal = replace(CREW, meaning="reserve")
    off = replace(CREW, unit_id="u2", watched=False)
    world = World(database, clock, crews=[meal, off])
    watch = world.watch()
    clock.pass_(7200)
    watch.turn()
    world.crews = [CREW, replace(off, watched=True)]
    watch.turn()
    clock.pass_(899)
    watch.turn()
    assert world.open() == []
    clock.pass_(1)
    watch.turn()
    assert len(world.open()) == 2


def test_off_duty_clears_a_silent_crew(database: Database, clock: HandClock) -> None:
    world = World(database, clock, crews=[CREW])
    watch = world.watch()
    clock.pass_(900)
    watch.turn()
    world.crews = [replace(CREW, watched=False)]
    watch.turn()
    assert world.states() == [("403", "gone")]


def test_a_silent_crew_stays_so_over_a_restart_until_it_is_heard(
    database: Database, clock: HandClock
) -> None:
    world = World(database, clock, crews=[CREW])
    watch = world.watch()
    clock.pass_(900)
    watch.turn()
    watch = world.watch()
    assert world.states() == [("403", "ringing")]
    world.crews = [replace(CREW, heard="fix-2")]
    watch.turn()
    assert world.states() == [("403", "gone")]


def test_a_clock_that_jumps_makes_nobody_silent(database: Database, clock: HandClock) -> None:
    world = World(database, clock, crews=[CREW])
    watch = world.watch()
    clock._now += timedelta(days=1)
    watch.turn()
    clock._now -= timedelta(days=2)
    watch.turn()
    assert world.open() == []


def test_what_is_shelved_comes_back_by_itself(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    world = World(database, clock)
    world.phase(LinkPhase.LOST)
    watch = world.watch()
    (lost,) = world.open()
    service.shelve(database, officer, lost.id, clock.now() + timedelta(minutes=10), "检修")
    watch.turn()
    assert world.open() == []
    clock.pass_(600)
    watch.turn()
    assert world.states() == [("403 GNSS", "ringing")]


def test_the_thread_looks_at_once_when_told_and_ends(
    database: Database, clock: HandClock, bus: EventBus
) -> None:
    world = World(database, clock)
    world.phase(LinkPhase.TRAFFIC)
    raised = threading.Event()
    bus.subscribe(AlarmChanged, lambda _: raised.set())
    watch = AlarmWatch(database, clock, world.sights(), look_s=60)
    watch.start()
    try:
        world.phase(LinkPhase.LOST)
        watch.look()
        assert raised.wait(5)
    finally:
        watch.stop()
    assert world.states() == [("403 GNSS", "ringing")]
