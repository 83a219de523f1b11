"""The wall by key: a camera of the sample post is shown, found on the map, and left again."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtGui import QImage

from console.app.rooms.wall import wall_page
from console.core import audit
from console.core.tables import audit_trail
from console.gridmap.page.map_page import MapPage
from console.videowall.model import Phase
from console.videowall.page import WallPage
from tests.stories.hands import Hands

pytestmark = pytest.mark.story


def wall_of(hands: Hands) -> WallPage:
    hands.press("F3")
    page = wall_page(hands.console)
    assert page is not None
    hands.until(lambda: page.table.chosen_row() is not None)
    return page


def colours(picture: QImage) -> int:
    small = picture.scaled(64, 36)
    return len({small.pixelColor(x, y).rgb() & 0xE0E0E0 for x in range(64) for y in range(36)})


def test_a_camera_is_shown_survives_a_kill_and_is_found_on_the_map(hands: Hands) -> None:
    page, wall = wall_of(hands), hands.scene.post.wall
    hands.until(lambda: "本站 16 台" in hands.words(page))
    hands.press("Ctrl+F")
    hands.until(page.cameras.search.hasFocus)
    hands.type("SX002")
    hands.until(lambda: [one.number for one in page.table.model.rows] == ["SX002"])
    hands.press("Return")
    hands.until(lambda: page.tile.living and wall.picture(page.tile_key).shown > 5)
    assert "文化街解放路路口" in hands.words(page)
    assert "实时" in hands.words(page)
    hands.until(lambda: colours(page.screen().grabWindow(page.tile.window_number).toImage()) > 8)
    pid, shown = wall.pid_of(page.tile_key), wall.picture(page.tile_key).shown
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    hands.until(
        lambda: (
            wall.picture(page.tile_key).replaced == 1 and wall.picture(page.tile_key).shown > shown
        )
    )
    hands.press("M")
    hands.until(lambda: hands.console.window.shown_page == "map")
    assert isinstance(hands.console.window.page("map"), MapPage)
    hands.until(
        lambda: wall.picture(page.tile_key).phase is Phase.OFF
    )  # nobody looks: nothing is decoded
    hands.press("F3")
    hands.until(lambda: page.tile.living and wall.picture(page.tile_key).shown > 0)
    hands.press("Escape")
    hands.until(lambda: wall.picture(page.tile_key).phase is Phase.OFF)
    assert "未显示摄像机" in hands.words(page)
    with hands.scene.post.database.read() as connection:
        acts = [row.act for row in connection.execute(audit_trail.select())]
        assert audit.first_fault(connection) is None
    assert acts.count("camera.look") == 1
