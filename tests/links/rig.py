"""A post whose links' threads run, and what they said: for the tests of the wires."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    LinkChanged,
    LinkConfig,
    LinkPhase,
    LinksChanged,
    LinkState,
    Outcome,
    Place,
    ReadingArrived,
    SerialPlace,
    Timing,
)
from console.links.service import Supervisor, set_up_link
from drivers.sim.terminal import Terminal

QUICK = Timing(silence_s=0.5, reopen_s=60.0, first_retry_s=0.05, longest_retry_s=0.2)
CALM = Timing(silence_s=60.0, reopen_s=120.0, first_retry_s=0.05, longest_retry_s=0.2)


def until(true: Callable[[], bool], told: str, within_s: float = 8.0) -> None:
    """Waits for a condition; fails with what was waited for."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, told
        threading.Event().wait(0.01)


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port of this machine that nobody has."""
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Post:
    """A post with links whose threads run, and what they said."""

    def __init__(
        self, database: Database, bus: EventBus, officer: Actor, timing: Timing = QUICK
    ) -> None:
        self.database, self.bus, self.officer = database, bus, officer
        self.readings: list[ReadingArrived] = []
        self.changes: list[LinkPhase] = []
        self.outcomes: list[tuple[Outcome, str]] = []  # and in whose thread each was told
        self.supervisor = Supervisor(database, bus, SystemClock(), timing)
        bus.subscribe(ReadingArrived, self.readings.append)
        bus.subscribe(LinkChanged, lambda event: self.changes.append(event.state))
        bus.subscribe(LinksChanged, lambda _: self.supervisor.refresh())

    def set_up(
        self, name: str, family: str, place: Place, **further: Mapping[str, Any] | str
    ) -> LinkConfig:
        """A link to this place stands and its thread runs."""
        wanted = len(self.supervisor.snapshot()) + 1
        config = LinkConfig(LinkId(""), name, family, place, **further)  # type: ignore[arg-type]
        link = set_up_link(self.database, self.officer, config)
        until(lambda: len(self.supervisor.snapshot()) == wanted, "the link's thread runs")
        return link

    def connect(
        self, device: Terminal, family: str = "nmea", **further: Mapping[str, Any] | str
    ) -> LinkConfig:
        """A link to this serial device stands and its thread runs."""
        return self.set_up(device.name, family, SerialPlace(device.identity), **further)

    @property
    def state(self) -> LinkState:
        (state,) = self.supervisor.snapshot()
        return state

    def reach(self, phase: LinkPhase) -> None:
        until(lambda: [s.phase for s in self.supervisor.snapshot()] == [phase], f"{phase}")

    def keep(self, outcome: Outcome) -> None:
        """An order's outcome is kept, with the name of the thread in which it was told."""
        self.outcomes.append((outcome, threading.current_thread().name))
