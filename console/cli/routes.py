"""``routes``: travel times by road from many places to one."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from console.cli.coordinates import pair, place, take_minus
from console.core.errors import Refused
from console.gridmap.model import TravelProfile
from console.gridmap.routing import RoadGraph

MOST_REPEATS = 100_000


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    take_minus(parser)
    add_roads(parser)
    parser.add_argument("--to", required=True, type=pair, metavar="LAT,LON")
    parser.add_argument("--from", required=True, action="append", type=pair, metavar="LAT,LON")


def add_roads(parser: argparse.ArgumentParser) -> None:
    """The arguments that ``routes`` and ``reach`` share."""
    parser.add_argument("--roads", required=True, type=Path, metavar="FILE.osm.pbf")
    parser.add_argument("--profile", choices=[str(p) for p in TravelProfile], default="car")
    parser.add_argument("--repeat", type=int, default=1, metavar="N")


def run(args: argparse.Namespace) -> int:
    """Prints seconds and metres for each start, null where there is no way."""
    check_repeat(args.repeat)
    target = place(args.to)
    starts = [place(told) for told in getattr(args, "from")]
    began = time.perf_counter()
    graph = RoadGraph.load(args.roads)
    graph.network(args.profile)
    load_ms = (time.perf_counter() - began) * 1e3
    times = []
    for _ in range(args.repeat):
        began = time.perf_counter()
        found = graph.travel(target, starts, args.profile)
        times.append((time.perf_counter() - began) * 1e3)
    told = {
        "seconds": [None if t.seconds is None else round(t.seconds, 3) for t in found],
        "metres": [None if t.metres is None else round(t.metres, 3) for t in found],
        "load_ms": round(load_ms, 3),
        "query_ms": round(statistics.median(times), 3),
    }
    print(json.dumps(told))
    return 0


def check_repeat(repeat: int) -> None:
    """Refused unless the number of repeats can be."""
    if not 1 <= repeat <= MOST_REPEATS:
        raise Refused("gridmap.repeat", repeat=repeat)
