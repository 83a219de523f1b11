"""The equipment page on a running console."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.app.console import Console
from console.inventory.model import ItemsChanged
from console.inventory.page import InventoryPage, PageParts


def build(console: Console) -> QWidget:
    """The page, which hears of every change of the equipment."""
    post = console.post
    page = InventoryPage(
        PageParts(post.database, console.background, post.clock, console.actor, console.say)
    )
    page.destroyed.connect(console.bridge.listen(post.bus, ItemsChanged, lambda _: page.news()))
    return page
