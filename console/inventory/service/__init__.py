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
from console.inventory.service.stocktake import (
    Stocktake,
    begin_stocktake,
    by_code,
    record_stocktake,
    taken,
)

__all__ = [
    "Handing",
    "Stocktake",
    "add_item",
    "begin_stocktake",
    "by_code",
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
    "record_stocktake",
    "rules",
    "take_back",
    "taken",
]
