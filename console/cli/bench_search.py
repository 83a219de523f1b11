"""``bench search``: the first page of the calls that hold a word, over a million of them.

The baseline of the same run is the plain question that reads every text (``LIKE``).
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.dispatch import service
from console.drill.bench.archive import RARE, fill, read_all

CALLS = 1_000_000
LIMIT_MS = 50.0
ROUNDS = 20
_WORDS = {
    "one character": "纠",
    "two characters, common": "纠纷",
    "two characters, rare": "金镯",
    "four characters, common": "邻里纠纷",
    "four characters, rare": RARE,
    "two words": "解放路 盗窃",
    "none": "没有这句",
}


def measure(calls: int = CALLS) -> dict[str, Any]:
    """Milliseconds to the first page for each kind of word, and what reading every text takes."""
    with tempfile.TemporaryDirectory(prefix="post-bench-") as scratch:
        folder = Path(scratch)
        os.environ["POST_CONSOLE_KEYS"] = str(folder / "keys")
        database = Database(folder / "post", create_key(folder / "post"), SystemClock(), EventBus())
        database.create("post-bench")
        database.start()
        try:
            began = time.perf_counter()
            fill(database, calls)
            filled_s = time.perf_counter() - began
            found = {name: _timed(database, word) for name, word in _WORDS.items()}
            plain_ms = read_all(database, RARE)
        finally:
            database.stop()
    worst = max(float(one["p99_ms"]) for one in found.values())
    return {
        "calls": calls,
        "filled_s": round(filled_s, 1),
        "first_page": found,
        "plain_like_ms": round(plain_ms, 1),
        "ratio_to_plain": round(found["four characters, rare"]["p50_ms"] / plain_ms, 5),
        "limit_ms": LIMIT_MS,
        "ok": worst <= LIMIT_MS,
    }


def _timed(database: Database, word: str) -> dict[str, Any]:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with database.read() as connection:
            found = service.find(connection, word)
        times.append((time.perf_counter() - began) * 1e3)
    times.sort()
    return {
        "found": len(found),
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[-1], 2),
    }
