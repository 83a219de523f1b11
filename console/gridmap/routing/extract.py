"""What an OpenStreetMap extract says about roads and the ground, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

from console.core.errors import Refused
from console.gridmap.model.place import Label

# A megabyte of it takes about 70 MB of memory while it is read; a post's own town has 1 to 10.
MOST_BYTES = 32 * 2**20

Coordinates = list[tuple[float, float]]

# tag key → kinds that the map draws as ground, by value; "*" is any value
_GROUND: dict[str, dict[str, str]] = {
    "building": {"*": "building"},
    "natural": {"water": "water", "wood": "green", "scrub": "green", "grassland": "green"},
    "waterway": {"riverbank": "water", "dock": "water"},
    "leisure": {"park": "park", "garden": "park", "pitch": "green", "playground": "green",
                "golf_course": "green", "stadium": "public"},
    "landuse": {"forest": "green", "grass": "green", "meadow": "green", "farmland": "farm",
                "orchard": "farm", "reservoir": "water", "basin": "water",
                "residential": "residential", "commercial": "commercial", "retail": "commercial",
                "industrial": "industrial", "recreation_ground": "park", "village_green": "park"},
    "amenity": {"school": "public", "hospital": "public", "university": "public",
                "kindergarten": "public", "townhall": "public", "community_centre": "public",
                "bus_station": "public", "marketplace": "commercial", "parking": "paved"},
    "shop": {"mall": "commercial", "department_store": "commercial", "supermarket": "commercial"},
    "place": {"square": "paved"},
    "railway": {"station": "public"},
    "area:highway": {"*": "paved"},
}  # fmt: skip
_LABELLED = ("amenity", "shop", "tourism", "leisure", "railway", "public_transport", "place",
             "office", "healthcare", "landuse", "natural", "building", "man_made", "historic")  # fmt: skip
_KEYS = ("highway", "barrier", "access", "vehicle", "motor_vehicle", "motorcar", "bicycle", "foot",
         "motorcycle", "type", "waterway", *_GROUND, *_LABELLED)  # fmt: skip


@dataclass(slots=True)
class Way:
    """A run of a highway whose points are all in the extract: node ids and (lat, lon)."""

    osm_id: int
    tags: dict[str, str]
    refs: list[int]
    points: Coordinates


@dataclass(slots=True)
class TurnRule:
    """A restriction relation: way ids from, via (node or ways), to."""

    tags: dict[str, str]
    from_ways: list[int]
    to_ways: list[int]
    via_node: int | None
    via_ways: list[int]


@dataclass(slots=True)
class Extract:
    """All of it, in the order of the file."""

    ways: list[Way] = field(default_factory=list)
    nodes: dict[int, dict[str, str]] = field(default_factory=dict)
    rules: list[TurnRule] = field(default_factory=list)
    shapes: list[tuple[str, Coordinates]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def check_file(path: Path) -> None:
    """The file can be read whole. Refused when it is missing, empty or a country's."""
    if not path.is_file():
        raise Refused("gridmap.roads_missing", path=str(path))
    size = path.stat().st_size
    if size == 0:
        raise Refused("gridmap.roads_empty", path=str(path))
    if size > MOST_BYTES:
        mib = 2**20
        raise Refused(
            "gridmap.roads_too_large", path=str(path), size=size // mib, most=MOST_BYTES // mib
        )


def read_extract(path: Path) -> Extract:
    """The extract at ``path``. Refused when it is missing, empty, too large, cut short or not OSM."""
    check_file(path)
    found = Extract()
    try:
        source = osmium.FileProcessor(osmium.io.File(str(path), "pbf")).with_locations()
        for told in source.with_filter(osmium.filter.KeyFilter(*_KEYS)):
            thing: Any = told
            tags = {tag.k: tag.v for tag in thing.tags}
            if thing.is_node():
                _take_node(found, thing, tags)
            elif thing.is_way():
                _take_way(found, thing, tags)
            elif thing.is_relation():
                _take_relation(found, thing, tags)
    except (RuntimeError, ValueError, UnicodeDecodeError, OSError) as broken:
        fault = " ".join(str(broken).split())
        raise Refused("gridmap.roads_unreadable", path=str(path), told=fault) from broken
    if not found.ways:
        raise Refused("gridmap.roads_none", path=str(path))
    return found


def _take_node(found: Extract, node: Any, tags: dict[str, str]) -> None:
    found.nodes[node.id] = tags
    if node.location.valid():
        _take_label(found, tags, [(node.location.lat, node.location.lon)])


def _take_way(found: Extract, way: Any, tags: dict[str, str]) -> None:
    runs: list[tuple[list[int], Coordinates]] = [([], [])]
    for node in way.nodes:
        if node.location.valid():
            runs[-1][0].append(node.ref)
            runs[-1][1].append((node.location.lat, node.location.lon))
        elif runs[-1][0]:  # a node outside the extract parts the way
            runs.append(([], []))
    if "highway" in tags:
        found.ways += [Way(way.id, tags, refs, points) for refs, points in runs if len(refs) > 1]
        return
    refs, points = runs[0]
    if tags.get("waterway") in ("river", "canal", "stream", "ditch", "drain") and len(refs) > 1:
        kind = "river" if tags["waterway"] in ("river", "canal") else "stream"
        found.shapes.append((kind, points))
    elif len(runs) == 1 and len(refs) > 3 and refs[0] == refs[-1]:
        kind = _ground(tags)
        if kind:
            found.shapes.append((kind, points))
        _take_label(found, tags, points[:-1])


def _take_relation(found: Extract, relation: Any, tags: dict[str, str]) -> None:
    if tags.get("type") != "restriction":
        return
    members = [(m.type, m.role, m.ref) for m in relation.members]
    via = [ref for kind, role, ref in members if role == "via" and kind == "n"]
    found.rules.append(
        TurnRule(
            tags,
            [ref for kind, role, ref in members if role == "from" and kind == "w"],
            [ref for kind, role, ref in members if role == "to" and kind == "w"],
            via[0] if len(via) == 1 else None,
            [ref for kind, role, ref in members if role == "via" and kind == "w"],
        )
    )


def _ground(tags: dict[str, str]) -> str:
    for key, kinds in _GROUND.items():
        value = tags.get(key)
        if value is not None and value != "no":
            kind = kinds.get(value) or kinds.get("*", "")
            if kind:
                return kind
    return ""


def _take_label(found: Extract, tags: dict[str, str], points: Coordinates) -> None:
    name = tags.get("name:zh") or tags.get("name")
    if not name or "highway" in tags or "barrier" in tags:
        return
    for key in _LABELLED:
        if key in tags:
            kind = tags[key] if tags[key] != "yes" else key
            lat = sum(point[0] for point in points) / len(points)
            lon = sum(point[1] for point in points) / len(points)
            found.labels.append(Label(name, kind, lat, lon))
            return
