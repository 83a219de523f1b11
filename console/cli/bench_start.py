"""``bench start``: process start to a usable desk, against a bare window with an empty web view."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from console.core.errors import Unavailable
from console.drill.bench.child import sandbox
from console.drill.bench.post import History, bench_post
from console.drill.city_process import CityProcess

ROUNDS = 5
LIMIT_RATIO = 2.5
PATIENCE_S = 90.0
BARE = "console.drill.bench.bare_window"
DESK = "console.drill.bench.start"


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Seconds of both, in turn: what a person waits from starting the program until he can work.

    One start of each is thrown away: it fills the caches of the disk, and the road cache.
    """
    with tempfile.TemporaryDirectory(prefix="post-bench-") as scratch:
        folder = Path(scratch)
        with CityProcess(folder / "city") as city:
            data = bench_post(folder, city.road(), History())
            environment = {**os.environ, "POST_CONSOLE_KEYS": str(folder / "keys")}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled, as on a post's machine
            once(DESK, [str(data)], environment)
            once(BARE, [], environment)
            desk, bare = [], []
            for _ in range(rounds):
                bare.append(once(BARE, [], environment))
                desk.append(once(DESK, [str(data)], environment))
    ratio = median(desk) / median(bare)
    return {
        "desk_s": round(median(desk), 3),
        "bare_window_s": round(median(bare), 3),
        "ratio": round(ratio, 2),
        "limit_ratio": LIMIT_RATIO,
        "rounds": {"desk_s": [round(s, 3) for s in desk], "bare_s": [round(s, 3) for s in bare]},
        "open_calls": History().open_calls,
        "load_average": round(os.getloadavg()[0], 2),
        "ok": ratio <= LIMIT_RATIO,
    }


def once(module: str, arguments: list[str], environment: dict[str, str]) -> float:
    """Seconds from the start of this program until it says that it can be used.

    Unavailable when it ends without saying so.
    """
    begun = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**environment, **sandbox()},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    for line in child.stdout.splitlines():
        if line.startswith("usable "):
            return float(line.split()[1]) - begun
    told = child.stderr.strip().splitlines()
    raise Unavailable("bench.not_usable", program=module, told=told[-1] if told else "")
