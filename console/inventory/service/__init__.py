"""Acts on items and their custody, and every look at them."""

from console.inventory.service.custody import Handing, issue, take_back
from console.inventory.service.items import (
    add_item,
    by_number,
    catalogue,
    change_item,
    counts,
    history,
    issued,
    item,
    items,
    pulse,
    rules,
)
from console.inventory.service.spelling import person_words

__all__ = [
    "Handing",
    "add_item",
    "by_number",
    "catalogue",
    "change_item",
    "counts",
    "history",
    "issue",
    "issued",
    "item",
    "items",
    "person_words",
    "pulse",
    "rules",
    "take_back",
]
