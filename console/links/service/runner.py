"""One link's thread: the only one that touches its wire, ordered about by the pure step."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from console.links.model import (
    PRIVATE_FAMILIES,
    Bad,
    Card,
    Happening,
    Heard,
    LinkChanged,
    LinkConfig,
    LinkState,
    Looked,
    Message,
    Next,
    Nobody,
    Opened,
    OpenFailed,
    Order,
    Outcome,
    Piece,
    Quiet,
    ReadingArrived,
    SerialPlace,
    Standing,
    Timing,
    WireLost,
    served_by,
    step,
)
from console.links.service.asking import Asks, Then
from console.links.service.ledger import Ledger
from console.links.service.recorder import Recorder
from console.links.service.surroundings import Surroundings
from console.links.service.talks import Talks
from console.links.service.wires import Alone, Port, calls_home, port_for
from drivers import catalog
from drivers.contract import Turn, Wire
from drivers.errors import DriverError, LinkLost
from drivers.transport.peers import Heard as Came

__all__ = ["LinkRunner", "Surroundings"]

log = logging.getLogger(__name__)

READ_S = 0.2  # the longest a stop waits for a quiet wire
LOOK_S = 0.25  # how often a closed wire's device is looked for
LABOUR_S = 0.02  # what takes longer to decode is a flood
BREATH_S = 0.1  # the longest pause that a flood gets, so that an unplug is still noticed in time
GRACE_S = 1.0  # an order whose deadline its talk forgot is failed after this
SHORTEST_WAIT_S = 0.002  # a talk that always wants to be asked again takes no whole core
MOST_NOISE = 256 * 1024  # bytes without a good frame from one of many devices; then it is dropped


class LinkRunner:
    """Runs one link from ``start`` to ``stop``. ``state`` and ``order`` are for any thread."""

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
        self._driver = driver = catalog.driver(config.family)
        timing = timing or Timing(driver.silence_s)
        self._many = wire is None and calls_home(config.transport)
        # whoever calls here is not called back: opening anew would only hang up on them
        self._timing = replace(timing, reopen_s=float("inf")) if self._many else timing
        self._wire: Port = port_for(config.transport) if wire is None else Alone(wire)
        self._talks = Talks(driver, config.settings, self._many)
        self._asks = Asks()
        self._taps = around.taps
        self._ledger = Ledger(config, around.clock, self._timing.silence_s, self._many)
        self._recorder = Recorder(around.captures, config, around.clock)
        self._asked = config
        self._standing = Standing()
        self._back_at: float | None = None  # the device was found again, and is not open yet
        self._came: deque[Came] = deque()  # read, and not yet understood
        self._speaking: str | None = None  # whose bytes are being understood
        self._dropped = 0
        self._stopping = False
        self._nudge = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> LinkState:
        """How the link stands now."""
        return self._ledger.state

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

    def order(self, order: Order, deadline_s: float, then: Then) -> str:
        """The order goes out within moments; ``then`` is called once, in the link's thread, or at
        once in the caller's where the link is not open or too many orders wait."""
        told = self._asks.give(order, self._clock.monotonic() + deadline_s, then)
        self._nudge.set()
        self._wire.wake()
        return told

    def ask_to_stop(self) -> None:
        """The thread will end soon; ``stop`` waits for it."""
        self._stopping = True
        self._nudge.set()
        self._wire.wake()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """The wire is closed and the thread has ended; False where it has not within the time."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        try:
            while not self._stopping:
                try:
                    self._turn()
                except Exception as bug:
                    log.exception("link %s", self.config.name)
                    self._stumble(f"{type(bug).__name__}: {bug}")
        finally:
            self._close()
            self._recorder.close()

    def _stumble(self, told: str) -> None:
        """The wire is opened anew; of many devices only the one goes that could not be borne."""
        speaking, self._speaking = self._speaking, None
        if self._many and speaking is not None:
            self._talks.forget(speaking)  # without its last words: they may be what it fell over
            self._wire.drop(speaking)
            self._ledger.complain(told, "bug")
            return
        for peer in self._talks.peers():
            self._talks.forget(peer)
        self._obey(WireLost(told, "bug"))
        self._pause(LOOK_S)

    def _turn(self) -> None:
        if self._asked is not self.config:
            self._adopt(self._asked)
        if self._standing.opened:
            self._attend()
        else:
            self._seek()
        asks, dropped = self._asks, self._around.dropped() + self._dropped
        dropped += getattr(self._wire, "dropped", 0)
        self._ledger.counted(asks.given, asks.failed, dropped)
        self._ledger.light(self._standing, self._talks.names_itself)

    def _adopt(self, config: LinkConfig) -> None:
        self.config = config
        self._recorder.want(config.record)
        self._ledger.adopt(config)

    def _seek(self) -> None:
        """The wire is closed: the device is looked for, and opened where its time has come."""
        looked = self._look()
        now = self._clock.monotonic()
        self._back_at = (self._back_at or now) if looked.plugged else None
        if self._obey(looked) is not Next.OPEN:
            self._pause(LOOK_S)
            return
        try:
            self._wire.open()
        except DriverError as failed:
            self._close()
            self._obey(OpenFailed(str(failed), failed.cause))
            return
        if self._standing.was_lost and self._back_at is not None:
            self._ledger.took(resumed_s=self._clock.monotonic() - self._back_at)
        self._back_at = None
        self._asks.begin()
        self._obey(Opened())

    def _look(self) -> Looked:
        place = self.config.transport
        if not isinstance(place, SerialPlace):
            return Looked(True)  # what lies behind an address shows only when it is called
        try:
            return Looked(self._around.find(place.identity) is not None)
        except LinkLost as odd:
            return Looked(False, str(odd), odd.cause)

    def _require_plugged(self) -> None:
        """Raises LinkLost for a quiet device that is gone: not every port says so to its reader."""
        looked = self._look()
        if not looked.plugged and not looked.told:
            raise LinkLost(f"{self.config.name}: is not plugged in any more", "unplugged")

    def _attend(self) -> None:
        """The wire is open: orders go out, what came is understood, what is due is done."""
        began = self._clock.monotonic()
        try:
            if self._many or self._talks:  # the device of an opened wire comes with the first read
                self._carry_out()
            began = self._clock.monotonic()
            if not self._came:
                due_s = self._talks.wake_at() - began
                self._came.extend(self._wire.read(min(READ_S, max(due_s, SHORTEST_WAIT_S))))
            heard_at = time.perf_counter()
            if not self._came:
                self._require_plugged()
            while self._came:
                self._hear(self._came.popleft())
            for peer, turn in self._talks.pass_time(self._clock.monotonic()):
                self._apply(peer, turn)
        except DriverError as gone:
            self._ledger.took(noticed_s=self._clock.monotonic() - began)
            self._obey(WireLost(str(gone), gone.cause))
            return
        self._ledger.met(self._talks.identity, len(self._talks))
        beats = self._ledger.beat(self._talks.beat_at)
        nobody = self._many and not self._talks
        self._obey(Heard() if beats else Nobody() if nobody else Quiet())
        spent_s = time.perf_counter() - heard_at
        if spent_s > LABOUR_S:  # a device that floods must not starve the other threads
            self._pause(min(2 * spent_s, BREATH_S))

    def _carry_out(self) -> None:
        now = self._clock.monotonic()
        for ask in self._asks.take():
            peer, turn = self._talks.give(ask, now)
            self._apply(peer, turn)
        for ask in self._asks.overdue(now, GRACE_S):
            self._asks.settle(Outcome(ask.id, False, "no_answer"))

    def _hear(self, came: Came) -> None:
        now, peer = self._clock.monotonic(), came.peer
        self._speaking = peer
        if peer not in self._talks and not came.gone:
            self._apply(peer, self._talks.begin(peer, now))
        if came.data and peer in self._talks:
            self._ledger.received(len(came.data), self._recorded(came.data))
            turn = self._talks.hear(peer, came.data, now)
            self._show_piece(peer, came.data, turn.messages)
            self._apply(peer, turn)
            if self._many and self._talks.noise(peer) > MOST_NOISE:
                self._dropped += 1
                self._ledger.complain(f"{peer}: nothing it says is understood", "other_device")
                self._wire.drop(peer)
        if came.gone and peer in self._talks:
            self._take_leave(peer)
        self._speaking = None

    def _recorded(self, data: bytes) -> str:
        if self._around.short():
            return self.state.recording
        try:
            return self._recorder.keep(data)
        except OSError as failed:  # a full disk must not stop the link
            self._recorder.want(False)
            self._ledger.complain(f"capture: {failed}", "disk")
            return ""

    def _apply(self, peer: str, turn: Turn) -> None:
        """What a step of a talk brought is told, its bytes go out, orders get their outcome."""
        self._tell(turn)
        if turn.out:
            self._ledger.sent(len(turn.out))
            self._show_piece(peer, turn.out, (), outward=True)
            if not self._wire.write(peer, turn.out) and peer in self._talks:
                self._take_leave(peer)
        for outcome in turn.outcomes:
            self._asks.settle(outcome)

    def _take_leave(self, peer: str) -> None:
        """This device is gone: what was left of its bytes, and its orders as lost."""
        turn = self._talks.end(peer)
        self._tell(turn)
        for outcome in turn.outcomes:
            self._asks.settle(outcome)

    def _tell(self, turn: Turn) -> None:
        readings, now = self._ledger.understood(turn.messages) if turn.messages else ([], None)
        if not readings or now is None:
            return
        if self._standing.opened:
            self._obey(Heard())
        config = self.config
        for reading in readings:
            self._around.tell(ReadingArrived(config.id, served_by(config, reading), reading, now))

    def _show_piece(
        self, peer: str, data: bytes, messages: Sequence[Message], outward: bool = False
    ) -> None:
        if self._taps:
            now = self._clock.now()
            if self.config.family in PRIVATE_FAMILIES:
                data, messages = b"", [one for one in messages if not isinstance(one, Card | Bad)]
            self._taps.tell(Piece(self.config.id, now, outward, data, tuple(messages), peer))

    def _obey(self, what: Happening) -> Next:
        was = self._standing
        now_is, order = step(was, what, self._clock.monotonic(), self._timing)
        if order is Next.CLOSE or (was.opened and not now_is.opened):
            self._standing = replace(was, opened=False)  # what it says at its end is no new traffic
            self._close()
        self._standing = now_is
        if now_is is not was:
            self._ledger.stand(was, now_is, getattr(self._wire, "name", None) or "")
            if now_is.phase is not was.phase:
                self._around.tell(LinkChanged(self.config.id, now_is.phase, self.state.since))
        return order

    def _close(self) -> None:
        """Every device is taken leave of, every order has its outcome, and the wire is closed."""
        try:
            for peer in self._talks.peers():
                self._take_leave(peer)
        finally:
            self._asks.end()
            self._wire.close()
            self._came.clear()
            self._ledger.met("", 0)

    def _pause(self, seconds: float) -> None:
        self._nudge.wait(seconds)
        self._nudge.clear()
