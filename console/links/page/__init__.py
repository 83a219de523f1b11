"""The page of the links (F8)."""

from console.links.page.links_page import LinksPage, PageParts

__all__ = ["LinksPage", "PageParts"]
