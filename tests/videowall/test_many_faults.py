"""Kills, hangs and server stops without end: each is over in time, and whoever asks never waits."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from statistics import median

import psutil
import pytest

from console.videowall.model import Phase
from console.videowall.service import Wall
from tests.videowall.conftest import camera, until
from tests.videowall.rtsp_server import RtspServer, film

REPLACED_S = 2.0
BUSY_S = 10.0  # beside other tests nobody's time is judged
ASKED_MS = 50.0  # what the desk may wait for the wall's answer, at worst
TILES = 4


@pytest.fixture
def server() -> Iterator[RtspServer]:
    made = RtspServer({f"c{n}": film("160x120", 10) for n in range(TILES)})
    made.start()
    yield made
    made.stop()


class Desk:
    """Asks the wall twenty times a second, as the page does, and remembers the longest wait.

    A wait is an answer for which its thread gave up the processor; one that the machine took away
    from it, while it had work to do, is the machine's.
    """

    def __init__(self, wall: Wall) -> None:
        self.worst_ms = self.taken_away_ms = 0.0
        self._wall = wall
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.05):
            waits = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw
            begun = time.perf_counter()
            self._wall.pictures()
            took_ms = (time.perf_counter() - begun) * 1000
            if resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw > waits:
                self.worst_ms = max(self.worst_ms, took_ms)
            else:
                self.taken_away_ms = max(self.taken_away_ms, took_ms)


@pytest.fixture
def playing(wall: Wall, server: RtspServer) -> Iterator[Desk]:
    for name in server.mounts:
        wall.show(name, camera(server.address(name), number=name), 0)
    until(lambda: all(one.shown > 3 for one in wall.pictures().values()), 40)
    desk = Desk(wall)
    desk.start()
    yield desk
    desk.stop()
    wall.stop()


def all_run(wall: Wall, than: dict[str, int]) -> bool:
    return all(one.shown > than[name] for name, one in wall.pictures().items())


def replaced_so_far(wall: Wall) -> dict[str, int]:
    return {name: one.replaced for name, one in wall.pictures().items()}


def shown(wall: Wall) -> dict[str, int]:
    return {name: one.shown for name, one in wall.pictures().items()}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("how", "times", "within_s"),
    [
        (signal.SIGKILL, 5, BUSY_S),
        (signal.SIGSTOP, 5, BUSY_S),
        pytest.param(signal.SIGKILL, 200, REPLACED_S, marks=pytest.mark.long),
        pytest.param(signal.SIGSTOP, 50, REPLACED_S, marks=pytest.mark.long),
    ],
)
def test_every_killed_or_hung_child_is_replaced_in_time(
    wall: Wall, playing: Desk, how: signal.Signals, times: int, within_s: float
) -> None:
    took: list[float] = []
    at_first = replaced_so_far(wall)
    for _ in range(times):
        until(lambda: wall.steady, 30)
        pid, before = wall.pid_of("c0"), shown(wall)
        assert pid is not None
        begun = time.monotonic()
        os.kill(pid, how)
        replaced = until(
            lambda pid=pid: wall.pid_of("c0") not in (None, pid) and wall.heard("c0")  # type: ignore[misc]
        )
        took.append(replaced - begun)
        until(lambda before=before: all_run(wall, before), 40)  # type: ignore[misc]
        assert not psutil.pid_exists(pid)
    print(
        f"{how.name}: {times} times, median {median(took):.2f} s, worst {max(took):.2f} s; desk waited {playing.worst_ms:.1f} ms"
    )
    assert max(took) < within_s
    now = replaced_so_far(wall)
    assert {now[name] - at_first[name] for name in now} == {times}, "by nothing else"
    assert playing.worst_ms < ASKED_MS


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("times", [5, pytest.param(50, marks=pytest.mark.long)])
def test_every_stop_of_the_server_is_overcome_without_touching_the_child(
    wall: Wall, playing: Desk, server: RtspServer, times: int
) -> None:
    took: list[float] = []
    at_first = replaced_so_far(wall)
    for _ in range(times):
        server.stop()
        until(lambda: all(one.failure is not None for one in wall.pictures().values()), 30)
        server.start()
        begun, before = time.monotonic(), shown(wall)
        until(lambda before=before: all_run(wall, before), 40)  # type: ignore[misc]
        took.append(time.monotonic() - begun)
    print(f"{times} stops: median {median(took):.2f} s, worst {max(took):.2f} s to four pictures")
    assert max(took) < 10.0
    assert replaced_so_far(wall) == at_first
    assert playing.worst_ms < ASKED_MS


@pytest.fixture
def nine() -> Iterator[RtspServer]:
    made = RtspServer([f"n{n}" for n in range(9)])  # 640×360, 15 a second
    made.start()
    yield made
    made.stop()


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_memory_of_nine_tiles_is_flat_over_half_an_hour(wall: Wall, nine: RtspServer) -> None:
    for name in nine.mounts:
        wall.show(name, camera(nine.address(name), number=name), 0)
    until(lambda: all(one.shown > 3 for one in wall.pictures().values()), 40)
    pause = threading.Event()
    pause.wait(120)  # the rings are full, the libraries warm
    before = weight_mb(wall)
    weights = []
    for _ in range(30):
        pause.wait(60)
        weights.append(weight_mb(wall))
    print(f"memory {before:.0f} MB, then {[round(one) for one in weights]}")
    assert max(weights) < before * 1.1 + 10
    assert {(one.phase, one.replaced) for one in wall.pictures().values()} == {(Phase.PLAYING, 0)}


def weight_mb(wall: Wall) -> float:
    return sum(psutil.Process(pid).memory_info().rss for pid in wall.pids) / 1e6
