"""A cheap look at the pictures themselves: intact, frozen, black or scrambled; and single pictures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
import numpy.typing as npt

from console.videowall.model import Verdict
from console.videowall.player.ring import Held

BLACK_MEAN, BLACK_SPREAD = 24.0, 4.0
SAME = 0.6  # mean difference of two pictures that are one: the encoder's own unrest
FROZEN_S = 9.0
GREY_SHARE = 0.5  # of exact middle grey: what a decoder puts where it has nothing
EDGE, EDGE_TIMES = 12.0, 4.0
BLOCK, LEAST_STEPS = 16, 64
SURE = 2  # looks that agree before the verdict is another one; the first good one stands at once
Luma = npt.NDArray[np.int16]


class Look:
    """Looks at one camera, every few seconds; ``take`` gives a verdict when it is another one."""

    def __init__(self) -> None:
        self.verdict: Verdict | None = None
        self.size = (0, 0)  # of the newest picture
        self._seen: Held | None = None
        self._luma: Luma | None = None
        self._same_since: float | None = None
        self._guess: Verdict | None = None
        self._times = 0

    @property
    def points(self) -> int:
        """How many points the newest picture has."""
        return self.size[0] * self.size[1]

    @property
    def doubts(self) -> bool:
        """Whether the last look, or the verdict, was a bad one: the next one looks at all pictures,
        for what is broken between two key pictures shows in none of these."""
        return any(one not in (None, Verdict.GOOD) for one in (self._guess, self.verdict))

    def take(self, held: Sequence[Held]) -> Verdict | None:
        """The pictures of these packets, which begin with a key picture, are looked at."""
        if not held or held[0] is self._seen:
            return None
        self._seen = held[0]
        frames, broken = decoded(held)
        if frames:
            self.size = (frames[0].width, frames[0].height)
        found = self._judged(frames, broken, held[0].came_at)
        self._times = self._times + 1 if found is self._guess else 1
        self._guess = found
        sure = self._times >= SURE or (found is Verdict.GOOD and self.verdict is None)
        if found is self.verdict or not sure:
            return None
        self.verdict = found
        return found

    def _judged(self, frames: Sequence[Any], broken: bool, came_at: float) -> Verdict:
        if broken or not frames:
            return Verdict.SCRAMBLED
        luma = luma_of(frames[0])
        was, self._luma = self._luma, luma
        if was is not None and was.shape == luma.shape and unlike(was, luma) < SAME:
            self._same_since = self._same_since or came_at
        else:
            self._same_since = came_at
        if luma.mean() < BLACK_MEAN and luma.std() < BLACK_SPREAD:
            return Verdict.BLACK
        if scrambled(luma):
            return Verdict.SCRAMBLED
        still = came_at - self._same_since >= FROZEN_S
        return Verdict.FROZEN if still else Verdict.GOOD


def decoded(held: Sequence[Held]) -> tuple[list[Any], bool]:
    """The pictures of these packets, and whether some of it was broken."""
    decoder = held[0].session.decoder()
    frames: list[Any] = []
    broken = False
    for one in held:
        packet = av.Packet(bytes(one.packet))  # the ring's own stays as it is
        packet.pts, packet.dts = one.packet.pts, one.packet.dts
        packet.time_base = one.packet.time_base
        try:
            frames += decoder.decode(packet)
        except av.error.FFmpegError:
            broken = True
    try:
        frames += decoder.decode(None)
    except av.error.FFmpegError:
        broken = True
    return frames, broken or any(frame.is_corrupt for frame in frames)


def luma_of(frame: Any) -> Luma:
    """Every second point's brightness."""
    grey = frame if frame.format.name in ("yuv420p", "yuvj420p", "nv12") else None
    if grey is None:
        grey = frame.reformat(format="gray")
    plane = grey.planes[0]
    lines = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return lines[: frame.height, : frame.width].astype(np.int16)


def unlike(one: Luma, other: Luma) -> float:
    """The mean difference of two pictures."""
    return float(np.abs(one[::2, ::2] - other[::2, ::2]).mean())


def scrambled(luma: Luma) -> bool:
    """Whether the picture falls into blocks, or is mostly the grey of nothing."""
    if float((luma == 128).mean()) > GREY_SHARE:
        return True
    return in_blocks(luma, 1) and in_blocks(luma, 0)


def in_blocks(luma: Luma, axis: int) -> bool:
    """Whether the picture breaks off where the coder's blocks meet, all over it and nowhere else.

    Half of those lines must show it: the upright bars of a test picture, or a house front, lie on
    some of them, and what is broken on nearly all.
    """
    steps = np.abs(np.diff(luma, axis=axis)).mean(axis=1 - axis)
    if len(steps) < LEAST_STEPS:
        return False
    edges = float(np.median(steps[BLOCK - 1 :: BLOCK]))
    rest = float(np.delete(steps, np.s_[BLOCK - 1 :: BLOCK]).mean())
    return edges > EDGE and edges > EDGE_TIMES * rest


def write_picture(held: Sequence[Held], file: Path, mask: Sequence[Sequence[float]]) -> None:
    """The newest of these pictures as PNG, its private zones black. Raises OSError or ValueError."""
    frames, _ = decoded(held)
    if not frames:
        raise ValueError("no picture")
    points = frames[-1].to_ndarray(format="rgb24")
    high, wide = points.shape[:2]
    for left, top, width, height in mask:
        down, across = round(top * high), round(left * wide)
        points[down : round((top + height) * high), across : round((left + width) * wide)] = 0
    frame = av.VideoFrame.from_ndarray(points, format="rgb24")
    encoder: Any = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = wide, high, "rgb24"
    encoder.time_base = Fraction(1, 25)
    frame.pts = 0
    data = b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
    with file.open("xb") as out:
        out.write(data)
