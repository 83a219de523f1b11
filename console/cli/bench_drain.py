"""``bench drain``: thirty days without the city, then the backlog goes up.

The baseline of the same run is a bare client that posts the very same bytes, a connection a lane, to
the same city program with an empty store. While the road drains, urgent calls are raised.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from console.core import outbox
from console.core.actor import Actor
from console.core.clock import SystemClock, to_text
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.keyfile import create_key
from console.core.outbox import CityTold, Lane, Told
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.drill.city_process import CityProcess
from console.settings import CityRoad
from console.sync.model import cut_batch, envelope
from console.sync.service import Road
from console.sync.service.client import tls_context
from console.sync.store import lane as lanes

EVENTS = 200_000
DAYS = 30
# what a post has to tell in thirty days: mostly places
SHARES = {Lane.URGENT: 0.05, Lane.CUSTODY: 0.025, Lane.DAILY: 0.175, Lane.POSITIONS: 0.75}
LIMIT_RATIO = 0.5
LIMIT_URGENT_S = 2.0
UNITS = 12
URGENT = 20  # raised while the backlog goes up, evenly
PATIENCE_S = 1800.0
_OFFICER = Actor("officer", "0101", frozenset({"duty_officer"}))
_AT_ONCE = 2000


def measure(events: int = EVENTS, urgent: int = URGENT) -> dict[str, Any]:
    """Events a second of the road and of the bare client, and the delays of the urgent calls."""
    with tempfile.TemporaryDirectory(prefix="post-bench-") as scratch:
        folder = Path(scratch)
        os.environ["POST_CONSOLE_KEYS"] = str(folder / "keys")
        bus = EventBus()
        database = Database(folder / "post", create_key(folder / "post"), SystemClock(), bus)
        with CityProcess(folder / "bare") as city:
            database.create(city.post)
            database.start()
            try:
                _queue(database, events)
                bare_s = _bare(database, city.road())
            except BaseException:
                database.stop()
                raise
        try:
            with CityProcess(folder / "city") as city:
                drained_s, delays = _drain(database, bus, city.road(), urgent)
            with database.read() as connection:
                refused = lanes.count_set_aside(connection)
        finally:
            database.stop()
    if refused:
        raise RuntimeError(f"the city refused {refused} events")
    rate, bare = events / drained_s, events / bare_s
    delays.sort()
    late = delays[min(len(delays) - 1, int(len(delays) * 0.99))]
    return {
        "events": events,
        "events_per_s": round(rate),
        "bare_client_events_per_s": round(bare),
        "ratio": round(rate / bare, 3),
        "limit_ratio": LIMIT_RATIO,
        "urgent": {"calls": len(delays), "p50_s": round(delays[len(delays) // 2], 3),
                   "p99_s": round(late, 3), "limit_s": LIMIT_URGENT_S},
        "ok": rate / bare >= LIMIT_RATIO and late < LIMIT_URGENT_S,
    }  # fmt: skip


def _queue(database: Database, events: int) -> None:
    """So many events of thirty days wait in the four lanes."""
    first = datetime.now(UTC) - timedelta(days=DAYS)
    for lane, share in SHARES.items():
        count = round(events * share)
        for begin in range(0, count, _AT_ONCE):
            with database.engine.begin() as connection:
                for at in range(begin, min(begin + _AT_ONCE, count)):
                    moment = first + timedelta(days=DAYS) * (at / count)
                    outbox.put(
                        connection, database.epoch, moment, str(_OFFICER), _told(lane, at, moment)
                    )
            print(f"\r{lane.name} {begin}", end="", file=sys.stderr, flush=True)


def _told(lane: Lane, at: int, moment: datetime) -> Told:
    """One event that the city takes; each lane tells of twelve units of its own, in their order."""
    turn, unit, when = at // UNITS, at % UNITS, to_text(moment)
    entity_id = f"unit-{int(lane)}-{unit}"
    if lane is Lane.POSITIONS:
        place = {"lat": 35.4 + at % 997 * 1e-5, "lon": 121.6, "fixed_at": when, "speed_mps": 8.5,
                 "course_deg": 90.0, "source": "gps-2"}  # fmt: skip
        return Told(lane, "unit", entity_id, "unit.position", turn, turn + 1, place)
    status = {"status": "free" if turn % 2 else "bound", "since": when, "note": "定时回报"}
    return Told(lane, "unit", entity_id, "unit.status", turn, turn + 1, status)


def _batches(database: Database, lane: Lane) -> Iterator[bytes]:
    """The bodies that a road would send for this lane."""
    after = 0
    while True:
        with database.read() as connection:
            waiting = lanes.events_after(connection, database.epoch, int(lane), after)
        batch = cut_batch(waiting, after)
        if not batch:
            return
        after = batch[-1].seq
        yield envelope(database.epoch, int(lane), batch)


def _bare(database: Database, road: CityRoad) -> float:
    """Seconds in which a client without a store posts the same bytes, a connection a lane."""
    bodies = {lane: list(_batches(database, lane)) for lane in Lane}
    place = urlsplit(road.url)
    failed: list[str] = []

    def post(lane: Lane) -> None:
        wire = http.client.HTTPSConnection(
            str(place.hostname), place.port, context=tls_context(road), timeout=60.0
        )
        try:
            for body in bodies[lane]:
                wire.request(
                    "POST", f"/v1/posts/{database.post}/events", body,
                    {"Content-Type": "application/json"},
                )  # fmt: skip
                answer = wire.getresponse()
                told = answer.read()
                if answer.status != http.client.OK or json.loads(told)["rejected"]:
                    failed.append(f"{answer.status} {told[:200]!r}")
                    return
        finally:
            wire.close()

    threads = [
        threading.Thread(target=post, args=(lane,), name=f"bare-{lane.name}", daemon=True)
        for lane in Lane
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    if failed:
        raise RuntimeError(f"the city refused the bare client: {failed[0]}")
    return time.monotonic() - began


def _drain(
    database: Database, bus: EventBus, city: CityRoad, urgent: int
) -> tuple[float, list[float]]:
    """Seconds until nothing waits, and each urgent call's seconds from the act to the city's word."""
    waiting = _pending(database)
    road = Road(database, bus, database.clock, city, {})
    end = bus.subscribe(CityTold, lambda told: road.nudge(told.lane))
    delays: list[float] = []
    marks = [waiting * (urgent - at) // (urgent + 1) for at in range(urgent)]
    began = time.monotonic()
    road.start()
    try:
        while (left := _pending(database)) > 0:
            if time.monotonic() - began > PATIENCE_S:
                raise RuntimeError(f"{left} events wait still: {asdict(road.snapshot())}")
            if marks and left <= marks[0]:
                marks.pop(0)
                delays.append(_raise_urgent(database))
            else:
                time.sleep(0.05)
        return time.monotonic() - began, delays
    finally:
        end()
        road.stop()


def _raise_urgent(database: Database) -> float:
    """A call is taken at the counter; seconds until the city has acknowledged it."""
    began = time.monotonic()
    new = NewCall("walk_in", "2001", f"持刀伤人 {new_id()}", place="和平街9号")
    dispatch.take_call(database, _OFFICER, new)
    while _pending(database, Lane.URGENT) > 0:
        time.sleep(0.01)
    return time.monotonic() - began


def _pending(database: Database, lane: Lane | None = None) -> int:
    chosen = Lane if lane is None else (lane,)
    with database.read() as connection:
        return sum(
            mark.last_seq - mark.acked_through
            for one in chosen
            for mark in lanes.marks(connection, int(one), database.epoch)
        )
