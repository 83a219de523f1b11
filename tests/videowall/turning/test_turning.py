"""Cameras turned through the real program beside the console: always stopped, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.videowall import service
from console.videowall.model import Camera, Turn, TurnFailed
from console.videowall.service import Turning
from console.videowall.service import onvif as onvif_module
from console.videowall.service import turning as turning_module
from drivers.sim.onvif import OnvifSim
from tests.videowall.conftest import until
from tests.videowall.turning.conftest import SECRET, turnable

RIGHT = Turn(pan=1.0)


def test_it_is_found_looked_at_turned_and_stopped(
    sim: OnvifSim, turning: Turning, dome: Camera, news: list[TurnFailed]
) -> None:
    (found,) = turning.discover(0.6)
    assert (found.address, found.model) == (sim.address, "SIM-PTZ")
    told = turning.look(replace(dome, onvif=found.address))
    assert (told.maker, told.turns, len(told.profiles)) == ("SIM", True, 3)
    assert turning.stream(dome, "sub") == "rtsp://127.0.0.1:8554/sub"
    assert turning.turn(dome, RIGHT)
    until(lambda: sim.head.place[0] > 0.05)
    turning.halt(dome.id)
    until(lambda: not sim.head.moving)
    assert (turning.held, news) == (frozenset(), [])


def test_presets_are_listed_set_gone_to_and_removed(
    sim: OnvifSim, turning: Turning, dome: Camera
) -> None:
    turning.zoom_to(dome, 0.5)
    token = turning.keep(dome, " 东门\n岗亭 ")
    assert [(one.token, one.name) for one in turning.presets(dome)] == [(token, "东门 岗亭")]
    sim.head.put((0.0, 0.0, 0.0))
    turning.go(dome, token)
    assert sim.head.place[2] == pytest.approx(0.5)
    turning.drop(dome, token)
    assert turning.presets(dome) == []
    for bad in ("", "\x00", "名" * 65):
        with pytest.raises(Refused, match="bad_preset"):
            turning.keep(dome, bad)


def test_a_hand_that_is_silent_lets_go(sim: OnvifSim, turning: Turning, dome: Camera) -> None:
    """The page hangs while a key is held: nobody tells the camera any more, and it stands."""
    sim.head.keeps_limit = False  # a camera that would turn for ever
    turning.turn(dome, RIGHT)
    until(lambda: sim.head.moving)
    begun = time.monotonic()
    stood = until(lambda: not sim.head.moving, 5.0)
    assert stood - begun < 3.0


def test_nobody_turns_longer_than_the_limit(
    sim: OnvifSim, turning: Turning, dome: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning_module, "MOST_TURN_S", 0.6)
    sim.head.keeps_limit = False
    begun = time.monotonic()
    until(lambda: not turning.turn(dome, RIGHT))  # a key that stays pressed
    assert time.monotonic() - begun >= 0.6
    until(lambda: not sim.head.moving)
    assert not turning.turn(dome, RIGHT)
    turning.halt(dome.id)  # let go
    assert turning.turn(dome, RIGHT)


def test_the_limit_holds_though_nobody_asks_again(
    sim: OnvifSim, turning: Turning, dome: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning_module, "MOST_TURN_S", 0.2)
    turning.turn(dome, RIGHT)
    until(lambda: not turning.held and not sim.head.moving)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_the_program_is_killed_or_hangs_and_another_one_stops_the_camera(
    sim: OnvifSim, turning: Turning, dome: Camera, how: signal.Signals
) -> None:
    sim.head.keeps_limit = False
    turning.turn(dome, RIGHT)
    until(lambda: sim.head.moving)
    first = turning.pid
    assert first is not None
    os.kill(first, how)
    until(lambda: not sim.head.moving, 15.0)
    until(lambda: turning.pid not in (first, None), 15.0)
    assert turning.presets(dome) == []


def test_a_program_that_nobody_asks_anything_ends_and_comes_back(
    turning: Turning, dome: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onvif_module, "IDLE_S", 0.3)
    turning.presets(dome)
    until(lambda: turning.pid is None)
    assert turning.presets(dome) == []


def replaced(turning: Turning, pid: int) -> bool:
    """Another program has taken over, and nothing turns."""
    return turning.pid not in (pid, None) and not turning.held


@pytest.mark.long
def test_fifty_kills_while_it_turns(
    sim: OnvifSim, turning: Turning, dome: Camera, news: list[TurnFailed]
) -> None:
    sim.head.keeps_limit = False
    for _ in range(50):
        turning.turn(dome, RIGHT)
        until(lambda: sim.head.moving)
        pid = turning.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        begun = time.monotonic()
        assert until(lambda: not sim.head.moving) - begun < 2.0
        until(partial(replaced, turning, pid))
    assert not [one for one in news if one.stopping]


def test_a_console_that_dies_leaves_no_camera_turning(sim: OnvifSim) -> None:
    """Only the input of the program ends, as when the console is killed."""
    sim.head.keeps_limit = False
    program = """
import os, sys, time
from console.videowall.model import Camera, CameraId, Turn
from console.videowall.service import Turning
one = Camera(CameraId("a"), "1", "n", 0, 0, "lavfi:x", user="wache", password=sys.stdin.readline().strip(),
             ptz=True, onvif=sys.argv[1], onvif_profile="main")
turning = Turning()
while True:
    turning.turn(one, Turn(1.0))
    time.sleep(0.2)
"""
    command = [sys.executable, "-c", program, sim.address]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as console:
        assert console.stdin is not None
        console.stdin.write(SECRET.encode() + b"\n")
        console.stdin.flush()
        until(lambda: sim.head.moving)
        console.kill()
        begun = time.monotonic()
        assert until(lambda: not sim.head.moving) - begun < 2.0


def test_a_camera_that_turns_is_stopped_when_the_console_ends(
    sim: OnvifSim, turning: Turning, dome: Camera
) -> None:
    sim.head.keeps_limit = False
    turning.turn(dome, RIGHT)
    until(lambda: sim.head.moving)
    turning.stop()
    assert not sim.head.moving


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("reset", "videowall.onvif_unreachable"),
        ("redirect", "videowall.onvif_elsewhere"),
        ("bomb", "videowall.onvif_not_onvif"),
        ("denied", "videowall.onvif_no_permission"),
    ],
)
def test_a_turn_that_fails_is_told(
    sim: OnvifSim, turning: Turning, dome: Camera, news: list[TurnFailed], fault: str, code: str
) -> None:
    sim.fault = fault
    turning.turn(dome, RIGHT)
    until(lambda: news)
    assert (news[0].camera_id, news[0].code, news[0].stopping) == (dome.id, code, False)
    with pytest.raises(Unavailable, match=code):
        turning.presets(dome)


def test_a_stop_that_fails_is_tried_again_and_then_told(
    sim: OnvifSim, turning: Turning, dome: Camera, news: list[TurnFailed]
) -> None:
    turning.turn(dome, RIGHT)
    until(lambda: sim.head.moving)
    sim.fault, sim.faulty = "reset", {"Stop"}
    turning.halt(dome.id)
    until(lambda: any(one.stopping for one in news))
    assert sim.asked.count("Stop") == 3


def test_a_camera_that_never_answers_holds_up_no_other_one(
    sim: OnvifSim, turning: Turning, dome: Camera
) -> None:
    silent = OnvifSim({}, "wache", SECRET)
    silent.fault = "silent"
    silent.start()
    try:
        turning.turn(replace(turnable(silent, "SX002"), id="b"), RIGHT)  # type: ignore[arg-type]
        begun = time.monotonic()
        assert turning.presets(dome) == []
        assert time.monotonic() - begun < 3.0
    finally:
        silent.stop()


def test_what_cannot_turn_says_so_in_plain_words(turning: Turning, dome: Camera) -> None:
    for one, code in (
        (replace(dome, ptz=False), "no_ptz"),
        (replace(dome, onvif=""), "no_onvif"),
        (replace(dome, onvif_profile=""), "no_onvif"),
    ):
        for work in (
            lambda one=one: turning.turn(one, RIGHT),
            lambda one=one: turning.presets(one),
        ):
            with pytest.raises(Refused, match=code):
                work()


def test_a_program_that_cannot_be_started_is_told(dome: Camera, news: list[TurnFailed]) -> None:
    none = Turning(["/nonexistent"], news.append)
    try:
        with pytest.raises(Unavailable, match="onvif_lost"):
            none.presets(dome)
        none.turn(dome, RIGHT)
        until(lambda: news)
    finally:
        none.stop()


def test_the_trail_says_who_turned_which_camera(
    database: Database, officer: Actor, dome: Camera
) -> None:
    service.turned(database, officer, dome.id)
    service.turned(database, officer, dome.id, "preset")
    with database.read() as connection:
        from console.core.tables import audit_trail

        rows = connection.execute(audit_trail.select()).all()
    told = [row for row in rows if "camera." in str(row)]
    assert any("camera.turn" in str(row) for row in told)
    assert any("camera.preset" in str(row) for row in told)
    assert SECRET not in str(rows)


def test_no_password_is_in_the_process_list_or_a_failure(
    sim: OnvifSim, turning: Turning, dome: Camera
) -> None:
    turning.presets(dome)
    assert turning.pid is not None
    for name in ("cmdline", "environ"):
        assert SECRET.encode() not in Path(f"/proc/{turning.pid}/{name}").read_bytes()
    sim.fault = "broken"
    with pytest.raises(Unavailable) as said:
        turning.presets(dome)
    assert SECRET not in repr(said.value) + str(said.value) + repr(dome)
