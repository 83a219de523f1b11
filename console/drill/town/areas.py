"""The eight patrol areas of the sample post and their cells, as GeoJSON features."""

from __future__ import annotations

from typing import Any

import shapely
from shapely import Polygon
from shapely.geometry.polygon import orient

from console.drill.town.plan import EAST_WEST, NORTH_SOUTH, RING, bent, degrees, outline, patches

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
        told = {"kind": "area", "id": key, "name": name, "name_en": english, "minutes": minutes}
        areas.append(_feature(told, _patch(box, ground)))
        for number, part in enumerate(_parts(box), 1):
            cell = {"kind": "cell", "id": f"{key}-{number}", "area": key}
            cells.append(_feature(cell, _patch(part, ground)))
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
    west, south, east, north = box
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    found = Polygon(bent(ring, 35.0).coords).intersection(ground)
    return max(patches(found), key=lambda part: part.area)


def _feature(told: dict[str, Any], patch: Polygon) -> dict[str, Any]:
    ring = []
    for x, y in orient(shapely.simplify(patch, 0.5)).exterior.coords:
        lat, lon = degrees(x, y)
        ring.append([lon, lat])
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": told, "geometry": geometry}
