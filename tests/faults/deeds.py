"""What a post at work does: acts of several rooms, each announced before and acknowledged after.

A line of the pipe tells one or the other. An act is named by its traces: what it leaves in the rows,
in the audit trail and in the outbox, as pairs of kind and entity.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from console.citizen import service as citizen
from console.citizen.model import Correction, NewVisit
from console.citizen.model.visit import Personal
from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.ids import CallId, UnitId
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.dispatch.model.call import How
from console.dispatch.store.tables import call_table
from console.inventory import service as inventory
from console.inventory.model import Condition, Filter, View
from console.roster import service as roster
from console.roster.service import PositionBoard

OFFICER = Actor("officer", "0101", frozenset({"duty_officer", "chief"}))
Trace = tuple[str, str]  # kind, entity; the entity is empty while the act has yet to make it
Tell = Callable[[dict[str, Any]], object]
# A step of a call gives its unit this status.
_ON = {"departed": "en_route", "arrived": "on_scene", "finished": "returning"}
_STEPS = {
    "received": "signed",
    "signed": "assigned",
    "assigned": "departed",
    "departed": "arrived",
    "arrived": "feedback",
    "first_feedback": "finished",
    "finished": "closed",
}


@dataclass(frozen=True)
class Temper:
    """How somebody works. A rash one acknowledges first: with it a tool shows that it would notice."""

    seed: int = 0
    rash: bool = False
    pause_s: float = 0.01


class Worker:
    """One officer at one task: ``turn`` is one act, told before and after it."""

    name = ""

    def __init__(self, database: Database, tell: Tell, temper: Temper = Temper()) -> None:
        self.database = database
        self.draw = random.Random(f"{self.name} {temper.seed}")
        self._tell = tell
        self._temper = temper
        self._number = 0

    def turn(self) -> None:
        """One act is done and acknowledged."""
        raise NotImplementedError

    def run(self, ending: threading.Event) -> None:
        """Acts until it is told to rest."""
        while not ending.is_set():
            self.turn()
            ending.wait(self.draw.choice((0.0, 0.0, 0.1, 1.0)) * self._temper.pause_s)

    def do(self, act: Callable[[], object], *traces: Trace) -> Any:
        """The act, between its announcement and its acknowledgement."""
        self._number += 1
        line = {"by": self.name, "n": self._number, "traces": traces}
        self._tell({"will": line})
        rash = self._temper.rash and all(entity for _, entity in traces)
        if rash:
            self._tell({"did": line})
        made = act()
        if not rash:
            new = made if isinstance(made, str) else ""
            done = [(kind, entity or new) for kind, entity in traces]
            self._tell({"did": line | {"traces": done}})
        return made


class DeskWorker(Worker):
    """Takes calls and leads each from the first ring to the end, with one crew."""

    name = "desk"

    def __init__(self, database: Database, tell: Tell, temper: Temper = Temper()) -> None:
        super().__init__(database, tell, temper)
        self._unit = units_of(database)[0]

    def turn(self) -> None:
        call_id, status = self._open_call()
        if not call_id:
            words = f"邻里争吵 {self.draw.randrange(10**6)}"
            new = NewCall("phone", "6003", words, place="文化街", caller_phone="13800001021")
            self.do(
                lambda: str(dispatch.take_call(self.database, OFFICER, new)), ("call.received", "")
            )
            return
        step = _STEPS.get(status, "feedback")
        traces = [(f"call.{step}", call_id)]
        if step in _ON and self._status() != _ON[step]:
            traces.append(("unit.status", self._unit))
        self.do(lambda: self._step(step, CallId(call_id)), *traces)

    def _step(self, step: str, call_id: CallId) -> None:
        database = self.database
        match step:
            case "signed":
                dispatch.sign(database, OFFICER, call_id)
            case "assigned":
                dispatch.assign(database, OFFICER, call_id, [self._unit], "就近")
            case "departed":
                dispatch.depart(database, OFFICER, call_id, self._unit)
            case "arrived":
                how = How(note="电台报到场")
                dispatch.arrive(database, OFFICER, call_id, self._unit, by_word=True, how=how)
            case "feedback":
                dispatch.feed_back(database, OFFICER, call_id, "双方已分开 " * 20)
            case "finished":
                dispatch.finish(database, OFFICER, call_id, "settled", "现场调解成功")
            case "closed":
                dispatch.close(database, OFFICER, call_id, "已核")

    def _open_call(self) -> tuple[str, str]:
        table = call_table.c
        with self.database.read() as connection:
            row = connection.execute(
                sa.select(table.id, table.status)
                .where(table.is_open == 1)
                .order_by(table.assigned_at.desc(), table.received_at)
                .limit(1)
            ).first()
        return ("", "") if row is None else (row.id, row.status)

    def _status(self) -> str:
        with self.database.read() as connection:
            return roster.plain_unit(connection, self._unit).status


class CounterWorker(Worker):
    """Records visits and corrects some; sets a crew's status between them."""

    name = "counter"

    def __init__(self, database: Database, tell: Tell, temper: Temper = Temper()) -> None:
        super().__init__(database, tell, temper)
        self._unit = units_of(database)[1]

    def turn(self) -> None:
        person = Personal("何女士", "13800001021", "")
        new = NewVisit("directions", "问路到人民医院", "已指引", place="大厅", person=person)
        visit_id = self.do(
            lambda: citizen.record(self.database, OFFICER, new), ("visit.recorded", "")
        )
        if self.draw.random() < 0.5:
            told = Correction("听错", asked="问路到中医院")
            self.do(
                lambda: citizen.correct(self.database, OFFICER, visit_id, 1, told),
                ("visit.corrected", visit_id),
            )
        with self.database.read() as connection:
            now = roster.plain_unit(connection, self._unit).status
        code = "patrolling" if now == "free" else "free"
        self.do(
            lambda: roster.set_status(self.database, OFFICER, self._unit, code, "换岗"),
            ("unit.status", self._unit),
        )


class StoreWorker(Worker):
    """Hands items out and takes them back, three in one act."""

    name = "store"

    def turn(self) -> None:
        database, now = self.database, self.database.clock.now()
        with database.read() as connection:
            out = [one.item_id for one in inventory.issued(connection, now)]
            all_items = inventory.items(connection, View(filter=Filter.ALL), now)
        inside = [one.id for one in all_items if one.id not in out]
        if out and (not inside or self.draw.random() < 0.5):
            back = self.draw.sample(out, min(3, len(out)))
            traces = [("item.returned", str(item_id)) for item_id in back]
            self.do(lambda: inventory.take_back(database, OFFICER, back, Condition.FIT), *traces)
        else:
            given = self.draw.sample(inside, min(3, len(inside)))
            traces = [("item.issued", str(item_id)) for item_id in given]
            to = inventory.Handing("0101")
            self.do(lambda: inventory.issue(database, OFFICER, given, to), *traces)


class CrewWorker(Worker):
    """A crew that moves. A place is acknowledged when the board says that it is stored."""

    name = "crew"

    def __init__(
        self, database: Database, tell: Tell, temper: Temper, board: PositionBoard
    ) -> None:
        super().__init__(database, tell, temper)
        self._board = board
        self._units = units_of(database)

    def turn(self) -> None:
        unit_id, now = self.draw.choice(self._units), self.database.clock.now()
        place = 35.0 + self.draw.random() / 200, 116.0 + self.draw.random() / 200
        self._board.take(unit_id, *place, None, now)
        if self._board.flush() == 1:  # else the board's own thread was quicker, and says nothing
            self._tell({"placed": [unit_id, to_text(now)]})

    def run(self, ending: threading.Event) -> None:
        while not ending.is_set():
            self.turn()
            ending.wait(2 * self._temper.pause_s)


def units_of(database: Database) -> list[UnitId]:
    """The crews of the post, by call sign."""
    with database.read() as connection:
        return [view.unit.id for view in roster.units(connection)]


def workers(
    database: Database, board: PositionBoard, tell: Tell, temper: Temper
) -> Iterator[Worker]:
    """Everybody who works at the post."""
    for kind in (DeskWorker, CounterWorker, StoreWorker):
        yield kind(database, tell, temper)
    yield CrewWorker(database, tell, temper, board)


def line_of(told: dict[str, Any]) -> bytes:
    """One line of the pipe; short enough to be written whole or not at all."""
    raw = json.dumps(told, separators=(",", ":")).encode()
    assert len(raw) < 4000, "a line must fit into one write to a pipe"
    return raw


def read_line(raw: bytes) -> dict[str, Any]:
    """What such a line says."""
    told: dict[str, Any] = json.loads(raw)
    return told
