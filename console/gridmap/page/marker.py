"""What the map shows without knowing what it means: markers, zones, views."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LatLon = tuple[float, float]
STALE_AFTER_S = 120.0

KINDS = frozenset(
    {
        "car",
        "motorcycle",
        "bicycle",
        "foot",
        "call1",
        "call2",
        "call3",
        "call4",
        "post",
        "place",
        "point",
        "camera",
    }
)
TONES = frozenset(
    {  # units, by the meaning of their status
        "available",
        "bound",
        "reserve",
        "out",
        "emergency",
        "unknown",
        # calls, by what they need from a person
        "waiting",
        "underway",
        "late",
        "alarm",
        # points that a crew must reach
        "open",
        "reached",
    }
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One thing on the map, in WGS-84.

    ``kind`` is one of KINDS (``call1`` … ``call4`` carry the level's shape and number), ``tone`` one of
    TONES; any other draws as a neutral dot. ``age_s`` is the age of the position; beyond
    STALE_AFTER_S the marker is drawn hollow and grey with its age. ``heading`` in degrees from north.
    """

    id: str
    lat: float
    lon: float
    kind: str
    label: str = ""
    tone: str = "unknown"
    age_s: float | None = None
    heading: float | None = None

    @property
    def stale(self) -> bool:
        """True when the position is too old to be trusted."""
        return self.age_s is not None and self.age_s > STALE_AFTER_S

    @property
    def placed(self) -> bool:
        """True when lat and lon are a place on Earth."""
        return (
            math.isfinite(self.lat)
            and math.isfinite(self.lon)
            and abs(self.lat) <= 85
            and abs(self.lon) <= 180
        )


@dataclass(frozen=True, slots=True)
class Zone:
    """What is reached within ``minutes``: outer rings of (lat, lon)."""

    minutes: float
    rings: tuple[tuple[LatLon, ...], ...]

    def flat(self) -> list[object]:
        """Minutes, then each ring as a flat list of micro-degrees, as the page reads it."""
        rings = [[round(v * 1e6) for place in ring for v in place] for ring in self.rings]
        return [self.minutes, rings]


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box of the map in degrees."""

    south: float
    west: float
    north: float
    east: float


def circle(lat: float, lon: float, radius_m: float, corners: int = 72) -> tuple[LatLon, ...]:
    """The ring of all places ``radius_m`` metres away as the crow flies."""
    up = radius_m / 111_320.0
    across = up / max(0.01, math.cos(math.radians(lat)))
    turn = 2 * math.pi / corners
    return tuple(
        (lat + up * math.cos(i * turn), lon + across * math.sin(i * turn)) for i in range(corners)
    )


def around(places: Iterable[LatLon]) -> Bounds | None:
    """The smallest box that holds all places; None when there is none."""
    found = list(places)
    if not found:
        return None
    lats = [lat for lat, _ in found]
    lons = [lon for _, lon in found]
    return Bounds(min(lats), min(lons), max(lats), max(lons))
