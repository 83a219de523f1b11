"""The page of patrol (F7), with the post's areas, its roads for finding places, and its map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.patrol.model import Point
from console.patrol.page import PageParts, PatrolPage
from console.patrol.page.markers import LAYER

if TYPE_CHECKING:
    from console.app.console import Console


def build(console: Console) -> QWidget:
    """The page on this console's post."""
    post = console.post

    def area_of(lat: float, lon: float) -> str | None:
        found = post.roads.area_of(lat, lon)
        return found.id if found is not None else None

    def show_on_map(point: Point) -> None:
        console.show_on_map(LAYER, point.id, point.told.lat, point.told.lon)

    return PatrolPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            lambda: [(area.id, area.name) for area in post.roads.areas],
            area_of,
            lambda text: [(hit.label, hit.lat, hit.lon) for hit in post.roads.find_place(text)],
            show_on_map,
        )
    )
