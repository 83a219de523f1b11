"""Thousands of schedules of trouble on the road between a post and the city, none of which may lose a row.

The real sender, receiver and store of the console talk with the real application of the reference
city, in one process, without sockets or sleep; what happens, and when, follows from a seed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import secrets
import shutil
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from console.core.canonical import sha256_hex
from console.core.clock import SystemClock, to_text
from console.core.database import Database
from console.core.engine import make_engine
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.drill.city.tables import make_engine as make_city_engine
from console.sync.service.contract import Contract
from tests.faults.sync_city import POST, CityHouse
from tests.faults.sync_net import WallClock, WorldClock
from tests.faults.sync_plan import Step, plan
from tests.faults.sync_verdict import Verdict, settle
from tests.faults.sync_world import World

_AT_ONCE = 50  # schedules that one process takes before it tells how it went
Spoil = Callable[[World], None]


@dataclass(frozen=True)
class Result:
    """The sums over all schedules; ``failures`` are the seeds, the cut-down steps, and what was wrong."""

    schedules: int
    events: int
    lost: int
    duplicated: int
    diverged: int
    failures: tuple[dict[str, Any], ...] = field(default=(), compare=False)

    @property
    def well(self) -> bool:
        """Nothing was lost, duplicated or diverged, and something was tried."""
        return self.events > 0 and not (self.lost or self.duplicated or self.diverged)


class Stage:
    """One process's folder with the templates; ``play`` runs one schedule on fresh copies of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clock = WorldClock()
        self._wall = WallClock(self._clock)
        self._template = folder / "template"
        self._contract = Contract()
        self._contract.start()
        self._key = create_key(self._template)
        store = Database(self._template, self._key, SystemClock(), EventBus())
        store.create(POST)
        (folder / "city").mkdir()
        self._database_engine = lru_cache(make_engine)
        self._city_engine = lru_cache(make_city_engine)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        with patch("console.drill.city.store.make_engine", self._city_engine):
            self._city = CityHouse(folder / "city", self._clock)

    def play(
        self, seed: int, steps: Sequence[Step], spoil: Spoil | None = None
    ) -> tuple[Verdict, str]:
        """What the steps led to, and a fingerprint of it: the same steps give the same one."""
        self._clock.elapsed = 1000.0
        self._wall.skew *= 0
        random.seed(seed)
        place = self._folder / "post"
        shutil.copytree(self._template, place)
        ids: list[str] = []
        try:
            with self._ordered(ids):
                self._city.open()
                world = World(self._city, self._wall, place, self._key)
                world.ids = ids
                try:
                    if spoil is not None:
                        spoil(world)
                    for step in steps:
                        world.take(step)
                    verdict = settle(world)
                    rows = [tuple(row) for row in self._city.rows()]
                    return verdict, sha256_hex([rows, self._clock.elapsed])
                finally:
                    world.close()
        finally:
            for left in self._folder.glob("post*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            shutil.rmtree(self._folder / "twin", ignore_errors=True)

    def mend(self) -> None:
        """What ``spoil`` put in the city's place is gone."""
        for name in ("take", "state"):
            vars(self._city.store).pop(name, None)

    def close(self) -> None:
        """The loop is closed."""
        self._city.loop.close()

    @contextmanager
    def _ordered(self, ids: list[str]) -> Iterator[None]:
        """What is drawn by chance or told by the machine's clock comes in a fixed order."""
        count = iter(range(1, 1 << 40))

        def new_id() -> str:
            number = next(count)
            ids.append(f"019aa000-0000-7000-8000-{number:012x}")
            return ids[-1]

        def now_text() -> str:
            return to_text(self._wall.now())

        with ExitStack() as patched:
            for name, put in {
                "console.core.outbox.new_id": new_id,
                "console.drill.city.store._new_id": lambda: f"019bb000{new_id()[8:]}",
                "console.drill.city.store.now_text": now_text,
                "console.drill.city.app.now_text": now_text,
                "console.sync.service.road.Contract": lambda: _Standing(self._contract),
                "console.sync.service.client.tls_context": lambda _city: self._tls,
                "console.core.database.make_engine": self._database_engine,
                "console.drill.city.store.make_engine": self._city_engine,
                "secrets.token_hex": lambda size: f"{next(count):0{2 * size}x}",
            }.items():
                patched.enter_context(patch(name, put))
            yield


class _Standing:
    """A contract that was read once for all schedules."""

    def __init__(self, contract: Contract) -> None:
        self.fault, self.knows = contract.fault, contract.knows

    def start(self) -> None:
        """It stands."""


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage in memory where the machine has such a place."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        with patch.dict(os.environ, {"POST_CONSOLE_KEYS": f"{name}/keys"}):
            found = Stage(Path(name))
            try:
                yield found
            finally:
                found.close()


def cut_down(on: Stage, seed: int, steps: Sequence[Step], spoil: Spoil | None = None) -> list[Step]:
    """Fewer steps that still go wrong: none of them can be left out."""
    left = list(steps)
    size = max(1, len(left) // 2)
    while size:
        start = 0
        while start < len(left):
            fewer = left[:start] + left[start + size :]
            if _play(on, seed, fewer, spoil).well:
                start += size
            else:
                left = fewer
        size //= 2
    return left


def _play(on: Stage, seed: int, steps: Sequence[Step], spoil: Spoil | None) -> Verdict:
    try:
        return on.play(seed, steps, spoil)[0]
    except Exception as broken:  # noqa: BLE001  (a bug on either side is a finding)
        return Verdict(diverged=[f"the schedule broke off: {broken!r}"])


def play_some(seeds: Sequence[int], spoil: Spoil | None = None) -> Result:
    """These schedules were played in this process."""
    events = lost = duplicated = diverged = 0
    failures: list[dict[str, Any]] = []
    with stage() as on:
        for seed in seeds:
            steps = plan(seed)
            verdict = _play(on, seed, steps, spoil)
            events += verdict.events
            lost += len(verdict.lost)
            duplicated += len(verdict.duplicated)
            diverged += len(verdict.diverged)
            if not verdict.well:
                fewer = cut_down(on, seed, steps, spoil) if len(failures) < 2 else steps
                wrong = asdict(_play(on, seed, fewer, spoil))
                wrong.pop("events")
                failures.append({"seed": seed, "steps": [str(step) for step in fewer], **wrong})
    return Result(len(seeds), events, lost, duplicated, diverged, tuple(failures))


def run(
    schedules: int,
    seed: int | None = None,
    processes: int = 2,
    tell: Callable[[str], None] = lambda _: None,
    spoil: Spoil | None = None,
) -> Result:
    """So many schedules with seeds from ``seed`` on, in so many processes."""
    first = secrets.randbelow(1 << 40) if seed is None else seed
    seeds = range(first, first + schedules)
    tell(f"seeds {first} to {first + schedules - 1}")
    shares = [seeds[at : at + _AT_ONCE] for at in range(0, schedules, _AT_ONCE)]
    work = partial(play_some, spoil=spoil)
    if processes == 1 or len(shares) == 1:
        return _sum(map(work, shares), tell)
    with get_context("spawn").Pool(processes, _calm_down) as pool:
        return _sum(pool.imap_unordered(work, shares), tell)


def _calm_down() -> None:
    logging.disable(logging.CRITICAL)


def _sum(parts: Iterator[Result], tell: Callable[[str], None]) -> Result:
    total, began = Result(0, 0, 0, 0, 0), time.monotonic()
    for part in parts:
        total = Result(
            total.schedules + part.schedules,
            total.events + part.events,
            total.lost + part.lost,
            total.duplicated + part.duplicated,
            total.diverged + part.diverged,
            total.failures + part.failures,
        )
        for failure in part.failures:
            tell(json.dumps(failure, indent=1, ensure_ascii=False))
        if part.failures or total.schedules % 500 == 0:
            rate = total.schedules / max(time.monotonic() - began, 1e-6)
            tell(
                f"{total.schedules} schedules, {total.events} events, {rate:.1f} schedules a second"
            )
    return total


def main() -> int:
    """The command line; 0 when nothing was lost, duplicated or diverged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=None, help="the first schedule's seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    told = parser.parse_args()
    _calm_down()
    result = run(
        told.schedules, told.seed, told.processes, lambda line: print(line, file=sys.stderr)
    )
    sums = {name: value for name, value in asdict(result).items() if name != "failures"}
    print(json.dumps(sums) if told.json else sums)
    return 0 if result.well else 1


if __name__ == "__main__":
    raise SystemExit(main())
