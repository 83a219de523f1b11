"""A supervisor that is stopped at the end, a camera with a moving test picture, Qt's background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.videowall import service
from console.videowall.model import CallStory, Camera, CameraId, Moment, Phase, Picture
from console.videowall.page import RecordingParts
from console.videowall.service import Wall
from console.videowall.service.recorder import Recorder
from tests.conftest import HandClock
from tests.videowall.recorded import NEVER_S, HandWall
from tests.videowall.replayed import HandScreen

TILE = "main"
MOVING = "lavfi:testsrc2=size=320x180:rate=15"


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    bridge = Bridge()
    made = Background(bridge)
    made.start()
    yield made
    made.stop()
    bridge.stop()


@pytest.fixture
def wall() -> Iterator[Wall]:
    made = Wall()
    yield made
    made.stop()


def camera(address: str = MOVING, number: str = "SX001", **more: object) -> Camera:
    """A camera as a technician enters it."""
    base = Camera(CameraId(number), number, "人民路解放路路口", 35.4, 121.6, address)
    return replace(base, **more)  # type: ignore[arg-type]


def until(condition: Callable[[], object], timeout_s: float = 20.0) -> float:
    """When the condition came true, in monotonic seconds; for what needs no window."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        pause.wait(0.005)
    return time.monotonic()


@pytest.fixture
def hand_wall(database: Database, officer: Actor) -> HandWall:
    """Two cameras stand in the store, and both are on the wall."""
    made = HandWall()
    for number in ("SX001", "SX002"):
        one = service.add_camera(database, officer, camera(number=number))
        made.shown[f"tile-{number}"] = Picture(one.id, Phase.PLAYING, shown=9, age_s=0.1)
    return made


@pytest.fixture
def recorder(database: Database, hand_wall: HandWall) -> Recorder:
    return Recorder(database, hand_wall, NEVER_S)


@pytest.fixture
def told() -> list[str]:
    """What the frame was given to say."""
    return []


@pytest.fixture
def parts(
    database: Database,
    officer: Actor,
    background: Background,
    recorder: Recorder,
    clock: HandClock,
    told: list[str],
) -> RecordingParts:
    def story(call_id: str) -> CallStory:
        at = clock.now()
        lines = (Moment(at - timedelta(hours=1), "接警"), Moment(at, "到场"))
        return CallStory(f"JQ-{call_id} 人民路", lines)

    return RecordingParts(
        database,
        HandScreen(),
        recorder,
        background,
        clock,
        lambda: officer,
        lambda words, _: told.append(words),
        story,
    )
