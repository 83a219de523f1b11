"""The main job, whole: the city publishes, the officer works by key, the crew drives, the city knows."""

from __future__ import annotations

import re
from functools import partial

import pytest

from console.dispatch.model import CallStatus
from console.drill.city.city import SAMPLE_POST
from tests.stories.hands import Hands
from tests.stories.scene import in_order

pytestmark = pytest.mark.story

FAR, FARTHER = "中心市场", "文化街"  # where the two crews start


def send_crew(hands: Hands, call_id: str) -> None:
    """Two crews stand about; the nearer is offered first and goes by its digit."""
    scene = hands.scene
    scene.plug("101", "102")
    call, far = scene.spot(), scene.spot(FAR)
    way = scene.path(far, call)
    near = way[len(way) // 2]
    hands.until(lambda: scene.stands("101", near))
    hands.until(lambda: scene.stands("102", far))
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    hands.until(lambda: hands.picks() and hands.picks()[0].startswith("1 101 "))
    advice = hands.console.desk.steps.advice
    assert advice is not None
    assert advice.by_road
    minutes = [float(line.split()[-1]) for line in hands.picks() if not line.endswith("–")]
    assert len(minutes) >= 2
    assert minutes == sorted(minutes)
    assert 0 < minutes[0] < 30
    hands.press("1")
    hands.shows(call_id, CallStatus.ASSIGNED)


def test_a_call_comes_the_right_crew_goes_the_city_knows(hands: Hands) -> None:
    scene = hands.scene
    call_id = scene.publish()
    hands.until(lambda: call_id in hands.painted)
    send_crew(hands, call_id)
    hands.press("D")
    hands.shows(call_id, CallStatus.DEPARTED)

    hands.press("A")  # too far away: the desk asks who says so, and the officer goes back
    hands.asked()
    hands.press("Escape")
    hands.until(lambda: hands.sheet is None)
    assert scene.status(call_id) is CallStatus.DEPARTED

    place = scene.whereabouts("101")
    for spot in scene.path((place.lat, place.lon), scene.spot()):
        hands.until(partial(scene.stands, "101", spot))
    hands.press("A")  # now its own position says it
    hands.shows(call_id, CallStatus.ARRIVED)
    assert hands.sheet is None

    hands.press("F")
    hands.asked()
    hands.type("双方已分开,人员无恙")
    hands.press("Return")
    hands.shows(call_id, CallStatus.FIRST_FEEDBACK)
    hands.press("W")
    hands.asked()
    hands.press("1")
    hands.shows(call_id, CallStatus.FINISHED)
    hands.press("C")
    hands.until(lambda: scene.status(call_id) is CallStatus.CLOSED)

    hands.until(scene.drained)
    told = scene.heard(call_id)
    wanted = ["call.signed", "call.dispatched", "unit.departed", "unit.arrived"]
    wanted += ["call.feedback", "call.closed"]
    assert in_order(wanted, [kind for kind, _ in told]), told
    arrived = next(payload for kind, payload in told if kind == "unit.arrived")
    assert arrived["by_word"] is False
    assert arrived["unit_id"] == scene.units["101"]
    texts = [payload["text"] for kind, payload in told if kind == "call.feedback"]
    assert "双方已分开,人员无恙" in texts
    kinds = {record.event["kind"] for record in scene.city.events(SAMPLE_POST)}
    assert {"unit.position", "unit.status"} <= kinds
    scene.assert_whole()


def test_a_crew_sent_by_mistake_is_taken_back_and_the_city_is_corrected(hands: Hands) -> None:
    scene = hands.scene
    call_id = scene.publish()
    hands.until(lambda: call_id in hands.painted)
    send_crew(hands, call_id)
    hands.until(lambda: hands.offers)
    hands.press("Ctrl+Z")
    hands.shows(call_id, CallStatus.SIGNED)
    hands.until(scene.drained)
    sent = [payload for kind, payload in scene.heard(call_id) if kind == "call.dispatched"]
    assert [len(payload["units"]) for payload in sent] == [1, 0]
    assert sent[-1]["reason"] == "更正"
    view = scene.view(call_id)
    assert view is not None
    struck = [line for line in view.log if line.undone]
    assert [line.kind for line in struck] == ["assigned"]  # the line stays, struck through
    hands.press("Ctrl+Z")  # nothing more to take back: the signing stands
    assert scene.status(call_id) is CallStatus.SIGNED
    scene.assert_whole()


def test_the_frame_says_since_when_the_city_is_away(hands: Hands) -> None:
    scene, top = hands.scene, hands.console.window.top
    hands.until(lambda: scene.post.road.snapshot().up and top.city.face.word == "市局")
    calm = top.city.face.word
    scene.city.stop()
    hands.until(lambda: top.city.face.word != calm)
    state = scene.post.road.snapshot()
    assert not state.up
    assert f"{state.since.astimezone():%H:%M}" in top.city.face.word
    call_id = scene.take_by_hand("邻里争吵")
    hands.choose(call_id)
    hands.press("Return")
    hands.until(lambda: scene.status(call_id) is CallStatus.SIGNED)
    hands.until(lambda: re.search("[1-9]", top.sync.face.word))  # so many wait
    scene.city.start()
    hands.until(lambda: top.city.face.word == calm)
    hands.until(scene.drained)
    scene.assert_whole()
