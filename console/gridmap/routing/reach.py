"""Outlines of what can be reached within given times."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.polygon import orient

from console.core.errors import Refused
from console.gridmap.model.place import Place, Reach
from console.gridmap.routing.links import Floats
from console.gridmap.routing.network import Network

_BESIDE_M = 30.0  # the ground beside a reached road that counts as reached
_MARGIN_M = 0.5  # by which a longer time's outline passes a shorter one's: nested after rounding
_GAP_M2 = 20_000.0  # a block enclosed by reached roads is reached up to this size
_GRID = 1e-7  # degrees, about a centimetre


def outlines(network: Network, start: Place, seconds: Sequence[float]) -> list[Reach]:
    """For each time the outline; each longer one holds the shorter ones."""
    snap = network.ground.snap([start])[0]
    if snap is None:
        raise Refused("gridmap.no_road_near", lat=start.lat, lon=start.lon)
    starting = network.states(snap, copies=False)
    arrival = _arrivals(network, starting, max(seconds))
    made: dict[float, Reach] = {}
    last: Any = None
    for limit in sorted(set(seconds)):
        ground = shapely.union_all(
            shapely.buffer(_lines(network, starting, arrival, limit), _BESIDE_M, quad_segs=4)
        )
        ground = _filled(ground.simplify(2.0))
        if last is not None:
            ground = shapely.union(ground, last.buffer(_MARGIN_M, 4))
        last = ground
        made[limit] = Reach(limit, _geometry(network, ground))
    return [made[limit] for limit in seconds]


def _arrivals(network: Network, starting: list[tuple[int, float]], limit_s: float) -> Floats:
    """Seconds until each state's arc is entered at its beginning; infinite where never."""
    first = [state for state, _ in starting]
    # an arc that is reached in part ends later than the limit
    beyond = limit_s + float(network.seconds.max())
    ends = dijkstra(network.ahead, indices=first, limit=beyond)
    entered = np.full(len(network.seconds), np.inf)
    for row, (state, behind) in enumerate(starting):
        rest = (1.0 - behind) * float(network.seconds[state])
        tails = ends[row] - network.seconds
        low, high = network.back.indptr[state : state + 2]
        tails[state] = min(ends[row][network.back.indices[low:high]], default=np.inf)
        entered = np.minimum(entered, rest + tails)
    return entered


def _lines(
    network: Network, starting: list[tuple[int, float]], entered: Floats, limit: float
) -> Any:
    """The lines of all that is reached within ``limit`` seconds, on the plane."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for state, behind in starting:
        part = min(1.0, behind + limit / float(network.seconds[state]))
        spans.setdefault(int(network.arc[state]), []).append((behind, part))
    for state in np.flatnonzero(entered < limit).tolist():
        part = min(1.0, (limit - float(entered[state])) / float(network.seconds[state]))
        spans.setdefault(int(network.arc[state]), []).append((0.0, part))
    lines = []
    for arc, parts in spans.items():
        for low, high in parts:
            if arc & 1:
                low, high = 1.0 - high, 1.0 - low
            lines.append(shapely.LineString(_cut(network, arc >> 1, low, high)))
    return np.array(lines, dtype=object)


def _cut(network: Network, link: int, low: float, high: float) -> Floats:
    """The part of a link between two shares of its length, as points on the plane."""
    links = network.links
    span = slice(int(links.first[link]), int(links.last[link]) + 1)
    along = links.along_m[span] - links.along_m[span.start]
    whole = float(along[-1])
    marks = np.concatenate(
        ([low * whole], along[(along > low * whole) & (along < high * whole)], [high * whole])
    )
    xy = network.ground.xy[span]
    x, y = np.interp(marks, along, xy[:, 0]), np.interp(marks, along, xy[:, 1])
    return np.stack((x, y), axis=1)


def _filled(ground: Any) -> Any:
    """The ground without its small holes."""
    parts = []
    for part in getattr(ground, "geoms", [ground]):
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > _GAP_M2]
        parts.append(shapely.Polygon(part.exterior, holes))
    return shapely.union_all(parts)


def _geometry(network: Network, ground: Any) -> dict[str, Any]:
    """GeoJSON of the ground: longitude first, valid, outer rings counter-clockwise."""
    globe = shapely.transform(ground, network.ground.globe)
    globe = shapely.set_precision(globe, _GRID)
    parts = [orient(part) for part in getattr(globe, "geoms", [globe]) if not part.is_empty]
    whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(whole))
    return geometry
