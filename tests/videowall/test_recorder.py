"""From a real RTSP server to a film that ffprobe opens: with the minute before, its length, its sum."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.videowall import service
from console.videowall.model import (
    Cut,
    Phase,
    Recording,
    RecordingState,
    Start,
    Why,
    film_address,
)
from console.videowall.service import Wall
from console.videowall.service import recordings as acts
from console.videowall.service.film import length_s, sum_of
from console.videowall.service.recorder import Recorder
from console.wiring import film_listeners
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.recorded import kept
from tests.videowall.rtsp_server import RtspServer, film

RATE = 15


@pytest.fixture
def server() -> Iterator[RtspServer]:
    made = RtspServer({"live": film(), "jpeg": film("320x240", coding="mjpeg")})
    made.start()
    yield made
    made.stop()


@pytest.fixture
def store(database: Database, bus: EventBus) -> Database:
    """The films have the machine's own time, so has the store."""
    database.clock = SystemClock()
    return database


@pytest.fixture
def rolling(store: Database, bus: EventBus) -> Iterator[tuple[Recorder, Wall]]:
    """A recorder over a real wall, wired as the post does it."""
    wall = Wall(on_news=bus.publish)
    recorder = Recorder(store, wall, 0.2)
    for kind, listener in film_listeners(recorder):
        bus.subscribe(kind, listener)
    recorder.start()
    yield recorder, wall
    recorder.stop()
    wall.stop()


def probed(file: Path) -> dict[str, Any]:
    """What ffprobe says of the film, its packets counted."""
    assert shutil.which("ffprobe"), "ffprobe is missing: installer/setup --dev"
    command = ["ffprobe", "-v", "error", "-count_packets", "-show_format", "-show_streams", "-of"]
    done = subprocess.run([*command, "json", str(file)], check=True, capture_output=True)
    assert done.stderr == b""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown_for(wall: Wall, store: Database, officer: Actor, address: str, pictures: int) -> Any:
    """The camera stands on the wall and so many of its pictures were seen."""
    one = service.add_camera(store, officer, camera(address))
    wall.show(TILE, one, 0)
    until(lambda: wall.picture(TILE).shown >= pictures)
    return one


@pytest.mark.parametrize(("name", "coding"), [("live", "h264"), ("jpeg", "mjpeg")])
def test_a_recording_has_the_pictures_before_and_the_right_length(
    rolling: tuple[Recorder, Wall],
    store: Database,
    officer: Actor,
    server: RtspServer,
    name: str,
    coding: str,
) -> None:
    recorder, wall = rolling
    one = shown_for(wall, store, officer, server.address(name), 4 * RATE)
    begun = recorder.begin(officer, one.id, Why.CALL, "call-7")
    seen = wall.picture(TILE).shown
    until(lambda: wall.picture(TILE).shown >= seen + 3 * RATE)
    recorder.end(officer, begun.id)
    until(lambda: kept(store, begun.id).state is not RecordingState.RUNNING)
    found = kept(store, begun.id)
    assert (found.state, found.cut) == (RecordingState.KEPT, None)
    assert found.began_at is not None and found.ended_at is not None
    before = (found.asked_at - found.began_at).total_seconds()
    assert before >= 3.0  # what was shown before it was asked for
    file = acts.file_of(store, found)
    told = probed(file)
    length = float(told["format"]["duration"])
    assert found.length_s == pytest.approx(length, abs=0.2)
    assert length_s(file) == pytest.approx(length, abs=0.2)
    assert length >= 6.0
    (stream,) = told["streams"]
    assert stream["codec_name"] == coding
    assert int(stream["nb_read_packets"]) == pytest.approx(length * RATE, abs=RATE / 2)
    assert (found.size, found.sha256) == sum_of(file)
    played(wall, file, length)


def played(wall: Wall, file: Path, length: float) -> None:
    """The film is shown again, from its middle on."""
    start = Start(length / 2, time.time())
    wall.show("replay-1", camera(film_address(file.as_posix(), start), number="film"), 0)
    until(lambda: wall.picture("replay-1").shown >= RATE)
    assert wall.picture("replay-1").phase is Phase.PLAYING
    wall.hide("replay-1")


@pytest.mark.parametrize("how", ["killed", "stopped", "hidden"])
def test_a_recording_that_is_cut_keeps_what_was_written(
    rolling: tuple[Recorder, Wall],
    store: Database,
    officer: Actor,
    server: RtspServer,
    how: str,
) -> None:
    recorder, wall = rolling
    one = shown_for(wall, store, officer, server.address(), 3 * RATE)
    begun = recorder.begin(officer, one.id, Why.ALARM)
    seen = wall.picture(TILE).shown
    until(lambda: wall.picture(TILE).shown >= seen + 3 * RATE)
    if how == "killed":
        pid = wall.pid_of(TILE)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    elif how == "hidden":
        wall.hide(TILE)
    else:
        recorder.stop()
    until(lambda: kept(store, begun.id).state is not RecordingState.RUNNING)
    found: Recording = kept(store, begun.id)
    cuts = {"killed": Cut.PLAYER_LOST, "hidden": Cut.HIDDEN, "stopped": Cut.CONSOLE_ENDED}
    assert (found.state, found.cut) == (RecordingState.KEPT, cuts[how])
    length = float(probed(acts.file_of(store, found))["format"]["duration"])
    assert found.length_s == pytest.approx(length, abs=0.3)
    assert length >= 3.0
