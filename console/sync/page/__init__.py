"""The road to the city as it is seen: its panel among the wires, and the page of what is set aside."""

from console.sync.page.aside_page import AsidePage
from console.sync.page.parts import PageParts
from console.sync.page.road_panel import RoadPanel, road_face, since_text
from console.sync.page.words import lane_name, why_text

__all__ = [
    "AsidePage",
    "PageParts",
    "RoadPanel",
    "lane_name",
    "road_face",
    "since_text",
    "why_text",
]
