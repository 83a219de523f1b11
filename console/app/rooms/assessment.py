"""The page of the figures, from the console's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.assessment.page import FiguresPage, PageParts

if TYPE_CHECKING:
    from console.app.console import Console


def build(console: Console) -> FiguresPage:
    """The page; it reads the store and keeps nothing of its own."""
    post = console.post
    return FiguresPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            lambda: [(area.id, area.name) for area in post.roads.areas],
        )
    )
