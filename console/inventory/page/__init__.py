"""The equipment page."""

from console.inventory.page.inventory_page import InventoryPage
from console.inventory.page.parts import PageParts

__all__ = ["InventoryPage", "PageParts"]
