"""kill -9 of a whole post amid its acts, again and again; nothing acknowledged may be missing.

    .venv/bin/python tests/faults/kill_cycles.py --cycles 1000 --json

Each cycle opens the folder with the real program, compares it with all that was acknowledged, works,
and is killed at a random moment after its first acknowledgement. Some openings are killed as well.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

if __name__ == "__main__":  # the project, not this folder, is what is imported from
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import sqlalchemy as sa

from console.core.clock import SystemClock, to_text
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.keyfile import read_key
from console.core.tables import outbox
from console.dispatch.store.tables import call_table
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.service import digest
from tests.faults.census import Marks
from tests.faults.post_process import KEYS, Order, PostProcess, make_post
from tests.faults.verdict import Told, Verdict, together

POST = "post-kills"
LIFE = 200  # cycles of one data folder
ACTS = (1, 1, 2, 5, 20)  # acknowledged before the moment of the kill is drawn
LONGEST_S = 0.03  # and after them
DRAINS_WITHIN_S = 120.0


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
        return self.acknowledged >= self.cycles > 0 and not (
            self.lost or self.duplicated or self.half
        )


@dataclass
class Life:
    """One data folder through many kills."""

    folder: Path
    city: City
    draw: random.Random
    rash: bool = False
    verdict: Verdict = field(default_factory=Verdict)
    all_told: list[Told] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    first: Marks = field(default_factory=Marks)
    since: Marks = field(default_factory=Marks)

    @property
    def data(self) -> Path:
        return self.folder / "post"

    def begin(self) -> None:
        """A new post stands, and what it holds already is not counted again."""
        own = self.city.certify(POST)
        road = CityRoad(self.city.url, *(str(place) for place in _files(own)))
        make_post(self.data, POST, road)
        quiet = PostProcess(self._order(works=False))
        quiet.start()
        self.first = self.since = quiet.wait_until_open().marks
        quiet.kill()
        self.all_told.append(Told())

    def cycle(self) -> int:
        """Opened, compared, at work, killed; returns how many acts it acknowledged."""
        if self.draw.random() < 0.15:
            self._kill_an_opening()
        post = PostProcess(self._order(works=True))
        post.start()
        opening = post.wait_until_open()
        self.verdict.add(opening.verdict)
        self.since = opening.marks
        if self.draw.random() < 0.3:
            self._publish()
        wanted = self.draw.choice(ACTS)
        while len(post.told.did) < wanted and post.listen(DRAINS_WITHIN_S):
            continue
        until = time.monotonic() + LONGEST_S * self.draw.random()
        while (left := until - time.monotonic()) > 0 and post.listen(left):
            continue
        post.kill()
        self.all_told.append(post.told)
        return len(post.told.did)

    def end(self) -> None:
        """Everything once more from the first line; then the city has it all, each once."""
        order = self._order(works=False)
        all_told = together(self.all_told)
        post = PostProcess(replace(order, since=self.first, told=all_told, whole=True))
        post.start()
        self.verdict.add(post.wait_until_open().verdict)
        post.say("rest")
        until = time.monotonic() + DRAINS_WITHIN_S
        while not post.drained and post.listen(0.5) and time.monotonic() < until:
            continue
        if not post.drained:
            self.verdict.add(Verdict(lost=1, why=["the city has not got everything in time"]))
        post.say("end")
        post.reap()
        self._compare_with_city()

    def _order(self, *, works: bool) -> Order:
        last = self.all_told[-1] if self.all_told else Told()
        seed = self.draw.randrange(10**9)
        return Order(
            self.data, self.folder / "keys", seed, self.since, last, self.rash and works, works
        )

    def _kill_an_opening(self) -> None:
        """It has nothing to acknowledge, so the next comparison is that of the cycle before."""
        post = PostProcess(self._order(works=False))
        post.start()
        post.listen(self.draw.random() * 0.1)
        post.kill()

    def _publish(self) -> None:
        call_id = new_id()
        payload = {
            "call_id": call_id, "received_at": to_text(SystemClock().now()), "channel": "110",
            "nature": "6003", "level": 3, "report": "噪音扰民", "reporter": {},
            "place": {"text": "解放路", "lat": 35.4, "lon": 116.5, "datum": "wgs84"},
            "due": {"sign_s": 30, "depart_s": 180, "feedback_s": 1800},
        }  # fmt: skip
        self.city.publish(POST, "call.created", payload)
        self.published.append(call_id)

    def _compare_with_city(self) -> None:
        """What the store told stands in the city once, and what the city told in the store."""
        came = [record.event["hash"] for record in self.city.events(POST)]
        database = Database(self.data, read_key(self.data), SystemClock(), EventBus())
        database.start()
        try:
            with database.read() as connection:
                sent = set(connection.execute(sa.select(outbox.c.hash)).scalars())
                days = connection.execute(sa.select(outbox.c.entity, outbox.c.at)).all()
                taken = set(
                    connection.execute(
                        sa.select(call_table.c.id).where(call_table.c.from_city == 1)
                    ).scalars()
                )
                differing = [
                    (entity, day)
                    for entity, day in {(row.entity, row.at.date()) for row in days}
                    if asdict(self.city.digest(POST, entity, f"{day:%Y-%m-%d}"))
                    != asdict(digest(connection, entity, day))
                ]
        finally:
            database.stop()
        self.verdict.add(
            Verdict(
                lost=len(sent - set(came)) + len(set(self.published) - taken),
                duplicated=len(came) - len(set(came)),
                half=len(differing) + len(set(came) - sent),
                why=[f"differs from the city: {one}" for one in differing],
            )
        )


def run(folder: Path, cycles: int, seed: int, rash: bool = False) -> Result:
    """So many kills, in ``folder``; a ``rash`` post acknowledges what it has yet to do."""
    draw = random.Random(seed)
    acknowledged, verdict = 0, Verdict()
    was = os.environ.get(KEYS)
    for first in range(0, cycles, LIFE):
        life_folder = folder / f"life-{first}"
        os.environ[KEYS] = str(life_folder / "keys")
        city = City(life_folder / "city")
        city.start()
        try:
            life = Life(life_folder, city, draw, rash, verdict)
            life.begin()
            for n in range(first, min(first + LIFE, cycles)):
                acknowledged += life.cycle()
                _say(n + 1, cycles, acknowledged, verdict)
            life.end()
        finally:
            city.stop()
            os.environ[KEYS] = was or ""
    if verdict.why:
        print(f"seed {seed}", *verdict.why[:20], sep="\n", file=sys.stderr)
    return Result(cycles, acknowledged, verdict.lost, verdict.duplicated, verdict.half)


def _files(own: object) -> tuple[Path, Path, Path]:
    return own.ca_file, own.certificate_file, own.key_file  # type: ignore[attr-defined]


def _say(done: int, cycles: int, acknowledged: int, verdict: Verdict) -> None:
    if done % 50 == 0 or done == cycles:
        bad = verdict.lost + verdict.duplicated + verdict.half
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
    print(json.dumps(asdict(result)))
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
