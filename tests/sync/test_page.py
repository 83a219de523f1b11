"""The road panel: states in shape and word, what leads on from it, through the real widgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.audit import lines
from console.core.events import EventBus
from console.settings import CityRoad
from console.sync.model import LaneState, RoadChanged, RoadState
from console.sync.page import RoadPanel, lane_name, road_face, since_text
from console.sync.service import Road
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.lamp import Shape
from tests.conftest import HandClock
from tests.sync.roads import Post, running, tell, wait_until
from tests.sync.scripted_city import Reply, ScriptedCity


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


@pytest.fixture
def panel(qtbot: QtBot, post: Post, background: Background, officer: Actor) -> RoadPanel:
    """The panel of a post whose road is not running."""
    road = Road(post.database, post.bus, post.clock, CityRoad(), {})
    made = RoadPanel(road, post.database, background, lambda: officer)
    qtbot.addWidget(made)
    return made


def test_what_is_kept_aside_leads_to_its_page(
    qtbot: QtBot, panel: RoadPanel, clock: HandClock
) -> None:
    panel.show_state(road_state(clock))
    assert panel.clean.isVisibleTo(panel) and not panel.aside.isVisibleTo(panel)
    panel.show_state(road_state(clock, set_aside=2, quarantined=1))
    assert panel.lamp.face.shape is Shape.TRIANGLE
    assert "3" in panel.aside.text() and not panel.clean.isVisibleTo(panel)
    with qtbot.waitSignal(panel.aside_wished):
        panel.aside.click()


def test_a_stopped_lane_goes_on_with_a_reason(
    qtbot: QtBot,
    bus: EventBus,
    post: Post,
    scripted: ScriptedCity,
    to_scripted: CityRoad,
    background: Background,
    officer: Actor,
) -> None:
    usual = scripted.events
    scripted.events = lambda _: Reply(409, {"code": "fork", "lane": 2, "seq": 1})
    with running(post, to_scripted) as road:
        tell(post.database)
        wait_until(road, lambda state: state.stopped == (2,))
        panel = RoadPanel(road, post.database, background, lambda: officer)
        qtbot.addWidget(panel)
        panel.show()
        bridge = Bridge()
        bridge.listen(bus, RoadChanged, lambda changed: panel.show_state(changed.state))
        assert panel.resume.isVisible()
        scripted.events = usual
        panel.resume.click()
        sheet = panel.findChild(Sheet)
        assert isinstance(sheet, Sheet)
        sheet.yes.click()
        assert sheet.isVisible()  # a reason is asked for
        reason = sheet.findChild(QPlainTextEdit)
        assert isinstance(reason, QPlainTextEdit)
        reason.setPlainText("市局已修复")
        sheet.yes.click()
        qtbot.waitUntil(lambda: not panel.resume.isVisible())
        wait_until(road, lambda state: not state.pending)
        bridge.stop()
    with post.database.read() as connection:
        (line,) = [line for line in lines(connection) if line.act == "sync.lane_resumed"]
    assert line.detail["reason"] == "市局已修复"


def test_the_panel_tells_why_the_city_is_away_and_what_waits(
    panel: RoadPanel, clock: HandClock
) -> None:
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
