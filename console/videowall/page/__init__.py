"""The page of the video wall."""

from console.videowall.page.parts import PageParts
from console.videowall.page.wall_page import WallPage

__all__ = ["PageParts", "WallPage"]
