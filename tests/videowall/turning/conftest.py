"""A camera that turns, simulated on the loopback, and the program that talks to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.videowall import service
from console.videowall.model import Camera, TurnFailed
from console.videowall.service import Turning
from drivers.sim.onvif import OnvifSim
from tests.videowall.conftest import camera

SECRET = "Geheim-9431"
STREAMS = {
    "main": (1920, 1080, "rtsp://127.0.0.1:8554/main"),
    "sub": (640, 360, "rtsp://127.0.0.1:8554/sub"),
    "tiny": (160, 90, "rtsp://127.0.0.1:8554/tiny"),
}


@pytest.fixture
def sim() -> Iterator[OnvifSim]:
    made = OnvifSim(STREAMS, "wache", SECRET)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def news() -> list[TurnFailed]:
    return []


@pytest.fixture
def turning(sim: OnvifSim, news: list[TurnFailed]) -> Iterator[Turning]:
    made = Turning(on_news=news.append, places=[sim.discovery])
    yield made
    made.stop()


@pytest.fixture
def dome(sim: OnvifSim, database: Database, officer: Actor) -> Camera:
    """A camera that turns, in the store."""
    return service.add_camera(database, officer, turnable(sim))


def turnable(sim: OnvifSim, number: str = "SX001") -> Camera:
    return replace(
        camera(number=number),
        user="wache",
        password=SECRET,
        ptz=True,
        onvif=sim.address,
        onvif_profile="main",
    )
