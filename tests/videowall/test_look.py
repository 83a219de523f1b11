"""What a look at the pictures says: intact, frozen, black, scrambled; and the wall that tells it."""

from __future__ import annotations

import io
import random
import re
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


def held(
    source: str, seconds: float, spoil: Spoil = bytes, *, wide: int = 320, high: int = 180,
    slices: int = 1,
) -> list[Held]:  # fmt: skip
    """H.264 of these pictures as a camera sends it, five a second, spoilt before it is held."""
    found: list[Held] = []
    coding = {"tune": "zerolatency", "g": str(GOP), "sc_threshold": "0", "slices": str(slices)}
    with av.open(source, format="lavfi") as came:
        out = av.open(io.BytesIO(), "w", format="matroska")
        stream = out.add_stream("libx264", rate=5, options=coding)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        session = None
        for number, frame in enumerate(came.decode(video=0)):
            if number >= seconds * 5:
                break
            for packet in stream.encode(frame.reformat(wide, high, "yuv420p")):
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


HEALTHY = {
    "bars": "testsrc=size={size}:rate=5",
    "bars moving": "testsrc2=size={size}:rate=5",
    "bars turned": "testsrc=size={size}:rate=5,negate",
    "a sky with noise": "gradients=size={size}:rate=5:speed=0.05,noise=alls=18:allf=t",
    "leaves with noise": "mandelbrot=size={size}:rate=5:start_scale=0.5,noise=alls=10:allf=t",
    "cells": "cellauto=s={size}:rate=5",
    "triangles": "sierpinski=s={size}:rate=5",
}


@pytest.mark.parametrize("size", ["320x180", "384x216", "640x360"])
@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_picture_is_never_scrambled(name: str, size: str) -> None:
    wide, high = map(int, size.split("x"))
    said = verdicts(held(HEALTHY[name].format(size=size), 6, wide=wide, high=high))
    assert said == [Verdict.GOOD]


def test_a_stream_that_lost_packets_is_scrambled_though_its_key_pictures_are_whole() -> None:
    dice = random.Random(6)

    def spoil(data: bytes) -> bytes:
        """A third of the slices of every picture are lost on the way, its heads never."""
        parts = re.split(rb"(?=\x00\x00\x01)", data)
        slices = [part for part in parts if len(part) > 4 and part[3] & 0x1F in (1, 5)]
        kept = [part for part in parts if part not in slices[1:] or dice.random() > 0.34]
        return b"".join(kept)

    leaves = HEALTHY["leaves with noise"].format(size="320x180")
    packets = held(leaves, 20, spoil, slices=6)
    whole = held(leaves, 20, slices=6)
    mixed = [good if good.key else bad for good, bad in zip(whole, packets, strict=True)]
    assert verdicts(mixed) in ([Verdict.SCRAMBLED], [Verdict.GOOD, Verdict.SCRAMBLED])
    assert verdicts(whole) == [Verdict.GOOD]


def test_what_is_doubtful_is_looked_at_whole() -> None:
    """Between whole key pictures all is broken: a look at the key pictures alone sees nothing."""
    look, good = Look(), held("testsrc2=size=320x180:rate=5", 12)
    bad = held("testsrc2=size=320x180:rate=5", 12, lambda data: data[: len(data) // 3])
    starts = [place for place, one in enumerate(good) if one.key]
    assert look.take(good[starts[0] : starts[0] + 1]) is Verdict.GOOD and not look.doubts
    for number, start in enumerate(starts[1:3]):
        broken = [good[start], *bad[start + 1 : start + GOP]]
        assert look.take(broken) is (Verdict.SCRAMBLED if number else None)
        assert look.doubts
    assert look.take(good[starts[4] : starts[4] + GOP]) is None and look.doubts
    assert look.take(good[starts[5] : starts[5] + GOP]) is Verdict.GOOD and not look.doubts


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
