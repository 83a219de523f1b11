"""The conversation with Hytera devices over real wires: UDP and a serial port."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drivers import catalog
from drivers.contract import (
    AskPosition,
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Other,
    Position,
    PressToTalk,
    Probe,
    RadioCall,
    ReleaseTalk,
    SendText,
    Text,
)
from drivers.sim.hytera import HyteraMobile, HyteraRepeater
from drivers.sim.hytera_radios import Place
from drivers.transport.serial_port import SerialWire
from drivers.transport.udp import UdpPort
from tests.drivers.conversing import Conversation, Datagrams

SETTINGS = {"groups": ["100"], "own_id": "64250", "beat_s": 0.2, "answer_s": 0.1}
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
driver = catalog.driver("hytera")


@pytest.fixture
def repeater() -> Iterator[HyteraRepeater]:
    made = HyteraRepeater()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def conversation(repeater: HyteraRepeater) -> Iterator[Conversation]:
    port = UdpPort(repeater.host, repeater.port)
    port.open()
    made = Conversation(driver.talk({**SETTINGS, "carrier": "hstrp"}), Datagrams(port))
    made.begin()
    made.until(lambda: repeater.connected and made.talk.identity)
    yield made
    port.close()


def all_orders(conversation: Conversation, device: HyteraRepeater | HyteraMobile) -> None:
    radios = device.radios
    radios.places["1002"] = Place(35.4, 117.0, AT)
    radios.online.add("1002")
    assert conversation.order("text", SendText("1002", "速到西门")).done
    assert conversation.order("group", SendText("100", "收到请回")).done
    assert conversation.order("short", SendText("1002", "无须回执", receipt=False)).done
    assert [(one.to, one.text, one.group) for one in radios.texts] == [
        ("1002", "速到西门", False),
        ("100", "收到请回", True),
        ("1002", "无须回执", False),
    ]
    assert conversation.order("where", AskPosition("1002")).done
    assert conversation.order("check", CheckRadio("1002")).done
    assert conversation.order("confirm", ConfirmAlarm("1002")).done
    assert conversation.order("probe", Probe()).done
    assert conversation.order("press", PressToTalk("100", 3)).done
    assert conversation.order("release", ReleaseTalk()).done
    assert conversation.order("choose", ChooseGroup("100")).done
    assert radios.confirmed == ["1002"]
    assert radios.calls == [(3, "100"), (1, "100")]
    assert [key.hex() for key in radios.keys] == ["0301", "0300"]
    phases = [(one.phase, one.granted) for one in heard(conversation, RadioCall)]
    assert phases == [("connected", None), ("talking", True), ("ceased", None)]
    (place,) = heard(conversation, Position)
    assert (place.source, place.valid) == ("1002", True)


def heard(conversation: Conversation, kind: type[Any]) -> list[Any]:
    return [one for one in conversation.messages if isinstance(one, kind)]


def test_every_order_over_udp(repeater: HyteraRepeater, conversation: Conversation) -> None:
    assert conversation.talk.identity == "hstrp 1"
    all_orders(conversation, repeater)


def test_refusals_come_with_their_words(
    repeater: HyteraRepeater, conversation: Conversation
) -> None:
    repeater.radios.text_result = 0x04
    repeater.radios.call_result = 1
    text = conversation.order("text", SendText("1002", "x"))
    assert (text.done, text.cause, text.told) == (False, "refused", "channel busy")
    where = conversation.order("where", AskPosition("1002"))
    assert (where.cause, where.told) == ("refused", "no fix")
    press = conversation.order("press", PressToTalk("100"))
    assert (press.cause, repeater.radios.keys) == ("refused", [])
    assert conversation.order("check", CheckRadio("7"), 0.5).cause == "no_answer"


def test_what_radios_send_is_heard_and_answered(
    repeater: HyteraRepeater, conversation: Conversation
) -> None:
    radios = repeater.radios
    radios.places["1002"] = Place(35.4, 117.0, AT, 12, 90)
    said = [
        radios.register("1002"),
        radios.text("1002", "已到场", "64250"),
        radios.report("1002"),
        radios.sos("1002"),
        radios.talk("1002", "100", emergency=True),
        radios.hush("1002", "100"),
        radios.rest(),
        radios.deregister("1002"),
    ]
    numbers = [repeater.say(message) for message in said]
    conversation.until(lambda: set(numbers) <= set(repeater.acknowledged))
    conversation.until(lambda: radios.registered and radios.delivered)
    assert radios.registered == {"1002": 3600}
    assert radios.delivered == [1]
    (text,) = heard(conversation, Text)
    assert (text.source, text.destination, text.text) == ("1002", "64250", "已到场")
    report, sos = heard(conversation, Position)
    assert (report.source, report.course_deg, report.alarms) == ("1002", 90, ())
    assert sos.alarms == ("sos",)
    calls = heard(conversation, RadioCall)
    assert [one.phase for one in calls] == ["talking", "ceased", "released"]
    assert (calls[0].source, calls[0].group, calls[0].priority) == ("1002", "100", 3)
    registers = [one.what for one in heard(conversation, Other) if one.kind == "register"]
    assert registers == ["registration", "deregistration"]


def test_heartbeats_keep_the_device_alive_and_a_restart_is_noticed(
    repeater: HyteraRepeater, conversation: Conversation
) -> None:
    conversation.until(lambda: repeater.heartbeats >= 2)
    beat = conversation.talk.beat_at
    assert beat is not None
    repeater.unplug()
    conversation.give("press", PressToTalk("100"), 0.3)
    conversation.until(lambda: "press" in conversation.outcomes)
    assert conversation.outcomes["press"].cause == "no_answer"
    repeater.plug()
    conversation.until(lambda: repeater.connected, 10)
    conversation.until(lambda: (conversation.talk.beat_at or 0.0) > beat, 10)
    assert conversation.order("probe", Probe()).done


def test_a_mute_device_answers_no_order(
    repeater: HyteraRepeater, conversation: Conversation
) -> None:
    repeater.answers = False
    outcome = conversation.order("check", CheckRadio("1002"), 0.6)
    assert (outcome.done, outcome.cause) == (False, "no_answer")


def test_every_order_over_a_serial_port(tmp_path: Path) -> None:
    mobile = HyteraMobile("radio", tmp_path)
    mobile.start()
    wire = SerialWire(mobile.identity, 9600)
    wire.open()
    try:
        conversation = Conversation(driver.talk({**SETTINGS, "carrier": "hrnp"}), wire)
        conversation.begin()
        conversation.until(lambda: conversation.talk.identity)
        assert conversation.talk.identity == "hrnp 10"
        all_orders(conversation, mobile)
        number = mobile.say(mobile.radios.text("1002", "到场", "64250"))
        conversation.until(lambda: number in mobile.acknowledged)
        conversation.until(lambda: mobile.radios.delivered)
        assert [one.text for one in heard(conversation, Text)] == ["到场"]
    finally:
        wire.close()
        mobile.stop()
