"""What the officer sees of the map (Qt)."""

from console.gridmap.page.map_page import MapPage
from console.gridmap.page.marker import Marker, View, Zone, circle
from console.gridmap.page.view import MapView

__all__ = ["MapPage", "MapView", "Marker", "View", "Zone", "circle"]
