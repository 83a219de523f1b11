"""Crews that drive along the roads and report by NMEA bytes through pseudo-terminals."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.core.ids import UnitId
from console.drill.journey import Journey, Spot, metres_between
from console.drill.sample_post import SampleUnit
from console.gridmap.model import Place
from console.gridmap.routing import RoadGraph
from console.roster.model import TravelMode
from drivers.sim.receiver import Receiver

log = logging.getLogger(__name__)
TICK_S = 1.0
SPEED_MPS = {
    TravelMode.CAR: 11.0,
    TravelMode.MOTORCYCLE: 12.0,
    TravelMode.BICYCLE: 5.0,
    TravelMode.FOOT: 1.5,
}
URGENT = 1.4  # a crew that was sent drives faster than one on patrol


@dataclass(slots=True)
class _Crew:
    unit: SampleUnit
    receiver: Receiver
    journey: Journey
    begun: float
    wanted: tuple[float, float] | None = None
    sent: bool = False
    gone_m: float = 0.0
    last: tuple[float, float] | None = field(default=None)


class Crews:
    """One thread moves every crew and writes its receiver's bytes, once a second.

    ``send(unit, lat, lon)`` makes a crew drive there; ``free(unit)`` lets it patrol again.
    ``speed`` makes the town live faster; ``on_move`` hears where each crew is, at every turn.
    """

    def __init__(
        self, graph: RoadGraph, units: Sequence[SampleUnit], folder: Path, speed: float = 1.0
    ) -> None:
        self._graph = graph
        self._speed = speed
        self._guard = threading.Lock()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self.on_move: Callable[[UnitId, Spot], object] = lambda unit_id, spot: None
        self._chance = random.Random(110)
        self._corners = _corners(graph)
        self._crews = {
            unit.unit_id: _Crew(
                unit,
                Receiver(f"gnss-{unit.call_sign}", folder),
                Journey([self._chance.choice(self._corners)], 1.0),
                0.0,
            )
            for unit in units
        }

    def start(self) -> None:
        """Every receiver is plugged in and every crew on its way."""
        now = time.monotonic()
        for crew in self._crews.values():
            crew.receiver.plug()
            crew.begun = now
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="drill-crews", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nobody moves and every receiver is unplugged."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None
        for crew in self._crews.values():
            crew.receiver.unplug()

    def ports(self) -> dict[UnitId, tuple[str, str]]:
        """Unit → name and serial identity of its receiver."""
        return {
            unit_id: (f"{crew.unit.call_sign} GNSS", crew.receiver.identity)
            for unit_id, crew in self._crews.items()
        }

    def send(self, unit_id: UnitId, lat: float, lon: float) -> None:
        """The crew drives there by the quickest way."""
        with self._guard:
            crew = self._crews.get(unit_id)
            if crew is not None:
                crew.wanted, crew.sent = (lat, lon), True

    def free(self, unit_id: UnitId) -> None:
        """The crew patrols again."""
        with self._guard:
            crew = self._crews.get(unit_id)
            if crew is not None:
                crew.sent = False

    def moved(self, least_m: float = 20.0) -> int:
        """How many crews have come at least this far since the start."""
        with self._guard:
            return sum(crew.gone_m >= least_m for crew in self._crews.values())

    def receiver(self, call_sign: str) -> Receiver:
        """The receiver of this crew, to pull and to garble."""
        return next(
            crew.receiver for crew in self._crews.values() if crew.unit.call_sign == call_sign
        )

    def _run(self) -> None:
        tick: Callable[[], float] = time.monotonic
        while not self._ending.is_set():
            begun = tick()
            try:
                self._tick(begun)
            except Exception:
                log.exception("the crews stumbled")
            self._ending.wait(max(0.05, TICK_S - (tick() - begun)))

    def _tick(self, now: float) -> None:
        for crew in self._crews.values():
            with self._guard:
                spot = self._advance(crew, now)
            self.on_move(crew.unit.unit_id, spot)
            if crew.receiver.plugged:
                crew.receiver.place(
                    spot.lat, spot.lon, spot.speed_mps, spot.course_deg, datetime.now(UTC)
                )

    def _advance(self, crew: _Crew, now: float) -> Spot:
        seconds = (now - crew.begun) * self._speed
        spot = crew.journey.spot(seconds)
        if crew.last is not None:
            crew.gone_m += metres_between(*crew.last, spot.lat, spot.lon)
        crew.last = (spot.lat, spot.lon)
        if crew.wanted is not None:
            self._set_off(crew, spot, crew.wanted, now, URGENT)
            crew.wanted = None
        elif crew.journey.done(seconds) and not crew.sent:
            self._set_off(crew, spot, self._chance.choice(self._corners), now, 0.7)
        return spot

    def _set_off(
        self, crew: _Crew, spot: Spot, to: tuple[float, float], now: float, haste: float
    ) -> None:
        path = self._graph.path(Place(spot.lat, spot.lon), Place(*to), str(crew.unit.mode))
        if path:
            speed = SPEED_MPS[crew.unit.mode] * haste
            crew.journey, crew.begun = Journey(path, speed), now


def _corners(graph: RoadGraph) -> list[tuple[float, float]]:
    """Places where crews are found: points of the streets with names, away from the edge."""
    south, west, north, east = graph.bounds()
    rim_lat, rim_lon = (north - south) * 0.15, (east - west) * 0.15
    return sorted(
        {
            (lat, lon)
            for kind, name, line in graph.ways()
            if name and kind in ("primary", "secondary", "tertiary", "residential")
            for lat, lon in line
            if south + rim_lat < lat < north - rim_lat and west + rim_lon < lon < east - rim_lon
        }
    )
