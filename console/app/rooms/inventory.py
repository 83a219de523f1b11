"""The equipment page on a running console."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.app.console import Console
from console.app.rooms.labels import TagReaders, label_listener, label_taker
from console.inventory.model import ItemsChanged
from console.inventory.page import InventoryPage, PageParts
from console.links.model import ReadingArrived


def build(console: Console) -> QWidget:
    """The page, which hears of every change of the equipment."""
    post = console.post
    read_tags = TagReaders(post.links, console.bridge.post, console.say).read
    page = InventoryPage(
        PageParts(
            post.database, console.background, post.clock, console.actor, console.say, read_tags
        )
    )
    heard = label_listener(console.bridge.carried(label_taker(page.steps.scanning)))
    page.destroyed.connect(post.bus.subscribe(ReadingArrived, heard))
    page.destroyed.connect(console.bridge.listen(post.bus, ItemsChanged, lambda _: page.news()))
    return page
