"""One post in this process: the real store, sender and receiver; dies on order, is restored, is cloned."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from console.core import backup, restore
from console.core.actor import SYSTEM, Actor
from console.core.database import Act, Database
from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.core.outbox import Lane
from console.core.tables import outbox
from console.settings import CityRoad
from console.sync.model import Pace
from console.sync.service import Road
from console.sync.service.road import Ground
from console.sync.service.worker import Worker
from tests.faults.sync_city import LATE_KIND, POST, Fuse
from tests.faults.sync_net import MemoryNetwork, MemoryStream, PostDied, WallClock, WorldClock
from tests.sync.roads import example

PACE = Pace(feed_wait_s=20.0)
ADDRESS = CityRoad(url="https://city.test", ca_file="-", certificate_file="-", key_file="-")
CHIEF = Actor("officer", "0001", frozenset({"chief", "technician", "duty_officer", "auditor"}))
KINDS = {
    Lane.URGENT: ("call.signed", "call.feedback"),
    Lane.CUSTODY: ("firearm.issued",),
    Lane.DAILY: ("unit.status", LATE_KIND),
    Lane.POSITIONS: ("unit.position",),
}
PAYLOADS = {kind: example("upward", kind) for kinds in KINDS.values() for kind in kinds}
PAYLOADS["order.received"] = example("upward", "order.received")


class Written(NamedTuple):
    """An event that a committed act wrote: this must come to the city, once."""

    event_id: str
    lane: int
    entity: str
    entity_id: str
    kind: str
    rev: int
    payload: str


class Around(Protocol):
    """What a post finds in its world."""

    clock: WorldClock
    ids: list[str]
    mended: bool

    def connect(self) -> MemoryStream:
        """A connection to the city."""


class PostHouse:
    """One data folder and the console on it. ``journal`` holds what committed acts wrote, by id."""

    def __init__(self, folder: Path, around: Around) -> None:
        self.folder = folder
        self.around = around
        self.wall = WallClock(around.clock)
        self.fuse = Fuse(lambda: PostDied(self))
        self._unnoted: list[str] = []
        self.journal: dict[str, Written] = {}
        self.backups: list[tuple[Path, dict[str, Written]]] = []
        self.revs: dict[str, int] = {}
        self.slow_s = 0.0
        self.parts: dict[str, Worker] = {}
        self.due: dict[str, float] = {}
        self.busy: list[str] = []

    def start(self, key: bytes) -> None:
        """The console runs on its folder."""
        self.key = key
        bus = EventBus()
        self.database = Database(self.folder, key, self.wall, bus)
        self.database.start()
        self.fuse.watch(self.database.engine, lambda: self.around.clock.pass_(self.slow_s))
        network = MemoryNetwork(self.around.connect)
        ground = Ground(lambda _patience, _connect_s: network, _Unhalted(self.around.clock))  # type: ignore[arg-type]
        handlers = {"call.created": self._take, "order.issued": self._take_and_tell}
        self.road = Road(self.database, bus, self.wall, ADDRESS, handlers, PACE, ground)
        self.parts = {part.name: part for part in self.road.prepare()}
        self.due = {}
        self.busy = []

    def stop(self) -> None:
        """The process is gone; what was not committed is gone with it."""
        self.fuse.out()
        for part in self.parts.values():
            part.close()
        self.database.stop()

    def restart(self) -> None:
        """A new process on the same folder."""
        self.stop()
        self.start(self.key)

    def turn(self, part: str) -> None:
        """This part takes one turn."""
        self.busy.append(part)
        try:
            rest = self._noting(self.parts[part].turn)
            self.due[part] = self.around.clock.elapsed + rest.seconds
        finally:
            if self.busy:
                self.busy.pop()

    def tell(self, lane: Lane, which: int, bad: bool, count: int) -> None:
        """One act writes so many events about one entity."""
        kind = KINDS[lane][which % len(KINDS[lane])]
        entity = kind.partition(".")[0]
        entity_id = f"{entity}-{which % 3}"
        self.around.clock.pass_(0.002)

        def work() -> None:
            with self.database.act(SYSTEM) as act:
                for _ in range(count):
                    rev = self.revs[entity_id] = self.revs.get(entity_id, 0) + 1
                    payload = {"wrong": [which]} if bad else PAYLOADS[kind]
                    act.tell_city(lane, entity, entity_id, kind, rev, payload)
                act.audit("proof.told", entity, entity_id)

        self._noting(work)

    def person(self, work: Callable[[], object]) -> None:
        """A person does this; a rule may say no."""
        self.around.clock.pass_(0.002)
        try:
            self._noting(work)
        except ConsoleError:
            return

    def back_up(self) -> None:
        """A backup of the store lies beside it."""
        file = self.folder.with_name(f"{self.folder.name}-{len(self.backups)}.backup")
        backup.write(self.database, SYSTEM, file)
        self.backups.append((file, dict(self.journal)))

    def restore(self, index: int) -> set[str]:
        """The console runs on this backup; the ids of what it does not know any more."""
        file, journal = self.backups[index]
        self.stop()
        restore.restore(file, self.folder, self.wall, SYSTEM, force=True, key_file=None)
        lost = set(self.journal) - set(journal)
        self.journal = dict(journal)
        self.start(self.key)
        return lost

    def clone(self, folder: Path) -> PostHouse:
        """A second console on a copy of the disk, under the same identity."""
        shutil.copytree(self.folder, folder)
        twin = PostHouse(folder, self.around)
        twin.wall.skew = self.wall.skew
        twin.journal, twin.revs = dict(self.journal), dict(self.revs)
        twin.start(self.key)
        return twin

    def _noting(self, work: Callable[[], Any]) -> Any:
        """The work is done; what it committed stands in the journal. After a death ``rise`` notes it."""
        before = len(self.around.ids)
        try:
            done = work()
            self._note(self.around.ids[before:])
        except PostDied:
            self._unnoted += self.around.ids[before:]
            raise
        return done

    def rise(self) -> None:
        """After a death: a new process, and the journal holds what had been committed."""
        self.restart()
        self._note(self._unnoted)
        self._unnoted = []

    def _note(self, ids: list[str]) -> None:
        if not ids:
            return
        with self.database.read() as connection:
            columns = (outbox.c[name] for name in Written._fields[:-1])
            text = sa.type_coerce(outbox.c.payload, sa.Text)
            rows = connection.execute(sa.select(*columns, text).where(outbox.c.event_id.in_(ids)))
            self.journal |= {row[0]: Written(*row) for row in rows}

    def _take(self, act: Act, payload: dict[str, Any]) -> None:
        if payload["report"] == "too early" and not self.around.mended:
            raise Refused("proof.too_early")
        if payload["report"] == "a bug" and not self.around.mended:
            raise LookupError("a bug of the room")
        act.audit("proof.taken", "feed_item", payload["call_id"])

    def _take_and_tell(self, act: Act, payload: dict[str, Any]) -> None:
        order = payload["order_id"]
        told = {**PAYLOADS["order.received"], "order_id": order}
        act.audit("proof.taken", "feed_item", order)
        act.tell_city(Lane.DAILY, "order", order, "order.received", 1, told)


class _Unhalted:
    """Stands where threads wait for the halt: nobody halts, and the waits are virtual."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock

    def is_set(self) -> bool:
        return False

    def clear(self) -> None:
        """Nothing was set."""

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.pass_(timeout or 0.0)
        return False


__all__ = ["CHIEF", "POST", "PostHouse", "Written"]
