"""A radio room over links that only remember what they were ordered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    LinkConfig,
    LinkPhase,
    LinkState,
    Order,
    Outcome,
    RadioCall,
    Reading,
    ReadingArrived,
    TcpPlace,
)
from console.radio import service
from console.radio.model import Channel, Exchange, NewChannel
from console.radio.service import Desk, RadioRoom, Wanted
from console.ui.background import Background
from console.ui.bridge import Bridge

CAR, FOOT = "unit-car", "unit-foot"
RADIO_LINK, PEDAL_LINK = LinkId("link-1"), LinkId("link-2")


@dataclass
class Given:
    """One order, and whom to tell its outcome."""

    link_id: str
    order: Order
    then: Callable[[Outcome], None]

    def done(self, **fields: object) -> None:
        self.then(Outcome("1", True, fields=fields))

    def failed(self, cause: str) -> None:
        self.then(Outcome("1", False, cause))


@dataclass
class FakeWires:
    """Remembers orders; ``answer`` (an Outcome) settles each at once."""

    states: list[LinkState]
    given: list[Given] = field(default_factory=list)
    answer: Outcome | None = None

    def snapshot(self) -> tuple[LinkState, ...]:
        return tuple(self.states)

    def order(
        self, link_id: LinkId, order: Order, deadline_s: float, then: Callable[[Outcome], None]
    ) -> str:
        self.given.append(Given(link_id, order, then))
        if self.answer is not None:
            then(self.answer)
        return str(len(self.given))

    def orders(self, kind: type) -> list[Given]:
        return [one for one in self.given if isinstance(one.order, kind)]


def link(link_id: LinkId, name: str, family: str, sources: dict[str, str]) -> LinkState:
    config = LinkConfig(link_id, name, family, TcpPlace("127.0.0.1", 4000), sources=sources)
    return LinkState(config, LinkPhase.TRAFFIC, datetime(2026, 11, 21, 9, 0, tzinfo=UTC))


@dataclass
class Bench:
    """The room, its links, and what it told."""

    database: Database
    bus: EventBus
    wires: FakeWires
    room: RadioRoom
    officer: Actor
    channels: list[Channel]
    told: list[object] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        """Waits for what another thread does."""
        end = time.monotonic() + 8
        while not true():
            assert time.monotonic() < end, "it did not come"
            threading.Event().wait(0.005)

    def hear(self, reading: Reading, unit: str | None = None, link_id: str = RADIO_LINK) -> None:
        at = self.database.clock.now()
        self.room.take(ReadingArrived(LinkId(link_id), unit, reading, at))

    def lines(self, wanted: Wanted | None = None) -> list[Exchange]:
        with self.database.read() as connection:
            return service.exchanges(connection, wanted or Wanted(), None, 100)

    def heard(self, kind: type) -> list[object]:
        return [one for one in self.told if isinstance(one, kind)]


@pytest.fixture
def bench(database: Database, bus: EventBus, officer: Actor) -> Iterator[Bench]:
    clock = SystemClock()
    database.clock = clock
    wires = FakeWires(
        [
            link(RADIO_LINK, "固定台", "tetra", {"1001": CAR, "1002": FOOT}),
            link(PEDAL_LINK, "踏板", "modbus", {}),
        ]
    )
    channels = [
        service.add_channel(database, officer, NewChannel(RADIO_LINK, group, name))
        for group, name in (("501", "指挥"), ("502", "巡逻"))
    ]
    room = RadioRoom(
        database, bus, clock, wires, lambda _, unit: "call-of-car" if unit == CAR else ""
    )
    room.who = partial(Desk, officer, "call-at-desk")
    made = Bench(database, bus, wires, room, officer, channels)
    publish = bus.publish

    def spy(event: object) -> None:
        made.told.append(event)
        publish(event)

    bus.publish = spy  # type: ignore[method-assign]
    room.start()
    yield made
    room.stop()


def incoming(source: str = "1001", group: str = "501", priority: int = 0) -> RadioCall:
    return RadioCall("incoming", source, group, priority)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    bridge = Bridge()
    made = Background(bridge)
    made.start()
    yield made
    made.stop()
    bridge.stop()
