"""``bench wall``: nine streams of a real RTSP server, against a bare program and Qt Multimedia.

The server is GStreamer's, on the loopback; the three ways are shown one after the other, each in
windows of its own, each weighed with every process that it started.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from console.drill.bench.cameras import nine_cameras

SECONDS = 30.0
LIMIT_BARE, LIMIT_QT, LIMIT_FIRST_S = 1.25, 0.9, 1.5
PROGRAM = (sys.executable, "-m", "console.drill.bench.wall_show")
ENDS_S = 90.0


def measure(seconds: float = SECONDS) -> dict[str, Any]:
    """The wall's own figures, and the two baselines of the same run."""
    with nine_cameras() as urls:
        ours, bare, qt = (_shown(way, urls, seconds) for way in ("wall", "bare", "qt"))
    to_bare = _per_s(ours) / _per_s(bare)
    to_qt = _per_s(ours) / _per_s(qt)
    firsts = [tile["first_picture_s"] for tile in ours["tiles"]]
    first_s = None if None in firsts else max(firsts)
    lost = sum(tile["lost"] for tile in ours["tiles"])
    return {
        **ours,
        "all_shown_s": first_s,
        "lost": lost,
        "bare": _brief(bare),
        "qt": _brief(qt),
        "cpu_to_bare": round(to_bare, 3),
        "cpu_to_qt": round(to_qt, 3),
        "limits": {"cpu_to_bare": LIMIT_BARE, "cpu_to_qt": LIMIT_QT, "all_shown_s": LIMIT_FIRST_S},
        "ok": to_bare <= LIMIT_BARE
        and to_qt <= LIMIT_QT
        and lost == 0
        and first_s is not None
        and first_s <= LIMIT_FIRST_S,
    }


def _shown(way: str, urls: list[str], seconds: float) -> dict[str, Any]:
    order = json.dumps({"way": way, "urls": urls, "seconds": seconds})
    done = subprocess.run(
        PROGRAM,
        input=order + "\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=seconds + ENDS_S,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _per_s(told: dict[str, Any]) -> float:
    return float(told["cpu_s"]) / float(told["seconds"])


def _brief(told: dict[str, Any]) -> dict[str, Any]:
    firsts = [tile["first_picture_s"] for tile in told["tiles"]]
    return {
        "cpu_s": told["cpu_s"],
        "rss_mb": told["rss_mb"],
        "rss_start_mb": told["rss_start_mb"],
        "seconds": told["seconds"],
        "shown": sum(1 for one in firsts if one is not None),
        "lost": sum(tile["lost"] for tile in told["tiles"]),
        "all_shown_s": None if None in firsts else max(firsts),
    }
