"""The post's patrol areas, kept in a GeoJSON file that a post may draw itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from console.core.errors import Refused
from console.core.words import Words
from console.gridmap.model import Area, Cell


def read_areas(path: Path) -> tuple[Area, ...]:
    """The patrol areas of a GeoJSON file (WGS-84).

    Features with ``kind`` "area" have id, name, name_en, minutes; those with ``kind`` "cell" have id
    and area. Refused when the file is missing, is not that, or names an area twice.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        features = [_feature(feature) for feature in told["features"]]
    except FileNotFoundError as missing:
        raise Refused("gridmap.areas_missing", path=str(path)) from missing
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as broken:
        fault = f"{type(broken).__name__}: {broken}"
        raise Refused("gridmap.areas_unreadable", path=str(path), told=fault) from broken
    cells: dict[str, list[Cell]] = {}
    for told, ring in features:
        if told.get("kind") == "cell":
            cells.setdefault(str(told["area"]), []).append(Cell(str(told["id"]), ring))
    areas = [
        Area(
            str(told["id"]),
            Words(str(told["name"]), str(told.get("name_en") or told["name"])),
            int(told["minutes"]),
            ring,
            tuple(cells.get(str(told["id"]), ())),
        )
        for told, ring in features
        if told.get("kind", "area") == "area"
    ]
    twice = {area.id for area in areas if sum(a.id == area.id for a in areas) > 1}
    if twice:
        raise Refused("gridmap.areas_twice", path=str(path), area=", ".join(sorted(twice)))
    return tuple(areas)


def _feature(feature: dict[str, Any]) -> tuple[dict[str, Any], tuple[tuple[float, float], ...]]:
    """(properties, outer ring as (lat, lon)) of a polygon feature, with what it must have."""
    told, geometry = feature["properties"], feature["geometry"]
    if geometry["type"] != "Polygon":
        raise ValueError(f"{geometry['type']} instead of Polygon")
    needed = ("id", "area") if told.get("kind") == "cell" else ("id", "name", "minutes")
    for name in needed:
        if name not in told:
            raise KeyError(name)
    ring = tuple((float(lat), float(lon)) for lon, lat, *_ in geometry["coordinates"][0])
    if len(ring) < 4 or not all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in ring):
        raise ValueError("a ring that is no ring in degrees")
    if told.get("kind") != "cell" and told["minutes"] not in (1, 3, 5):
        raise ValueError(f"minutes {told['minutes']!r} is none of 1, 3, 5")
    return told, ring
