"""The plan of the town: its streets, river and outline, on a plane in metres.

The plan is drawn on a straight grid and then bent, so that the town looks grown and not ruled.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import shapely
from shapely import LineString, Polygon

CENTRE_LAT, CENTRE_LON = 35.40, 121.60  # the Yellow Sea: nobody lives there
_DEGREE_M = 111_194.93
SEED = 20261121

EAST_WEST = (
    ("和平路", "tertiary", 1050.0),
    ("文化街", "secondary", 560.0),
    ("人民路", "primary", 0.0),
    ("建设路", "secondary", -600.0),
    ("兴业路", "tertiary", -1060.0),
)
NORTH_SOUTH = (
    ("工业路", "tertiary", -1080.0),
    ("光明路", "secondary", -560.0),
    ("解放路", "primary", 50.0),
    ("青年路", "secondary", 620.0),
    ("迎宾大道", "tertiary", 1090.0),
)
RING = 1430.0
_RING_CORNER = 430.0
_MINOR_EAST_WEST = (
    "平安街", "春晖街", "纺织街", "南关街", "胜利街", "商贸街", "粮市街", "鼓楼街", "槐荫街",
    "东风街", "育才街", "北关街", "学府街", "向阳街", "民生街", "银河街",
)  # fmt: skip
_MINOR_NORTH_SOUTH = (
    "仓前路", "朝阳路", "园丁路", "梧桐路", "书院巷", "石桥巷", "柳树巷", "文昌巷", "古井巷",
    "花园巷", "新华路", "银杏路", "康复路", "桃园路", "学苑路", "车站路",
)  # fmt: skip
ONE_WAY = {"鼓楼街": "yes", "槐荫街": "-1", "书院巷": "yes", "柳树巷": "-1", "新华路": "yes"}
_MARKET_LANE = "粮市街"  # on foot only
_RIVER = (
    (-1900, 520), (-1300, 450), (-820, 340), (-450, 190), (-250, -60), (-80, -270), (300, -330),
    (800, -240), (1250, -340), (1900, -430),
)  # fmt: skip
RIVER_HALF_M = 22.0
ROUNDABOUT_M = 30.0


@dataclass(slots=True)
class Street:
    """A street on the plane, with its tags."""

    name: str
    road: str
    line: LineString
    tags: dict[str, str] = field(default_factory=dict)
    bridges: bool = False


def bend(x: float, y: float) -> tuple[float, float]:
    """A point of the straight plan as it lies in the town, in metres east and north."""
    x, y = (
        x + 45 * math.sin(y / 520 + 0.7) + 25 * math.sin((x + y) / 390),
        y + 40 * math.sin(x / 600 + 1.9) + 22 * math.sin((x - y) / 430),
    )
    turn = math.radians(6)
    return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)


def bent(points: list[tuple[float, float]], step: float = 40.0) -> LineString:
    """A line of the plan as it lies in the town."""
    dense = shapely.segmentize(LineString(points), step)
    return lines(LineString([bend(x, y) for x, y in dense.coords]).simplify(0.8))[0]


def lines(shape: Any) -> list[LineString]:
    """The lines that a shape consists of."""
    return [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, LineString)]


def patches(shape: Any) -> list[Polygon]:
    """The polygons that a shape consists of, without those of no extent."""
    parts = getattr(shape, "geoms", [shape])
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def degrees(x: float, y: float) -> tuple[float, float]:
    """(lat, lon) of a point of the town, to seven decimals."""
    scale = math.cos(math.radians(CENTRE_LAT))
    return round(CENTRE_LAT + y / _DEGREE_M, 7), round(CENTRE_LON + x / (_DEGREE_M * scale), 7)


def ring_points() -> list[tuple[float, float]]:
    """The ring road on the straight plan, counter-clockwise, closed."""
    inner = RING - _RING_CORNER
    found = []
    for quarter, (cx, cy) in enumerate(
        ((inner, inner), (-inner, inner), (-inner, -inner), (inner, -inner))
    ):
        for step in range(9):
            angle = math.radians(90 * quarter + 90 * step / 8)
            found.append((cx + _RING_CORNER * math.cos(angle), cy + _RING_CORNER * math.sin(angle)))
    return [*found, found[0]]


def outline(margin: float = 0.0) -> Polygon:
    """The ground within the ring road, in the town's metres."""
    return Polygon(bent(ring_points()).coords).buffer(margin, quad_segs=8)


def river() -> LineString:
    """The middle of the river."""
    points = [(float(x), float(y)) for x, y in _RIVER]
    for _ in range(3):  # Chaikin's corner cutting
        cut = [points[0]]
        for (x1, y1), (x2, y2) in pairwise(points):
            cut += [
                (0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2),
                (0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2),
            ]
        points = [*cut, points[-1]]
    return bent(points)


def water() -> Polygon:
    """The river's bed."""
    return patches(river().buffer(RIVER_HALF_M, quad_segs=4).intersection(outline(240)))[0]


def streets() -> list[Street]:
    """Every street of the town but the paths of parks and yards."""
    found = _ring() + _avenues() + _minor() + _banks()
    middle = bend(50.0, 0.0)
    disc = shapely.Point(middle).buffer(ROUNDABOUT_M, quad_segs=6)
    inside = disc.buffer(-4)
    within = outline(14)
    bed = water().buffer(10)
    kept = []
    for street in found:
        line = street.line if street.tags.get("out") else street.line.intersection(within)
        line = line.difference(inside)
        if not street.bridges:
            line = line.difference(bed)
        tags = {key: value for key, value in street.tags.items() if key != "out"}
        parts = sorted(lines(line), key=lambda part: -part.length)
        for index, part in enumerate(parts):
            if part.length > 70:
                # a remnant across the river is no one-way street: nobody could get out of it
                own = {k: v for k, v in tags.items() if index == 0 or not k.startswith("oneway")}
                kept.append(Street(street.name, street.road, part, own, street.bridges))
    # counter-clockwise: traffic keeps to the right
    circle = LineString(shapely.geometry.polygon.orient(disc).exterior.coords)
    kept.append(Street("红旗广场环岛", "primary", circle, {"junction": "roundabout"}))
    return kept


def _ring() -> list[Street]:
    points = ring_points()
    parts = (
        ("环城东路", [*points[32:], *points[1:5]]),
        ("环城北路", points[4:14]),
        ("环城西路", points[13:23]),
        ("环城南路", points[22:33]),
    )
    tags = {"maxspeed": "70", "lanes": "4", "out": "yes"}
    return [Street(name, "primary", bent(part), dict(tags), True) for name, part in parts]


def _avenues() -> list[Street]:
    found = []
    for name, road, at in EAST_WEST:
        far = 1750.0 if road == "primary" else RING + 30
        tags = {"out": "yes"} if road == "primary" else {}
        found.append(Street(name, road, bent([(-far, at), (far, at)]), tags, True))
    for name, road, at in NORTH_SOUTH:
        far = 1750.0 if road == "primary" else RING + 30
        tags = {"out": "yes"} if road == "primary" else {}
        found.append(Street(name, road, bent([(at, -far), (at, far)]), tags, True))
    for street in found:
        street.tags["maxspeed"] = {"primary": "60", "secondary": "50", "tertiary": "40"}[
            street.road
        ]
    return found


def _minor() -> list[Street]:
    """Lesser streets between the avenues; each runs through two to four blocks."""
    chance = random.Random(SEED)
    rows = sorted([at for _, _, at in EAST_WEST] + [-RING, RING])
    columns = sorted([at for _, _, at in NORTH_SOUTH] + [-RING, RING])
    found = []
    for names, gaps, stops, upright in (
        (iter(_MINOR_EAST_WEST), rows, columns, False),
        (iter(_MINOR_NORTH_SOUTH), columns, rows, True),
    ):
        for low, high in pairwise(gaps):
            count = 3 if high - low > 540 else 2 if high - low > 420 else 1
            for number in range(1, count + 1):
                at = low + (high - low) * (number + chance.uniform(-0.16, 0.16)) / (count + 1)
                found += _lesser(next(names), at, stops, chance, upright)
    return found


def _lesser(
    name: str, at: float, stops: list[float], chance: random.Random, upright: bool
) -> list[Street]:
    last = len(stops) - 1
    begin = chance.randint(0, last - 3)
    end = min(last, begin + chance.randint(3, 4))
    if name == _MARKET_LANE:
        end = begin + 1
    low, high = stops[begin] - 14, stops[end] + 14
    sway = chance.uniform(-28, 28)
    middle = (low + high) / 2
    points = [(low, at), (middle, at + sway), (high, at + chance.uniform(-12, 12))]
    if upright:
        points = [(y, x) for x, y in points]
    road = "living_street" if name.endswith("巷") else "residential"
    tags = {"oneway": ONE_WAY[name]} if name in ONE_WAY else {}
    if name == "书院巷":
        tags["oneway:bicycle"] = "no"
    if name == _MARKET_LANE:
        road = "pedestrian"
    return [Street(name, road, bent(points), tags, False)]


def _banks() -> list[Street]:
    middle = river()
    found = []
    for name, side in (("滨河北路", 1), ("滨河南路", -1)):
        bank = middle.offset_curve(side * (RIVER_HALF_M + 30), quad_segs=4).simplify(1.0)
        found += [Street(name, "residential", line, {}, True) for line in lines(bank)]
    return found
