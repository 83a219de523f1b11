"""Alarms by key: a receiver pulled out, a pillar pressed, and what the frame and the city make of it."""

from __future__ import annotations

from typing import Any

import pytest

from console.alarms import service
from console.alarms.model import Alarm, Look
from console.alarms.page import AlarmsPage
from console.core.actor import Actor
from console.dispatch.model import CallStatus, PlaceFlag
from tests.stories.hands import Hands
from tests.stories.scene import in_order

pytestmark = pytest.mark.story
PILLAR = Actor("device", "pillar")


def alarms(hands: Hands) -> list[Alarm]:
    """Every alarm of today as the post has it."""
    now = hands.scene.clock.now()
    with hands.scene.post.database.read() as connection:
        return service.alarms(connection, Look.TODAY, now, None, 100)


def alarm(hands: Hands, kind: str) -> Alarm | None:
    """The alarm of this kind."""
    return next((one for one in alarms(hands) if one.kind == kind), None)


def page(hands: Hands) -> AlarmsPage:
    """The page, shown by its key."""
    hands.press("F11")
    found = hands.console.window.page("alarms")
    assert isinstance(found, AlarmsPage)
    return found


def ringing(hands: Hands) -> list[Any]:
    """What rings for alarms now."""
    return [key for key in hands.console.tones.ringing if isinstance(key, tuple)]


def on_the_bar(hands: Hands) -> str:
    """How many alarms the top bar tells of."""
    return hands.console.window.top.alarms.face.figure


def test_a_pulled_receiver_rings_is_acknowledged_and_clears_itself(hands: Hands) -> None:
    scene = hands.scene
    scene.plug("403")
    receiver, spot = scene.receivers["403"], scene.spot()
    hands.until(lambda: scene.stands("403", spot))
    hands.until(lambda: on_the_bar(hands) == "0")
    receiver.unplug()
    hands.until(lambda: alarm(hands, "link_lost") is not None)
    lost = alarm(hands, "link_lost")
    assert lost is not None
    assert "403" in lost.name
    assert (lost.lat, lost.lon) == pytest.approx(spot, abs=1e-5)
    hands.until(lambda: on_the_bar(hands) == "1")
    hands.until(lambda: ringing(hands) == [("alarm", lost.id)])
    shown = page(hands)
    hands.until(shown.chosen.acknowledge.isVisible)
    assert "链路中断" in hands.words(shown)
    hands.press("Space")
    hands.until(lambda: (now := alarm(hands, "link_lost")) and now.acknowledged_by == "0102")
    hands.until(lambda: ringing(hands) == [])
    assert on_the_bar(hands) == "1"  # it lasts
    receiver.plug()

    def heard_again() -> bool:
        receiver.place(*spot, 0.0, 0.0, scene.clock.now())
        now = alarm(hands, "link_lost")
        return now is not None and not now.is_open

    hands.until(heard_again)
    hands.until(lambda: on_the_bar(hands) == "0")
    hands.until(scene.drained)
    kinds = [kind for kind, _ in scene.heard(lost.id)]
    assert kinds == ["alarm.raised", "alarm.acknowledged", "alarm.cleared"]
    scene.assert_whole()


def test_a_pressed_pillar_becomes_a_call_by_key_with_place_and_device(hands: Hands) -> None:
    scene, database = hands.scene, hands.scene.post.database
    with database.read() as connection:
        pillar = next(one for one in service.devices(connection) if "文化街" in one.name)
    shown = page(hands)
    hands.until(lambda: "没有待处理的告警" in hands.words(shown))
    service.press(database, PILLAR, pillar.id)
    hands.until(lambda: [row.name for row in shown.table.model.rows] == [pillar.name])
    hands.until(shown.chosen.acknowledge.isVisible)
    hands.until(lambda: ringing(hands))
    hands.press("C")
    hands.until(lambda: (now := alarm(hands, "button")) and now.call_id)
    pressed = alarm(hands, "button")
    assert pressed is not None
    assert pressed.acknowledged_by == "0102"
    hands.until(lambda: ringing(hands) == [])
    view = scene.view(pressed.call_id)
    assert view is not None
    call = view.call
    assert (call.source, call.nature, call.place) == ("button", "8001", "文化街与解放路")
    assert call.place_flag is PlaceFlag.FINE
    assert (call.lat, call.lon) == (pillar.lat, pillar.lon)
    assert "文化街报警柱（模拟输入）" in call.narrative
    assert call.received_at == pressed.raised_at
    log = shown.chosen.log.model
    hands.until(lambda: f"转为警单  {call.number}" in [log.data(log.index(0, 1))])
    hands.press("C")  # once more shows it on the desk
    hands.until(lambda: hands.console.window.shown_page == "desk")
    hands.until(lambda: hands.opened == call.id)
    hands.press("Return")
    hands.shows(call.id, CallStatus.SIGNED)
    shown = page(hands)
    hands.press("L")
    hands.asked()
    hands.type("路人误触，已当面核实")
    hands.press("Return")
    hands.until(lambda: (now := alarm(hands, "button")) and not now.is_open)
    hands.until(lambda: "没有待处理的告警" in hands.words(shown))
    hands.until(scene.drained)
    kinds = [kind for kind, _ in scene.heard(pressed.id)]
    assert kinds == ["alarm.raised", "alarm.acknowledged", "alarm.cleared"]
    assert in_order(["call.received", "call.signed"], [kind for kind, _ in scene.heard(call.id)])
    scene.assert_whole()


def test_space_on_the_desk_silences_and_the_alarm_still_waits(hands: Hands) -> None:
    scene, database = hands.scene, hands.scene.post.database
    with database.read() as connection:
        (pillar, *_) = service.devices(connection)
    service.press(database, PILLAR, pillar.id)
    hands.until(lambda: ringing(hands))
    hands.press("F1")
    hands.press("Space")
    hands.until(lambda: ringing(hands) == [])
    found = alarm(hands, "button")
    assert found is not None
    assert not found.acknowledged
    hands.until(lambda: on_the_bar(hands) == "1")
    hands.until(scene.drained)
    scene.assert_whole()
