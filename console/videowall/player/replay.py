"""A film that is shown from a place at a moment, so that several run together by the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from console.videowall.model import Start

TICKS = 90_000  # a second, as MPEG-TS counts
RUSH = 50.0  # times as fast runs what lies between the key picture and the place asked for


class Played:
    """The packets of a film from ``start`` on, each in its time, with time stamps to match."""

    def __init__(self, start: Start, ended: threading.Event) -> None:
        self._start, self._ended = start, ended
        self._from_s = 0.0  # of the film, where it is entered

    def packets(self, came: Any) -> Iterator[Any]:
        """From the key picture before the place where the film must be now, each when it is due."""
        picture = came.streams.video[0]
        base = Fraction(picture.time_base)
        first = picture.start_time or 0
        self._from_s = self._start.position_at(time.time())
        came.seek(int(Fraction(self._from_s) / base) + first, stream=picture, backward=True)
        last = 0
        for packet in self._entered(came.demux(picture), first, base):
            shown = packet.dts if packet.pts is None else packet.pts
            at_s, shown_s = float((packet.dts - first) * base), float((shown - first) * base)
            self._wait(at_s)
            if self._ended.is_set():
                return
            last = max(last + 1, self._tick(at_s))
            packet.time_base = Fraction(1, TICKS)
            packet.dts, packet.pts = last, max(last, self._tick(shown_s))
            yield packet

    def _entered(self, packets: Iterator[Any], first: int, base: Fraction) -> Iterator[Any]:
        """From the last key picture before the place, wherever the library could jump to."""
        held: list[Any] = []
        before = True
        for packet in packets:
            if self._ended.is_set():
                return
            if packet.dts is None:
                continue
            if before and float((packet.dts - first) * base) < self._from_s:
                held = [packet] if packet.is_keyframe else [*held, packet]
                continue
            if before:
                before = False
                yield from held
            yield packet

    def _wait(self, at_s: float) -> None:
        due = self._start.moment_of(at_s) - time.time()
        if due > 0:
            self._ended.wait(due)

    def _tick(self, at_s: float) -> int:
        """Its time stamp: what lies before the place runs past, what follows keeps the rate."""
        rate = RUSH if at_s < self._from_s else self._start.rate
        return TICKS + round((at_s - self._from_s) / rate * TICKS)
