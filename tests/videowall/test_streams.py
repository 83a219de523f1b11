"""A real RTSP server: nine tiles, its stops and freezes, other sizes, other codings, a password."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.errors import Refused
from console.videowall.model import Failure, Phase, Stream
from console.videowall.service import MOST_TILES, Limits, Wall
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.rtsp_server import RtspServer, film

REPLACED_S = 10.0  # beside other tests; the long ones judge the two seconds


@pytest.fixture
def server() -> Iterator[RtspServer]:
    made = RtspServer([f"camera{n}" for n in range(1, 10)])
    made.start()
    yield made
    made.stop()


def runs(wall: Wall, tile: str = TILE, more_than: int = 0) -> bool:
    """Whether pictures come on this tile."""
    picture = wall.picture(tile)
    return picture.phase is Phase.PLAYING and picture.shown > more_than


def test_nine_tiles_run_and_a_killed_child_takes_only_its_own_along(
    wall: Wall, server: RtspServer
) -> None:
    for name in server.mounts:
        wall.show(name, camera(server.address(name), number=name), 0)
    until(lambda: all(runs(wall, name, 5) for name in server.mounts), 40)
    assert len(wall.pids) == 2
    until(lambda: wall.steady)
    victim = wall.pid_of("camera1")
    assert victim is not None
    others = [name for name in server.mounts if wall.pid_of(name) != victim]
    mine = [name for name in server.mounts if name not in others]
    assert (len(mine), len(others)) == (6, 3)
    begun = time.monotonic()
    os.kill(victim, signal.SIGKILL)
    replaced = until(lambda: wall.pid_of("camera1") not in (None, victim) and wall.heard("camera1"))
    assert replaced - begun < REPLACED_S
    until(lambda: all(wall.picture(name).replaced == 1 and runs(wall, name) for name in mine), 40)
    for name in others:
        assert wall.picture(name).replaced == 0
        assert runs(wall, name)
    wall.hide_all()
    assert wall.pictures() == {}


def test_the_seventeenth_tile_is_refused_and_a_shown_one_is_not_touched(wall: Wall) -> None:
    still = camera("lavfi:testsrc2=size=64x64:rate=2")
    for number in range(MOST_TILES):
        wall.show(f"t{number}", still, 0)
    with pytest.raises(Refused, match="too_many"):
        wall.show("one more", still, 0)
    wall.show("t3", still, 0)
    wall.hide("t0")
    wall.show("one more", still, 0)
    assert len(wall.pictures()) == MOST_TILES
    with pytest.raises(Refused, match="not_shown"):
        wall.record("t0", "r", Path("never.mp4"))
    with pytest.raises(Refused, match="not_shown"):
        wall.snapshot("t0", Path("never.png"))


def test_a_bloated_child_is_replaced() -> None:
    wall = Wall(limits=Limits(bloated_mb=1.0))
    try:
        wall.show(TILE, camera(), 0)
        until(lambda: wall.picture(TILE).replaced >= 1)
    finally:
        wall.stop()


def test_a_server_that_stops_or_freezes_is_told_and_comes_back_by_itself(
    wall: Wall, server: RtspServer
) -> None:
    wall.show(TILE, camera(server.address("camera1")), 0)
    until(lambda: runs(wall, TILE, 10))
    server.stop()
    until(lambda: wall.picture(TILE).phase is Phase.STALLED)
    assert wall.picture(TILE).failure is not None
    server.start()
    until(lambda: runs(wall))
    server.freeze()
    until(lambda: wall.picture(TILE).phase is Phase.STALLED)
    until(lambda: wall.picture(TILE).failure is Failure.NO_ANSWER)
    server.thaw()
    until(lambda: runs(wall))
    assert wall.picture(TILE).replaced == 0  # the child has nothing to do with it


def test_the_smaller_stream_is_taken_where_there_is_one(wall: Wall, server: RtspServer) -> None:
    both = camera(server.address("nothing"), sub_address=server.address("camera2"))
    wall.show(TILE, both, 0, Stream.SUB)
    until(lambda: runs(wall))
    wall.show(TILE, both, 0, Stream.MAIN)
    until(lambda: wall.picture(TILE).failure is Failure.NOT_THERE)
    assert wall.picture(TILE).stream is Stream.MAIN


@pytest.mark.parametrize("coding", ["h265", "mjpeg"])
def test_other_codings_run_too(wall: Wall, coding: str) -> None:
    server = RtspServer({"live": film("320x180", coding=coding)})
    server.start()
    try:
        wall.show(TILE, camera(server.address()), 0)
        until(lambda: runs(wall, TILE, 10))
    finally:
        wall.stop()
        server.stop()


def test_a_camera_of_udp_alone_and_one_that_wants_a_password(
    wall: Wall, server: RtspServer
) -> None:
    server.only_udp("camera3")
    wall.show(TILE, camera(server.address("camera3")), 0)
    until(lambda: runs(wall, TILE, 5))
    server.ask_for("wache", "Geheim-9431")
    wall.show("two", camera(server.address("camera4")), 0)
    until(lambda: wall.picture("two").failure is Failure.UNAUTHORISED)
    known = camera(server.address("camera5"), user="wache", password="Geheim-9431")
    wall.show("three", known, 0)
    until(lambda: runs(wall, "three", 5))


def test_another_size_is_shown_and_8k_is_refused(wall: Wall, server: RtspServer) -> None:
    wall.show(TILE, camera(server.address("camera6")), 0)
    until(lambda: runs(wall, TILE, 5))
    server.change("camera6", film("320x240"))
    wall.hide(TILE)
    wall.show(TILE, camera(server.address("camera6")), 0)
    until(lambda: runs(wall, TILE, 5))
    server.change("camera7", film("7680x4320", rate=1))
    wall.show("large", camera(server.address("camera7")), 0)
    until(lambda: wall.picture("large").failure is Failure.TOO_LARGE, 40)
    assert runs(wall)
