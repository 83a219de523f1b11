"""Patrol areas: who answers for which ground, and within how many minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.core.words import Words

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid cell of an area; ``ring`` is (lat, lon), first = last."""

    id: str
    ring: Ring


@dataclass(frozen=True, slots=True)
class Area:
    """A patrol area with its zone (arrival within 1, 3 or 5 minutes) and its cells."""

    id: str
    name: Words
    minutes: int
    ring: Ring
    cells: tuple[Cell, ...]


def inside(ring: Sequence[tuple[float, float]], lat: float, lon: float) -> bool:
    """Whether the point lies in the ring of (lat, lon); a border belongs to one side only."""
    within = False
    for (lat1, lon1), (lat2, lon2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (
            lon2 - lon1
        ):
            within = not within
    return within
