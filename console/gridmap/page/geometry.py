"""Roads, shapes, names and areas as one compact JSON for the page; made off the UI thread."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from console.core.words import Words
from console.gridmap.drawable import Graph, LatLon, PatrolArea
from console.gridmap.page.marker import Bounds, around

Line = list[LatLon]
_ROUND = 1e6


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page's JSON, the box that holds it, how much it is, and what it was made from."""

    body: bytes
    bounds: Bounds | None
    ways: int
    areas: int
    zones: tuple[int, ...]
    key: str = ""


def build(
    graph: Graph | None, areas: Sequence[PatrolArea], pick: Callable[[Words], str]
) -> Geometry:
    """Everything that stands still on the map. Lines are flat lists of micro-degrees."""
    ways = [] if graph is None else [(k, n, list(line)) for k, n, line in graph.ways()]
    shapes = [] if graph is None else list(graph.shapes())
    labels = [] if graph is None else list(graph.labels())
    bounds = around(
        [place for _, _, line in ways for place in line] or [p for a in areas for p in a.ring]
    )
    body = {
        "ways": [[kind, name or "", _flat(line)] for kind, name, line in join(ways)],
        "shapes": [[kind, _flat(ring)] for kind, ring in shapes],
        "labels": [[at.kind, at.name, at.lat, at.lon] for at in labels],
        "areas": [
            [a.id, pick(a.name), a.minutes, _flat(a.ring), [_flat(cell.ring) for cell in a.cells]]
            for a in areas
        ],
        "bounds": None
        if bounds is None
        else [bounds.south, bounds.west, bounds.north, bounds.east],
    }
    zones = tuple(sorted({area.minutes for area in areas}))
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return Geometry(text.encode("utf-8", "replace"), bounds, len(ways), len(areas), zones)


def join(
    ways: Iterable[tuple[str, str | None, Line]],
) -> list[tuple[str, str | None, Line]]:
    """The same streets with pieces that meet end to end made one line, so a name fits along it."""
    named: dict[tuple[str, str], list[Line]] = defaultdict(list)
    joined: list[tuple[str, str | None, Line]] = []
    for kind, name, line in ways:
        if len(line) < 2:
            continue
        if name:
            named[kind, name].append(line)
        else:
            joined.append((kind, None, line))
    for (kind, name), lines in named.items():
        joined.extend((kind, name, line) for line in _chained(lines))
    return joined


def _chained(lines: list[Line]) -> list[Line]:
    rest, done = [list(line) for line in lines], []
    while rest:
        line = rest.pop()
        while (found := _next(line, rest)) is not None:
            line = found
        done.append(line)
    return done


def _next(line: Line, rest: list[Line]) -> Line | None:
    for index, other in enumerate(rest):
        for piece in (other, other[::-1]):
            if line[-1] == piece[0]:
                del rest[index]
                return line + piece[1:]
            if line[0] == piece[-1]:
                del rest[index]
                return piece[:-1] + line
    return None


def _flat(line: Iterable[LatLon]) -> list[int]:
    return [round(value * _ROUND) for place in line for value in place]
