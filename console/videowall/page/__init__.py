"""The page of the video wall."""

from console.videowall.page.wall_page import PageParts, WallPage

__all__ = ["PageParts", "WallPage"]
