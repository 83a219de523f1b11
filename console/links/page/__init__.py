"""The page of the links (F8)."""

from console.links.page.links_page import LinksPage
from console.links.page.parts import SOMEWHERE, PageParts

__all__ = ["SOMEWHERE", "LinksPage", "PageParts"]
