"""Ten acts of a post's day, each with what must stand before it and how it is seen afterwards.

The rooms are the real ones, and so is the store below them. Every act can be prepared and done
again and again in the same world; done once, it always adds the same number of rows.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import argon2
import sqlalchemy as sa

from console.alarms import service as alarms
from console.alarms.model import Raising
from console.citizen import service as citizen
from console.citizen.model import NewVisit
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import CallId, OfficerId, UnitId, new_id
from console.core.keyfile import create_key, read_key
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.handover import service as handover
from console.handover.model import Section
from console.handover.service.sources import alarms_part, calls_part, items_part
from console.inventory import service as inventory
from console.inventory.model import Condition, ItemId, NewItem
from console.people import service as people
from console.people import store as officers
from console.people.model import Officer, Role, Session
from console.people.service import secret
from console.roster import service as roster
from console.roster.model import NewUnit

OFFICER = Actor("officer", "0001", frozenset({"chief", "duty_officer", "technician", "auditor"}))
SECRET = "红旗广场-2026"
TODAY = date(2026, 11, 21)
MONTH = "2026-11"


class SteadyClock:
    """Each look is a millisecond later than the one before, from the same moment on."""

    def __init__(self) -> None:
        self._looks = count(1)

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 10, 0, tzinfo=UTC) + timedelta(milliseconds=next(self._looks))

    def monotonic(self) -> float:
        return next(self._looks) / 1000


@dataclass
class World:
    """One post, its store open, and who and what it has."""

    database: Database
    unit: UnitId
    item: ItemId
    planned: OfficerId
    session: Session
    open_calls: list[CallId] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def stop(self) -> None:
        """The store is closed."""
        self.database.stop()

    def signed_call(self) -> CallId:
        """A call that is signed; calls that were open before are given back."""
        for call_id in self.open_calls:
            with suppress(Refused):
                dispatch.return_call(self.database, OFFICER, call_id, "换下一起")
        call_id = take_call(self, None)
        self.open_calls = [call_id]
        dispatch.sign(self.database, OFFICER, call_id)
        return call_id

    def read(self, look: Callable[[sa.Connection], Any]) -> Any:
        """What this look at the store finds."""
        with self.database.read() as connection:
            return look(connection)


def quick_secrets() -> None:
    """Secrets cost nothing in this process; what they cost is proven in the tests of people."""
    secret.HASHER = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@cache
def template() -> Path:
    """A post to be copied; made once in a process, gone with it. Its keys are this process's."""
    folder = Path(tempfile.mkdtemp(prefix="act-faults-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["POST_CONSOLE_KEYS"] = str(folder / "keys")
    make_template(folder / "post")
    return folder / "post"


def make_template(folder: Path) -> None:
    """A post with officers, a crew, an item and a planned month stands in ``folder``, closed."""
    database = Database(folder, create_key(folder), SteadyClock(), EventBus())
    database.create("post-faults")
    database.start()
    people.first_officer(database, "0001", "李卫国", SECRET)
    with database.act(SYSTEM) as act:
        for n in range(8):
            roles = frozenset({Role.DUTY_OFFICER})
            one = Officer(OfficerId(new_id()), f"{1001 + n}", f"队员{n + 1}", roles, True, None, 1)
            officers.insert(act.connection, one, "never compared", act.at)
    teams = [roster.add_team(database, OFFICER, name) for name in ("一班", "二班", "三班", "四班")]
    with database.read() as connection:
        everyone = [one for one in people.officers(connection) if one.number != "0001"]
    for at, officer in enumerate(everyone):
        roster.set_team(database, OFFICER, officer.id, teams[at // 2])
    roster.generate(database, OFFICER, "rota_4x3", TODAY, teams)
    roster.add_unit(database, OFFICER, NewUnit("1号车", crew=("队员1", "队员2")))
    inventory.add_item(database, OFFICER, NewItem("DJ-07", "command", "对讲机"))
    database.stop()


def open_world(template: Path, folder: Path, opened: Callable[[Database], object]) -> World:
    """A copy of the template, open; ``opened`` may change the open store's settings."""
    shutil.copytree(template, folder)
    os.environ["POST_CONSOLE_KEYS"] = str(template.parent / "keys")
    database = Database(folder, read_key(folder), SteadyClock(), EventBus())
    database.start()
    opened(database)
    session = people.sign_in(database, "0001", SECRET)
    with database.read() as connection:
        unit = roster.units(connection)[0].unit.id
        item = ItemId(connection.exec_driver_sql("SELECT id FROM item").scalar_one())
        planned = next(one.id for one in people.officers(connection) if one.number == "1001")
    return World(database, unit, item, planned, session)


@dataclass(frozen=True)
class ScriptedAct:
    """``prepare`` makes what the act is done to; ``seen`` looks whether it is done."""

    name: str
    prepare: Callable[[World], Any]
    do: Callable[[World, Any], Any]
    seen: Callable[[World, Any, Any], bool]


def take_call(world: World, _: Any) -> CallId:
    """A call is taken by hand."""
    new = NewCall("walk_in", "1002", f"门锁被撬 {next(world.numbers)}", place="红旗路 18 号")
    return dispatch.take_call(world.database, OFFICER, new)


def _call(world: World, call_id: CallId) -> Any:
    return world.read(lambda connection: dispatch.call(connection, call_id))


def _finished(world: World) -> CallId:
    call_id = world.signed_call()
    dispatch.finish(world.database, OFFICER, call_id, "withdrawn", "查无此人")
    return call_id


def _issue_ready(world: World) -> ItemId:
    with suppress(Refused):
        inventory.take_back(world.database, OFFICER, [world.item], Condition.FIT)
    return world.item


def _holder(world: World) -> Any:
    return world.read(lambda connection: inventory.item(connection, world.item)).holding


def _visit(world: World, _: Any) -> str:
    new = NewVisit("directions", f"问路 {next(world.numbers)}", done="已指引")
    return citizen.record(world.database, OFFICER, new)


def _visit_seen(world: World, _: Any, visit_id: str) -> bool:
    asked = "SELECT count(*) FROM visit WHERE id = ?"
    return bool(world.read(lambda c: c.exec_driver_sql(asked, (visit_id,)).scalar_one()))


def _status(world: World) -> str:
    return str(world.read(lambda connection: roster.unit(connection, world.unit)).unit.status)


def _other_status(world: World) -> str:
    return "staged" if _status(world) == "patrolling" else "patrolling"


def _month_changed(world: World) -> int:
    view = world.read(lambda c: roster.month_view(c, MONTH, world.database.clock.now()))
    was = view.cells[world.planned, TODAY].shift
    told = roster.NewCell("standby" if was == "day" else "day", was)
    if not view.changed:
        roster.change_cell(world.database, OFFICER, world.planned, TODAY, told)
    return int(view.base_rev)


def _revision(world: World) -> int:
    view = world.read(lambda c: roster.month_view(c, MONTH, world.database.clock.now()))
    return int(view.base_rev)


def _sources() -> handover.Sources:
    parts = {Section.CALLS: calls_part, Section.ALARMS: alarms_part, Section.ITEMS: items_part}
    return handover.Sources(parts)


def _notes(world: World) -> str:
    notes = f"1 号车在修 {next(world.numbers)}"
    handover.keep_draft(world.database, world.session, notes)
    return notes


def _sign_over(world: World, notes: str) -> Any:
    return handover.sign_outgoing(world.database, _sources(), world.session, SECRET, notes)


def _signed_over(world: World, notes: str, signed: Any) -> bool:
    waiting = world.read(lambda c: handover.waiting_now(c, world.database.clock.now()))
    return waiting is not None and waiting.id == signed.id and waiting.notes == notes


def _alarm(world: World) -> str:
    raising = Raising(f"pillar-{next(world.numbers)}", "button", "报警柱 3", "红旗路")
    return alarms.raise_alarm(world.database, SYSTEM, raising)


def _acknowledged(world: World, alarm_id: str, _: Any) -> bool:
    now = world.database.clock.now()
    return bool(world.read(lambda c: alarms.alarm(c, alarm_id, now)).acknowledged)


TEN: tuple[ScriptedAct, ...] = (
    ScriptedAct(
        "a call is taken by hand", lambda world: None, take_call,
        lambda world, _, call_id: bool(_call(world, call_id).log),
    ),
    ScriptedAct(
        "a crew is assigned", World.signed_call,
        lambda world, call: dispatch.assign(world.database, OFFICER, call, [world.unit]),
        lambda world, call, _: len(_call(world, call).assignments) == 1,
    ),
    ScriptedAct(
        "a report is fed back", World.signed_call,
        lambda world, call: dispatch.feed_back(world.database, OFFICER, call, "现场已控制"),
        lambda world, call, _: _call(world, call).log[-1].kind == "feedback",
    ),
    ScriptedAct(
        "a call is closed", _finished,
        lambda world, call: dispatch.close(world.database, OFFICER, call),
        lambda world, call, _: _call(world, call).call.status == "closed",
    ),
    ScriptedAct(
        "an item is issued", _issue_ready,
        lambda world, item: inventory.issue(
            world.database, OFFICER, [item], inventory.Handing("1001")
        ),
        lambda world, *_: _holder(world).number == "1001",
    ),
    ScriptedAct("a visit is recorded", lambda world: None, _visit, _visit_seen),
    ScriptedAct(
        "a crew's status is set", _other_status,
        lambda world, code: roster.set_status(world.database, OFFICER, world.unit, code),
        lambda world, code, _: _status(world) == code,
    ),
    ScriptedAct(
        "a roster is published", _month_changed,
        lambda world, rev: roster.publish(world.database, OFFICER, MONTH, rev, "病假"),
        lambda world, rev, _: _revision(world) == rev + 1,
    ),
    ScriptedAct("a shift is signed over", _notes, _sign_over, _signed_over),
    ScriptedAct(
        "an alarm is acknowledged", _alarm,
        lambda world, alarm: alarms.acknowledge(world.database, OFFICER, alarm),
        _acknowledged,
    ),
)  # fmt: skip
