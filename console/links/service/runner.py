"""One link's thread: the only one that touches its wire, ordered about by the pure step."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from console.core.clock import Clock
from console.links.model import (
    Happening,
    Heard,
    LinkChanged,
    LinkConfig,
    LinkPhase,
    LinkState,
    Looked,
    Opened,
    OpenFailed,
    Order,
    Place,
    Quiet,
    ReadingArrived,
    ReplayPlace,
    SerialPlace,
    Standing,
    TcpPlace,
    Timing,
    WireLost,
    step,
)
from console.links.service.recorder import Recorder
from drivers import catalog
from drivers.contract import Bad, Decoder, Message, Wire
from drivers.errors import DriverError, LinkLost
from drivers.transport import ports
from drivers.transport.replay import ReplayWire
from drivers.transport.serial_port import SerialWire
from drivers.transport.tcp import TcpWire

log = logging.getLogger(__name__)

READ_S = 0.2  # the longest a stop waits for a quiet wire
LOOK_S = 0.25  # how often a closed wire's device is looked for
LABOUR_S = 0.02  # a piece that takes longer to decode is a flood
_ERROR_CHARS = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a link's thread needs from the house; ``tell`` takes events; nothing is recorded while
    the disk is ``short`` of room."""

    clock: Clock
    tell: Callable[[object], None]
    captures: Path
    short: Callable[[], bool] = lambda: False


class LinkRunner:
    """Runs one link from ``start`` to ``stop``. ``state`` may be read from any thread."""

    def __init__(
        self,
        config: LinkConfig,
        around: Surroundings,
        timing: Timing | None = None,
        wire: Wire | None = None,
    ) -> None:
        self.config = config
        self._around = around
        self._clock = around.clock
        self._driver = catalog.driver(config.family)
        self._timing = timing or Timing(self._driver.silence_s)
        self._wire = wire or wire_for(config.transport)
        self._decoder: Decoder = self._driver.decoder()
        self._recorder = Recorder(around.captures, config, around.clock)
        self._recording = config.record
        self._asked = config
        self._standing = Standing()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.state = LinkState(config, LinkPhase.ABSENT, around.clock.now())

    def start(self) -> None:
        """The link's thread runs."""
        # daemon: an open that the system never answers (a name server) must not hold the program
        self._thread = threading.Thread(
            target=self._run, name=f"link {self.config.name}", daemon=True
        )
        self._thread.start()

    def take_on(self, config: LinkConfig) -> None:
        """The same device under another name, for another unit, recorded or not; soon."""
        self._asked = config

    def ask_to_stop(self) -> None:
        """The thread will end soon; ``stop`` waits for it."""
        self._stopping.set()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """The wire is closed and the thread has ended; False where it has not within the time."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._turn()
                except Exception as bug:
                    log.exception("link %s", self.config.name)
                    self._obey(WireLost(f"{type(bug).__name__}: {bug}", "bug"))
                    self._stopping.wait(LOOK_S)
        finally:
            self._wire.close()
            self._recorder.close()

    def _turn(self) -> None:
        if self._asked is not self.config:
            self._adopt(self._asked)
        if self._standing.opened:
            try:
                data = self._wire.read(READ_S)
            except DriverError as gone:
                self._take(self._decoder.finish())
                self._obey(WireLost(str(gone), gone.cause))
                return
            if data:
                self._hear(data)
            self._obey(Quiet())
            return
        if self._obey(self._look()) is not Order.OPEN:
            self._stopping.wait(LOOK_S)
            return
        try:
            self._wire.open()
        except DriverError as failed:
            self._wire.close()
            self._obey(OpenFailed(str(failed), failed.cause))
        else:
            self._decoder = self._driver.decoder()
            self._obey(Opened())

    def _adopt(self, config: LinkConfig) -> None:
        self.config = config
        self._recording = config.record
        if not config.record:
            self._recorder.close()
        recording = self.state.recording if config.record else ""
        self.state = replace(self.state, config=config, recording=recording)

    def _look(self) -> Looked:
        place = self.config.transport
        if not isinstance(place, SerialPlace):
            return Looked(True)  # what lies behind an address shows only when it is called
        try:
            return Looked(ports.find(place.identity) is not None)
        except LinkLost as odd:
            return Looked(False, str(odd), odd.cause)

    def _hear(self, data: bytes) -> None:
        self.state = replace(self.state, received_bytes=self.state.received_bytes + len(data))
        if self._recording and not self._around.short():
            try:
                self._recorder.write(data)
            except OSError as failed:  # a full disk must not stop the link
                self._recording = False
                self._recorder.close()
                self._complain(f"capture: {failed}", "disk")
            self.state = replace(self.state, recording=self._recorder.name)
        began = time.perf_counter()
        self._take(self._decoder.feed(data))
        spent_s = time.perf_counter() - began
        if spent_s > LABOUR_S:  # a device that floods must not starve the other threads
            self._stopping.wait(min(2 * spent_s, READ_S))

    def _take(self, messages: list[Message]) -> None:
        bad = [message for message in messages if isinstance(message, Bad)]
        readings = [message for message in messages if not isinstance(message, Bad)]
        if bad:
            self.state = replace(self.state, bad=self.state.bad + len(bad), last_bad=bad[-1].reason)
        if not readings:
            return
        now = self._clock.now()
        frames = self.state.frames + len(readings)
        self.state = replace(self.state, frames=frames, heard_at=now)
        self._obey(Heard())
        for reading in readings:
            self._around.tell(ReadingArrived(self.config.id, self.config.serves, reading, now))

    def _obey(self, what: Happening) -> Order:
        was = self._standing
        self._standing, order = step(was, what, self._clock.monotonic(), self._timing)
        if order is Order.CLOSE:
            self._wire.close()
        self._show(was)
        return order

    def _show(self, was: Standing) -> None:
        """The state says how the link stands now; a change is told."""
        now_is, state = self._standing, self.state
        if now_is is was:
            return
        lost = now_is.phase is LinkPhase.LOST and was.phase is not LinkPhase.LOST
        recovered = was.was_lost and not now_is.was_lost
        changed = now_is.phase is not was.phase
        self.state = replace(
            state,
            phase=now_is.phase,
            opened=now_is.opened,
            since=self._clock.now() if changed else state.since,
            lost=state.lost + lost,
            recovered=state.recovered + recovered,
            port=(getattr(self._wire, "name", None) or "") if now_is.opened else "",
        )
        if now_is.error and now_is.error != was.error:
            self._complain(now_is.error, now_is.cause)
        if changed:
            self._around.tell(LinkChanged(self.config.id, now_is.phase, self.state.since))

    def _complain(self, told: str, cause: str) -> None:
        log.info("link %s: %s", self.config.name, told)
        now = self._clock.now()
        self.state = replace(self.state, error=told[:_ERROR_CHARS], cause=cause, error_at=now)


def wire_for(place: Place) -> Wire:
    """The wire to this place, not yet open."""
    match place:
        case SerialPlace(identity, baud):
            return SerialWire(identity, baud)
        case TcpPlace(host, port):
            return TcpWire(host, port)
        case ReplayPlace(file, speed):
            return ReplayWire(file, speed)
