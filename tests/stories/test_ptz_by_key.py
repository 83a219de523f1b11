"""A camera found, entered, shown and turned by key: over ONVIF, with the stream of a real RTSP server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.app.rooms.wall import wall_page
from console.core.tables import audit_trail
from console.drill.keyboard import enter, focus_of
from console.videowall.page.camera_sheet import CameraSheet
from console.videowall.page.discover_sheet import DiscoverSheet
from drivers.sim.gst_camera import RtspServer
from drivers.sim.onvif import OnvifSim
from tests.stories.hands import Hands
from tests.stories.scene import Scene

pytestmark = pytest.mark.story
SECRET = "Geheim-9431"
TECHNICIAN = "0104"
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sim() -> Iterator[OnvifSim]:
    """A camera that turns; its pictures come from GStreamer's server."""
    server = RtspServer(("main", "sub"))
    server.start()
    streams = {
        "main": (1920, 1080, server.address("main")),
        "sub": (640, 360, server.address("sub")),
    }
    made = OnvifSim(streams, "wache", SECRET)
    made.start()
    yield made
    made.stop()
    server.stop()


def test_a_camera_is_found_entered_shown_turned_and_stopped(
    scene: Scene, hands_on: Callable[[Scene], Hands], sim: OnvifSim
) -> None:
    hands = hands_on(scene)
    hands.sign_in(TECHNICIAN)
    hands.press("F3")
    page = wall_page(hands.console)
    assert page is not None
    hands.until(lambda: page.table.chosen_row() is not None)
    hands.press("D")
    hands.until(lambda: isinstance(hands.sheet, DiscoverSheet))
    find = hands.sheet
    assert isinstance(find, DiscoverSheet)
    hands.until(lambda: not find._busy)
    enter(find.user, "wache")
    enter(find.password, SECRET)
    enter(find.place, sim.address)  # the loopback is no network: nobody answers there
    hands.press("Return")
    assert sim.address in find.lines
    find.table.setFocus()
    hands.press("Return")
    hands.until(lambda: isinstance(hands.sheet, CameraSheet))
    entry = hands.sheet
    assert isinstance(entry, CameraSheet)
    for key, text in (("number", "A001"), ("lat", "35.4"), ("lon", "121.6")):
        field = entry.form.editor(key)
        assert isinstance(field, QLineEdit)
        enter(field, text)
    hands.press("Return")
    hands.until(lambda: hands.sheet is None)
    hands.until(lambda: "A001" in [one.number for one in page.table.model.rows])
    page.table.choose(next(one.id for one in page.table.model.rows if one.number == "A001"))
    hands.press("Return")
    hands.until(lambda: page.tile.living)
    hands.press("Y")
    panel = page.keys.turns.panel
    hands.until(lambda: "还没有预置位" in panel.line.text())
    QTest.keyPress(focus_of(page), Qt.Key.Key_Right, BOTH)
    hands.until(lambda: sim.head.place[0] > 0.05)
    assert page.tile.living
    QTest.keyRelease(focus_of(page), Qt.Key.Key_Right, BOTH)
    hands.until(lambda: not sim.head.moving)
    QTest.keyPress(focus_of(page), Qt.Key.Key_Left, BOTH)
    hands.until(lambda: sim.head.moving)
    hands.press("F1")  # the key is still down: the page is gone
    hands.until(lambda: not sim.head.moving, 2.0)
    with hands.scene.post.database.read() as connection:
        rows = connection.execute(audit_trail.select()).all()
    assert [row.act for row in rows].count("camera.turn") == 1  # one line a minute
    assert SECRET not in str(rows)
