"""Keeps one child alive for at most six tiles. Only the wall's thread calls it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from console.videowall.service.child import Child

log = logging.getLogger(__name__)
MOST_OF_A_CHILD = 6
HUNG_S = 1.2  # without a beat: the child tells five times a second
BIRTH_S = 5.0  # a machine under load may take so long to its first beat
WAIT_S = 2.0  # between children that die before their first beat
WEIGHED_S = 1.0
STILLBORN = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """When a child is bloated, how long one without a tile is kept, what a recording leaves free.

    ``stays``: the first child is kept for the next picture, and a further one stands ready.
    """

    bloated_mb: float = 1200.0
    idle_s: float = 60.0
    reserve_bytes: int = 300 << 20
    stays: bool = True


class Keeper:
    """``child`` is there while it lives; ``step`` says how it went when it is to be buried."""

    def __init__(self, place: int, limits: Limits) -> None:
        self.place = place
        self.child: Child | None = None
        self.stillborn = 0
        self._limits = limits
        self._tried_at = 0.0
        self._weighed_at = 0.0
        self._wanted_at = time.monotonic()

    @property
    def no_player(self) -> bool:
        """Whether child after child died before it told anything."""
        return self.stillborn >= STILLBORN

    @property
    def may_try(self) -> bool:
        """Whether another child may be started now."""
        if self.child is not None:
            return False
        return not self.no_player or time.monotonic() - self._tried_at >= WAIT_S

    def take(self, child: Child | None, orders: Iterable[Mapping[str, Any]]) -> None:
        """This child serves the tiles from now on; None: it could not be started."""
        self._tried_at = self._wanted_at = time.monotonic()
        self.child = child
        if child is None:
            self.stillborn = STILLBORN
            return
        child.born_at = self._tried_at
        if child.beat_at is not None:
            child.beat_at = self._tried_at
        for order in orders:
            child.tell(order)

    def beat(self) -> None:
        """The child has told how its tiles stand."""
        if self.child is not None:
            self.child.beat_at = time.monotonic()
        self.stillborn = 0

    def fault(self) -> str:
        """``hung`` or ``bloated`` when the child is to be replaced, else empty."""
        child, now = self.child, time.monotonic()
        if child is None:
            return ""
        if child.silent_s() > (BIRTH_S if child.beat_at is None else HUNG_S):
            return "hung"
        if now - self._weighed_at < WEIGHED_S:
            return ""
        self._weighed_at = now
        return "bloated" if weight_mb(child.pid) > self._limits.bloated_mb else ""

    def bury(self, how: str) -> None:
        """The child is gone."""
        child, self.child = self.child, None
        if child is None:
            return
        if how != "ended":
            child.kill()
        child.end()
        log.warning("player %d %s (status %s)", self.place, how, child.status)
        if child.beat_at is None:
            self.stillborn += 1

    def rest(self, wanted: bool) -> None:
        """A child that no tile needs ends after a while; the first one may stay."""
        now = time.monotonic()
        if wanted:
            self._wanted_at = now
        elif (
            (self.place or not self._limits.stays)
            and self.child is not None
            and now - self._wanted_at > self._limits.idle_s
        ):
            self.child.end()
            self.child = None


class Spares:
    """The next children wait with their libraries loaded: that takes longest."""

    def __init__(self, bear: Callable[[], Child | None]) -> None:
        self._children: list[Child] = []
        self._not_before = 0.0
        self._bear = bear

    def ready(self, count: int = 1) -> bool:
        """Whether so many have told something."""
        return sum(child.beat_at is not None for child in self._children) >= count

    def keep(self, drawn: bool, count: int = 1) -> None:
        """There are so many at least."""
        while len(self._children) < count and time.monotonic() >= self._not_before:
            child = self._bear()
            if child is None:
                self._not_before = time.monotonic() + WAIT_S
                return
            child.tell({"order": "warm", "drawn": drawn})
            self._children.append(child)

    def take(self) -> Child | None:
        """The spare that is ready soonest, or a child just born; None if it cannot be started."""
        return self._children.pop(0) if self._children else self._bear()

    def hear(self, number: int, ended: bool) -> bool:
        """One of them told something, or its output ended; False when it is none of them."""
        child = next((one for one in self._children if one.number == number), None)
        if child is None:
            return False
        child.beat_at = child.born_at
        if ended:
            self._children.remove(child)
            self._not_before = time.monotonic() + WAIT_S
            child.end()
        return True

    def drop(self) -> None:
        """There is none."""
        while self._children:
            self._children.pop().end()


def weight_mb(pid: int) -> float:
    """What the process holds in memory; 0 when it is gone."""
    try:
        return float(psutil.Process(pid).memory_info().rss) / 1e6
    except psutil.Error:
        return 0.0
