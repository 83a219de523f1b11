"""The player's process and its supervisor: real streams, real kills."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import av
import psutil
import pytest

from console.videowall.model import STALLED_S, Failure, Phase, phase_of
from console.videowall.service import Wall
from tests.videowall.conftest import TILE, camera, until

REPLACED_S = 10.0  # beside other tests; the long ones judge the two seconds


def test_a_picture_is_shown_counted_and_stopped(wall: Wall) -> None:
    assert wall.picture(TILE).phase is Phase.OFF
    assert wall.pid_of(TILE) is None  # no process before the first camera
    wall.show(TILE, camera(), 0)
    assert wall.picture(TILE).phase is Phase.OPENING
    until(lambda: wall.picture(TILE).shown >= 15)
    picture = wall.picture(TILE)
    assert picture.phase is Phase.PLAYING
    assert picture.age_s is not None and picture.age_s < STALLED_S
    assert wall.totals() == (1, 0)
    pid = wall.pid_of(TILE)
    assert pid is not None
    wall.hide(TILE)
    assert wall.picture(TILE).phase is Phase.OFF
    process = psutil.Process(pid)
    until(lambda: _idle(process))
    assert wall.pids == (pid,)  # it waits, it decodes nothing
    wall.show(TILE, camera(number="SX002"), 0)
    until(lambda: wall.picture(TILE).shown > 3)
    assert wall.picture(TILE).camera_id == "SX002"
    assert wall.pid_of(TILE) == pid
    wall.stop()
    assert not psutil.pid_exists(pid)


def _idle(process: psutil.Process) -> bool:
    return process.cpu_percent(0.3) < 12 and not any(
        "SX" in argument for argument in process.cmdline()
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_killed_or_hung_player_is_replaced_and_its_picture_comes_again(
    wall: Wall, how: signal.Signals
) -> None:
    wall.show(TILE, camera(), 0)
    until(lambda: wall.picture(TILE).shown > 3 and wall.steady)
    pid, shown = wall.pid_of(TILE), wall.picture(TILE).shown
    assert pid is not None
    begun = time.monotonic()
    os.kill(pid, how)
    replaced = until(lambda: wall.pid_of(TILE) not in (None, pid) and wall.heard(TILE))
    assert replaced - begun < REPLACED_S
    until(lambda: wall.picture(TILE).shown > shown and wall.picture(TILE).replaced == 1)
    assert wall.picture(TILE).phase is Phase.PLAYING
    assert not psutil.pid_exists(pid)


def test_a_player_that_cannot_live_is_said_and_not_tried_for_ever() -> None:
    stillborn = Wall((sys.executable, "-c", "raise SystemExit(3)"))
    missing = Wall(("/nonexistent/player",))
    try:
        for one in (stillborn, missing):
            one.show(TILE, camera(), 0)
            until(lambda one=one: one.picture(TILE).phase is Phase.FAILED)  # type: ignore[misc]
            assert one.picture(TILE).failure is Failure.NO_PLAYER
        tried = stillborn.picture(TILE).replaced
        until(lambda: stillborn.picture(TILE).replaced >= tried)
        assert tried <= 4
    finally:
        stillborn.stop()
        missing.stop()


def test_the_player_ends_with_its_console() -> None:
    code = (
        "import time, os\n"
        "from tests.videowall.conftest import TILE, camera, until\n"
        "from console.videowall.service import Wall\n"
        "p = Wall(); p.show(TILE, camera(), 0); until(lambda: p.picture(TILE).shown)\n"
        "print(p.pid_of(TILE), flush=True); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=30
    )
    pid = int(done.stdout)
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie", 5)


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        ("lavfi:nonsense", Failure.NOT_VIDEO),
        ("lavfi:sine=frequency=440", Failure.NOT_VIDEO),
        ("file:///nonexistent.mp4", Failure.NOT_THERE),
    ],
)
def test_what_gives_no_picture_is_named(wall: Wall, address: str, failure: Failure) -> None:
    wall.show(TILE, camera(address), 0)
    until(lambda: wall.picture(TILE).phase is Phase.FAILED)
    assert wall.picture(TILE).failure is failure
    assert wall.picture(TILE).shown == 0


def test_a_camera_that_refuses_and_one_that_wants_a_password(wall: Wall) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wall.show(TILE, camera(f"rtsp://127.0.0.1:{port}/x"), 0)
    until(lambda: wall.picture(TILE).failure is Failure.REFUSED)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        answers = threading.Thread(target=_unauthorised, args=(server,), name="camera", daemon=True)
        answers.start()
        wall.show(TILE, camera(f"http://127.0.0.1:{server.getsockname()[1]}/x"), 0)
        until(lambda: wall.picture(TILE).failure is Failure.UNAUTHORISED)
        wall.stop()
        with socket.create_connection(server.getsockname()[:2]) as last:
            last.sendall(b"end")
            answers.join(5)


def _unauthorised(server: socket.socket) -> None:
    while True:
        try:
            peer, _ = server.accept()
        except OSError:
            return
        with peer:
            peer.settimeout(2)
            try:
                if peer.recv(4096) == b"end":
                    return
                peer.sendall(
                    b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n"
                    b'WWW-Authenticate: Basic realm="c"\r\n\r\n'
                )
            except OSError:
                return


def test_a_stream_of_h264_is_passed_on_and_its_end_is_told(wall: Wall, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    make_clip(file, seconds=1.5)
    wall.show(TILE, camera(f"file://{file}"), 0)
    until(lambda: wall.picture(TILE).shown >= 10)
    until(lambda: wall.picture(TILE).failure is Failure.ENDED)
    asked = wall.picture(TILE).shown
    until(lambda: wall.picture(TILE).shown > asked)  # it is opened again by itself


def test_only_the_counter_says_that_a_picture_lives() -> None:
    assert phase_of(0, None, None) is Phase.OPENING
    assert phase_of(0, None, Failure.REFUSED) is Phase.FAILED
    assert phase_of(9, 2.9, Failure.ENDED) is Phase.PLAYING
    assert phase_of(9, 3.1, None) is Phase.STALLED
    assert phase_of(9, 3.1, Failure.ENDED) is Phase.STALLED


def make_clip(file: Path, seconds: float) -> None:
    """A film of this length, H.264."""
    with av.open("testsrc2=size=160x120:rate=15", format="lavfi") as came:
        with av.open(str(file), "w") as out:
            stream = out.add_stream("libx264", rate=15)
            stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
            for number, frame in enumerate(came.decode(video=0)):
                if number >= seconds * 15:
                    break
                out.mux(stream.encode(frame.reformat(format="yuv420p")))
            out.mux(stream.encode(None))


def test_who_asks_never_waits_for_who_changes(wall: Wall) -> None:
    """The wall's own thread may be taken off the processor while it changes something."""
    wall.show(TILE, camera(), 0)
    until(lambda: wall.picture(TILE).shown > 3)
    answers: list[object] = []

    def ask() -> None:
        answers.append(wall.pictures()[TILE].shown)
        answers.append(wall.picture(TILE).shown)
        answers.append(wall.totals())
        wall.show(TILE, camera(), 0)  # shown so already: what the page says again and again

    desk = threading.Thread(target=ask, name="desk")
    with wall._guard:
        desk.start()
        desk.join(5)
        assert not desk.is_alive()
    assert len(answers) == 3
