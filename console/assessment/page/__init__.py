"""The page of the figures."""

from console.assessment.page.figures_page import FiguresPage
from console.assessment.page.parts import PageParts

__all__ = ["FiguresPage", "PageParts"]
