"""Power cuts: a post works, the power goes at any moment, and the next start must know it all.

    .venv/bin/python tests/faults/power_cuts.py --cuts 20000 --json

Real services act on the real store while every write and sync is recorded. For each cut the disk is
built anew with what was not synced lost, out of order or torn at 512 bytes, and started by the real
program: every acknowledged act must be there, every page and the trail whole, and work must go on.
A part of the days goes on from a disk that a cut has left, so that starts after cuts are cut too.

The same at ``synchronous=NORMAL`` is the control: it must lose, or the whole run is void.

The answer counts, over all cuts, the acts acknowledged before each and those of them not found.
``--seed`` repeats acts and cuts; ids and the cipher's own random bytes differ from run to run.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.faults.cut_check import (
    Cut,
    Verdict,
    found_told,
    judge,
    judge_file,
    laid_out,
    memory,
    put,
)
from tests.faults.disk import Disk, Weather
from tests.faults.disk_log import FolderSynced, Noted, Removed, Renamed, Synced, Truncated
from tests.faults.recorded_day import FULL, Recorded, record, record_on

NORMAL = 1
CUTS_A_DAY = 250
CONTROL_CUTS = 200
_TURNS = (FolderSynced, Noted, Removed, Renamed, Synced, Truncated)


@dataclass(frozen=True, slots=True)
class Result:
    """What all cuts together have cost; ``lost`` and ``corrupt`` must be 0, ``control_lost`` not."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: int = 0
    control_lost: int = 0

    @property
    def proven(self) -> bool:
        """Nothing was lost, and a weaker setting would have lost."""
        return self.cuts > 0 and not self.lost and not self.corrupt and self.control_lost > 0


def run(
    cuts: int,
    seed: int,
    *,
    workers: int = 0,
    acts: int = 60,
    control: int = CONTROL_CUTS,
    keep: Path | None = None,
) -> Result:
    """So many cuts judged, by so many processes (0: in this one), and the control."""
    chance = random.Random(seed)
    verdicts: list[Verdict] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=memory(), prefix="power-cuts-") as folder:
        lost = sum(one.lost for one in _control(Path(folder), chance, acts, control))
        say(f"control: {control} cuts at synchronous=NORMAL lost {lost} acts")
        judged = _judged(Path(folder), chance, (cuts, acts), workers, keep)
        for verdict in judged:
            verdicts.append(verdict)
            if not verdict.fine:
                say(f"seed {seed}: {verdict}")
            if len(verdicts) % 500 == 0:
                rate = len(verdicts) / (time.monotonic() - started)
                say(f"{len(verdicts)} cuts, {rate:.0f} a second")
    return Result(
        len(verdicts),
        sum(one.acknowledged for one in verdicts),
        sum(one.lost for one in verdicts),
        sum(1 for one in verdicts if one.corrupt),
        lost,
    )


def drawn(recorded: Recorded, count: int, chance: random.Random) -> list[Cut]:
    """So many cuts of a day: anywhere, and oftener around syncs, renames and acknowledgements."""
    entries = recorded.log.entries
    turns = [at for at, entry in enumerate(entries) if isinstance(entry, _TURNS)]
    cuts = []
    for _ in range(count):
        at = chance.randint(0, len(entries))
        if chance.random() < 0.5:
            at = min(len(entries), max(0, chance.choice(turns) + chance.randint(-2, 3)))
        cuts.append(Cut(at, chance.randrange(1 << 62)))
    return cuts


def say(text: str) -> None:
    """Progress, for whoever watches."""
    print(text, file=sys.stderr, flush=True)


def _control(folder: Path, chance: random.Random, acts: int, cuts: int) -> Iterable[Verdict]:
    recorded = record(folder / "control", chance, acts, synchronous=NORMAL)
    return judge(recorded, drawn(recorded, cuts, chance))


def _judged(
    folder: Path, chance: random.Random, sizes: tuple[int, int], workers: int, keep: Path | None
) -> Iterator[Verdict]:
    cuts, acts = sizes
    if not workers:
        for recorded, some in _days(folder, chance, cuts, acts):
            yield from judge(recorded, some, keep)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    with pool:
        waiting: list[tuple[Path, list[Future[list[Verdict]]]]] = []
        for number, (recorded, some) in enumerate(_days(folder, chance, cuts, acts)):
            log = folder / f"day-{number}.log"
            log.write_bytes(pickle.dumps(recorded))
            parts = [some[n::workers] for n in range(workers)]
            waiting.append((log, [pool.submit(judge_file, log, one, keep) for one in parts]))
            if len(waiting) > 2:  # days are recorded no faster than they are judged
                yield from _finished(*waiting.pop(0))
        for one in waiting:
            yield from _finished(*one)


def _finished(log: Path, parts: list[Future[list[Verdict]]]) -> Iterator[Verdict]:
    for part in parts:
        yield from part.result()
    log.unlink()


def _days(
    folder: Path, chance: random.Random, cuts: int, acts: int
) -> Iterator[tuple[Recorded, list[Cut]]]:
    """Days and their cuts: a new post, and then the same one after a cut of its first day."""
    number = 0
    while cuts > 0:
        some = min(cuts, CUTS_A_DAY)
        first = record(folder / f"{number}-a", chance, acts, synchronous=FULL)
        yield first, drawn(first, some, chance)
        cuts -= some
        if cuts > 0:
            some = min(cuts, CUTS_A_DAY)
            second = _next_day(folder / f"{number}-b", first, chance, acts)
            yield second, drawn(second, some, chance)
            cuts -= some
        number += 1


def _next_day(place: Path, first: Recorded, chance: random.Random, acts: int) -> Recorded:
    told = first.told()
    at = chance.randint(told[0][0] + 1, len(first.log.entries))
    disk = Disk(first.log)
    disk.go(first.log.entries[:at])
    files = disk.cut(chance, Weather.drawn(chance))
    (place / "papers").mkdir(parents=True)
    put(first, files, place)
    with laid_out(first, files) as copy:
        found = found_told(copy, [one for where, one in told if where < at][-1], first.clock)
    return record_on(place, chance, acts, found, first.clock.at)


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--cuts", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--keep", type=Path, help="bad disks are kept in this folder")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    say(f"seed {args.seed}")
    result = run(args.cuts, args.seed, workers=args.workers, keep=args.keep)
    if args.json:
        print(json.dumps(asdict(result)))
    else:
        print(result)
    if not result.proven:
        say(f"seed {args.seed}: not proven")
    return 0 if result.proven else 1


if __name__ == "__main__":
    sys.exit(main())
