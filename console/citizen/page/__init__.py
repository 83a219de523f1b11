"""The page of the counter (F6)."""

from console.citizen.page.citizen_page import CitizenPage
from console.citizen.page.parts import PageParts

__all__ = ["CitizenPage", "PageParts"]
