"""The page of the links (F8)."""

from console.links.page.links_page import SOMEWHERE, LinksPage, PageParts

__all__ = ["SOMEWHERE", "LinksPage", "PageParts"]
