"""Recordings of what is shown, as it came: they open in ffprobe and have the right length."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import pytest

from console.videowall.model import Recorded, RecordFailed, Rect, Snapped, WallNews
from console.videowall.service import Limits, Wall
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.rtsp_server import RtspServer, film

RATE = 15


class Newsreader:
    """A wall, and what it told."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.heard: list[WallNews] = []
        self.wall = Wall(on_news=self.heard.append, limits=limits)

    def recorded(self) -> list[Recorded]:
        return [one for one in self.heard if isinstance(one, Recorded)]

    def failed(self) -> list[RecordFailed]:
        return [one for one in self.heard if isinstance(one, RecordFailed)]


@pytest.fixture
def told() -> Iterator[Newsreader]:
    made = Newsreader()
    yield made
    made.wall.stop()


@pytest.fixture
def server() -> Iterator[RtspServer]:
    codings = ("h264", "h265", "mjpeg")
    made = RtspServer({coding: film("320x180", RATE, coding) for coding in codings})
    made.start()
    yield made
    made.stop()


def probed(file: Path) -> dict[str, Any]:
    asked = ["ffprobe", "-v", "error", "-of", "json", "-count_packets", "-show_streams"]
    done = subprocess.run([*asked, str(file)], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    (stream,) = json.loads(done.stdout)["streams"]
    assert isinstance(stream, dict)
    return stream


def decodes(file: Path) -> int:
    with av.open(str(file)) as came:
        return sum(1 for _ in came.decode(video=0))


def held_for(told: Newsreader, tile: str, seconds: float) -> None:
    until(lambda: told.wall.picture(tile).shown >= seconds * RATE, 30)


@pytest.mark.parametrize("coding", ["h264", "h265", "mjpeg"])
def test_what_came_before_and_after_is_in_the_file_as_it_came(
    told: Newsreader, server: RtspServer, tmp_path: Path, coding: str
) -> None:
    file = tmp_path / "one.mp4"
    told.wall.show(TILE, camera(server.address(coding)), 0)
    held_for(told, TILE, 5)
    told.wall.record(TILE, "r1", file, before_s=60.0)
    held_for(told, TILE, 8)
    told.wall.stop_record("r1")
    until(told.recorded)
    (one,) = told.recorded()
    assert (one.recording_id, one.file, one.cause) == ("r1", file, "")
    length = (one.ended_at - one.began_at).total_seconds()
    assert 7 <= length <= 13  # a server sends its first pictures in a rush
    stream = probed(file)
    assert stream["codec_name"] == {"h265": "hevc"}.get(coding, coding)
    assert abs(float(stream["duration"]) - length) < 0.15
    assert int(stream["nb_read_packets"]) == one.packets
    assert abs(one.packets - length * RATE) <= 3
    assert one.bytes == file.stat().st_size
    assert decodes(file) == one.packets


def test_a_recording_of_the_last_seconds_alone_begins_with_a_key_picture(
    told: Newsreader, server: RtspServer, tmp_path: Path
) -> None:
    told.wall.show(TILE, camera(server.address("h264")), 0)
    held_for(told, TILE, 6)
    told.wall.record(TILE, "r1", tmp_path / "one.mp4", before_s=2.0)
    told.wall.stop_record("r1")
    until(told.recorded)
    (one,) = told.recorded()
    assert 1.8 <= (one.ended_at - one.began_at).total_seconds() <= 3.6
    assert decodes(one.file) == one.packets


def test_a_server_that_comes_back_goes_on_in_the_same_file_with_the_gap(
    told: Newsreader, server: RtspServer, tmp_path: Path
) -> None:
    told.wall.show(TILE, camera(server.address("h264")), 0)
    held_for(told, TILE, 2)
    told.wall.record(TILE, "r1", tmp_path / "one.mp4")
    shown = told.wall.picture(TILE).shown
    server.stop()
    until(lambda: told.wall.picture(TILE).failure is not None)
    server.start()
    until(lambda: told.wall.picture(TILE).shown > shown + 2 * RATE, 30)
    told.wall.hide(TILE)
    until(told.recorded)
    (one,) = told.recorded()
    assert one.cause == "hidden"
    stream = probed(one.file)
    length = (one.ended_at - one.began_at).total_seconds()
    assert abs(float(stream["duration"]) - length) < 0.3
    assert one.packets < (length - 0.8) * RATE  # while it was away nothing came


def test_a_disk_that_fills_ends_the_recording_and_what_stands_can_be_played(
    tmp_path: Path, server: RtspServer
) -> None:
    told = Newsreader(Limits(reserve_bytes=1 << 60))
    try:
        told.wall.show(TILE, camera(server.address("h264")), 0)
        held_for(told, TILE, 3)
        told.wall.record(TILE, "r1", tmp_path / "one.mp4")
        until(told.failed)
        assert told.failed() == [RecordFailed("r1", "disk_full")]
        held_for(told, TILE, 4)
        told.wall.record(TILE, "r2", Path("/dev/full"))
        until(lambda: len(told.failed()) == 2)
        assert told.failed()[1].cause in ("disk_full", "cannot_write")
        told.wall.record(TILE, "r3", tmp_path / "nowhere" / "one.mp4")
        until(lambda: len(told.failed()) == 3)
        assert told.failed()[2].cause == "cannot_write"
        assert told.wall.picture(TILE).replaced == 0
    finally:
        told.wall.stop()


def test_a_killed_player_leaves_a_film_that_plays_and_says_so(
    told: Newsreader, server: RtspServer, tmp_path: Path
) -> None:
    file = tmp_path / "one.mp4"
    told.wall.show(TILE, camera(server.address("h264")), 0)
    held_for(told, TILE, 3)
    told.wall.record(TILE, "r1", file)
    shown = told.wall.picture(TILE).shown
    until(lambda: told.wall.picture(TILE).shown > shown + 2 * RATE)
    pid = told.wall.pid_of(TILE)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(told.failed)
    assert told.failed() == [RecordFailed("r1", "player_lost")]
    assert decodes(file) >= 3 * RATE


def test_the_end_of_the_console_ends_the_recording_in_order(
    server: RtspServer, tmp_path: Path
) -> None:
    told = Newsreader()
    told.wall.show(TILE, camera(server.address("h264")), 0)
    held_for(told, TILE, 2)
    told.wall.record(TILE, "r1", tmp_path / "one.mp4")
    held_for(told, TILE, 3)
    told.wall.stop()
    (one,) = told.recorded()
    assert one.cause == "stopped"
    assert decodes(one.file) == one.packets


def test_a_snapshot_holds_the_picture_and_not_its_private_zones(
    told: Newsreader, tmp_path: Path
) -> None:
    bright = camera("lavfi:color=c=white:size=320x180:rate=15", mask=(Rect(0.5, 0.0, 0.5, 0.5),))
    told.wall.show(TILE, bright, 0)
    until(lambda: told.wall.picture(TILE).shown > 5)
    file = tmp_path / "one.png"
    told.wall.snapshot(TILE, file)
    until(lambda: Snapped(TILE, file) in told.heard)
    with av.open(str(file)) as came:
        points = next(came.decode(video=0)).to_ndarray(format="gray")
    assert points.shape == (180, 320)
    assert points[:85, 165:].max() == 0
    assert points[95:, :].min() > 200 and points[:, :155].min() > 200


def test_a_disk_that_takes_no_more_in_the_middle_of_a_film_costs_the_film_alone(
    told: Newsreader, server: RtspServer, tmp_path: Path
) -> None:
    """The file cannot grow any further from one packet to the next; told by the system, not by us."""
    file = tmp_path / "one.mp4"
    told.wall.show(TILE, camera(server.address("h264")), 0)
    held_for(told, TILE, 3)
    pid, most = told.wall.pid_of(TILE), 96 << 10
    assert pid is not None
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
    told.wall.record(TILE, "r1", file)
    until(told.failed, 60)
    assert told.failed()[0].cause in ("cannot_write", "disk_full")
    assert 0 < file.stat().st_size <= most
    with av.open(str(file)) as came, suppress(av.error.InvalidDataError):  # the last one is cut
        played = 0
        for _ in came.decode(video=0):
            played += 1
    assert played >= RATE
    shown = told.wall.picture(TILE).shown
    until(lambda: told.wall.picture(TILE).shown > shown + RATE)  # and the tile goes on
    assert (told.wall.picture(TILE).replaced, told.wall.pid_of(TILE)) == (0, pid)
