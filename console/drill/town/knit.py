"""Streets knitted into a net: shared nodes where they meet, ways cut at bridges and turn rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from shapely import LineString, Point, Polygon

from console.drill.town.plan import Street

_SAME_M = 9.0  # meeting points nearer than this are one junction
_STUB_M = 26.0  # an end that sticks out this little past a junction is cut off


@dataclass(slots=True)
class Run:
    """One way to be: node numbers and tags."""

    nodes: list[int]
    tags: dict[str, str]


@dataclass(slots=True)
class Net:
    """Nodes on the plane (number = position + 1), ways, turn rules (from, via, to, tags)."""

    nodes: list[tuple[float, float]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[int, int, int, dict[str, str]]] = field(default_factory=list)
    barriers: dict[int, dict[str, str]] = field(default_factory=dict)

    def node(self, x: float, y: float) -> int:
        """A further node; its number."""
        self.nodes.append((x, y))
        return len(self.nodes)


# at the crossing of two streets: from the first (side), to the second (side), the rule
TURN_RULES = (
    ("人民路", "west", "青年路", "north", {"restriction": "no_left_turn"}),
    ("人民路", "east", "青年路", "south", {"restriction": "no_left_turn", "except": "motorcycle"}),
    ("光明路", "south", "人民路", "west", {"restriction": "no_left_turn"}),
    ("建设路", "west", "解放路", "north", {"restriction": "no_left_turn"}),
    ("文化街", "east", "解放路", "south", {"restriction": "no_left_turn"}),
    ("青年路", "south", "建设路", "east", {"restriction": "no_right_turn"}),
    ("工业路", "south", "人民路", "east", {"restriction": "only_right_turn"}),
)


def knit(streets: Sequence[Street], bed: Polygon) -> Net:
    """The net of these streets; ``bed`` is the river's."""
    net = Net()
    meetings = _meetings(net, streets)
    crossings: dict[frozenset[str], int] = {}
    for index, street in enumerate(streets):
        for node, _ in meetings[index]:
            for other, others in zip(streets, meetings, strict=True):
                if other.name != street.name and any(node == n for n, _ in others):
                    crossings.setdefault(frozenset((street.name, other.name)), node)
    ruled = {
        crossings[frozenset((rule[0], rule[2]))]
        for rule in TURN_RULES
        if frozenset((rule[0], rule[2])) in crossings
    }
    for street, found in zip(streets, meetings, strict=True):
        chain = _chain(net, street, found, bed)
        if chain:
            _cut(net, street, chain, ruled)
    for first, side, second, other_side, tags in TURN_RULES:
        via = crossings.get(frozenset((first, second)))
        if via is not None:
            start, end = _arm(net, first, via, side), _arm(net, second, via, other_side)
            if start is not None and end is not None:
                net.rules.append((start, via, end, {"type": "restriction", **tags}))
    return net


def _meetings(net: Net, streets: Sequence[Street]) -> list[list[tuple[int, float]]]:
    """For each street its junctions: (node, metres along)."""
    found: list[list[tuple[int, float]]] = [[] for _ in streets]
    lines = [street.line for street in streets]
    tree = shapely.STRtree(lines)
    for index, line in enumerate(lines):
        for other in sorted(int(i) for i in tree.query(line, predicate="intersects")):
            if other <= index:
                continue
            shared = line.intersection(lines[other])
            spots = [
                part for part in getattr(shared, "geoms", [shared]) if part.geom_type == "Point"
            ]
            for spot in sorted(spots, key=lambda p: (p.x, p.y)):
                node = _near(net, spot) or net.node(spot.x, spot.y)
                for which in (index, other):
                    if all(node != n for n, _ in found[which]):
                        found[which].append((node, float(lines[which].project(spot))))
    return found


def _near(net: Net, spot: Point) -> int | None:
    for number, (x, y) in enumerate(net.nodes, 1):
        if (x - spot.x) ** 2 + (y - spot.y) ** 2 < _SAME_M**2:
            return number
    return None


def _chain(
    net: Net, street: Street, meetings: list[tuple[int, float]], bed: Polygon
) -> list[tuple[int, bool]]:
    """The street's nodes in order, each with whether the stretch after it is a bridge."""
    line, whole = street.line, float(street.line.length)
    ring = line.is_ring
    stops = sorted(meetings, key=lambda stop: stop[1])
    low, high = 0.0, whole
    if stops and not ring:
        low = stops[0][1] if stops[0][1] < _STUB_M else 0.0
        high = stops[-1][1] if whole - stops[-1][1] < _STUB_M else whole
    if high - low < 40 and not ring:
        return []
    spans = _over(line, bed) if street.bridges else []
    marks: list[tuple[float, int | None]] = [(at, node) for node, at in stops]
    for at in [at for span in spans for at in span]:
        if low < at < high and all(abs(at - there) > 6 for there, _ in marks):
            marks.append((at, None))
    for x, y in line.coords[: -1 if ring else None]:
        at = float(line.project(Point(x, y)))
        if low <= at <= high and all(abs(at - there) > 7 for there, _ in marks):
            marks.append((at, None))
    for end in () if ring else (low, high):
        if all(abs(end - there) > 7 for there, _ in marks):
            marks.append((end, None))
    chain = []
    for at, node in sorted(marks, key=lambda mark: mark[0]):
        spot = line.interpolate(at)
        number = net.node(spot.x, spot.y) if node is None else node
        chain.append((number, any(a - 1 <= at < b - 7 for a, b in spans)))
    if ring:
        chain.append(chain[0])
    return chain


def _over(line: LineString, bed: Polygon) -> list[tuple[float, float]]:
    """The stretches of a line over the river, as metres along."""
    over = line.intersection(bed.buffer(4))
    spans = []
    for part in getattr(over, "geoms", [over]):
        if not part.is_empty and part.geom_type == "LineString":
            ends = sorted(float(line.project(Point(part.coords[i]))) for i in (0, -1))
            spans.append((ends[0], ends[1]))
    return sorted(spans)


def _cut(net: Net, street: Street, chain: list[tuple[int, bool]], ruled: set[int]) -> None:
    """The chain as ways, parted where a bridge begins or ends and where a turn rule stands."""
    tags = {"highway": street.road, "name": street.name, **street.tags}
    nodes = [chain[0][0]]
    for index in range(1, len(chain)):
        bridge = chain[index - 1][1]
        nodes.append(chain[index][0])
        last = index == len(chain) - 1
        if last or chain[index][1] != bridge or chain[index][0] in ruled:
            over = {"bridge": "yes", "layer": "1"} if bridge else {}
            net.runs.append(Run(nodes, {**tags, **over}))
            nodes = [chain[index][0]]


def _arm(net: Net, name: str, via: int, side: str) -> int | None:
    """The way of this street that leaves the junction to that side, by its number from 1."""
    axis, sign = {"west": (0, -1), "east": (0, 1), "south": (1, -1), "north": (1, 1)}[side]
    here = net.nodes[via - 1]
    for number, run in enumerate(net.runs, 1):
        if run.tags.get("name") == name and via in (run.nodes[0], run.nodes[-1]):
            next_node = run.nodes[1] if run.nodes[0] == via else run.nodes[-2]
            if (net.nodes[next_node - 1][axis] - here[axis]) * sign > 0:
                return number
    return None
