"""Which cameras show a place: by distance, and by where they look as far as that is known. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from console.roster.model.crews import distance_m
from console.videowall.model.camera import Camera

AT_IT_M = 10.0  # so near, a bearing says nothing: no place is told more exactly than that


@dataclass(frozen=True, slots=True)
class Sight:
    """A camera and a place: ``range_m`` between them; ``looks`` there (True), away or not so far
    (False), or nobody knows (None)."""

    camera: Camera
    range_m: float
    looks: bool | None = None


def nearest(
    cameras: Iterable[Camera], lat: float, lon: float, most: int, within_m: float = math.inf
) -> list[Sight]:
    """At most so many cameras, none further than ``within_m``: the nearest first, and those that
    look away after all others. A camera without a place is never among them."""
    found = [sight for one in cameras if (sight := sight_of(one, lat, lon)) is not None]
    near = [one for one in found if one.range_m <= within_m]
    near.sort(key=lambda one: (one.looks is False, one.range_m, one.camera.number))
    return near[: max(0, most)]


def sight_of(camera: Camera, lat: float, lon: float) -> Sight | None:
    """How the camera stands to the place; None when either has none."""
    if not (placed_at(camera.lat, camera.lon) and placed_at(lat, lon)):
        return None
    range_m = distance_m(camera.lat, camera.lon, lat, lon)
    return Sight(camera, range_m, _looks(camera, range_m, lat, lon))


def placed_at(lat: float, lon: float) -> bool:
    """Whether this is a place: 0, 0 in the sea is what a list says that knows none."""
    return math.isfinite(lat) and math.isfinite(lon) and (lat, lon) != (0.0, 0.0)


def bearing_deg(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """From the first place to the other, clockwise from north."""
    north, south = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    east = math.sin(across) * math.cos(south)
    up = math.cos(north) * math.sin(south) - math.sin(north) * math.cos(south) * math.cos(across)
    return math.degrees(math.atan2(east, up)) % 360


def _looks(camera: Camera, range_m: float, lat: float, lon: float) -> bool | None:
    if camera.range_m is not None and range_m > camera.range_m:
        return False
    if camera.view_deg is None or camera.ptz or range_m <= AT_IT_M:
        return None  # one that turns can be turned there
    if camera.view_deg >= 360:
        return True
    if camera.direction_deg is None:
        return None
    away = abs(bearing_deg(camera.lat, camera.lon, lat, lon) - camera.direction_deg) % 360
    return min(away, 360 - away) <= camera.view_deg / 2
