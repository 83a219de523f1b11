"""The page of the hand-over."""

from console.handover.page.handover_page import HandoverPage
from console.handover.page.parts import PageParts

__all__ = ["HandoverPage", "PageParts"]
