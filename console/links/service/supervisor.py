"""All links of the post: one thread each, as the store says."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links import store
from console.links.model import LinkConfig, LinkState, Order, Timing
from console.links.service.asking import Then, not_there
from console.links.service.delivery import Delivery
from console.links.service.finder import Finder
from console.links.service.health import HealthKeeper
from console.links.service.recorder import FOLDER
from console.links.service.runner import LinkRunner, Surroundings
from console.links.service.taps import Hear, Taps
from drivers.errors import DriverError

log = logging.getLogger(__name__)

_STOP_S = 3.0


class Supervisor:
    """Runs every link of the store from ``start`` to ``stop``; ``refresh`` when links changed."""

    def __init__(
        self, database: Database, bus: EventBus, clock: Clock, timing: Timing | None = None
    ) -> None:
        self._database = database
        captures = database.path.parent / FOLDER
        self._delivery = Delivery(bus.publish)
        self._around = Surroundings(
            clock, bus.publish, captures, lambda: database.ballast.spent, find=Finder().find
        )
        self._timing = timing
        self._guard = threading.Lock()
        self._runners: dict[LinkId, LinkRunner] = {}
        self._taps: dict[LinkId, Taps] = {}
        self._ended = {"lost": 0, "recovered": 0}  # counted by links that are no more
        self._changed = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.health = HealthKeeper(database, self.snapshot, clock)

    def start(self) -> None:
        """Every link's thread runs."""
        self._stopping = False
        self._delivery.start()
        self._bring_up_to_date()
        self._thread = threading.Thread(target=self._run, name="links", daemon=True)
        self._thread.start()
        self.health.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Every wire is closed and every thread has ended, or it is logged which has not."""
        deadline = time.monotonic() + timeout_s
        self.health.stop(timeout_s)
        self._stopping = True
        self._changed.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        with self._guard:
            runners = list(self._runners.values())
            self._runners.clear()
        for runner in runners:
            runner.ask_to_stop()
        for runner in runners:
            self._end(runner, max(0.0, deadline - time.monotonic()))
        self._delivery.stop(max(0.5, deadline - time.monotonic()))

    def refresh(self) -> None:
        """Links that changed in the store are started, ended or started anew, soon."""
        self._changed.set()

    def snapshot(self) -> tuple[LinkState, ...]:
        """How every link stands now, by name."""
        with self._guard:
            states = [runner.state for runner in self._runners.values()]
        return tuple(sorted(states, key=lambda state: state.config.name))

    def order(self, link_id: LinkId, order: Order, deadline_s: float, then: Then) -> str:
        """The order goes out within moments; its id. From any thread.

        ``then`` is called exactly once with the outcome, by the deadline or moments after: in the
        link's thread, or at once in the caller's where the link is not there or not open (lost) or
        too many orders wait (dropped).
        """
        with self._guard:
            runner = self._runners.get(link_id)
        return not_there(order, then) if runner is None else runner.order(order, deadline_s, then)

    def tap(self, link_id: LinkId, hear: Hear) -> Callable[[], None]:
        """``hear`` is told every piece of bytes of this link, also after its set-up changed, in the
        link's thread, until what is returned is called."""
        with self._guard:
            taps = self._taps.setdefault(link_id, Taps())
        return taps.add(hear)

    def totals(self) -> tuple[int, int]:
        """How often a link was lost and recovered since the start, removed links included."""
        states = self.snapshot()
        lost = self._ended["lost"] + sum(state.lost for state in states)
        recovered = self._ended["recovered"] + sum(state.recovered for state in states)
        return lost, recovered

    def _run(self) -> None:
        while True:
            self._changed.wait()
            if self._stopping:
                return
            self._changed.clear()
            try:
                self._bring_up_to_date()
            except ConsoleError as failed:
                log.warning("links: %s", failed)
            except Exception:
                log.exception("links")

    def _bring_up_to_date(self) -> None:
        with self._database.read() as connection:
            wanted = {config.id: config for config in store.all_links(connection)}
        with self._guard:
            running = dict(self._runners)
        for link_id, runner in running.items():
            if self._stopping:
                return
            config = wanted.get(link_id)
            if config is not None and _same_device(runner.config, config):
                runner.take_on(config)
                continue
            self._end(runner, _STOP_S)
            started = None if config is None else self._started(config)
            self._keep(link_id, started)  # a link that moved is never missing from a snapshot
        for link_id in wanted.keys() - running.keys():
            self._keep(link_id, self._started(wanted[link_id]))

    def _keep(self, link_id: LinkId, started: LinkRunner | None) -> None:
        with self._guard:
            if started is None:
                self._runners.pop(link_id, None)
                self._taps.pop(link_id, None)
                self._delivery.forget(link_id)
            elif self._stopping:  # stop has taken its list already: nobody else will end this one
                started.ask_to_stop()
            else:
                self._runners[link_id] = started

    def _started(self, config: LinkConfig) -> LinkRunner | None:
        try:
            runner = LinkRunner(config, self._surroundings(config.id), self._timing)
        except DriverError as unknown:
            log.error("link %s: %s", config.name, unknown)
            return None
        runner.start()
        return runner

    def _surroundings(self, link_id: LinkId) -> Surroundings:
        queue = self._delivery.queue(link_id)
        with self._guard:
            taps = self._taps.setdefault(link_id, Taps())
        return replace(self._around, tell=queue.put, dropped=lambda: queue.dropped, taps=taps)

    def _end(self, runner: LinkRunner, timeout_s: float) -> None:
        if not runner.stop(timeout_s):
            log.error("the thread of link %s has not ended in time", runner.config.name)
        self._ended["lost"] += runner.state.lost
        self._ended["recovered"] += runner.state.recovered


def _same_device(one: LinkConfig, other: LinkConfig) -> bool:
    return (one.family, one.transport, one.settings) == (
        other.family,
        other.transport,
        other.settings,
    )
