"""Bad wires through the whole post: bytes through real links to the crews' whereabouts, and the frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.dispatch.page.unit_board import unit_rows
from console.links.model import PHASE_WORDS, LinkPhase
from console.roster import service as roster
from drivers.sim.receiver import burst
from tests.conftest import HandClock
from tests.stories.hands import Hands
from tests.stories.scene import Scene, wait_for

HERE, THERE = (35.4000, 121.6000), (35.4050, 121.6050)
NOISE = (
    b"\x00\xff\xfe" * 40,
    b"$GNRMC,,,,,,,,,,,,*00\r\n",
    b"$" * 300 + b"\r\n",
    b"<b>${x}</b>\r\n",
    b"$BDRMC,999999.999,A,9959.99999,N,19959.99999,E,-1,999,999999,,,A*00\r\n",
)


def phase(scene: Scene) -> LinkPhase:
    """How the one wire stands."""
    (state,) = scene.post.links.snapshot()
    return state.phase


def row_of(scene: Scene, call_sign: str) -> object:
    """The crew as the desk's table shows it."""
    now = scene.clock.now()
    with scene.post.database.read() as connection:
        views = roster.units(connection, now)
    wanted = [view for view in views if view.unit.call_sign == call_sign]
    return unit_rows(wanted, {}, {}, 120, now)[0]


def test_noise_and_wrong_checksums_move_nobody(scene: Scene) -> None:
    scene.plug("101")
    wait_for(lambda: scene.stands("101", HERE))
    receiver = scene.receivers["101"]
    spoilt = burst(*THERE, 0, 0, scene.clock.now())
    for star in (spoilt.index(b"*"), spoilt.rindex(b"*")):
        spoilt = spoilt[: star + 1] + b"00" + spoilt[star + 3 :]
    for data in (*NOISE, spoilt):
        receiver.write(data)
    middle = (HERE[0], THERE[1])
    wait_for(lambda: scene.stands("101", middle))  # whole sentences are understood again
    assert phase(scene) is LinkPhase.TRAFFIC
    latest = scene.whereabouts("101")
    assert (round(latest.lat, 4), round(latest.lon, 4)) == middle
    (state,) = scene.post.links.snapshot()
    assert scene.post.links.totals() == (0, 0)
    assert state.bad > 0


def test_without_a_fix_the_place_ages(stage: Callable[..., Scene]) -> None:
    clock = HandClock()
    scene = stage(clock=clock)
    scene.start()
    scene.plug("101")
    wait_for(lambda: scene.stands("101", HERE))
    scene.receivers["101"].has_fix = False
    (before,) = scene.post.links.snapshot()
    for _ in range(10):
        clock.pass_(30)
        scene.receivers["101"].place(*THERE, 0, 0, clock.now())
    wait_for(lambda: scene.post.links.snapshot()[0].frames >= before.frames + 20)
    latest = scene.whereabouts("101")
    assert clock.now() - latest.fixed_at >= timedelta(seconds=300)  # old, and it says so
    assert round(latest.lat, 4) == HERE[0]
    assert phase(scene) in (LinkPhase.TRAFFIC, LinkPhase.OPEN)
    # the board's own thread may be storing the place just now
    age_s = wait_for(lambda: row_of(scene, "101").place_age_s)  # type: ignore[attr-defined]
    assert age_s >= 300


@pytest.mark.story
def test_a_port_pulled_out_amid_a_frame_is_lost_told_and_found_again(hands: Hands) -> None:
    scene, top = hands.scene, hands.console.window.top
    scene.plug("101")
    hands.until(lambda: scene.stands("101", HERE))
    hands.until(lambda: top.links.face.figure == "1/1")
    receiver = scene.receivers["101"]
    receiver.write(burst(*THERE, 0, 0, scene.clock.now())[:30])
    receiver.unplug()
    hands.until(lambda: top.links.face.figure == "0/1")
    words = PHASE_WORDS[phase(scene)].zh_CN
    assert words in top.links.toolTip()
    hands.press("F8")
    hands.until(lambda: hands.console.window.shown_page == "links")
    latest = scene.whereabouts("101")
    assert round(latest.lat, 4) == HERE[0]  # half a frame is no place
    receiver.plug()
    hands.until(lambda: scene.stands("101", THERE))
    hands.until(lambda: top.links.face.figure == "1/1")
    assert scene.post.links.totals() == (1, 1)
