"""The points as the map shows them: small, and calm once they are reached."""

from __future__ import annotations

from collections.abc import Iterable

from console.gridmap.page.marker import Marker
from console.patrol.model import PointState

LAYER = "points"


def point_markers(states: Iterable[PointState]) -> list[Marker]:
    """One marker a point of the running shift."""
    return [
        Marker(
            state.point.id,
            state.point.told.lat,
            state.point.told.lon,
            "point",
            state.point.number,
            "reached" if state.reached else "open",
        )
        for state in states
    ]
