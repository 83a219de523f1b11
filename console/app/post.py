"""The post's services without a window: store, positions, wires, roads, the road to the city."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from console.core.clock import Clock, SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import create_key, key_id_of, read_key
from console.core.ownership import Ownership
from console.core.timings import Timings
from console.gridmap.service import Roads
from console.roster.service import PositionBoard
from console.settings import Settings
from console.sync.model import Pace
from console.wiring import city_handlers, post_listeners

if TYPE_CHECKING:
    from console.links.service import Supervisor
    from console.sync.service import Road

log = logging.getLogger(__name__)
T = TypeVar("T")


class Post:
    """One post's services. ``start`` opens them in order, ``stop`` closes them in reverse.

    A window does it in two steps: ``open`` gives it what the desk shows, ``connect`` follows when
    the desk stands and brings roads, wires and the road to the city.
    """

    def __init__(
        self, settings: Settings, clock: Clock | None = None, pace: Pace | None = None
    ) -> None:
        self.settings = settings
        self._pace = pace or Pace()
        self.clock = clock or SystemClock()
        self.bus = EventBus()
        self.timings = Timings()
        self.roads = Roads(
            settings.roads_file, settings.areas_file, settings.data / "cache", self.bus
        )
        self._ownership = Ownership(settings.data)
        self._steps = threading.Lock()
        self._stops: list[Callable[[], object]] = []
        self._database: Database | None = None
        self._positions: PositionBoard | None = None
        self._links: Supervisor | None = None
        self._road: Road | None = None

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
    def road(self) -> Road:
        """The road to the city."""
        return _there(self._road)

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
        self._ownership.start()
        self._stops.append(self._ownership.stop)
        key = read_key(self.settings.data)
        self._database = Database(self.settings.data, key, self.clock, self.bus)
        self._database.start()
        self._stops.append(self._database.stop)
        self._positions = PositionBoard(self._database, self.bus, self.clock)
        self._positions.start()
        self._stops.append(self._positions.stop)

    def _connect(self, database: Database) -> None:
        # brought here, not at the top: the desk stands before the libraries of wires and city load
        from console.links.service import Supervisor
        from console.sync.service import Road

        self.roads.start()
        self._stops.append(self.roads.stop)
        links = self._links = Supervisor(database, self.bus, self.clock)
        road = Road(
            database,
            self.bus,
            self.clock,
            self.settings.city,
            city_handlers(self.roads),
            self._pace,
        )
        for kind, listener in post_listeners(self.positions, links, road):
            self._stops.append(self.bus.subscribe(kind, listener))
        links.start()
        self._stops.append(links.stop)
        road.start()
        self._stops.append(road.stop)
        self._road = road


def set_up_post(folder: Path, post: str) -> None:
    """A new, empty store of this post stands in ``folder``. Refused over an existing one."""
    key = read_key(folder) if key_id_of(folder) is not None else create_key(folder)
    ownership = Ownership(folder)
    ownership.start()
    try:
        Database(folder, key, SystemClock(), EventBus()).create(post)
    finally:
        ownership.stop()


def _there(service: T | None) -> T:
    if service is None:
        raise RuntimeError("the post is not started")
    return service
