"""Replay by the clock on the wall: several films, one moment, and where each of them is then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from console.videowall.model.recording import Moment, Recording

RATES = (1.0, 2.0, 4.0)
_START = re.compile(r"#t=(\d+(?:\.\d+)?)&at=(\d+(?:\.\d+)?)&rate=(\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class Start:
    """A film is ``position_s`` in at the moment ``at_unix_s`` and runs ``rate`` times as fast.

    Whoever opens it later, or again, finds from that where it must be: so films stay together.
    """

    position_s: float
    at_unix_s: float
    rate: float = 1.0

    def position_at(self, unix_s: float) -> float:
        """Where the film is then; before its moment it waits at the start."""
        return self.position_s + max(0.0, unix_s - self.at_unix_s) * self.rate

    def moment_of(self, position_s: float) -> float:
        """When this place of the film is to be seen, in seconds of Unix time."""
        return self.at_unix_s + (position_s - self.position_s) / self.rate


def film_address(path: str, start: Start) -> str:
    """The address of a film that is shown from there: ``file://…#t=…&at=…&rate=…``."""
    where = f"t={start.position_s:.3f}&at={start.at_unix_s:.3f}&rate={start.rate:g}"
    return f"file://{quote(path)}#{where}"


def start_of(address: str) -> tuple[str, Start | None]:
    """The address without its start, and the start; None where none is told."""
    found = _START.search(address) if address.startswith("file:") else None
    if found is None:
        return address, None
    position, at, rate = (float(text) for text in found.groups())
    return address[: found.start()], Start(position, at, rate) if rate > 0 else None


@dataclass(frozen=True, slots=True)
class CallStory:
    """The timeline of a call beside a replay, and what the call is called."""

    title: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """Kept recordings that are seen together, from the first moment of any to the last."""

    films: tuple[Recording, ...]
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, films: Sequence[Recording]) -> Replay:
        """The replay of these; each must know when it began and ended."""
        spans = [(one.began_at, one.ended_at) for one in films]
        begins = [begun for begun, _ in spans if begun is not None]
        ends = [ended for _, ended in spans if ended is not None]
        assert len(begins) == len(ends) == len(films) > 0
        return cls(tuple(films), min(begins), max(ends))

    @property
    def length_s(self) -> float:
        """From the first moment to the last."""
        return (self.ends - self.begins).total_seconds()

    def within(self, moment: datetime) -> datetime:
        """The moment, or the nearest one of the replay."""
        return min(max(moment, self.begins), self.ends)

    def positions(self, moment: datetime) -> tuple[float | None, ...]:
        """How far into each film this moment is, in seconds; None where it has no picture of it."""
        return tuple(
            (moment - one.began_at).total_seconds()
            if one.began_at is not None and one.spans(moment)
            else None
            for one in self.films
        )

    def best_begin(self, story: CallStory | None) -> datetime:
        """Where a replay begins: at the call's first line that has a picture, else at its start."""
        lines = story.moments if story is not None else ()
        seen = (line.at for line in lines if any(one.spans(line.at) for one in self.films))
        return min(seen, default=self.begins)


@dataclass(frozen=True, slots=True)
class Course:
    """How the replay runs: from ``moment``, which stands until ``since_s`` of a steady clock."""

    moment: datetime
    since_s: float
    rate: float = 1.0
    running: bool = True

    def at(self, now_s: float) -> datetime:
        """The moment that is shown now."""
        if not self.running:
            return self.moment
        return self.moment + timedelta(seconds=max(0.0, now_s - self.since_s) * self.rate)
