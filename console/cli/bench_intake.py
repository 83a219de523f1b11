"""``bench intake``: from the city to the painted row, from the key to the saved row, a full board."""

from __future__ import annotations

import os
import random
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.core.clock import to_text
from console.core.ids import new_id
from console.core.timings import quantile
from console.drill.bench.child import Child
from console.drill.bench.post import History, bench_post, extend, point_at_city, street_corners
from console.drill.city_process import CityProcess

LIMITS = {
    "city_to_screen_p99_ms": 150.0,
    "act_to_saved_p50_ms": 6.0,
    "act_to_saved_p99_ms": 50.0,
    "board_of_1000_ms": 50.0,
    "opened_to_advice_ms": 150.0,
}
BETWEEN_S = (0.05, 0.09)  # ten to twenty calls a second
STAYS = 4  # calls that stand before the next is cancelled, so that every new row is in sight


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, and over how full a store."""

    calls: int = 500
    acts: int = 240
    rounds: int = 30
    board: int = 1000
    closed: int = 10_000
    assignments: int = 15_000


FULL = Size()


def measure(size: Size = FULL) -> dict[str, Any]:
    """Milliseconds of this run; the post is the real program with its window, the city a process
    of its own, and the store holds 10,000 calls and 15,000 assignments."""
    with tempfile.TemporaryDirectory(prefix="post-bench-") as scratch:
        folder = Path(scratch)
        with CityProcess(folder / "city") as city:
            data = bench_post(folder, city.road(), History(0, size.closed, size.assignments))
            painted = _painted(_copy(data, "painted"), city, size.calls)
        acts = extend(_copy(data, "acts"), max(8, size.acts // 6))
        deaf = _copy(acts, "deaf")
        with CityProcess(folder / "quiet-city") as city:  # one that has no calls of its own
            point_at_city(acts, city.road())
            answering = _told("console.drill.bench.acting", acts, size.acts)
        with deaf_address() as address:
            point_at_city(deaf, replace(city.road(), url=address))
            swallowed = _told("console.drill.bench.acting", deaf, size.acts)
        full = extend(_copy(data, "board"), size.board)
        redrawn = _told("console.drill.bench.redrawing", full, size.rounds)
    found: dict[str, Any] = {
        "city_to_screen_ms": painted,
        "act_to_saved_ms": {"city_answering": answering, "city_swallowing": swallowed},
        "board_ms": {**redrawn["board"], "cards": redrawn["cards"]},
        "opened_to_advice_ms": redrawn["opened"],
        "store": {
            "calls": size.closed, "assignments": size.assignments,
        },
        "limits": LIMITS,
        "load_average": round(os.getloadavg()[0], 2),
    }  # fmt: skip
    return {**found, "ok": _ok(found)}


def _ok(found: dict[str, Any]) -> bool:
    acts = found["act_to_saved_ms"].values()
    return (
        found["city_to_screen_ms"]["p99"] <= LIMITS["city_to_screen_p99_ms"]
        and all(one["p50"] <= LIMITS["act_to_saved_p50_ms"] for one in acts)
        and all(one["p99"] <= LIMITS["act_to_saved_p99_ms"] for one in acts)
        and found["board_ms"]["p50"] <= LIMITS["board_of_1000_ms"]
        and found["opened_to_advice_ms"]["p50"] <= LIMITS["opened_to_advice_ms"]
    )


def _painted(data: Path, city: CityProcess, calls: int) -> dict[str, Any]:
    """From before the city is asked to publish until the row is painted."""
    published: dict[str, float] = {}
    painted: dict[str, float] = {}
    corners, chance = street_corners(), random.Random(7)
    with Child("console.drill.bench.painting", str(data)) as desk:
        desk.answer()

        def listen() -> None:
            while len(painted) < calls:
                told = desk.answer(60.0)
                painted[told["painted"]] = told["at"]

        ear = threading.Thread(target=listen, name="bench-ear", daemon=True)
        ear.start()
        standing: list[str] = []
        for number in range(calls):
            place = chance.choice(corners)
            call = a_call(number, place.lat, place.lon)
            published[call["call_id"]] = time.monotonic()
            city.publish("call.created", call)
            standing.append(call["call_id"])
            if len(standing) > STAYS:
                cancelled = {"call_id": standing.pop(0), "cancelled_at": call["received_at"]}
                city.publish("call.cancelled", {**cancelled, "cause": "withdrawn"})
            time.sleep(chance.uniform(*BETWEEN_S))
        ear.join(10.0)
    waits = sorted((painted[one] - published[one]) * 1000 for one in painted)
    return {"p50": quantile(waits, 0.5), "p99": quantile(waits, 0.99), "max": quantile(waits, 1.0),
            "painted": len(waits), "published": calls}  # fmt: skip


def a_call(number: int, lat: float, lon: float) -> dict[str, Any]:
    """What the city tells of a call of now."""
    return {
        "call_id": new_id(), "received_at": to_text(datetime.now(UTC)), "channel": "110",
        "nature": "1003", "level": 1 + number % 4, "report": "报警人称手机被扒窃,请派警。",
        "place": {"text": "文化街", "datum": "wgs84", "lat": lat, "lon": lon},
        "reporter": {"name": "何女士", "phone": "13800001021"},
        "due": {"sign_s": 30, "depart_s": 180, "feedback_s": 1800},
    }  # fmt: skip


def _told(module: str, data: Path, number: int) -> dict[str, Any]:
    with Child(module, str(data), str(number)) as desk:
        return desk.answer()


def _copy(data: Path, name: str) -> Path:
    return Path(shutil.copytree(data, data.with_name(name)))


@contextmanager
def deaf_address() -> Iterator[str]:
    """An address that swallows every packet: a listener whose queue is full and never emptied."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        place = listener.getsockname()
        callers = [socket.socket() for _ in range(4)]
        try:
            for caller in callers:
                caller.setblocking(False)
                caller.connect_ex(place)
            yield f"https://127.0.0.1:{place[1]}"
        finally:
            for caller in callers:
                caller.close()
