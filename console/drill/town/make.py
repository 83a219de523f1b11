"""The town is written: ``python -m console.drill.town FOLDER``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import osmium

from console.drill.town.areas import features
from console.drill.town.ground import Filling, fill
from console.drill.town.knit import Net, knit
from console.drill.town.plan import degrees, river, streets, water

ROADS_FILE = "town.osm.pbf"
AREAS_FILE = "areas.geojson"
_MOMENT = "2026-01-01T00:00:00Z"


def make(folder: Path) -> None:
    """The extract and the patrol areas of the sample town stand in ``folder``, drawn afresh."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = streets()
    net = knit(plan, water())
    filling = fill(net, plan)
    _write_roads(folder / ROADS_FILE, net, filling)
    told = {"type": "FeatureCollection", "name": "青禾镇巡区(虚构)", "features": features()}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / AREAS_FILE).write_text(text + "\n", "utf-8")


def _write_roads(file: Path, net: Net, filling: Filling) -> None:
    file.unlink(missing_ok=True)
    header = osmium.io.Header()
    header.set("generator", "post-console sample town")
    numbers = {"node": len(net.nodes), "way": len(net.runs)}
    late_nodes: list[tuple[int, float, float, dict[str, str]]] = []
    late_ways: list[tuple[int, list[int], dict[str, str]]] = []

    def add_node(x: float, y: float, tags: dict[str, str]) -> int:
        numbers["node"] += 1
        late_nodes.append((numbers["node"], x, y, tags))
        return numbers["node"]

    def add_way(nodes: list[int], tags: dict[str, str]) -> None:
        numbers["way"] += 1
        late_ways.append((numbers["way"], nodes, tags))

    for x, y, tags in filling.points:
        add_node(x, y, tags)
    for area in filling.areas:
        ring = [add_node(x, y, {}) for x, y in list(area.ring.exterior.coords)[:-1]]
        add_way([*ring, ring[0]], area.tags)
    middle = [add_node(x, y, {}) for x, y in river().coords]
    add_way(middle, {"waterway": "river", "name": "清水河"})
    with osmium.SimpleWriter(str(file), header=header, overwrite=True) as writer:
        for number, (x, y) in enumerate(net.nodes, 1):
            writer.add_node(_node(number, x, y, net.barriers.get(number, {})))
        for number, x, y, tags in late_nodes:
            writer.add_node(_node(number, x, y, tags))
        for number, run in enumerate(net.runs, 1):
            writer.add_way(_thing(number, tags=run.tags, nodes=run.nodes))
        for number, nodes, tags in late_ways:
            writer.add_way(_thing(number, tags=tags, nodes=nodes))
        for number, (start, via, end, tags) in enumerate(net.rules, 1):
            members = [("w", start, "from"), ("n", via, "via"), ("w", end, "to")]
            writer.add_relation(_relation(number, tags, members))


def _node(number: int, x: float, y: float, tags: dict[str, str]) -> Any:
    lat, lon = degrees(x, y)
    return osmium.osm.mutable.Node(
        id=number, version=1, timestamp=_MOMENT, location=(lon, lat), tags=tags
    )


def _thing(number: int, tags: dict[str, str], nodes: list[int]) -> Any:
    return osmium.osm.mutable.Way(id=number, version=1, timestamp=_MOMENT, nodes=nodes, tags=tags)


def _relation(number: int, tags: dict[str, str], members: list[tuple[str, int, str]]) -> Any:
    return osmium.osm.mutable.Relation(
        id=number, version=1, timestamp=_MOMENT, members=members, tags=tags
    )
