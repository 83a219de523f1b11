"""A road under test: quick paces, a city at its end, and waiting for what must come true."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.clock import Clock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.outbox import CityTold, Lane
from console.core.tables import outbox
from console.drill.city.authority import Credentials
from console.settings import CityRoad
from console.sync.model import Pace, RoadState
from console.sync.service import Road
from console.sync.service.contract import SCHEMAS
from console.sync.service.intake import Handler

POST = "post-test"
QUICK = Pace(
    first_s=0.02,
    longest_s=0.1,
    poll_s=0.2,
    feed_wait_s=2.0,
    connect_s=1.0,
    answer_s=1.0,
)


@dataclass(frozen=True)
class Post:
    """What a road needs from its post."""

    database: Database
    bus: EventBus
    clock: Clock


def road_settings(url: str, files: Credentials) -> CityRoad:
    """The settings of a road to this address with these files."""
    return CityRoad(
        url=url,
        ca_file=str(files.ca_file),
        certificate_file=str(files.certificate_file),
        key_file=str(files.key_file),
    )


@contextmanager
def running(
    post: Post,
    city: CityRoad,
    handlers: Mapping[str, Handler] | None = None,
    pace: Pace = QUICK,
) -> Iterator[Road]:
    """A started road, wired as the console wires it, and stopped again within two seconds."""
    road = Road(post.database, post.bus, post.clock, city, handlers or {}, pace)
    end = post.bus.subscribe(CityTold, lambda told: road.nudge(told.lane))
    road.start()
    try:
        yield road
    finally:
        began = time.monotonic()
        road.stop(2.0)
        end()
        assert time.monotonic() - began < 2.0


def wait_for(condition: Callable[[], object], timeout_s: float = 10.0) -> None:
    """Returns once the condition holds; fails with what it was when it never did."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"did not come true: {condition}"
        pause.wait(0.01)


def wait_until(road: Road, holds: Callable[[RoadState], object], timeout_s: float = 10.0) -> None:
    """Returns once the road's state is so; fails with the state when it never was."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while not holds(road.snapshot()):
        assert time.monotonic() < deadline, road.snapshot()
        pause.wait(0.01)


def wait_sent(post: Post, road: Road, timeout_s: float = 10.0) -> None:
    """Returns once the city has answered for every event of the store."""

    def settled() -> bool:
        with post.database.read() as connection:
            waiting = connection.execute(sa.select(outbox.c.seq).where(outbox.c.state == "pending"))
            return waiting.first() is None

    wait_until(road, lambda state: state.up and not state.pending and settled(), timeout_s)


def example(direction: str, kind: str) -> dict[str, Any]:
    """The published example of this kind's payload."""
    schema = json.loads((SCHEMAS / direction / f"{kind}.json").read_text("utf-8"))
    found: dict[str, Any] = schema["examples"][0]
    return found


def tell(
    database: Database,
    kind: str = "unit.status",
    lane: Lane = Lane.DAILY,
    entity_id: str | None = None,
    rev: int = 1,
    payload: dict[str, Any] | None = None,
) -> str:
    """One act that tells the city; returns the entity's id."""
    entity_id = entity_id or new_id()
    told = example("upward", kind) if payload is None else payload
    with database.act(SYSTEM) as act:
        act.tell_city(lane, kind.split(".", maxsplit=1)[0], entity_id, kind, rev, told)
    return entity_id
