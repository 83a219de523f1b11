"""The region goes from page to page: its windows stay the same, and stand where their tiles are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.videowall.page.box import TileBox
from tests.videowall.pop_up.conftest import Place


def in_place(box: TileBox) -> bool:
    """The pane fills its tile, and its window is where the pane is."""
    glass = box.tile.glass
    handle, above = glass.windowHandle(), glass.nativeParentWidget()
    assert above is not None
    wanted = QRect(glass.mapTo(above, QPoint(0, 0)), glass.size())
    return glass.geometry() == box.tile.rect() and handle.geometry() == wanted


def test_from_the_desk_to_the_wall_and_back(place: Place, qtbot: QtBot) -> None:
    region = place.desk.region
    place.put(place.event("JQ0001", cameras=(0, 1)))
    place.hand.lives()
    qtbot.waitUntil(lambda: all(box.tile.living for box in region.shown_boxes))
    windows = [box.tile.window_number for box in region.shown_boxes]
    orders = len(place.hand.orders)
    pages = QStackedWidget()
    parts = [QWidget(), QWidget()]
    layouts = [QVBoxLayout(part) for part in parts]
    for part, layout in zip(parts, layouts, strict=True):
        layout.addStretch(1)
        pages.addWidget(part)
    row = place.window.layout()
    assert row is not None
    row.addWidget(pages)
    for turn in range(6):
        strip = turn % 2 == 0
        pages.setCurrentIndex(turn % 2)
        region.set_strip(strip)
        layouts[turn % 2].addWidget(region)
        region.show()
        place.desk.again()
        place.window.resize(1200 + 60 * turn, 640 + 20 * turn)
        qtbot.waitUntil(lambda: all(in_place(box) for box in region.shown_boxes))
        first, second = region.shown_boxes
        beside = first.geometry().top() == second.geometry().top()
        assert beside is strip and not first.geometry().intersects(second.geometry())
    assert [box.tile.window_number for box in region.shown_boxes] == windows
    assert place.hand.orders[orders:] == []  # no stream was opened anew


def test_a_pane_that_was_moved_out_of_its_tile_comes_back(place: Place, qtbot: QtBot) -> None:
    place.put(place.event("JQ0001", cameras=(0,)))
    place.hand.lives()
    (box,) = place.desk.region.shown_boxes
    qtbot.waitUntil(lambda: box.tile.living and in_place(box))
    box.tile.glass.move(40, 60)
    assert not in_place(box)
    qtbot.waitUntil(lambda: in_place(box))
