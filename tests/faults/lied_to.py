"""A whole post that is lied to: the sample post's store, the real road, and every row of it watched."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import sqlalchemy as sa

from console.core import audit
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.keyfile import read_key
from console.core.outbox import CityTold, Lane
from console.core.words import catalogue
from console.dispatch.model.call import NewCall
from console.dispatch.service import take_call
from console.drill.city.city import SAMPLE_POST
from console.drill.sample_post import make_sample_post
from console.gridmap.service import Roads
from console.settings import CityRoad
from console.sync.model import Pace, RoadState
from console.sync.service import Road, quarantined, resume_lane, set_aside
from console.wiring import city_handlers
from tests.conftest import ALL_ROLES
from tests.faults.lies import LyingCity, Memory
from tests.sync.roads import example, tell

from console.core.actor import Actor  # isort: skip

CHIEF = Actor("officer", "0101", ALL_ROLES)
PACE = Pace(
    first_s=0.02, longest_s=0.1, poll_s=0.05, feed_wait_s=0.3, connect_s=1.0, answer_s=2.0,
    state_every_s=0.3,
)  # fmt: skip
HURRIED = replace(PACE, connect_s=0.4, answer_s=0.2)
PATIENCE_S = 20.0
MOST_MEMORY = 160 << 20
Rows = dict[str, dict[tuple[object, ...], tuple[object, ...]]]

# What any answer may add, and which columns of which rows it may change.
MAY_ADD = frozenset({"audit_trail", "feed_seen", "quarantine", "sync_lane", "sync_feed"})
MAY_CHANGE = {
    "sync_lane": {"acked_through", "acked_at", "stopped", "stopped_at"},
    "sync_feed": {"cursor", "server_epoch"},
    "outbox": {"state", "settled_at", "reason_code", "reason"},
}


def rows(database: Database) -> tuple[Rows, dict[str, list[str]]]:
    """Every row of every table by its key, as the file has it; and the names of the columns.

    But for the search indexes: they follow the rows that they find.
    """
    found: Rows = {}
    columns: dict[str, list[str]] = {}
    with database.read() as connection:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\'"
        for (table,) in connection.exec_driver_sql(listed).all():
            told = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
            columns[table] = [row[1] for row in told]
            keys = [row[0] for row in told if row[5]] or [row[0] for row in told]
            read = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            found[table] = {tuple(row[at] for at in keys): tuple(row) for row in read}
    return found, columns


@dataclass
class Victim:
    """A post whose city will lie: its store, its road, and how its rows stood."""

    database: Database
    road: Road
    city: LyingCity
    before: Rows = field(default_factory=dict)
    own: set[str] = field(default_factory=set)  # the events that the post told since

    def begin(self) -> None:
        """From now on every row is watched."""
        self.before, self.own = rows(self.database)[0], set()

    def harm(self, may: frozenset[str]) -> list[str]:
        """Every row that the city lost, changed or added where it may not, ``may`` added to that."""
        after, columns = rows(self.database)
        harm = []
        for table, there in self.before.items():
            now = after.get(table, {})
            free = table in may or table.startswith("visit_words_")
            changeable = MAY_CHANGE.get(table, set())
            for key, row in there.items():
                if key not in now:
                    harm.append(f"{table} {key} is gone")
                elif not free and now[key] != row:
                    named = zip(columns[table], row, now[key], strict=True)
                    changed = {name for name, old, new in named if old != new}
                    if changed - changeable and not (table == "lane_head" and self.own):
                        harm.append(f"{table} {key}: {sorted(changed - changeable)} changed")
            if not free and table not in MAY_ADD:
                added = [key for key in now if key not in there]
                if table == "outbox":
                    added = [key for key in added if now[key][3] not in self.own]
                elif table == "lane_head":
                    added = []
                harm += [f"{table} {key} was added" for key in added[:3]]
        with self.database.read() as connection:
            fault = audit.first_fault(connection)
        return harm if fault is None else [*harm, f"audit trail: {fault}"]

    def shows(self, told: str) -> bool:
        """Whether the post says it: ``alarm CODE``, ``trouble CODE``, ``lane CODE``, ``kept CODE``,
        ``aside CODE``; or ``nothing``, which is true once the lie was told three times."""
        where, _, code = told.partition(" ")
        state = self.road.snapshot()
        if where == "nothing":
            return self.city.told >= 3
        assert code in catalogue() or where == "aside", f"{code} has no words"
        if where in ("kept", "aside"):
            with self.database.read() as connection:
                if where == "kept":
                    there = self.before["quarantine"]
                    new = [kept for kept in quarantined(connection) if (kept.item_id,) not in there]
                    return code in {kept.code for kept in new}
                own = [aside for aside in set_aside(connection) if aside.event_id in self.own]
                return any(code in aside.code for aside in own)
        return code in self._said(state)[where]

    @staticmethod
    def _said(state: RoadState) -> dict[str, set[str | None]]:
        return {
            "alarm": {state.alarm},
            "trouble": {state.trouble},
            "lane": {lane.trouble for lane in state.lanes},
        }

    def tell_more(self) -> None:
        """Something urgent and something daily happens at the post."""
        for lane in (Lane.URGENT, Lane.DAILY):
            entity = tell(self.database, "unit.status", lane, entity_id=new_id())
            self.own |= {self._event_of(entity)}

    def _event_of(self, entity: str) -> str:
        with self.database.read() as connection:
            listed = sa.text("SELECT event_id FROM outbox WHERE entity_id = :entity")
            return str(connection.execute(listed, {"entity": entity}).scalar_one())

    def unsettled(self) -> list[tuple[str, int]]:
        """What still waits for the city: state and number of events."""
        with self.database.read() as connection:
            listed = "SELECT state, count(*) FROM outbox WHERE state = 'pending' GROUP BY state"
            return [(row[0], row[1]) for row in connection.exec_driver_sql(listed)]

    def reconcile(self) -> None:
        """The city is honest: what a person has to do for that is done, and all is well again."""
        self.city.tell(None)
        for lane in self.road.snapshot().stopped:
            resume_lane(self.database, CHIEF, Lane(lane), "核实完毕")
        self.road.try_now()
        call = {**example("downward", "call.created"), "call_id": f"JQ-{new_id()}"}
        self.city.publish("call.created", call)
        wait_for(lambda: not self.unsettled() and self.road.snapshot(), self._well, self.told)
        wait_for(lambda: self._has_call(call["call_id"]), bool, self.told)

    @staticmethod
    def _well(state: object) -> bool:
        if not isinstance(state, RoadState):
            return False
        return state.up and not state.pending and state.alarm is None and not state.stopped

    def told(self) -> str:
        return f"{self.road.snapshot()} {self.unsettled()}"

    def _has_call(self, call_id: str) -> bool:
        with self.database.read() as connection:
            listed = sa.text("SELECT 1 FROM call WHERE id = :id")
            return connection.execute(listed, {"id": call_id}).first() is not None

    def city_has_all(self) -> bool:
        """Every event that was not set aside is with the city exactly once, in its lane's order."""
        with self.database.read() as connection:
            listed = "SELECT event_id FROM outbox WHERE state = 'acknowledged'"
            taken = {row[0] for row in connection.exec_driver_sql(listed)}
        had = [event["event_id"] for event in self.city.memory.events]
        return taken <= set(had) and len(had) == len(set(had))


def wait_for(
    ask: Callable[[], object], holds: Callable[[object], bool], told: Callable[[], str]
) -> None:
    """Returns once it holds; fails with what the post told when it never did."""
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE_S
    while not holds(ask()):
        assert time.monotonic() < deadline, told()
        pause.wait(0.01)


class Weight:
    """How much memory the process has taken since it was made, at its most."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._first = self._most = self._process.memory_info().rss

    def look(self) -> int:
        """Bytes more than at the beginning, at the most of all looks."""
        self._most = max(self._most, self._process.memory_info().rss)
        return self._most - self._first


@dataclass(frozen=True)
class Template:
    """A sample post on whose every event the city has answered; and what the city knows of it."""

    folder: Path
    road: CityRoad
    memory: Memory


def make_template(folder: Path, city: LyingCity, road: CityRoad) -> Template:
    """A sample post that has spoken to an honest city for a while."""
    make_sample_post(folder, CityRoad("", "", "", ""), "zh_CN")
    with victim(Template(folder, road, Memory()), city) as post:
        post.begin()
        for text in ("邻里争吵", "自行车被盗"):
            take_call(post.database, CHIEF, NewCall("walk_in", "6003", text))
        tell(post.database, "unit.position", Lane.POSITIONS)
        post.reconcile()
        memory = city.memory
    return Template(folder, road, memory)


@contextmanager
def victim(
    template: Template, city: LyingCity, folder: Path | None = None, pace: Pace = PACE
) -> Iterator[Victim]:
    """The post of the template (in a copy at ``folder``) runs, and its city is honest so far."""
    place = template.folder if folder is None else Path(shutil.copytree(template.folder, folder))
    city.forget(copy_of(template.memory))
    bus, clock = EventBus(), SystemClock()
    database = Database(place, read_key(place), clock, bus)
    database.start()
    try:
        road = Road(database, bus, clock, template.road, city_handlers(Roads("")), pace)
        end = bus.subscribe(CityTold, lambda event: road.nudge(event.lane))
        assert database.post == SAMPLE_POST
        found = Victim(database, road, city)
        road.start()
        try:
            yield found
        finally:
            began = time.monotonic()
            city.hang_up()
            road.stop(2.0)
            end()
            assert time.monotonic() - began < 2.0, "the road did not stop"
    finally:
        database.stop()


def copy_of(memory: Memory) -> Memory:
    """The same knowledge, of which nothing is shared."""
    return Memory(
        memory.epoch, dict(memory.high), dict(memory.hashes), list(memory.events),
        list(memory.items),
    )  # fmt: skip
