"""Who is hung, and who was only not let: real processes, and a looker who comes late."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from console.videowall.service.silence import DOUBT_S, MOST_EXCUSED_S, Silence, waited_s
from tests.videowall.conftest import until

NOBODY = 0  # no process has this number: nothing is known of its waiting
SPIN = "while True: pass"


@pytest.fixture
def spin() -> Iterator[Callable[[], int]]:
    """Starts programs that always have something to do, on one processor for all of them."""
    started: list[subprocess.Popen[bytes]] = []
    processor = min(os.sched_getaffinity(0))

    def start() -> int:
        one = subprocess.Popen([sys.executable, "-c", SPIN])
        started.append(one)
        os.sched_setaffinity(one.pid, {processor})
        return one.pid

    yield start
    for one in started:
        one.kill()
        one.wait()


def looked_at(silence: Silence, pid: int, heard_at: float, for_s: float) -> float:
    """How silent it is found to be after so long, looked at all the while as the wall does."""
    found: list[float] = []

    def look() -> bool:
        now = time.monotonic()
        found.append(silence.of(pid, heard_at, now))
        return now - heard_at > for_s

    until(look)
    return found[-1]


def test_silence_grows_with_the_clock_and_begins_anew_with_every_beat() -> None:
    silence = Silence()
    found = [silence.of(NOBODY, 100.0, 100.0 + n * 0.1) for n in range(30)]
    assert found == pytest.approx([n * 0.1 for n in range(30)])
    assert silence.of(NOBODY, 102.9, 103.0) == pytest.approx(0.1)


def test_who_looks_late_blames_nobody_for_it() -> None:
    silence = Silence()
    silence.of(NOBODY, 100.0, 100.1)
    assert silence.of(NOBODY, 100.0, 103.1) == pytest.approx(0.1)
    assert silence.of(NOBODY, 100.0, 103.2) == pytest.approx(0.2)
    assert silence.of(NOBODY, 100.0, 120.0) == pytest.approx(20.0 - MOST_EXCUSED_S)


def test_a_stopped_process_is_not_excused(spin: Callable[[], int]) -> None:
    pid = spin()
    os.kill(pid, signal.SIGSTOP)
    assert looked_at(Silence(), pid, time.monotonic(), 1.5) > 1.4


@pytest.mark.skipif(
    not any(waited_s(os.getpid()).values()),
    reason="this system does not tell how long a thread waited",
)
def test_a_process_that_is_not_let_is_excused(spin: Callable[[], int]) -> None:
    pid = spin()
    os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    spin()
    assert looked_at(Silence(), pid, time.monotonic(), 2.0) < DOUBT_S + 0.7
