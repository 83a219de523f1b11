"""What a look at the pictures says: intact, frozen, black, scrambled; and the wall that tells it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator

import av
import numpy as np
import pytest

from console.videowall.model import Judged, Verdict, WallNews
from console.videowall.player.look import Look, scrambled
from console.videowall.player.ring import Held, Session
from console.videowall.service import Wall
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.rtsp_server import RtspServer, film

Spoil = Callable[[bytes], bytes]
GOP = 5


def held(source: str, seconds: float, spoil: Spoil = bytes) -> list[Held]:
    """H.264 of these pictures as a camera sends it, five a second, spoilt before it is held."""
    found: list[Held] = []
    with av.open(source, format="lavfi") as came:
        out = av.open(io.BytesIO(), "w", format="matroska")
        stream = out.add_stream("libx264", rate=5, options={"tune": "zerolatency", "g": str(GOP)})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        session = None
        for number, frame in enumerate(came.decode(video=0)):
            if number >= seconds * 5:
                break
            for packet in stream.encode(frame.reformat(320, 180, "yuv420p")):
                session = session or Session(stream)
                spoilt = av.Packet(spoil(bytes(packet)))
                spoilt.pts, spoilt.dts, spoilt.time_base = packet.pts, packet.dts, packet.time_base
                at = number / 5
                found.append(Held(spoilt, session, 100.0 + at, at, packet.is_keyframe))
    return found


def verdicts(packets: list[Held]) -> list[Verdict]:
    """What is said as each key picture comes, with what followed it."""
    look, said = Look(), []
    starts = [place for place, one in enumerate(packets) if one.key]
    for start in starts:
        news = look.take(packets[start : start + GOP])
        if news is not None:
            said.append(news)
    return said


def test_a_moving_picture_is_intact() -> None:
    assert verdicts(held("testsrc2=size=320x180:rate=5", 20)) == [Verdict.GOOD]


def test_a_still_picture_is_frozen_after_a_while_and_not_before() -> None:
    still = "smptebars=size=320x180:rate=5"
    assert verdicts(held(still, 6)) == [Verdict.GOOD]
    assert verdicts(held(still, 20)) == [Verdict.GOOD, Verdict.FROZEN]


def test_a_black_picture_is_black_even_with_noise() -> None:
    dark = "color=c=black:size=320x180:rate=5,noise=alls=3:allf=t"
    assert verdicts(held(dark, 8)) == [Verdict.BLACK]


def test_a_dark_street_with_a_lamp_is_not_black() -> None:
    lamp = "color=c=black:size=320x180:rate=5,drawbox=x=120:y=40:w=60:h=60:color=white:t=fill"
    assert Verdict.BLACK not in verdicts(held(lamp, 8))


def test_a_broken_stream_is_scrambled() -> None:
    dice = random.Random(6)

    def spoil(data: bytes) -> bytes:
        broken = bytearray(data)
        for _ in range(max(6, len(data) // 60)):
            broken[dice.randrange(min(60, len(data) - 1), len(data))] = dice.randrange(256)
        return bytes(broken)

    said = verdicts(held("testsrc2=size=320x180:rate=5", 20, spoil))
    assert said == [Verdict.SCRAMBLED]


def test_a_picture_in_blocks_is_scrambled_and_a_chequered_floor_is_not() -> None:
    dice = np.random.default_rng(6)
    blocks = np.kron(dice.integers(0, 255, (23, 40)), np.ones((16, 16)))[:360, :640]
    assert scrambled(blocks.astype(np.int16))
    assert scrambled(np.full((360, 640), 128, np.int16))
    floor = np.kron(np.indices((36, 64)).sum(axis=0) % 2 * 200, np.ones((10, 10)))
    assert not scrambled(floor.astype(np.int16))


@pytest.fixture
def server() -> Iterator[RtspServer]:
    made = RtspServer({"black": film("320x180", pattern="black"), "moving": film("320x180")})
    made.start()
    yield made
    made.stop()


def test_the_wall_tells_how_its_pictures_look(server: RtspServer) -> None:
    heard: list[WallNews] = []
    wall = Wall(on_news=heard.append)
    try:
        wall.show(TILE, camera(server.address("black"), number="SX001"), 0)
        wall.show("two", camera(server.address("moving"), number="SX002"), 0)
        until(lambda: wall.picture(TILE).verdict is Verdict.BLACK, 30)
        until(lambda: wall.picture("two").verdict is Verdict.GOOD, 30)
        said = {(one.camera_id, one.verdict) for one in heard if isinstance(one, Judged)}
        assert said == {("SX001", Verdict.BLACK), ("SX002", Verdict.GOOD)}
    finally:
        wall.stop()
