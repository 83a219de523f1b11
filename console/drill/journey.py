"""A drive along a line of places: where a crew is after so many seconds. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a crew is: degrees (WGS-84), metres a second, degrees clockwise from north."""

    lat: float
    lon: float
    speed_mps: float
    course_deg: float


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres on a plane at this latitude; good to 0.1 % over a town."""
    north = (other_lat - lat) * _METRES_PER_DEGREE
    east = (other_lon - lon) * _METRES_PER_DEGREE * math.cos(math.radians(lat))
    return math.hypot(north, east)


class Journey:
    """A path driven at one speed; at its end the crew stands."""

    def __init__(self, path: Sequence[tuple[float, float]], speed_mps: float) -> None:
        self._path = list(path)
        self._speed_mps = speed_mps
        self._marks = [0.0]
        for here, there in zip(self._path, self._path[1:], strict=False):
            self._marks.append(self._marks[-1] + metres_between(*here, *there))

    @property
    def end(self) -> tuple[float, float]:
        """The last place of the path."""
        return self._path[-1]

    def done(self, seconds: float) -> bool:
        """Whether the end is reached after this time."""
        return seconds * self._speed_mps >= self._marks[-1]

    def spot(self, seconds: float) -> Spot:
        """Where the crew is after this time."""
        gone = min(seconds * self._speed_mps, self._marks[-1])
        leg = next((i for i, mark in enumerate(self._marks[1:]) if mark >= gone), 0)
        if len(self._path) == 1:
            return Spot(*self._path[0], 0.0, 0.0)
        (lat, lon), (next_lat, next_lon) = self._path[leg], self._path[leg + 1]
        length = self._marks[leg + 1] - self._marks[leg]
        share = (gone - self._marks[leg]) / length if length else 1.0
        east = (next_lon - lon) * math.cos(math.radians(lat))
        course = math.degrees(math.atan2(east, next_lat - lat)) % 360
        speed = 0.0 if self.done(seconds) else self._speed_mps
        return Spot(lat + (next_lat - lat) * share, lon + (next_lon - lon) * share, speed, course)
