"""The frame's bell and who is watched: real services behind them, no window needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.alarms import service
from console.alarms.model import Kind, Raising
from console.app.alarm_bell import AlarmBell
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import LinkConfig, LinkPhase, LinkState, TcpPlace
from console.roster.model import NewUnit
from console.roster.service import PositionBoard, add_unit, set_on_duty
from console.shell.top_bar import TopBar
from console.ui.background import Background
from console.ui.lamp import Shape
from console.ui.style import Tone
from console.wiring import watched_crews
from tests.conftest import HandClock

WATCH = Actor("system", "alarms")
LOST = Raising("link:1", Kind.LINK_LOST, "403 GNSS")
PRESS = Raising("device:1", Kind.BUTTON, "pillar")


class Tones:
    """Remembers what rings."""

    def __init__(self) -> None:
        self.now: dict[object, str] = {}

    def ring(self, kind: str, what: object) -> None:
        self.now[what] = kind

    def acknowledge(self, what: object) -> None:
        self.now.pop(what, None)


class Frame(QObject):
    """As much of the console as the bell knows."""

    def __init__(self, database: Database, background: Background) -> None:
        super().__init__()
        self.post = SimpleNamespace(database=database, clock=database.clock)
        self.background = background
        self.tones = Tones()
        self.counts: list[int] = []
        top = TopBar(database.clock.now)
        navigation = SimpleNamespace(set_count=lambda key, count, tone: self.counts.append(count))
        self.window = SimpleNamespace(top=top, navigation=navigation)


@dataclass
class Bell:
    """The bell in its frame."""

    frame: Frame
    bell: AlarmBell
    qtbot: QtBot

    def look(self) -> tuple[Shape, Tone, str]:
        """Looks once; how the lamp stands then."""
        with self.qtbot.waitSignal(self.bell.changed, timeout=5000):
            self.bell.refresh()
        face = self.frame.window.top.alarms.face
        return face.shape, face.tone, face.figure


@pytest.fixture
def bell(database: Database, background: Background, qtbot: QtBot) -> Iterator[Bell]:
    frame = Frame(database, background)
    qtbot.addWidget(frame.window.top)
    yield Bell(frame, AlarmBell(cast(Any, frame)), qtbot)


def test_it_rings_each_kind_with_its_tone_until_it_is_acknowledged(
    bell: Bell, database: Database, officer: Actor
) -> None:
    assert bell.look() == (Shape.RING, Tone.CALM, "0")
    lost = service.raise_alarm(database, WATCH, LOST)
    pressed = service.raise_alarm(database, WATCH, PRESS)
    assert bell.look() == (Shape.SQUARE, Tone.ALARM, "2")
    assert bell.frame.tones.now == {("alarm", lost): "link_lost", ("alarm", pressed): "alarm"}
    service.acknowledge(database, officer, pressed)
    bell.look()
    assert bell.frame.tones.now == {("alarm", lost): "link_lost"}
    service.acknowledge(database, officer, lost)
    assert bell.look() == (Shape.TRIANGLE, Tone.LATE, "2")
    assert bell.frame.tones.now == {}
    assert bell.frame.counts[-1] == 2


def test_what_was_silenced_stays_silent_and_what_is_shelved_does_not_ring(
    bell: Bell, database: Database, officer: Actor, clock: HandClock
) -> None:
    lost = service.raise_alarm(database, WATCH, LOST)
    bell.look()
    bell.frame.tones.now.clear()  # Space on the desk
    bell.look()
    assert bell.frame.tones.now == {}
    service.shelve(database, officer, lost, clock.now() + timedelta(minutes=5), "检修")
    assert bell.look()[2] == "0"
    clock.pass_(301)
    service.end_shelves(database, WATCH, [lost])
    assert bell.look()[2] == "1"
    assert bell.frame.tones.now == {("alarm", lost): "link_lost"}


def test_watched_are_the_crews_on_duty_that_report_or_should(
    database: Database, bus: EventBus, clock: HandClock
) -> None:
    ids = [add_unit(database, SYSTEM, NewUnit(sign)) for sign in ("101", "102", "103", "104")]
    set_on_duty(database, SYSTEM, ids[3], False)
    board = PositionBoard(database, bus, clock)
    board.start()
    try:
        for unit_id in (ids[0], ids[3]):
            board.take(unit_id, 35.4, 121.6, clock.now(), clock.now())
        config = LinkConfig(LinkId("l"), "x", "nmea", TcpPlace("localhost", 1), ids[1])
        links = SimpleNamespace(snapshot=lambda: (LinkState(config, LinkPhase.OPEN, clock.now()),))
        with database.read() as connection:
            crews = watched_crews(board, cast(Any, links))(connection)
    finally:
        board.stop()
    told = {one.call_sign: (one.watched, one.lat, one.meaning) for one in crews}
    assert told == {
        "101": (True, 35.4, "available"),  # has reported
        "102": (True, None, "available"),  # has a receiver
        "103": (False, None, "available"),  # neither
        "104": (False, 35.4, "available"),  # off duty
    }
