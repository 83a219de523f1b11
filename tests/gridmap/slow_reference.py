"""Travel by road once more, slowly and by other means: plain Python, way by way, edge by edge.

Shares with the program only the table of who may pass (``rules``). Every pair of neighbouring points
of a way is an edge of its own; a state is the last edge driven; turn rules are asked at every step.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from pathlib import Path

from console.gridmap.model import Place
from console.gridmap.model.place import metres_between
from console.gridmap.routing.extract import Extract, read_extract
from console.gridmap.routing.rules import blocks, passage, restriction_kind

Edge = tuple[int, int, int]  # way's position in the file, point from, point to


@dataclass
class Reference:
    """The roads of one profile; ``seconds`` answers one question."""

    extract: Extract
    profile: str

    @classmethod
    def load(cls, file: Path, profile: str) -> Reference:
        return cls(read_extract(file), profile)

    def __post_init__(self) -> None:
        self.edges: dict[Edge, tuple[float, float]] = {}  # edge → seconds, metres
        self.leaving: dict[int, list[Edge]] = {}
        self.place: dict[int, tuple[float, float]] = {}
        for index, way in enumerate(self.extract.ways):
            speeds = passage(way.tags, self.profile)
            for k in range(len(way.refs) - 1):
                self.place[way.refs[k]], self.place[way.refs[k + 1]] = way.points[k : k + 2]
                metres = metres_between(Place(*way.points[k]), Place(*way.points[k + 1]))
                for speed, a, b in ((speeds[0], k, k + 1), (speeds[1], k + 1, k)):
                    if speed > 0:
                        self.edges[index, a, b] = metres * 3.6 / speed, metres
                        self.leaving.setdefault(way.refs[a], []).append((index, a, b))
        self.closed = {
            ref for ref, tags in self.extract.nodes.items() if blocks(tags, self.profile)
        }

    def head(self, edge: Edge) -> int:
        return self.extract.ways[edge[0]].refs[edge[2]]

    def next_edges(self, edge: Edge) -> list[Edge]:
        """The edges that may follow: no turning round but at a road's end, no barred turn."""
        node = self.head(edge)
        back = (edge[0], edge[2], edge[1])
        onward = [e for e in self.leaving.get(node, []) if e != back]
        wheels = self.profile in ("car", "motorcycle")
        if node in self.closed:
            onward = []
        found = [e for e in onward if not (wheels and self._barred(edge, node, e))]
        if back in self.edges and (not onward or not wheels):
            found.append(back)
        return found

    def _barred(self, edge: Edge, node: int, onto: Edge) -> bool:
        came, goes = (self.extract.ways[e[0]].osm_id for e in (edge, onto))
        for rule in self.extract.rules:
            kind = restriction_kind(rule.tags, self.profile)
            if not kind or rule.via_node != node or came not in rule.from_ways:
                continue
            if kind.startswith("no_") and goes in rule.to_ways:
                return True
            if kind.startswith("only_") and goes not in rule.to_ways:
                return True
        return False

    def nearest(self, place: Place) -> tuple[tuple[int, int], float, float]:
        """(way, point) of the nearest edge, how far along it, and metres away."""
        best: tuple[tuple[int, int], float, float] | None = None
        scale = math.cos(math.radians(place.lat))
        for index, a, b in self.edges:
            low = min(a, b)
            (lat1, lon1), (lat2, lon2) = self.extract.ways[index].points[low : low + 2]
            x1, y1 = (lon1 - place.lon) * scale, lat1 - place.lat
            dx, dy = (lon2 - lon1) * scale, lat2 - lat1
            square = dx * dx + dy * dy
            t = 0.0 if square == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / square))
            away = math.hypot(x1 + t * dx, y1 + t * dy) * 111_195
            if best is None or away < best[2] - 1e-9:
                best = (index, low), t, away
        assert best is not None
        return best

    def seconds(self, start: Place, to: Place) -> float | None:
        """Seconds of the quickest way; None where there is none."""
        (s_way, s_low), s_part, s_away = self.nearest(start)
        (t_way, t_low), t_part, t_away = self.nearest(to)
        if s_away > 500 or t_away > 500:
            return None
        goals = {}
        for edge, part in self._both(t_way, t_low, t_part):
            goals[edge] = part * self.edges[edge][0]
        best = math.inf
        heap: list[tuple[float, Edge]] = []
        done: dict[Edge, float] = {}
        for edge, part in self._both(s_way, s_low, s_part):
            whole = self.edges[edge][0]
            if edge in goals and goals[edge] >= part * whole:
                best = min(best, goals[edge] - part * whole)
            heapq.heappush(heap, ((1 - part) * whole, edge))
        while heap:
            spent, edge = heapq.heappop(heap)
            if edge in done or spent >= best:
                continue
            done[edge] = spent
            for onto in self.next_edges(edge):
                if onto in goals:
                    best = min(best, spent + goals[onto])
                if onto not in done:
                    heapq.heappush(heap, (spent + self.edges[onto][0], onto))
        return None if best == math.inf else best

    def _both(self, way: int, low: int, part: float) -> list[tuple[Edge, float]]:
        pairs = [((way, low, low + 1), part), ((way, low + 1, low), 1 - part)]
        return [(edge, share) for edge, share in pairs if edge in self.edges]
