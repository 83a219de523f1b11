"""``reach``: what can be reached by road within given times, as GeoJSON."""

from __future__ import annotations

import argparse
import json
import statistics
import time

from console.cli.coordinates import pair, place, take_minus
from console.cli.routes import add_roads, check_repeat
from console.core.errors import Refused
from console.gridmap.routing import RoadGraph

MOST_SECONDS = 86_400.0


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    take_minus(parser)
    add_roads(parser)
    parser.add_argument("--from", required=True, type=pair, metavar="LAT,LON")
    parser.add_argument("--seconds", required=True, type=_seconds, metavar="60,180,300")


def run(args: argparse.Namespace) -> int:
    """Prints a FeatureCollection with one feature a time, and the time that a question took."""
    check_repeat(args.repeat)
    if not all(0 < limit <= MOST_SECONDS for limit in args.seconds):
        raise Refused("gridmap.seconds", text=",".join(f"{limit:g}" for limit in args.seconds))
    start = place(getattr(args, "from"))
    graph = RoadGraph.load(args.roads)
    graph.network(args.profile)
    times = []
    for _ in range(args.repeat):
        began = time.perf_counter()
        found = graph.reach(start, args.seconds, args.profile)
        times.append((time.perf_counter() - began) * 1e3)
    features = [
        {"type": "Feature", "properties": {"seconds": _plain(r.seconds)}, "geometry": r.geometry}
        for r in found
    ]
    told = {
        "type": "FeatureCollection",
        "features": features,
        "query_ms": round(statistics.median(times), 3),
    }
    print(json.dumps(told))
    return 0


def _seconds(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of seconds") from wrong


def _plain(seconds: float) -> float | int:
    return int(seconds) if seconds.is_integer() else seconds
