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
from console.videowall.service import Player
from tests.videowall.conftest import camera, until

REPLACED_S = 2.0


def test_a_picture_is_shown_counted_and_stopped(player: Player) -> None:
    assert player.picture().phase is Phase.OFF
    assert player.pid is None  # no process before the first camera
    player.show(camera(), 0)
    assert player.picture().phase is Phase.OPENING
    until(lambda: player.picture().shown >= 15)
    picture = player.picture()
    assert picture.phase is Phase.PLAYING
    assert picture.age_s is not None and picture.age_s < STALLED_S
    assert player.totals() == (1, 0)
    pid = player.pid
    assert pid is not None
    player.hide()
    assert player.picture().phase is Phase.OFF
    process = psutil.Process(pid)
    until(lambda: _idle(process))
    assert player.pid == pid  # it waits, it decodes nothing
    player.show(camera(number="SX002"), 0)
    until(lambda: player.picture().shown > 3)
    assert player.picture().camera_id == "SX002"
    assert player.pid == pid
    player.stop()
    assert not psutil.pid_exists(pid)


def _idle(process: psutil.Process) -> bool:
    return process.cpu_percent(0.3) < 12 and not any(
        "SX" in argument for argument in process.cmdline()
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_killed_or_hung_player_is_replaced_within_two_seconds(
    player: Player, how: signal.Signals
) -> None:
    player.show(camera(), 0)
    until(lambda: player.picture().shown > 3 and player.steady)
    pid, shown = player.pid, player.picture().shown
    assert pid is not None
    begun = time.monotonic()
    os.kill(pid, how)
    replaced = until(lambda: player.pid not in (None, pid) and player.heard)
    assert replaced - begun < REPLACED_S
    drawn = until(lambda: player.picture().shown > shown and player.picture().replaced == 1)
    assert drawn - begun < 2 * REPLACED_S
    assert player.picture().phase is Phase.PLAYING
    assert not psutil.pid_exists(pid)


def test_a_player_that_cannot_live_is_said_and_not_tried_for_ever() -> None:
    stillborn = Player((sys.executable, "-c", "raise SystemExit(3)"))
    missing = Player(("/nonexistent/player",))
    try:
        for player in (stillborn, missing):
            player.show(camera(), 0)
            until(lambda player=player: player.picture().phase is Phase.FAILED)  # type: ignore[misc]
            assert player.picture().failure is Failure.NO_PLAYER
        tried = stillborn.picture().replaced
        until(lambda: stillborn.picture().replaced >= tried)
        assert tried <= 4
    finally:
        stillborn.stop()
        missing.stop()


def test_the_player_ends_with_its_console() -> None:
    code = (
        "import time, os\n"
        "from tests.videowall.conftest import camera, until\n"
        "from console.videowall.service import Player\n"
        "p = Player(); p.show(camera(), 0); until(lambda: p.picture().shown)\n"
        "print(p.pid, flush=True); os.kill(os.getpid(), 9)\n"
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
def test_what_gives_no_picture_is_named(player: Player, address: str, failure: Failure) -> None:
    player.show(camera(address), 0)
    until(lambda: player.picture().phase is Phase.FAILED)
    assert player.picture().failure is failure
    assert player.picture().shown == 0


def test_a_camera_that_refuses_and_one_that_wants_a_password(player: Player) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    player.show(camera(f"rtsp://127.0.0.1:{port}/x"), 0)
    until(lambda: player.picture().failure is Failure.REFUSED)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        answers = threading.Thread(target=_unauthorised, args=(server,), name="camera", daemon=True)
        answers.start()
        player.show(camera(f"http://127.0.0.1:{server.getsockname()[1]}/x"), 0)
        until(lambda: player.picture().failure is Failure.UNAUTHORISED)
        player.stop()
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


def test_a_stream_of_h264_is_passed_on_and_its_end_is_told(player: Player, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    make_clip(file, seconds=1.5)
    player.show(camera(f"file://{file}"), 0)
    until(lambda: player.picture().shown >= 10)
    until(lambda: player.picture().failure is Failure.ENDED)
    asked = player.picture().shown
    until(lambda: player.picture().shown > asked)  # it is opened again by itself


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
