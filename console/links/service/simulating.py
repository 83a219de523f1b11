"""Devices made of bytes that a technician may try: which there are, and what each can be made do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from console.links.model import Place

BEAT_S = 1.0
# family → its maker in the module below, which is brought when the first device is wanted
MAKERS: Mapping[str, str] = {
    "nmea": "receiver",
    "jt808": "terminal",
    "tetra": "tetra_radio",
    "hytera": "hytera_repeater",
    "rigctl": "rig_daemon",
    "kiss": "kiss_modem",
    "modbus": "board",
    "idcard": "card_reader",
    "rfid-r2000": "r2000_reader",
    "rfid-r200": "r200_reader",
    "barcode": "scanner",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """Where simulated devices stand: their ports in ``folder``, themselves at ``lat``, ``lon``."""

    folder: Path
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """One simulated device: where its link finds it, how it is set up, what it can be made do.

    ``deeds``: plug, unplug, garble, press, release, sos, text, status … and what does it.
    """

    place: Place
    stop: Callable[[], None]
    deeds: Mapping[str, Callable[[], object]]
    settings: Mapping[str, Any] = field(default_factory=dict)


class Beat:
    """Does something every second, from ``start`` to ``stop``, in a thread of its own."""

    def __init__(self, name: str, beat: Callable[[], object]) -> None:
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
    return tuple(MAKERS)


def simulate(family: str, name: str, bench: Bench) -> Simulated:
    """A device of this family is plugged in and works; places that it tells lie about its bench."""
    makers = import_module("console.links.service.simulated_devices")
    made: Simulated = getattr(makers, MAKERS[family])(name, bench)
    return made
