"""Markers made ready to be drawn, in whatever thread has the time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from console.gridmap.page import words
from console.gridmap.page.marker import Marker


@dataclass(frozen=True, slots=True)
class Layer:
    """The markers that have a place on Earth, their ids, and their rows as the page reads them (JSON)."""

    markers: tuple[Marker, ...] = ()
    ids: frozenset[str] = frozenset()
    rows: str = "[]"


def layer_of(markers: Iterable[Marker]) -> Layer:
    """These markers as a layer; those without a place on Earth are left out."""
    placed = tuple(marker for marker in markers if marker.placed)
    rows = [words.row(marker) for marker in placed]
    told = json.dumps(rows, separators=(",", ":"), allow_nan=False)
    return Layer(placed, frozenset(marker.id for marker in placed), told)
