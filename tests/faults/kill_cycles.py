"""kill -9 of a whole post amid its acts, again and again; nothing acknowledged may be missing.

    .venv/bin/python tests/faults/kill_cycles.py --cycles 1000 --json

Each cycle opens the folder with the real program, compares it with all that was acknowledged, works,
and is killed at a random moment after its first acknowledgement. Some openings are killed as well.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

if __name__ == "__main__":  # the project, not this folder, is what is imported from
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from console.drill.city.city import City
from tests.faults.life import Life, new_call, road_of
from tests.faults.verdict import Verdict

POST = "post-kills"
LIFE = 200  # cycles of one data folder
ACTS = (1, 1, 2, 5, 20)  # acknowledged before the moment of the kill is drawn
LONGEST_S = 0.03  # and after them
ACTS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Result:
    """What so many kills have cost."""

    cycles: int
    acknowledged: int
    lost: int
    duplicated: int
    half: int

    @property
    def good(self) -> bool:
        """Something was at stake, and nothing of it went wrong."""
        bad = self.lost or self.duplicated or self.half
        return self.acknowledged >= self.cycles > 0 and not bad


def run(folder: Path, cycles: int, seed: int, rash: bool = False) -> Result:
    """So many kills, in ``folder``; a ``rash`` post acknowledges what it has yet to do."""
    draw = random.Random(seed)
    acknowledged, verdict = 0, Verdict()
    for first in range(0, cycles, LIFE):
        place = folder / f"life-{first}"
        city = City(place / "city")
        city.start()
        try:
            life = Life(place, POST, draw, rash)
            life.begin(road_of(city.url, city.certify(POST)))
            for n in range(first, min(first + LIFE, cycles)):
                _cycle(life, city)
                _say(n + 1, cycles, acknowledged + life.acknowledged, verdict, life.verdict)
            life.end()
            life.verdict.half += life.compare_with(city)
        finally:
            city.stop()
        acknowledged += life.acknowledged
        verdict.add(life.verdict)
    if verdict.why:
        print(f"seed {seed}", *verdict.why[:20], sep="\n", file=sys.stderr)
    return Result(cycles, acknowledged, verdict.lost, verdict.duplicated, verdict.half)


def _cycle(life: Life, city: City) -> None:
    """Opened, compared, at work, killed."""
    if life.draw.random() < 0.15:
        opening = life.open(works=False)
        opening.listen(life.draw.random() * 0.1)
        opening.kill()
        life.over(opening)
    post = life.open()
    post.wait_until_open()
    if life.draw.random() < 0.3:
        call = new_call()
        city.publish(POST, "call.created", call)
        life.published.append(call["call_id"])
    wanted = life.draw.choice(ACTS)
    while len(post.told.did) < wanted and post.listen(ACTS_WITHIN_S):
        continue
    until = time.monotonic() + LONGEST_S * life.draw.random()
    while (left := until - time.monotonic()) > 0 and post.listen(left):
        continue
    post.kill()
    life.over(post)


def _say(done: int, cycles: int, acknowledged: int, *verdicts: Verdict) -> None:
    if done % 50 == 0 or done == cycles:
        bad = sum(v.lost + v.duplicated + v.half for v in verdicts)
        print(f"{done} kills, {acknowledged} acknowledged, {bad} bad", file=sys.stderr)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        result = run(Path(folder), args.cycles, args.seed)
    print(json.dumps(asdict(result)) if args.json else result)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
