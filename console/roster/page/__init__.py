"""The page of the crews, the duty level and the roster (F5)."""

from console.roster.page.duty_page import DutyPage
from console.roster.page.parts import PageParts
from console.roster.page.roster_page import RosterPage

__all__ = ["DutyPage", "PageParts", "RosterPage"]
