"""The eight patrol areas of the sample post and their cells, as GeoJSON features."""

from __future__ import annotations

import math
from typing import Any

import shapely
from shapely import Polygon
from shapely.geometry.polygon import orient

from console.drill.town.plan import EAST_WEST, NORTH_SOUTH, RING, bend, degrees, outline, patches

# columns are bounded by 光明路, 解放路, 青年路; rows by 人民路. From the north-west, row by row.
_AREAS = (
    ("P01", "城西北巡区", "North-west", 5),
    ("P02", "人民公园巡区", "People's Park", 3),
    ("P03", "文化街巡区", "Culture Street", 1),
    ("P04", "体育场巡区", "Stadium", 5),
    ("P05", "老厂区巡区", "Old Works", 5),
    ("P06", "南关老城巡区", "Old Town South", 3),
    ("P07", "滨河巡区", "Riverside", 1),
    ("P08", "车站巡区", "Station", 3),
)
_STEP_M = 50.0  # between the points of a border
_SPLIT = (2, 3)  # cells of an area: columns × rows


def features() -> list[dict[str, Any]]:
    """Areas first, then their cells; every ring counter-clockwise, longitude first."""
    streets = {name: at for name, _, at in (*EAST_WEST, *NORTH_SOUTH)}
    edge = RING + 120
    columns = [-edge, streets["光明路"], streets["解放路"], streets["青年路"], edge]
    rows = [edge, streets["人民路"], -edge]
    ground = outline(60)
    areas, cells = [], []
    for index, (key, name, english, minutes) in enumerate(_AREAS):
        row, column = divmod(index, 4)
        box = (columns[column], rows[row + 1], columns[column + 1], rows[row])
        parts = [_patch(part, ground) for part in _parts(box)]
        told = {"kind": "area", "id": key, "name": name, "name_en": english, "minutes": minutes}
        areas.append(_feature(told, max(patches(shapely.union_all(parts)), key=lambda p: p.area)))
        for number, part in enumerate(parts, 1):
            cells.append(_feature({"kind": "cell", "id": f"{key}-{number}", "area": key}, part))
    return [*areas, *cells]


def _parts(box: tuple[float, float, float, float]) -> list[tuple[float, float, float, float]]:
    """The boxes of an area's cells; what lies outside the town counts for nothing."""
    west, south, east, north = box
    west, east = max(west, -RING), min(east, RING)
    south, north = max(south, -RING), min(north, RING)
    across, up = _SPLIT
    wide, tall = (east - west) / across, (north - south) / up
    found = []
    for row in range(up):
        for column in range(across):
            a, b = west + column * wide, north - (row + 1) * tall
            # the outer cells reach over the ring road, as their area does
            a2 = a + wide + (120 if a + wide >= RING - 1 else 0)
            b2 = b + tall + (120 if b + tall >= RING - 1 else 0)
            found.append((a - 120 if a <= 1 - RING else a, b - 120 if b <= 1 - RING else b, a2, b2))
    return found


def _patch(box: tuple[float, float, float, float], ground: Polygon) -> Polygon:
    """The bent box, as far as it lies in the town; neighbours have the same border points."""
    west, south, east, north = box
    ring = [bend(x, south) for x in _stops(west, east)] + [
        bend(east, y) for y in _stops(south, north)
    ]
    ring += [bend(x, north) for x in reversed(_stops(west, east))]
    ring += [bend(west, y) for y in reversed(_stops(south, north))]
    found = Polygon(ring).intersection(ground)
    return max(patches(shapely.set_precision(found, 0.01)), key=lambda part: part.area)


def _stops(low: float, high: float) -> list[float]:
    """The bounds and, between them, every multiple of the border's step."""
    first, last = math.floor(low / _STEP_M) + 1, math.ceil(high / _STEP_M)
    return [low, *(number * _STEP_M for number in range(first, last)), high]


def _feature(told: dict[str, Any], patch: Polygon) -> dict[str, Any]:
    ring = []
    for x, y in orient(patch).exterior.coords:
        lat, lon = degrees(x, y)
        ring.append([lon, lat])
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": told, "geometry": geometry}
