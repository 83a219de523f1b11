"""A place in WGS-84, and what is found at places."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.core.errors import Refused

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*[,,;\s]\s*({_NUMBER})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A point in WGS-84 degrees. Refused outside ±90, ±180 and for what is not a number."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise Refused("gridmap.place_range", lat=self.lat, lon=self.lon)


class TravelProfile(StrEnum):
    """How a crew travels; the values are those of the units' travel modes."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"
    BICYCLE = "bicycle"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Travel:
    """The quickest way by road; both None where there is none, or no road near either end."""

    seconds: float | None
    metres: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be reached within ``seconds``: a GeoJSON geometry (lon, lat; RFC 7946)."""

    seconds: float
    geometry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StreetHit:
    """A named street and a point on it."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Label:
    """A named thing on the map: a school, a hospital, a square."""

    name: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place that a text may mean. ``how``: coordinates, grid, crossing, street, landmark."""

    label: str
    lat: float
    lon: float
    how: str


def split_pair(text: str) -> tuple[str, str]:
    """The two decimal texts of ``LAT,LON``. Refused when it is anything else."""
    found = _PAIR.fullmatch(text)
    if found is None:
        raise Refused("gridmap.place_text", text=text)
    return found[1], found[2]


def place_from_text(text: str) -> Place:
    """The place that ``LAT,LON`` names. Refused when it names none."""
    lat, lon = split_pair(text)
    return Place(float(lat), float(lon))


EARTH_RADIUS_M = 6_371_008.8


def metres_between(first: Place, second: Place) -> float:
    """Metres along the sphere from one place to another."""
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(second.lon - first.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))
