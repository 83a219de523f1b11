"""What fills the blocks between the streets: land use, buildings, parks, yards, named places."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

import shapely
from shapely import LineString, Point, Polygon

from console.drill.town.knit import Net, Run
from console.drill.town.plan import SEED, Street, bend, outline, patches, river, water

_BIG = (
    # name, tags, where on the straight plan
    ("人民公园", {"leisure": "park"}, (-350, 380)),
    ("滨河公园", {"leisure": "park"}, (420, -200)),
    ("青禾第一中学", {"amenity": "school"}, (330, 760)),
    ("实验小学", {"amenity": "school"}, (-150, 720)),
    ("城西小学", {"amenity": "school"}, (-900, 760)),
    ("职业技术学校", {"amenity": "school"}, (850, 250)),
    ("城南幼儿园", {"amenity": "kindergarten"}, (-320, -820)),
    ("县人民医院", {"amenity": "hospital"}, (250, 330)),
    ("中医院", {"amenity": "hospital"}, (-820, -330)),
    ("中心市场", {"amenity": "marketplace"}, (-120, 160)),
    ("城南农贸市场", {"amenity": "marketplace"}, (300, -820)),
    ("万和商场", {"shop": "mall"}, (250, 120)),
    ("青禾百货大楼", {"shop": "department_store"}, (-150, -150)),
    ("青禾汽车站", {"amenity": "bus_station"}, (850, -450)),
    ("青禾火车站", {"railway": "station"}, (850, -1230)),
    ("体育场", {"leisure": "stadium"}, (850, 800)),
    ("县文化馆", {"amenity": "community_centre"}, (-350, 760)),
    ("县政府", {"amenity": "townhall"}, (330, 560)),
    ("纺织厂", {"landuse": "industrial"}, (-1250, -300)),
    ("农机厂", {"landuse": "industrial"}, (-1250, 250)),
    ("粮食储备库", {"landuse": "industrial"}, (-1250, -830)),
)
_ESTATES = (
    ("幸福小区", (-800, 200)), ("阳光花园", (850, 480)), ("和谐家园", (-800, 1200)),
    ("柳岸新村", (420, -480)), ("春晖小区", (-300, -1000)), ("锦绣苑", (300, 1200)),
    ("光明小区", (-400, -450)), ("城东小区", (1250, 200)), ("学府花园", (180, 900)),
    ("平安里", (-800, -820)), ("望河苑", (1250, -700)), ("北苑小区", (850, 1200)),
)  # fmt: skip
_SMALL = (
    ("bank", "银行", ("农商银行", "建业银行", "青禾银行", "惠民银行")),
    ("restaurant", "饭店", ("老味道饭店", "春来饭店", "河畔酒楼", "聚福园", "面馆人家")),
    ("pharmacy", "药店", ("康宁药店", "百草药房")),
    ("fuel", "加油站", ("顺达加油站", "通达加油站", "青禾加油站")),
    ("hotel", "宾馆", ("青禾宾馆", "迎宾酒店", "如归旅馆")),
    ("internet_cafe", "网吧", ("极速网吧", "星空网吧")),
    ("post_office", "邮局", ("青禾邮局",)),
)


@dataclass(slots=True)
class Area:
    """A closed way to be: a ring on the plane and its tags."""

    ring: Polygon
    tags: dict[str, str]


@dataclass(slots=True)
class Filling:
    """All that is not a street: areas, river line, named points."""

    areas: list[Area] = field(default_factory=list)
    points: list[tuple[float, float, dict[str, str]]] = field(default_factory=list)


def fill(net: Net, streets: list[Street]) -> Filling:
    """The blocks of the town are filled; paths of parks and yards are added to the net."""
    chance = random.Random(SEED + 1)
    found = Filling()
    bed = water()
    found.areas.append(Area(bed, {"natural": "water", "water": "river", "name": "清水河"}))
    blocks = _blocks(net, streets, bed)
    taken: dict[int, str] = {}
    for name, tags, (x, y) in _BIG:
        _claim(found, blocks, taken, (name, tags), Point(bend(x, y)))
    for name, (x, y) in _ESTATES:
        tags = {"landuse": "residential", "place": "neighbourhood"}
        _claim(found, blocks, taken, (name, tags), Point(bend(x, y)))
    for index, block in enumerate(blocks):
        kind = taken.get(index)
        if kind is None:
            found.areas.append(Area(block, {"landuse": _use(block)}))
        if kind == "park":
            _park(net, found, block, chance)
        elif kind == "estate":
            _yard(net, block)
        if kind != "park":
            found.areas += _buildings(block, kind, chance)
    _country(net, found, bed)
    _square(found)
    _small(net, found, chance)
    return found


def _blocks(net: Net, streets: list[Street], bed: Polygon) -> list[Polygon]:
    lines = [LineString([net.nodes[n - 1] for n in run.nodes]) for run in net.runs]
    faces = shapely.polygonize([shapely.union_all(lines)])
    kept = []
    for face in faces.geoms:
        inner = face.buffer(-13).difference(bed.buffer(8)).simplify(1.0)
        for part in patches(inner):
            if part.area > 2500:
                kept.append(Polygon(part.exterior))
    return sorted(kept, key=lambda p: (round(p.centroid.y), round(p.centroid.x)))


def _claim(
    found: Filling,
    blocks: list[Polygon],
    taken: dict[int, str],
    what: tuple[str, dict[str, str]],
    at: Point,
) -> None:
    """The nearest free block becomes this named place."""
    name, tags = what
    free = [index for index in range(len(blocks)) if index not in taken]
    index = min(free, key=lambda i: (round(blocks[i].distance(at), 1), i))
    kind = "estate" if "place" in tags else tags.get("leisure", "big")
    taken[index] = kind
    block = blocks[index]
    found.areas.append(Area(block, {**tags, "name": name}))


def _use(block: Polygon) -> str:
    x, y = block.centroid.x, block.centroid.y
    if math.hypot(x, y) < 430:
        return "commercial"
    return "industrial" if x < -1050 and y < 600 else "residential"


def _buildings(block: Polygon, kind: str | None, chance: random.Random) -> list[Area]:
    """Rows of houses along the block's own direction."""
    box = patches(shapely.oriented_envelope(block))[0]
    (x0, y0), (x1, y1), (x2, y2) = list(box.exterior.coords)[:3]
    across, up = math.hypot(x1 - x0, y1 - y0), math.hypot(x2 - x1, y2 - y1)
    ux, uy = ((x1 - x0) / across, (y1 - y0) / across)
    vx, vy = ((x2 - x1) / up, (y2 - y1) / up)
    found = []
    large = kind in ("big", "stadium") or _use(block) == "industrial"
    long, deep, gap = (58, 26, 22) if large else (36, 14, 18)
    b = 10.0
    while b + deep < up:
        a = 10.0 + chance.uniform(0, 10)
        while a + long < across:
            wide, thick = long * chance.uniform(0.6, 1.0), deep * chance.uniform(0.75, 1.0)
            corners = [(a, b), (a + wide, b), (a + wide, b + thick), (a, b + thick)]
            ring = Polygon([(x0 + ux * p + vx * q, y0 + uy * p + vy * q) for p, q in corners])
            if chance.random() < 0.86 and block.buffer(-3).contains(ring):
                found.append(Area(ring, {"building": "yes"}))
            a += wide + chance.uniform(10, 20)
        b += deep + gap
    return found


def _park(net: Net, found: Filling, block: Polygon, chance: random.Random) -> None:
    """Paths across the park from its surrounding streets, and a pond."""
    middle = block.representative_point()
    hub = net.node(middle.x, middle.y)
    joints = _joints(net, block.buffer(18))
    step = max(1, len(joints) // 5)
    for joint in joints[::step][:6]:
        x, y = net.nodes[joint - 1]
        bx = (x + middle.x) / 2 + chance.uniform(-18, 18)
        by = (y + middle.y) / 2 + chance.uniform(-18, 18)
        net.runs.append(Run([joint, net.node(bx, by), hub], {"highway": "footway"}))
    size = math.sqrt(block.area) / 7
    pond = Point(middle.x + size * 1.5, middle.y + size * 1.3).buffer(size, quad_segs=5)
    for part in patches(pond.intersection(block.buffer(-8)))[:1]:
        found.areas.append(Area(part, {"natural": "water", "water": "pond"}))


def _yard(net: Net, block: Polygon) -> None:
    """A service road into the estate, behind a gate, and a footpath out past a bollard."""
    middle = block.representative_point()
    joints = _joints(net, block.buffer(18))
    if len(joints) < 2:
        return
    hub = net.node(middle.x, middle.y)
    for joint, road, barrier in (
        (joints[0], "service", {"barrier": "gate"}),
        (joints[len(joints) // 2], "footway", {"barrier": "bollard"}),
    ):
        x, y = net.nodes[joint - 1]
        gate = net.node(x + (middle.x - x) * 0.25, y + (middle.y - y) * 0.25)
        net.barriers[gate] = barrier
        net.runs.append(Run([joint, gate, hub], {"highway": road}))


def _joints(net: Net, ground: Polygon) -> list[int]:
    """Street nodes on the border of a block, in order of angle."""
    used = sorted({n for run in net.runs if "name" in run.tags for n in run.nodes})
    middle = ground.centroid
    near = [n for n in used if ground.covers(Point(net.nodes[n - 1]))]
    return sorted(
        near,
        key=lambda n: math.atan2(net.nodes[n - 1][1] - middle.y, net.nodes[n - 1][0] - middle.x),
    )


def _country(net: Net, found: Filling, bed: Polygon) -> None:
    """Fields and woods round the town."""
    roads = shapely.union_all(
        [LineString([net.nodes[n - 1] for n in run.nodes]) for run in net.runs]
    ).buffer(16)
    belt = outline(230).difference(outline(30)).difference(roads).difference(bed.buffer(8))
    uses = ("farmland", "forest", "farmland", "orchard", "farmland", "meadow", "forest")
    for sector in range(28):
        low, high = math.radians(sector * 360 / 28 + 0.25), math.radians((sector + 1) * 360 / 28)
        wedge = Polygon(
            [(0, 0)] + [(2600 * math.cos(angle), 2600 * math.sin(angle)) for angle in (low, high)]
        )
        piece = belt.intersection(wedge)
        for part in patches(piece):
            if part.area > 3000:
                found.areas.append(Area(part, {"landuse": uses[sector % len(uses)]}))


def _square(found: Filling) -> None:
    x, y = bend(50.0, 0.0)
    ring = Point(x, y).buffer(24, quad_segs=6)
    found.areas.append(Area(ring, {"place": "square", "name": "红旗广场"}))
    x, y = bend(850.0, -1130.0)
    found.points.append((x, y, {"place": "square", "name": "站前广场"}))


def _small(net: Net, found: Filling, chance: random.Random) -> None:
    """Banks, eating houses and the like beside the avenues."""
    town = outline(-60)
    spots = [
        net.nodes[n - 1]
        for run in net.runs
        if run.tags.get("highway") in ("primary", "secondary") and "bridge" not in run.tags
        for n in run.nodes
    ]
    middle = Point(bend(50.0, 0.0)).buffer(130)
    bed = river().buffer(60)
    ground = town.difference(middle).difference(bed)
    spots = [spot for spot in spots if ground.contains(Point(spot))]
    for kind, _, names in _SMALL:
        for name in names:
            x, y = chance.choice(spots)
            spots = [spot for spot in spots if math.dist(spot, (x, y)) > 150]
            key = "tourism" if kind == "hotel" else "amenity"
            found.points.append((x + 19, y + 17, {key: kind, "name": name}))
