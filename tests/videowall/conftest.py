"""A supervisor that is stopped at the end, a camera with a moving test picture, Qt's background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from console.ui.background import Background
from console.ui.bridge import Bridge
from console.videowall.model import Camera, CameraId
from console.videowall.service import Wall

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
