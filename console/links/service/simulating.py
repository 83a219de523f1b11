"""Devices made of bytes that a technician may try: one maker a family, and what each can be made do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.links.model import Place, SerialPlace
from drivers.sim.receiver import Receiver

BEAT_S = 1.0
_SPEED_MPS, _COURSE_DEG = 8.0, 45.0
_STEP_DEG = 0.00005  # a receiver that walks: about five metres a second


@dataclass(frozen=True, slots=True)
class Simulated:
    """One simulated device: where its link finds it, how it is set up, what it can be made do.

    ``deeds``: plug, unplug, garble, press, release, sos, text, status … and what does it.
    """

    place: Place
    stop: Callable[[], None]
    deeds: Mapping[str, Callable[[], None]]
    settings: Mapping[str, Any] = field(default_factory=dict)


class Beat:
    """Does something every second, from ``start`` to ``stop``, in a thread of its own."""

    def __init__(self, name: str, beat: Callable[[], None]) -> None:
        self._beat = beat
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"sim {name}", daemon=True)

    def start(self) -> None:
        """It beats."""
        self._thread.start()

    def stop(self) -> None:
        """It beats no longer."""
        self._ending.set()
        self._thread.join(3.0)

    def _run(self) -> None:
        while not self._ending.wait(BEAT_S):
            self._beat()


def simulated_families() -> tuple[str, ...]:
    """The families of which a device can be simulated here."""
    return tuple(_MAKERS)


def simulate(family: str, name: str, folder: Path, lat: float, lon: float) -> Simulated:
    """A device of this family is plugged in and works; places that it tells lie about here."""
    return _MAKERS[family](name, folder, lat, lon)


def _receiver(name: str, folder: Path, lat: float, lon: float) -> Simulated:
    device = Receiver(name, folder)
    began = time.monotonic()

    def beat() -> None:
        way = (time.monotonic() - began) * _STEP_DEG % 0.01
        device.place(lat + way, lon + way, _SPEED_MPS, _COURSE_DEG, datetime.now(UTC))

    def lose_fix() -> None:
        device.has_fix = False

    def find_fix() -> None:
        device.has_fix = True

    ticking = Beat(name, beat)
    device.plug()
    ticking.start()

    def stop() -> None:
        ticking.stop()
        device.unplug()

    deeds = {
        "unplug": device.unplug, "plug": device.plug, "garble": device.garble,
        "lose_fix": lose_fix, "find_fix": find_fix,
    }  # fmt: skip
    return Simulated(SerialPlace(device.identity), stop, deeds)


def _board(name: str, folder: Path, lat: float, lon: float) -> Simulated:
    from drivers.sim.modbus import Board

    board = Board(name, folder)
    board.start()
    deeds = {
        "press": board.press, "release": board.release,
        "unplug": board.unplug, "plug": board.plug, "garble": board.garble,
    }  # fmt: skip
    return Simulated(SerialPlace(board.identity), board.stop, deeds)


_MAKERS: Mapping[str, Callable[[str, Path, float, float], Simulated]] = {
    "nmea": _receiver,
    "modbus": _board,
}
