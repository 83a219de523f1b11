"""Devices at their wires, in bytes through the whole post: a button, an emergency key, duress, a
radio that is pulled, and a status that moves a call along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from console.alarms import service as alarms
from console.alarms.model import Alarm, Kind, Look
from console.core.actor import SYSTEM
from console.core.clock import to_text
from console.core.errors import Refused
from console.dispatch import service as dispatch
from console.dispatch.model import CallStatus, Origin
from console.drill.devices import ARRIVED, DEPARTED, TERMINAL, Devices
from console.drill.journey import Spot
from console.drill.sample_post import sample_units
from console.links.model import LinkPhase
from tests.stories.hands import Hands
from tests.stories.scene import PLACE, Scene, wait_for

pytestmark = pytest.mark.story


@pytest.fixture
def devices(scene: Scene) -> Iterator[Devices]:
    made = Devices(sample_units(scene.post.database), scene.folder / "ports")
    made.start()
    made.add_to(scene.post.database, "zh_CN")
    wait_for(lambda: len(scene.post.links.snapshot()) == 3)
    wait_for(lambda: phases(scene) == {LinkPhase.TRAFFIC})
    yield made
    made.stop()


def phases(scene: Scene) -> set[LinkPhase]:
    return {state.phase for state in scene.post.links.snapshot()}


def every(scene: Scene) -> list[Alarm]:
    """Every alarm that is not over, hidden ones too."""
    with scene.post.database.read() as connection:
        return alarms.every_open(connection, scene.clock.now())


def one(scene: Scene, kind: Kind) -> Alarm | None:
    return next((alarm for alarm in every(scene) if alarm.kind == kind), None)


def the(scene: Scene, kind: Kind) -> Alarm:
    found = wait_for(lambda: one(scene, kind))
    assert found is not None
    return found


def kinds_heard(scene: Scene, alarm: Alarm) -> list[str]:
    return [kind for kind, _ in scene.heard(alarm.id)]


def test_a_panic_button_is_pressed_and_let_go(scene: Scene, devices: Devices) -> None:
    devices.press()
    pressed = the(scene, Kind.BUTTON)
    assert pressed.name == "东风街报警柱"
    assert (pressed.how, pressed.count) == ("", 1)
    assert pressed.lat is not None
    wait_for(lambda: (now := one(scene, Kind.BUTTON)) and not now.active)
    wait_for(scene.drained)
    assert kinds_heard(scene, pressed) == ["alarm.raised", "alarm.cleared"]


def test_an_emergency_key_is_confirmed_to_its_terminal(scene: Scene, devices: Devices) -> None:
    lat, lon = scene.spot()
    wait_for(lambda: devices.terminal.is_in)
    devices.moved(scene.units["402"], Spot(lat, lon, 1.0, 0.0))
    devices.sos()
    sos = the(scene, Kind.SOS)
    assert sos.name == f"402 ({TERMINAL})"
    assert (sos.lat, sos.lon) == pytest.approx((lat, lon), abs=1e-5)
    alarms.acknowledge(scene.post.database, scene.sign_in(), sos.id)
    wait_for(lambda: devices.confirmed == 1)

    def lines() -> list[str]:
        with scene.post.database.read() as connection:
            return [line.kind for line in alarms.log_lines(connection, sos.id)]

    wait_for(lambda: "confirmed" in lines())

    def over() -> bool:  # its next report is calm, and so the alarm ends
        devices.moved(scene.units["402"], Spot(lat, lon, 1.0, 0.0))
        return one(scene, Kind.SOS) is None

    wait_for(over)


def test_duress_reaches_the_city_in_its_first_lane_and_nothing_at_the_post_tells_of_it(
    hands: Hands, devices: Devices
) -> None:
    scene = hands.scene
    hands.press("F11")
    devices.press(Kind.DURESS)
    panic = the(scene, Kind.DURESS)
    hands.until(lambda: kinds_heard(scene, panic) == ["alarm.raised"])
    (record,) = [r for r in scene.city.events("post-hongqi") if r.event["entity_id"] == panic.id]
    assert record.lane == 0
    for key in ("1", "2", "3"):
        hands.press(key)
        hands.until(lambda: "截至" in hands.words())
        assert "胁迫" not in hands.words()
        assert panic.name not in hands.words()
    assert list(hands.console.tones.ringing) == []
    assert hands.console.window.top.alarms.face.figure == "0"
    with scene.post.database.read() as connection:
        for look in Look:
            assert alarms.alarms(connection, look, scene.clock.now(), None, 50) == []
    scene.assert_whole()


def test_a_pulled_radio_is_an_alarm_and_comes_back(scene: Scene, devices: Devices) -> None:
    devices.radio.unplug()
    lost = the(scene, Kind.LINK_LOST)
    assert "车台" in lost.name
    devices.radio.plug()
    wait_for(lambda: (now := one(scene, Kind.LINK_LOST)) and not now.active)
    assert scene.post.links.totals() == (1, 1)


def test_a_status_by_radio_moves_the_crews_call_along(scene: Scene, devices: Devices) -> None:
    officer, database = scene.sign_in(), scene.post.database
    call_id = scene.take_by_hand("楼上漏水")
    dispatch.sign(database, officer, call_id)  # type: ignore[arg-type]
    crew = scene.units["101"]
    dispatch.assign(database, officer, call_id, [crew], "就近", [crew])  # type: ignore[arg-type]
    devices.radio.send_status("2101", DEPARTED)
    wait_for(lambda: scene.status(call_id) is CallStatus.DEPARTED)
    devices.radio.send_status("2101", ARRIVED)
    wait_for(lambda: scene.status(call_id) is CallStatus.ARRIVED)
    with database.read() as connection:
        assert dispatch.steps_by(connection, Origin.RADIO) == 2
    wait_for(scene.drained)
    kinds = [kind for kind, _ in scene.heard(call_id)]
    assert kinds[-2:] == ["unit.departed", "unit.arrived"]


def test_a_citys_alert_is_shown_and_expires(scene: Scene) -> None:
    now, (lat, lon) = scene.clock.now(), scene.spot()
    scene.publish(
        "alert.raised", alert_id="a-1", source="plate", seen_at=to_text(now),
        expires_at=to_text(now + timedelta(seconds=4)),
        place={"text": PLACE, "lat": lat, "lon": lon, "datum": "wgs84"},
    )  # fmt: skip
    alert = the(scene, Kind.CITY_ALERT)
    with pytest.raises(Refused, match="not_verified"), scene.post.database.act(SYSTEM) as act:
        alarms.link_call(act, alert.id, "call-1")
    wait_for(lambda: one(scene, Kind.CITY_ALERT) is None)

    def told() -> list[str]:
        return [r.event["kind"] for r in scene.city.events("post-hongqi")]

    wait_for(lambda: "alert.expired" in told())
    assert kinds_heard(scene, alert) == []


def test_a_radios_call_for_help_is_seen_once_whichever_page_it_is_seen_on(
    scene: Scene, devices: Devices
) -> None:
    officer = scene.sign_in()
    radio = scene.post.radio
    devices.radio.send_status("2101", 0)
    alarm = the(scene, Kind.SOS)
    alarms.acknowledge(scene.post.database, officer, alarm.id)
    wait_for(lambda: not radio.view().emergencies)
    alarms.clear_by_hand(scene.post.database, officer, alarm.id, "已核实")
    wait_for(lambda: one(scene, Kind.SOS) is None)
    devices.radio.send_status("2101", 0)
    wait_for(lambda: radio.view().emergencies)
    again = the(scene, Kind.SOS)
    radio.sending.confirm(officer, radio.view().emergencies[0].id)

    def seen() -> str:
        with scene.post.database.read() as connection:
            return alarms.alarm(connection, again.id, scene.clock.now()).acknowledged_by

    assert wait_for(seen) == officer.name
