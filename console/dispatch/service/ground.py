"""The post's ground as the map's roads and areas tell it."""

from __future__ import annotations

from console.dispatch.model.advice import Router
from console.gridmap.model import Area
from console.gridmap.service import Roads

MARGIN_DEG = 0.005  # about 500 m: a place just beyond the last road still belongs to the map


class RoadsGround:
    """A ``Ground`` and the source of a ``Router`` over the map's ``Roads``, loaded or not."""

    def __init__(self, roads: Roads) -> None:
        self._roads = roads

    def covers(self, lat: float, lon: float) -> bool | None:
        """The point lies on the loaded extract; None while there is none."""
        if not self._roads.ready:
            return None
        south, west, north, east = self._roads.graph().bounds()
        return (
            south - MARGIN_DEG <= lat <= north + MARGIN_DEG
            and west - MARGIN_DEG <= lon <= east + MARGIN_DEG
        )

    def area_of(self, lat: float, lon: float) -> Area | None:
        """The patrol area of the point."""
        return self._roads.area_of(lat, lon)

    def router(self) -> Router | None:
        """The road graph; None while it is not loaded."""
        return self._roads.graph() if self._roads.ready else None
