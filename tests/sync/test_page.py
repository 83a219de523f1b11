"""The road panel: states in shape and word, lists, retry and discard through the real widgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Act
from console.core.errors import Refused
from console.core.events import EventBus
from console.settings import CityRoad
from console.sync.model import LaneState, RoadChanged, RoadState
from console.sync.page import RoadPanel, lane_name, road_face, since_text
from console.sync.service import Road, quarantined, set_aside
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.lamp import Shape
from tests.conftest import HandClock
from tests.sync.roads import Post, example, running, tell
from tests.sync.scripted_city import Asked, Reply, ScriptedCity


def road_state(clock: HandClock, **told: Any) -> RoadState:
    return RoadState(**{"configured": True, "up": True, "since": clock.now(), **told})


def test_each_state_has_its_own_shape_and_word(qapp: object, clock: HandClock) -> None:
    faces = [
        road_face(state)
        for state in (
            road_state(clock),
            road_state(clock, pending=3),
            road_state(clock, set_aside=1),
            road_state(clock, up=False, trouble="sync.unreachable"),
            road_state(clock, up=False, trouble="sync.not_yet"),
            road_state(clock, alarm="sync.fork"),
            road_state(clock, configured=False, up=False),
        )
    ]
    assert len({face.shape for face in faces}) == len({face.word for face in faces}) == 7
    assert faces[3].shape is Shape.CROSS
    assert len({lane_name(lane) for lane in range(4)}) == 4
    assert "5 min" in since_text(road_state(clock), clock.now() + timedelta(minutes=5))


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    bridge = Bridge()
    found = Background(bridge, threads=1)
    found.start()
    yield found
    found.stop()
    bridge.stop()


def test_what_is_aside_is_shown_retried_and_discarded(
    qtbot: QtBot,
    bus: EventBus,
    post: Post,
    scripted: ScriptedCity,
    to_scripted: CityRoad,
    background: Background,
    officer: Actor,
) -> None:
    usual = scripted.events

    def reject(asked: Asked) -> Reply:
        sent = [event["seq"] for event in asked.body["events"]]
        told = [{"seq": seq, "code": "stale", "message": "版本过旧"} for seq in sent]
        return Reply(body={"ack_through": sent[-1], "rejected": told})

    def refuse(act: Act, payload: dict[str, Any]) -> None:
        raise Refused("sync.earlier_first", kind="call.created", seq=7)

    item = {
        "item_id": "019aa5c1-2e00-7a00-8b00-0242ac120004",
        "seq": 1,
        "kind": "call.created",
        "at": "2026-11-21T10:00:00.123Z",
        "payload": example("downward", "call.created"),
    }
    feed = {"server_epoch": "e" * 16, "cursor": "1", "items": [item]}
    quiet = {**feed, "items": []}
    scripted.feed = lambda asked: Reply(body=quiet if asked.query.get("after") == "1" else feed)
    scripted.events = reject
    with running(post, to_scripted, {"call.created": refuse}) as road:
        for _ in range(2):
            tell(post.database)
        panel = RoadPanel(road, post.database, background, lambda: officer)
        qtbot.addWidget(panel)
        panel.show()
        bridge = Bridge()
        bridge.listen(bus, RoadChanged, lambda changed: panel.show_state(changed.state))
        qtbot.waitUntil(lambda: len(panel.aside.model.rows) == 2)
        qtbot.waitUntil(lambda: len(panel.kept.model.rows) == 1)
        assert "7" in panel.kept.model.data(panel.kept.model.index(0, 2))  # the refusal's details
        assert panel.lamp.face.shape is Shape.TRIANGLE
        scripted.events = usual
        first, second = panel.aside.model.rows
        panel.aside.choose(first.event_id)
        panel._retry_aside()
        qtbot.waitUntil(lambda: len(panel.aside.model.rows) == 1)
        panel.aside.choose(second.event_id)
        panel._discard_aside()
        sheet = panel.findChild(Sheet)
        assert isinstance(sheet, Sheet)
        sheet.yes.click()
        assert sheet.isVisible()  # a reason is asked for
        reason = sheet.findChild(QPlainTextEdit)
        assert isinstance(reason, QPlainTextEdit)
        reason.setPlainText("重复上报")
        sheet.yes.click()
        qtbot.waitUntil(lambda: not panel.aside.model.rows)
        panel.kept.choose(item["item_id"])
        panel._retry_kept()
        qtbot.waitUntil(lambda: bool(panel.answer.text))
        bridge.stop()
    with post.database.read() as connection:
        assert set_aside(connection) == []
        assert len(quarantined(connection)) == 1


def test_the_panel_tells_why_the_city_is_away_and_what_waits(
    qtbot: QtBot, post: Post, background: Background, officer: Actor, clock: HandClock
) -> None:
    road = Road(post.database, post.bus, post.clock, CityRoad(), {})
    panel = RoadPanel(road, post.database, background, lambda: officer)
    qtbot.addWidget(panel)
    panel.show_state(
        road_state(
            clock,
            up=False,
            trouble="sync.unreachable",
            pending=9,
            oldest_pending_at=clock.now(),
            lanes=(LaneState(0, 9), LaneState(1), LaneState(2), LaneState(3, stopped=True)),
        )
    )
    assert "{" not in panel.notice.text and panel.notice.text
    assert "9" in panel.waiting.text() and "9" in panel.lanes[0].text()
    assert panel.lanes[3].text() != panel.lanes[2].text()
