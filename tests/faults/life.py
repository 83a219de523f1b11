"""The life of one data folder through many processes, and all that was said on the way."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.core.clock import SystemClock, to_text
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.keyfile import read_key
from console.core.tables import outbox
from console.dispatch.store.tables import call_table
from console.drill.city.authority import Credentials
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.service import digest
from tests.faults.census import Marks
from tests.faults.post_process import KEYS, Order, PostProcess, make_post
from tests.faults.verdict import Told, Verdict, together

DRAINS_WITHIN_S = 300.0


@dataclass
class Life:
    """One post in ``folder``. What its processes cost stands in ``verdict``."""

    folder: Path
    post: str
    draw: random.Random
    rash: bool = False
    pause_s: float = 0.01
    verdict: Verdict = field(default_factory=Verdict)
    all_told: list[Told] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    events: int = 0
    _first: Marks = field(default_factory=Marks)
    _since: Marks = field(default_factory=Marks)

    @property
    def acknowledged(self) -> int:
        """How many acts its processes have acknowledged."""
        return sum(len(told.did) for told in self.all_told)

    def begin(self, road: CityRoad) -> None:
        """A new post stands, and what it holds already is not counted again."""
        with self.keys():
            make_post(self._data, self.post, road)
        quiet = PostProcess(self._order(works=False))
        quiet.start()
        self._first = quiet.wait_until_open().marks
        quiet.kill()
        self.over(quiet)

    def open(self, *, works: bool = True) -> PostProcess:
        """A process opens the folder, compares it with what was said, and works."""
        process = PostProcess(self._order(works=works))
        process.start()
        return process

    def over(self, process: PostProcess) -> None:
        """The process has ended. One that fell before it had compared leaves that to the next."""
        if process.opening is not None:
            if self.all_told:
                self.all_told[-1].settled(process.opening.verdict.done)
            self.verdict.add(process.opening.verdict)
            self._since = process.opening.marks
            self.all_told.append(process.told)

    def end(self) -> None:
        """Everything is compared once more from the first line, and the city has it all."""
        order = self._order(works=False)
        all_told = together(self.all_told)
        published = tuple(self.published)
        process = PostProcess(
            replace(order, since=self._first, told=all_told, whole=True, published=published)
        )
        process.start()
        self.verdict.add(process.wait_until_open().verdict)
        process.say("rest")
        until = time.monotonic() + DRAINS_WITHIN_S
        while not process.rested and process.listen(0.5) and time.monotonic() < until:
            continue
        if not process.rested:
            process.say("enough")
        process.say("end")
        process.reap()
        if process.stuck:
            self.verdict.add(Verdict(lost=1, why=[f"not everything is sent: {process.stuck}"]))

    def compare_with(self, city: City) -> int:
        """What the store told stands in the city once, and what the city told in the store.

        Returns on how many entities and days the two do not agree.
        """
        came = [record.event["hash"] for record in city.events(self.post)]
        self.events = len(came)
        with self._opened() as database, database.read() as connection:
            sent = set(connection.execute(sa.select(outbox.c.hash)).scalars())
            rows = connection.execute(sa.select(outbox.c.entity, outbox.c.at)).all()
            from_city = sa.select(call_table.c.id).where(call_table.c.from_city == 1)
            taken = set(connection.execute(from_city).scalars())
            differing = [
                f"{self.post}: {entity} of {day} differs from the city"
                for entity, day in sorted({(row.entity, row.at.date()) for row in rows})
                if asdict(city.digest(self.post, entity, f"{day:%Y-%m-%d}"))
                != asdict(digest(connection, entity, day))
            ]
        lost = len(sent - set(came)) + len(set(self.published) - taken)
        strange = len(set(came) - sent)
        duplicated = len(came) - len(set(came)) + strange
        self.verdict.add(Verdict(lost, duplicated, 0, differing))
        return len(differing)

    @contextmanager
    def keys(self) -> Iterator[None]:
        """This folder's keys are those of the process."""
        was = os.environ.get(KEYS)
        os.environ[KEYS] = str(self.folder / "keys")
        try:
            yield
        finally:
            if was is None:
                del os.environ[KEYS]
            else:
                os.environ[KEYS] = was

    @property
    def _data(self) -> Path:
        return self.folder / "post"

    def _order(self, *, works: bool) -> Order:
        last = self.all_told[-1] if self.all_told else Told()
        return Order(
            self._data, self.folder / "keys", self.draw.randrange(10**9), self._since, last,
            self.rash and works, works, pause_s=self.pause_s,
        )  # fmt: skip

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        with self.keys():
            key = read_key(self._data)
        database = Database(self._data, key, SystemClock(), EventBus())
        database.start()
        try:
            yield database
        finally:
            database.stop()


def road_of(url: str, own: Credentials) -> CityRoad:
    """The road to this address with these files."""
    return CityRoad(url, str(own.ca_file), str(own.certificate_file), str(own.key_file))


def new_call() -> dict[str, Any]:
    """A call of the city."""
    return {
        "call_id": new_id(), "received_at": to_text(SystemClock().now()), "channel": "110",
        "nature": "6003", "level": 3, "report": "噪音扰民", "reporter": {},
        "place": {"text": "解放路", "lat": 35.4, "lon": 116.5, "datum": "wgs84"},
        "due": {"sign_s": 30, "depart_s": 180, "feedback_s": 1800},
    }  # fmt: skip
