"""A call with a place brings its camera onto the desk; one key sends it back, and nothing was covered."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QApplication

from console.app.rooms.wall import wall_page
from console.videowall import service
from console.videowall.model import How, Phase, RecordingState, Why
from console.videowall.page import EventDesk
from console.videowall.service import recordings as acts
from tests.stories.hands import Hands

pytestmark = pytest.mark.story
SEEN_S = 4.0  # less than three seconds is not looking


def events_of(hands: Hands) -> EventDesk:
    hands.until(lambda: hands.console.pop_ups is not None)
    assert hands.console.pop_ups is not None
    return hands.console.pop_ups.events


def living(hands: Hands, events: EventDesk) -> list[str]:
    """The cameras whose living pictures stand in the region."""
    wall = hands.scene.post.wall
    return [
        box.camera.number
        for box in events.region.shown_boxes
        if box.camera is not None
        and box.tile.living
        and wall.picture(box.key).phase is Phase.PLAYING
    ]


def test_a_call_brings_its_camera_and_one_key_sends_it_back(hands: Hands) -> None:
    events, post = events_of(hands), hands.scene.post
    focused = QApplication.focusWidget()
    call_id = hands.scene.publish()
    hands.until(lambda: "SX002" in living(hands, events))
    region = events.region
    assert region.isVisible() and region.window() is hands.console.window
    assert QApplication.focusWidget() is focused
    front = events.queue.front
    assert front is not None and (front.why, front.ref) == (Why.CALL, call_id)
    assert front.sights[0].camera.number == "SX002"
    assert "文化街与解放路" in hands.words(region)
    assert "米" in region.shown_boxes[0].head.name and "SX002" in region.shown_boxes[0].head.name
    assert not region.geometry().intersects(hands.console.desk.units.geometry()) or (
        region.parentWidget() is not hands.console.desk.units.parentWidget()
    )
    camera = front.sights[0].camera
    hands.until(lambda: post.recorder.of_camera(camera.id) is not None)
    recording = post.recorder.of_camera(camera.id)
    assert recording is not None
    assert (recording.why, recording.call_id) == (Why.CALL, call_id)
    # the same pictures go on beside the wall, in the same windows
    windows = {box.key: box.tile.window_number for box in region.shown_boxes}
    hands.press("F3")
    page = wall_page(hands.console)
    assert page is not None
    hands.until(lambda: page.isAncestorOf(region) and "SX002" in living(hands, events))
    assert {box.key: box.tile.window_number for box in region.shown_boxes} == windows
    hands.press("F1")
    hands.until(lambda: hands.console.desk.isAncestorOf(region) and region.isVisible())
    begun = time.monotonic()
    hands.until(lambda: time.monotonic() - begun > SEEN_S and living(hands, events))
    hands.press("Ctrl+W")
    hands.until(lambda: not region.isVisible())
    assert events.queue.front is None and [one.ref for one in events.queue.sent_back] == [call_id]
    hands.until(lambda: post.wall.pictures() == {})

    def kept() -> bool:
        with post.database.read() as connection:
            return acts.recording(connection, recording.id).state is RecordingState.KEPT

    hands.until(kept)

    def logged() -> bool:
        with post.database.read() as connection:
            lines = service.watches(connection, None, 10)
        return {(one.camera_id, one.how) for one in lines} >= {(camera.id, How.EVENT)}

    hands.until(logged)
    # it is on the list, and comes again from there; Escape sends it back from the desk's queue
    hands.press("Ctrl+G")
    hands.asked()
    hands.press("Return")
    hands.until(lambda: "SX002" in living(hands, events))
    hands.press("Q")
    hands.press("Escape")
    hands.until(lambda: not region.isVisible())
