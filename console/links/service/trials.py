"""Devices that are only tried: simulated ones and recordings, on links of their own.

What they say reaches who watches them on the technician's page, and nobody else: no crew moves and
no alarm rings. They are not kept; they end with the console.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.core.clock import Clock
from console.core.errors import Refused
from console.core.ids import LinkId, new_id
from console.links.model import LinkConfig, LinkState, Order, ReplayPlace
from console.links.service.asking import Then, not_there
from console.links.service.runner import LinkRunner, Surroundings
from console.links.service.simulating import Bench, Simulated, simulate, simulated_families
from console.links.service.taps import Hear, Taps
from drivers import catalog
from drivers.contract import Wire
from drivers.errors import LinkLost
from drivers.transport.replay import ReplayWire

MOST = 8  # at the same time
SPEEDS = (0.5, 1.0, 2.0, 10.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """One device on trial. ``device`` is the simulated one; None for a recording."""

    runner: LinkRunner
    taps: Taps
    device: Simulated | None

    def end(self) -> None:
        """Its link and its device are gone."""
        self.runner.stop()
        if self.device is not None:
            self.device.stop()


class Once(ReplayWire):
    """A recording that is played a single time: it cannot be opened again."""

    def open(self) -> None:
        if self.ended:
            raise LinkLost(f"{self.name}: the capture has ended", "ended")
        super().open()


class Trials:
    """Every device on trial; the methods are for any thread and may take moments."""

    def __init__(self, clock: Clock, folder: Path) -> None:
        self._clock = clock
        self._folder = folder  # where the ports of simulated devices appear
        self._guard = threading.Lock()
        self._trials: dict[LinkId, Trial] = {}
        self._count = 0

    def simulate(self, family: str, name: str, lat: float, lon: float) -> LinkId:
        """A device of this family is simulated, and its link runs. Refused beyond ``MOST``."""
        if family not in simulated_families():
            raise Refused("links.not_simulated", family=family)
        self._require_room()
        with self._guard:
            self._count += 1
            port = f"{family}-{self._count}"
        device = simulate(family, port, Bench(self._folder, lat, lon))
        config = LinkConfig(LinkId(new_id()), name, family, device.place, settings=device.settings)
        return self._begin(config, device)

    def replay(self, file: Path, family: str, name: str, speed: float) -> LinkId:
        """The recording plays on a link, once, at this speed. Refused beyond ``MOST``."""
        if family not in catalog.FAMILIES:
            known = ", ".join(catalog.FAMILIES)
            raise Refused("links.unknown_family", family=family, known=known)
        self._require_room()
        config = LinkConfig(LinkId(new_id()), name, family, ReplayPlace(file, speed))
        return self._begin(config, None, Once(file, speed))

    def snapshot(self) -> tuple[LinkState, ...]:
        """How every link on trial stands now, in the order in which they were begun."""
        with self._guard:
            return tuple(trial.runner.state for trial in self._trials.values())

    def has(self, link_id: LinkId) -> bool:
        """This link is on trial."""
        with self._guard:
            return link_id in self._trials

    def deeds(self, link_id: LinkId) -> tuple[str, ...]:
        """What the simulated device on this link can be made do."""
        trial = self._find(link_id)
        return () if trial is None or trial.device is None else tuple(trial.device.deeds)

    def do(self, link_id: LinkId, deed: str) -> None:
        """The simulated device did this; nothing where it is gone meanwhile."""
        trial = self._find(link_id)
        if trial is not None and trial.device is not None:
            trial.device.deeds[deed]()

    def order(self, link_id: LinkId, order: Order, deadline_s: float, then: Then) -> str:
        """As the supervisor's."""
        trial = self._find(link_id)
        if trial is None:
            return not_there(order, then)
        return trial.runner.order(order, deadline_s, then)

    def tap(self, link_id: LinkId, hear: Hear) -> Callable[[], None]:
        """As the supervisor's; nothing is heard of a link that is gone."""
        trial = self._find(link_id)
        return Taps().add(hear) if trial is None else trial.taps.add(hear)

    def end(self, link_id: LinkId) -> None:
        """This link is on trial no longer."""
        with self._guard:
            trial = self._trials.pop(link_id, None)
        if trial is not None:
            trial.end()

    def end_all(self) -> None:
        """Nothing is on trial."""
        with self._guard:
            trials = list(self._trials.values())
            self._trials.clear()
        for trial in trials:
            trial.runner.ask_to_stop()
        for trial in trials:
            trial.end()

    def _find(self, link_id: LinkId) -> Trial | None:
        with self._guard:
            return self._trials.get(link_id)

    def _require_room(self) -> None:
        with self._guard:
            if len(self._trials) >= MOST:
                raise Refused("links.too_many_trials", most=MOST)

    def _begin(
        self, config: LinkConfig, device: Simulated | None, wire: Wire | None = None
    ) -> LinkId:
        taps = Taps()
        around = Surroundings(
            self._clock, lambda _event: None, self._folder, short=lambda: True, taps=taps
        )
        runner = LinkRunner(config, around, wire=wire)
        with self._guard:
            self._trials[config.id] = Trial(runner, taps, device)
        runner.start()
        return config.id
