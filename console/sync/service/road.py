"""The road to the city, whole: four lanes up, the feed down, one state for the frame."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.core.clock import Clock
from console.core.database import Database
from console.core.events import EventBus
from console.core.outbox import Lane
from console.settings import CityRoad
from console.sync.model import Pace, RoadState
from console.sync.service.board import Board
from console.sync.service.client import CityClient, WireMaker
from console.sync.service.contract import Contract
from console.sync.service.intake import Handler, Intake
from console.sync.service.receiver import Receiver
from console.sync.service.sender import LaneSender
from console.sync.service.wire import Wire
from console.sync.service.witness import Witness
from console.sync.service.worker import Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the road lies on: its wire, and what its threads sleep on. A proof brings its own."""

    wire: WireMaker = Wire
    halted: threading.Event = field(default_factory=threading.Event)


class Road:
    """Runs from ``start`` to ``stop``; without an address it only counts what waits."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        clock: Clock,
        city: CityRoad,
        handlers: Mapping[str, Handler],
        pace: Pace | None = None,
        ground: Ground | None = None,
    ) -> None:
        self._database = database
        self._city = city
        self._handlers = handlers
        self._pace = pace or Pace()
        self._board = Board(clock, bus, configured=bool(city.url))
        self._ground = ground or Ground()
        self._halted = self._ground.halted
        self._contract = Contract()
        self._senders: list[LaneSender] = []
        self._receiver: Receiver | None = None
        self.witness = Witness(database, city, self._board)

    @property
    def intake(self) -> Intake:
        """What takes items in; also used when an item is taken out of quarantine."""
        return Intake(self._database.post, self._contract, self._handlers)

    @property
    def contract(self) -> Contract:
        """The published schemas; read at the start."""
        return self._contract

    def start(self) -> None:
        """Threads run and the state holds what the store says. Nothing here waits for the city."""
        for worker in self.prepare():
            worker.start()

    def prepare(self) -> list[Worker]:
        """The parts stand and the state holds what the store says; nothing runs. Lanes come last."""
        self._halted.clear()
        self._contract.start()
        self._senders = [
            LaneSender(
                int(lane),
                self._database,
                self._client(),
                self._board,
                self._pace,
                self._halted,
                self.try_now,
                self.witness if lane is Lane.CUSTODY else None,
            )
            for lane in Lane
        ]
        for sender in self._senders:
            sender.look()
        if not self._city.url:
            return []
        self._receiver = Receiver(
            self._database,
            self._client(),
            self._board,
            self._pace,
            self._halted,
            self.try_now,
            self.intake,
            self._compare_again,
        )
        return self._workers()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Every thread has ended; a request under way is dropped."""
        self._halted.set()
        deadline = time.monotonic() + timeout_s
        workers = self._workers()
        for worker in workers:
            worker.hurry()
        late = [w.name for w in workers if not w.join(max(0.0, deadline - time.monotonic()))]
        if late:
            log.error("these threads of the road did not end in %.1f s: %s", timeout_s, late)
        self._senders, self._receiver = [], None

    def snapshot(self) -> RoadState:
        """How the road stands; costs nothing and waits for nobody."""
        return self._board.state

    def nudge(self, lane: Lane | None = None) -> None:
        """An act has told the city something: its lane looks at once (called from any thread)."""
        for sender in self._senders if lane is None else self._senders[int(lane) : int(lane) + 1]:
            sender.nudge()

    def try_now(self) -> None:
        """Every part tries again now, whatever its pause (a person asked, or the city is back)."""
        for worker in self._workers():
            worker.hurry()

    def _compare_again(self) -> None:
        for sender in self._senders:
            sender.meet_again()

    def _workers(self) -> list[Worker]:
        receiver: list[Worker] = [] if self._receiver is None else [self._receiver]
        return [*receiver, *self._senders]

    def _client(self) -> CityClient:
        road = (self._city, self._database.post, self._pace, self._halted)
        return CityClient(*road, self._ground.wire)
