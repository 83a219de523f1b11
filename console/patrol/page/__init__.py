"""The page of patrol (F7)."""

from console.patrol.page.parts import PageParts
from console.patrol.page.patrol_page import PatrolPage

__all__ = ["PageParts", "PatrolPage"]
