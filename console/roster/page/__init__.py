"""The page of the crews and of the duty level (F5)."""

from console.roster.page.parts import PageParts
from console.roster.page.roster_page import RosterPage

__all__ = ["PageParts", "RosterPage"]
