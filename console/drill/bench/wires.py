"""More crews for the measured post, and wires on which some of them report."""

from __future__ import annotations

import math
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import read_key
from console.drill.bench.post import street_corners
from console.drill.sample_post import add_receivers, sample_units
from console.roster import service as roster
from console.roster.model import NewUnit, TravelMode
from drivers.sim.receiver import Receiver


def reinforce(data: Path, units: int, links: int, ports: Path) -> list[Receiver]:
    """The post has ``units`` crews, and ``links`` of them report through the returned receivers."""
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        there = len(sample_units(database))
        modes = list(TravelMode)
        for number in range(units - there):
            new = NewUnit(
                f"9{number:03d}", "增援", modes[number % 2], ("民警",), frozenset(), "patrolling"
            )
            roster.add_unit(database, SYSTEM, new)
        chosen = sample_units(database)[:links]
        receivers = {unit.unit_id: Receiver(f"gnss-{unit.call_sign}", ports) for unit in chosen}
        add_receivers(
            database,
            {unit_id: (f"{one.name} GNSS", one.identity) for unit_id, one in receivers.items()},
        )
    finally:
        database.stop()
    return list(receivers.values())


class Wires:
    """From ``start`` to ``stop`` every receiver talks once a second, in a thread."""

    def __init__(self, receivers: list[Receiver]) -> None:
        self._receivers = receivers
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bench-wires", daemon=True)

    def start(self) -> None:
        """They are plugged in and talk."""
        for receiver in self._receivers:
            receiver.plug()
        self._thread.start()

    def stop(self) -> None:
        """They are unplugged."""
        self._ending.set()
        self._thread.join(5.0)
        for receiver in self._receivers:
            receiver.unplug()

    def _run(self) -> None:
        homes = street_corners()
        while not self._ending.wait(1.0):
            angle = time.monotonic() / 20
            for at, receiver in enumerate(self._receivers):
                home = homes[(at * 97) % len(homes)]
                lat = home.lat + 0.001 * math.sin(angle + at)
                lon = home.lon + 0.001 * math.cos(angle + at)
                receiver.place(lat, lon, 8.0, math.degrees(angle) % 360, datetime.now(UTC))
