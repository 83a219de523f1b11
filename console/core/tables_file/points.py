"""GeoJSON (RFC 7946): point features, their place in lat and lon, the rest in properties."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.core.errors import Refused
from console.core.tables_file.cell import guarded, plain
from console.core.tables_file.delimited import decoded

Table = tuple[list[str], list[tuple[int, Mapping[str, Any]]], str]


def features(data: bytes) -> Table:
    """The names of all properties with lat and lon, and each feature's values with its number.

    Refused when this is no collection of points.
    """
    text, encoding = decoded(data)
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as broken:
        line = getattr(broken, "lineno", 1)
        raise Refused("exchange.broken_json", line=line) from broken
    found = told.get("features") if isinstance(told, dict) else None
    if not isinstance(found, list):
        raise Refused("exchange.no_features")
    rows = [(at, _values(at, one)) for at, one in enumerate(found, start=1)]
    names: dict[str, None] = dict.fromkeys(("lat", "lon"))
    for _, values in rows:
        names |= dict.fromkeys(values)
    return list(names), rows, f"GeoJSON {encoding}"


def collection(rows: Sequence[Mapping[str, Any]], note: str) -> str:
    """The rows as a collection of points; a row without a place has no geometry."""
    told: dict[str, Any] = {"type": "FeatureCollection"}
    if note:
        told["note"] = note
    told["features"] = [_feature(row) for row in rows]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _values(at: int, feature: object) -> Mapping[str, Any]:
    wrong = Refused("exchange.no_point", feature=at)
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise wrong
    told = feature.get("properties") or {}
    if not isinstance(told, dict):
        raise wrong
    values = {name: guarded(plain(v)) if isinstance(v, str) else v for name, v in told.items()}
    geometry = feature.get("geometry")
    if geometry is None:
        return {**values, "lat": None, "lon": None}
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise wrong
    place = geometry.get("coordinates")
    if not isinstance(place, list) or len(place) not in (2, 3):
        raise wrong
    return {**values, "lon": place[0], "lat": place[1]}


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    geometry = None
    if row.get("lat") is not None and row.get("lon") is not None:
        geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "geometry": geometry, "properties": rest}
