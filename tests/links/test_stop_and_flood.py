"""Links that end badly or flood: what holds neither the program's end nor its other threads."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import LinkConfig, SerialPlace, TcpPlace
from console.links.service import LinkRunner, Supervisor, add_link
from console.links.service.runner import Surroundings
from tests.links.rig import QUICK, until


def test_a_link_that_is_started_while_all_are_stopped_ends_too(
    database: Database, bus: EventBus, officer: Actor
) -> None:
    supervisor = Supervisor(database, bus, SystemClock(), QUICK)
    config = add_link(database, officer, "one", "nmea", SerialPlace("path:/dev/none"))
    supervisor.start()
    supervisor.stop()
    late = supervisor._started(config)
    assert late is not None
    supervisor._keep(config.id, late)
    until(lambda: late.stop(0), "the late link's thread ends by itself")
    assert supervisor.snapshot() == ()


def test_a_link_that_hangs_does_not_hold_the_program(
    database: Database, bus: EventBus, officer: Actor
) -> None:
    supervisor = Supervisor(database, bus, SystemClock(), QUICK)
    add_link(database, officer, "one", "nmea", SerialPlace("path:/dev/none"))
    supervisor.start()
    named = [t for t in threading.enumerate() if t.name in ("links", "link one")]
    supervisor.stop()
    assert len(named) == 2 and all(thread.daemon for thread in named)


def test_a_device_that_floods_leaves_the_others_their_turn(tmp_path: Path) -> None:
    class Flood:
        """A wire on which marks never end: the dearest noise there is."""

        name = "flood"

        def open(self) -> None: ...

        def close(self) -> None: ...

        def wake(self) -> None: ...

        def write(self, data: bytes) -> None: ...

        def read(self, timeout_s: float) -> bytes:
            return b"$" * 65536

    config = LinkConfig(LinkId("flood"), "flood", "nmea", TcpPlace("127.0.0.1", 9))
    around = Surroundings(SystemClock(), lambda event: None, tmp_path)
    runner = LinkRunner(config, around, wire=Flood())
    began, busy = time.monotonic(), time.process_time()
    runner.start()
    until(lambda: time.monotonic() - began > 2, "two seconds of flood")
    share = (time.process_time() - busy) / (time.monotonic() - began)
    assert runner.stop()
    assert runner.state.bad > 65536 and share < 0.7
