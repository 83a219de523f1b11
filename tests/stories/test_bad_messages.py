"""Odd messages of the city through the whole program: each told, none lost, the desk goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget

from console.core.ids import new_id
from console.dispatch.model import CallStatus, PlaceFlag
from console.dispatch.page.words import place_advice
from console.drill.city.faults import Fault
from console.sync.service import quarantined
from tests.stories.hands import Hands
from tests.stories.scene import Scene, wait_for

NASTY = "<img src='x' onerror='window.probe=1'><b>重点</b>${window.probe=2}</script><script>window.probe=3</script>"


def kept_aside(scene: Scene) -> dict[str, str]:
    """What is in quarantine: kind → reason."""
    with scene.post.database.read() as connection:
        return {item.kind: item.code for item in quarantined(connection)}


@pytest.mark.parametrize("fault", ["down", Fault.ANSWER_500, Fault.HTML, Fault.HALF_BODY])
@pytest.mark.story
def test_the_desk_works_on_while_the_city_does_not(hands: Hands, fault: str) -> None:
    scene, top = hands.scene, hands.console.window.top
    hands.until(lambda: scene.post.road.snapshot().up)
    calm = top.city.face.word
    first = scene.publish()
    hands.choose(first)
    if fault == "down":
        scene.city.stop()
    else:
        scene.city.misbehave(Fault(fault))
        scene.publish(call_id="JQ-while-failing")
    hands.press("Return")
    hands.shows(first, CallStatus.SIGNED)
    hands.until(lambda: top.city.face.word != calm)
    since = scene.post.road.snapshot().since
    assert f"{since.astimezone():%H:%M}" in top.city.face.word
    trouble = scene.post.road.snapshot().trouble
    assert trouble
    hands.press("F8")  # the wires' page says what is wrong, in words
    hands.until(lambda: hands.console.window.shown_page == "links")
    hands.until(lambda: "市局" in hands.words(hands.console.window.page("links")))
    assert trouble not in hands.words()
    if fault == "down":
        scene.city.start()
        scene.publish(call_id="JQ-while-failing")
    else:
        scene.city.behave()
    hands.until(lambda: top.city.face.word == calm, 30)
    hands.until(lambda: scene.status("JQ-while-failing") is CallStatus.RECEIVED)
    hands.until(scene.drained)
    assert [kind for kind, _ in scene.heard(first)] == ["call.signed"]
    scene.assert_whole()


@pytest.mark.story
def test_calls_without_a_place_or_off_the_map_are_shown_and_say_what_to_do(hands: Hands) -> None:
    scene = hands.scene
    told = {
        PlaceFlag.MISSING: scene.publish(place={"text": "", "datum": "wgs84"}),
        PlaceFlag.NO_POINT: scene.publish(place={"text": "河边小卖部", "datum": "wgs84"}),
        PlaceFlag.OUTSIDE: scene.publish(
            place={"text": "海上", "lat": 10.0, "lon": 110.0, "datum": "wgs84"}
        ),
        PlaceFlag.IMPOSSIBLE: scene.publish(
            place={"text": "零点", "lat": 0.0, "lon": 0.0, "datum": "wgs84"}
        ),
    }
    missing = scene.message()
    del missing["place"]
    scene.city.publish("post-hongqi", "call.created", missing)
    for flag, call_id in [*told.items(), (PlaceFlag.MISSING, missing["call_id"])]:
        hands.choose(call_id)
        view = scene.view(call_id)
        assert view is not None
        assert view.call.place_flag is flag
        assert place_advice(view.call) in hands.words(hands.console.desk.panel)
        hands.press("Return")  # and it can be worked on
        hands.shows(call_id, CallStatus.SIGNED)
    hands.until(scene.drained)
    assert kept_aside(scene) == {}
    scene.assert_whole()


@pytest.mark.story
def test_what_is_not_for_this_post_or_not_understood_is_kept_and_shown(hands: Hands) -> None:
    scene = hands.scene
    scene.publish("call.sung", {"checked": False}, song=NASTY)
    scene.publish(how={"addressed_to": "post-other"})
    scene.publish("call.updated", {"checked": False}, call_id=7, report=None)
    call_id = scene.publish()
    hands.until(lambda: call_id in hands.painted)
    assert kept_aside(scene) == {
        "call.sung": "sync.item_unknown",
        "call.created": "sync.item_for_another",
        "call.updated": "sync.item_broken",
    }
    assert [card.call.id for card in hands.console.desk.queue.cards.cards] == [call_id]
    hands.until(lambda: "3" in hands.console.window.top.sync.face.word)
    scene.assert_whole() if scene.city.events("post-hongqi") else None


def test_the_same_call_twice_and_a_cancel_before_its_call(scene: Scene) -> None:
    early = new_id()
    scene.publish(
        "call.cancelled", call_id=early, cancelled_at="2026-11-21T10:00:00Z", cause="误报"
    )
    twice = scene.message()
    for _ in range(2):
        scene.city.publish("post-hongqi", "call.created", twice)
    scene.publish(call_id=early)
    last = scene.publish()
    wait_for(lambda: scene.status(last) is CallStatus.RECEIVED)
    view = scene.view(early)
    assert view is not None
    assert view.call.status is CallStatus.CANCELLED
    assert "误报" in "".join(line.text for line in view.log)
    again = scene.view(twice["call_id"])
    assert again is not None
    assert [line.kind for line in again.log] == ["received"]  # nothing new the second time
    assert kept_aside(scene) == {}


@pytest.mark.story
def test_markup_in_every_text_is_shown_as_it_is_and_never_runs(hands: Hands) -> None:
    scene, desk = hands.scene, hands.console.desk
    lat, lon = scene.spot()
    call_id = scene.publish(
        nature=NASTY[:32],
        report=NASTY,
        place={"text": NASTY, "lat": lat, "lon": lon, "datum": "wgs84"},
        reporter={"name": NASTY, "phone": NASTY[:64]},
        channel="110",
    )
    other = scene.publish()
    scene.publish("call.cancelled", call_id=other, cancelled_at="2026-11-21T10:00:00Z", cause=NASTY)
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    hands.press("F")
    hands.until(lambda: NASTY in hands.words(desk.panel))
    hands.press("F3")
    for key in ("F2", "F3", "F8", "F1"):
        hands.press(key)
    shown = [one for one in hands.console.window.findChildren(QLabel) if "onerror" in one.text()]
    assert len(shown) >= 2  # the place and the report, at least
    for one in shown:
        assert one.textFormat().name == "PlainText", one.text()
    for widget in everything(hands.console.window):
        assert not ("onerror" in widget.toolTip() and "<img" in widget.toolTip())
    answers: list[object] = []
    desk.map.page.runJavaScript(
        "`${window.probe === undefined} ${document.images.length}`", answers.append
    )
    hands.until(lambda: answers)
    assert answers == ["true 0"]
    hands.until(scene.drained)
    scene.assert_whole()


def everything(root: QObject) -> list[QWidget]:
    """Every widget below this one."""
    return root.findChildren(QWidget)
