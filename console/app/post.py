"""The post's services without a window: store, positions, wires, roads, the road to the city."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from console.core.clock import Clock, SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import (
    read_key,
)
from console.core.log_file import require_sound_log
from console.core.ownership import Ownership
from console.core.swap import finish
from console.core.timings import Timings
from console.gridmap.service import Roads
from console.roster.service import PositionBoard
from console.settings import Settings

if TYPE_CHECKING:
    from console.alarms.service import AlarmIntake
    from console.links.service import Supervisor
    from console.patrol.service import PatrolWatch
    from console.radio.service import RadioRoom
    from console.sync.model import Pace
    from console.sync.service import Road
    from console.upkeep.service import BackupKeeper
    from console.videowall.service import Turning, Wall
    from console.videowall.service.health_watch import HealthWatch
    from console.videowall.service.recorder import Recorder

log = logging.getLogger(__name__)
T = TypeVar("T")


class Part(Protocol):
    """What runs as long as the post does."""

    def start(self) -> Any: ...

    def stop(self) -> Any: ...


class Post:
    """One post's services. ``start`` opens them in order, ``stop`` closes them in reverse.

    A window does it in two steps: ``open`` gives it what the desk shows, ``connect`` follows when
    the desk stands and brings roads, wires and the road to the city.
    """

    def __init__(
        self, settings: Settings, clock: Clock | None = None, pace: Pace | None = None
    ) -> None:
        self.settings = settings
        self._pace = pace
        self.clock = clock or SystemClock()
        self.bus = EventBus()
        self.timings = Timings()
        self.roads = Roads(settings.roads_file, settings.areas_file, settings.cache, self.bus)
        self._ownership = Ownership(settings.data)
        self._steps = threading.Lock()
        self._stops: list[Callable[[], object]] = []
        self._database: Database | None = None
        self._positions: PositionBoard | None = None
        self._links: Supervisor | None = None
        self._road: Road | None = None
        self._patrol: PatrolWatch | None = None
        self._radio: RadioRoom | None = None
        self._wall: Wall | None = None
        self._turning: Turning | None = None
        self._recorder: Recorder | None = None
        self._health: HealthWatch | None = None
        self._backups: BackupKeeper | None = None

    @property
    def database(self) -> Database:
        """The store; open between ``start`` and ``stop``."""
        return _there(self._database)

    @property
    def positions(self) -> PositionBoard:
        """The latest places of the crews."""
        return _there(self._positions)

    @property
    def links(self) -> Supervisor:
        """The wires."""
        return _there(self._links)

    @property
    def patrol(self) -> PatrolWatch:
        """The watch over the crews' tracks."""
        return _there(self._patrol)

    @property
    def road(self) -> Road:
        """The road to the city."""
        return _there(self._road)

    @property
    def radio(self) -> RadioRoom:
        """The radio room."""
        return _there(self._radio)

    @property
    def turning(self) -> Turning:
        """What turns cameras and finds them in the network."""
        return _there(self._turning)

    @property
    def wall(self) -> Wall:
        """What shows cameras; its processes start with the first one."""
        return _there(self._wall)

    @property
    def recorder(self) -> Recorder:
        """What keeps recordings of what the wall shows."""
        return _there(self._recorder)

    @property
    def health(self) -> HealthWatch:
        """What watches the cameras' health."""
        return _there(self._health)

    @property
    def backups(self) -> BackupKeeper:
        """What makes the backups by the clock."""
        return _there(self._backups)

    @property
    def connected(self) -> bool:
        """Wires, roads and the road to the city run."""
        return self._road is not None

    def start(self) -> None:
        """Every service runs. Refused, and nothing left open, when one of them cannot."""
        try:
            self.open()
            self.connect()
        except BaseException:
            self.stop()
            raise

    def open(self) -> None:
        """The store is open and the crews' places are known. Refused, and nothing left open, when
        that cannot be."""
        try:
            self._open()
        except BaseException:
            self.stop()
            raise

    def connect(self) -> None:
        """The rest runs: roads load, wires are open, the city is asked. In any thread, once."""
        with self._steps:
            if self._database is not None and not self.connected:
                self._connect(self._database)

    def stop(self) -> None:
        """Every service has ended, the last started first."""
        with self._steps:
            while self._stops:
                try:
                    self._stops.pop()()
                except Exception:
                    log.exception("a service did not stop cleanly")
            self._database = None

    def _open(self) -> None:
        self._stops.append(self._ownership.stop)
        self._ownership.start()
        finish(self.settings.data)
        require_sound_log(self.settings.data)
        key = read_key(self.settings.data)
        self._database = Database(self.settings.data, key, self.clock, self.bus)
        self._stops.append(self._database.stop)
        self._database.start()
        lines, events = self._database.behind
        if lines or events:
            raise Refused("store.behind", lines=lines, events=events)
        self._positions = PositionBoard(self._database, self.bus, self.clock)
        self._run(self._positions)

    def _connect(self, database: Database) -> None:
        # brought here, not at the top: the desk stands before the libraries of wires and city load
        from console.alarms.service import AlarmIntake, AlarmWatch, Sights
        from console.citizen.service import Forgetter
        from console.core.clock_watch import ClockWatch
        from console.links.service import Supervisor
        from console.patrol.service import PatrolWatch
        from console.sync.model import Pace
        from console.sync.service import Road
        from console.sync.service.checkpoint import Checkpointer
        from console.upkeep.service import BackupKeeper
        from console.wiring import (
            Watches,
            city_handlers,
            confirmed,
            post_listeners,
            watched_cameras,
            watched_crews,
        )

        self._start_wall(database)
        self._run(self.roads)
        links = self._links = Supervisor(database, self.bus, self.clock)
        road = Road(
            database,
            self.bus,
            self.clock,
            self.settings.city,
            city_handlers(self.roads),
            self._pace or Pace(),
        )
        patrol = self._patrol = PatrolWatch(database, self.bus, self.clock)
        self._run(patrol)
        crews = watched_crews(self.positions, links)
        sights = Sights(links.snapshot, crews, watched_cameras(self.wall, self.health))
        watch = AlarmWatch(database, self.clock, sights)
        intake = AlarmIntake(database, self.clock, crews, confirmed(links, lambda: self.radio))
        self._run(intake)
        watches = Watches(patrol, watch, intake)
        for kind, listener in post_listeners(self.positions, links, road, watches):
            self._stops.append(self.bus.subscribe(kind, listener))
        self._stops.append(links.stop)
        self._start_radio(database, links, intake)
        links.start()
        self._run(watch)
        self._run(database.ballast)
        self._run(Forgetter(database, self.clock))
        self._backups = BackupKeeper(database, self.bus, self.clock, self.settings.data)
        self._run(self._backups)
        self._run(road)
        self._run(ClockWatch(database, self.clock))
        self._run(Checkpointer(database, self.clock, road.witness.look))
        self._road = road

    def _run(self, part: Part) -> None:
        """``part`` runs, and ends before those that ran before it."""
        self._stops.append(part.stop)
        part.start()

    def _start_wall(self, database: Database) -> None:
        """The wall ends after its recordings; its children start with the first tile."""
        from console.videowall.service import Turning, Wall
        from console.videowall.service.recorder import Recorder
        from console.wiring import film_listeners, health_listeners, health_watch

        self._wall = Wall(on_news=self.bus.publish)
        self._stops.append(self._wall.stop)
        self._turning = Turning(on_news=self.bus.publish)
        self._stops.append(self._turning.stop)
        self._recorder = Recorder(database, self._wall)
        self._health = health_watch(database, self._wall, self.roads)
        listeners = (*film_listeners(self._recorder), *health_listeners(self._health))
        for kind, listener in listeners:
            self._stops.append(self.bus.subscribe(kind, listener))
        self._run(self._recorder)
        self._run(self._health)

    def _start_radio(self, database: Database, links: Supervisor, intake: AlarmIntake) -> None:
        """The radio room hears the links before the first of them is open, and ends before they
        do: a microphone may be open. What crews send by status moves their calls along."""
        from console.dispatch.service import call_of_unit
        from console.dispatch.service.by_radio import RadioSteps
        from console.radio.service import RadioRoom
        from console.wiring import radio_listeners

        radio = self._radio = RadioRoom(database, self.bus, self.clock, links, call_of_unit)
        steps = RadioSteps(database)
        self._run(steps)
        for kind, listener in radio_listeners(radio, steps, intake):
            self._stops.append(self.bus.subscribe(kind, listener))
        self._run(radio)


def _there(service: T | None) -> T:
    if service is None:
        raise RuntimeError("the post is not started")
    return service
