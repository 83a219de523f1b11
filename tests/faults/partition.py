"""Three posts and a city over networks that fail, all four killed now and then; in the end they agree.

    .venv/bin/python tests/faults/partition.py --minutes 10 --json

Each is a process of its own, and each post has its own road through a proxy that delays, cuts,
half-closes, corrupts and swallows. At the end the roads are whole and everything drains.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import wait
from pathlib import Path

if __name__ == "__main__":  # the project, not this folder, is what is imported from
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from console.drill.city.city import City
from tests.faults.city_process import CityProcess
from tests.faults.life import Life, new_call, road_of
from tests.faults.post_process import PostProcess
from tests.faults.proxy import FaultProxy, Ill
from tests.faults.verdict import Verdict

POSTS = ("post-east", "post-west", "post-north")
PAUSE_S = 0.3  # the longest between two acts of one worker


@dataclass(frozen=True)
class Result:
    """What so many minutes of trouble have cost. ``faults`` counts the troubles of the roads."""

    minutes: float
    events: int
    kills: int
    faults: int
    lost: int
    duplicated: int
    diverged: int

    @property
    def good(self) -> bool:
        """Something was at stake, and nothing of it went wrong."""
        return self.events > 0 and not (self.lost or self.duplicated or self.diverged)


class Town:
    """The city, the posts, and the proxies between them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.draw = random.Random(seed)
        self.kills: Counter[str] = Counter()
        self.faults: Counter[Ill] = Counter()
        self._folder = folder
        self.lives = {
            post: Life(folder / post, post, random.Random(f"{seed} {post}"), pause_s=PAUSE_S)
            for post in POSTS
        }
        self._proxies: dict[str, FaultProxy] = {}
        self._posts: dict[str, PostProcess] = {}
        self._city: CityProcess | None = None
        self._port = 0
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def begin(self) -> None:
        """Everything runs and every road is whole."""
        city = self._start_city()
        for post, life in self.lives.items():
            proxy = self._proxies[post] = FaultProxy(self._port, self.draw.randrange(10**9))
            proxy.start()
            life.begin(road_of(f"https://127.0.0.1:{proxy.port}", city.roads[post]))
            self._posts[post] = life.open()

    def live(self, seconds: float) -> None:
        """So long the roads fail and processes are killed, each by its own dice."""
        until = time.monotonic() + seconds
        for post in POSTS:
            self._later(1.0, lambda post=post: self._fall_ill(post))  # type: ignore[misc]
        self._later(2.0, self._kill_one)
        self._later(0.5, self._publish)
        while (now := time.monotonic()) < until:
            while self._plan and self._plan[0][0] <= now:
                heapq.heappop(self._plan)[2]()
            self._hear(min(until, self._plan[0][0]) - time.monotonic())

    def end(self) -> int:
        """The roads are whole, everything is sent and compared. Returns how much differs."""
        for proxy in self._proxies.values():
            proxy.heal()
            self.faults += proxy.hits
        for post, process in self._posts.items():
            process.kill()
            self.lives[post].over(process)
        self._posts = {}
        if self._city is not None:
            self._stop_city(self._city)
        self._start_city()
        for life in self.lives.values():
            life.end()
        self.stop()
        city = City(self._folder / "city")
        city.start()
        try:
            return sum(life.compare_with(city) for life in self.lives.values())
        finally:
            city.stop()

    def stop(self) -> None:
        """Nothing runs."""
        for process in self._posts.values():
            process.kill()
        for proxy in self._proxies.values():
            proxy.stop()
        if self._city is not None:
            self._stop_city(self._city)
        self._posts, self._proxies, self._city = {}, {}, None

    def _start_city(self) -> CityProcess:
        city = self._city = CityProcess(self._folder / "city", POSTS, self._port)
        city.start()
        self._port = city.port
        return city

    def _stop_city(self, city: CityProcess) -> None:
        city.kill()
        self._city = None
        for post, call_id in city.published:
            self.lives[post].published.append(call_id)

    def _later(self, most_s: float, work: Callable[[], None], least_s: float = 0.0) -> None:
        at = time.monotonic() + least_s + (most_s - least_s) * self.draw.random()
        heapq.heappush(self._plan, (at, next(self._count), work))

    def _fall_ill(self, post: str) -> None:
        self._proxies[post].fall_ill(self.draw.choice(list(Ill)))
        self._later(4.0, lambda: self._heal(post), 0.2)

    def _heal(self, post: str) -> None:
        self._proxies[post].heal()
        self._later(2.0, lambda: self._fall_ill(post))

    def _kill_one(self) -> None:
        """A post falls, or the city; it comes back soon, and meanwhile others may fall."""
        victim = self.draw.choice((*self._posts, "city"))
        self.kills[victim] += 1
        if victim == "city":
            if self._city is not None:
                self._stop_city(self._city)
                self._later(2.0, self._raise_city)
        else:
            fallen = self._posts.pop(victim)
            fallen.kill()
            self.lives[victim].over(fallen)
            self._later(2.0, lambda: self._reopen(victim))
        self._later(4.0, self._kill_one)

    def _raise_city(self) -> None:
        self._start_city()

    def _reopen(self, post: str) -> None:
        self._posts[post] = self.lives[post].open()

    def _publish(self) -> None:
        if self._city is not None:
            self._city.publish(self.draw.choice(POSTS), new_call())
        self._later(1.0, self._publish)

    def _hear(self, seconds: float) -> None:
        ears = {process.lines: process for process in self._posts.values()}
        also = [] if self._city is None else [self._city.lines]
        for ready in wait([*ears, *also], max(0.0, seconds)):
            if self._city is not None and ready is self._city.lines:
                heard, who = self._city.hear(), "city"
            else:
                process = next(one for lines, one in ears.items() if lines is ready)
                heard, who = process.listen(0.0), process.order.folder.parent.name
            if not heard:
                raise RuntimeError(f"{who} ended by itself")


def run(folder: Path, minutes: float, seed: int) -> Result:
    """So many minutes of trouble, in ``folder``, and then the comparison."""
    town = Town(folder, seed)
    try:
        town.begin()
        town.live(minutes * 60.0)
        differing = town.end()
    finally:
        town.stop()
    verdict = Verdict()
    for life in town.lives.values():
        verdict.add(life.verdict)
    told = f"seed {seed}: faults {dict(town.faults)}, kills {dict(town.kills)}"
    print(told, *verdict.why[:20], sep="\n", file=sys.stderr)
    events = sum(life.events for life in town.lives.values())
    return Result(
        minutes, events, town.kills.total(), town.faults.total(),
        verdict.lost, verdict.duplicated, differing + verdict.half,
    )  # fmt: skip


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="partition-") as folder:
        result = run(Path(folder), args.minutes, args.seed)
    print(json.dumps(asdict(result)) if args.json else result)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
