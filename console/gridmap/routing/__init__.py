"""Roads: from an OpenStreetMap extract to travel times, reach and streets."""

from console.gridmap.routing.graph import RoadGraph

__all__ = ["RoadGraph"]
