"""A day at the desk: one real act of the services after another, chosen by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from console.citizen import service as citizen
from console.citizen.model import NewVisit, Personal
from console.core import backup, drafts
from console.core.actor import CITY, SYSTEM, Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import CallId, UnitId, new_id
from console.core.outbox import Lane
from console.core.settings_file import write_settings
from console.core.tables import lane_head
from console.core.tables_file.writing import give_table
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.inventory import service as inventory
from console.inventory.model import Condition, NewItem, View
from console.inventory.service.exchange import ITEMS
from console.people.model import Role
from console.people.service.officers import insert as insert_officer
from console.roster import service as roster
from console.roster.model import NewUnit, Whereabouts
from console.roster.store import keep_places
from console.sync.service.contract import Contract
from console.sync.service.intake import Intake
from console.sync.store import feed
from console.sync.store import lane as lanes

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
PLACE = (35.4100, 116.5800)


class DayClock:
    """A clock that the day moves on."""

    def __init__(self, at: datetime = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


def staffed(database: Database) -> None:
    """A new post has its people, cars and radios."""
    with database.act(SYSTEM) as act:
        for number, name in (("0001", "李卫国"), ("0002", "王建国"), ("0003", "张丽华")):
            insert_officer(act, number, name, frozenset({Role.CHIEF}), "never compared")
    for n in range(1, 5):
        unit_id = roster.add_unit(database, CHIEF, NewUnit(f"巡{n:02d}"))
        now = database.clock.now()
        with database.act(CHIEF) as act:
            keep_places(act.connection, [Whereabouts(unit_id, *PLACE, now, now)])
        inventory.add_item(database, CHIEF, NewItem(f"DT-{n:03d}", "command", "对讲机"))


class Day:
    """Acts on a store that was ``staffed``, in the post's data folder; paper goes to ``papers``."""

    def __init__(
        self, database: Database, clock: DayClock, chance: random.Random, papers: Path
    ) -> None:
        self._database, self._clock, self._chance = database, clock, chance
        self._folder, self._papers = database.path.parent, papers
        contract = Contract()
        contract.start()
        self._intake = Intake(database.post, contract, dispatch.handlers())
        self._acts: dict[Callable[[], Path | None], int] = {
            self._further: 30,
            self._take: 6,
            self._from_city: 6,
            self._to_city: 3,
            self._status: 4,
            self._moved: 6,
            self._item: 2,
            self._hand: 5,
            self._visit: 5,
            self._draft: 3,
            self._settings: 2,
            self._table: 1,
            self._backup: 1,
        }

    def act(self) -> Path | None:
        """One act was done and acknowledged; the file that it wrote, if it was one."""
        while True:
            self._clock.at += timedelta(seconds=self._chance.randint(1, 40))
            what = self._chance.choices(list(self._acts), list(self._acts.values()))[0]
            try:
                return what()
            except Refused:
                continue  # a rule said no, and nothing was written: something else is done

    def _take(self) -> None:
        told = "邻里争吵" * self._chance.randint(1, 40)
        caller = f"138{self._chance.randrange(10**8):08d}"
        new = NewCall("phone", "6003", told, place="和平街3号", lat=PLACE[0], lon=PLACE[1],
                      caller_name="王某", caller_phone=caller)  # fmt: skip
        dispatch.take_call(self._database, CHIEF, new)

    def _from_city(self) -> None:
        """A page of the city's feed: one to three items and nothing else in one act."""
        with self._database.act(CITY) as act:
            for _ in range(self._chance.randint(1, 3)):
                payload = {
                    "call_id": new_id(), "received_at": to_text(self._clock.now()),
                    "channel": "110", "nature": "2001", "level": 2,
                    "place": {"text": "解放路12号", "lat": PLACE[0], "lon": PLACE[1],
                              "datum": "wgs84"},
                    "report": "两人打架", "reporter": {"name": "王某", "phone": "13812348000"},
                    "due": {"sign_s": 30, "depart_s": 300, "feedback_s": 1800},
                }  # fmt: skip
                seq = int(feed.mark(act.connection).cursor or 0) + 1
                item = {"item_id": new_id(), "seq": seq, "kind": "call.created",
                        "at": to_text(self._clock.now()), "payload": payload}  # fmt: skip
                self._intake.take(act, item)
                feed.write_mark(act.connection, feed.FeedMark(str(seq), "a"))

    def _to_city(self) -> None:
        """The city has acknowledged all that stands in one lane."""
        lane, epoch = self._chance.choice(list(Lane)), self._database.epoch
        with self._database.act(SYSTEM) as act:
            head = act.connection.execute(
                sa.select(lane_head.c.last_seq).where(lane_head.c.lane == int(lane))
            ).scalar()
            if head:
                lanes.settle(act.connection, epoch, int(lane), (1, head), (), act.at, act.at)
                lanes.write_mark(act.connection, epoch, int(lane), head, act.at)

    def _further(self) -> None:
        """An open call goes one step further."""
        with self._database.read() as connection:
            cards = dispatch.board(connection, self._clock.now())
            if not cards:
                raise Refused("dispatch.no_call")
            call_id = self._chance.choice(cards).call.id
            view = dispatch.call(connection, call_id)
            units = [one.unit.id for one in roster.units(connection, self._clock.now())]
        crew = [one.unit_id for one in view.assignments if one.released_at is None]
        self._step(call_id, str(view.call.status), crew, units)

    def _step(self, call_id: CallId, status: str, crew: list[UnitId], units: list[UnitId]) -> None:
        desk = (self._database, CHIEF, call_id)
        match status:
            case "received":
                dispatch.sign(*desk)
            case "signed":
                dispatch.assign(*desk, [self._chance.choice(units)], reason="jam")
            case "assigned":
                dispatch.depart(*desk, crew[0])
            case "departed":
                dispatch.arrive(*desk, crew[0])
            case "arrived":
                dispatch.feed_back(*desk, "已到场,双方已分开")
            case "finished":
                dispatch.close(*desk)
            case _:
                dispatch.finish(*desk, "settled", "双方和解")

    def _status(self) -> None:
        with self._database.read() as connection:
            units = [one.unit.id for one in roster.units(connection, self._clock.now())]
        code = self._chance.choice(("free", "patrolling", "staged"))
        roster.set_status(self._database, CHIEF, self._chance.choice(units), code)

    def _moved(self) -> None:
        with self._database.read() as connection:
            units = [one.unit.id for one in roster.units(connection, self._clock.now())]
        now, spot = self._clock.now(), (PLACE[0] + self._chance.random() / 100, PLACE[1])
        with self._database.act(SYSTEM) as act:
            keep_places(act.connection, [Whereabouts(one, *spot, now, now) for one in units])

    def _item(self) -> None:
        number = f"DT-{self._chance.randrange(10**6):06d}"
        inventory.add_item(self._database, CHIEF, NewItem(number, "command", "对讲机"))

    def _hand(self) -> None:
        with self._database.read() as connection:
            item = self._chance.choice(inventory.items(connection, View(), self._clock.now()))
        if item.holding is None:
            inventory.issue(self._database, CHIEF, [item.id], inventory.Handing("0002"))
        else:
            inventory.take_back(self._database, CHIEF, [item.id], Condition.FIT)

    def _visit(self) -> None:
        who = Personal("张三丰", "13800138000", "370883199001010015")
        new = NewVisit("umbrella_loan", "下雨借雨伞一把", "借出", "lent", "文化街", who)
        citizen.record(self._database, CHIEF, new)

    def _draft(self) -> None:
        """Now and then a large one, so that the WAL comes to its checkpoint."""
        size = self._chance.choice((10, 1000, 400_000))
        with self._database.act(CHIEF) as act:
            drafts.keep(act.connection, "0001", "call", {"t": "x" * size}, act.at)
            act.audit("draft.kept", "draft", "0001", size=size)

    def _settings(self) -> Path:
        write_settings(self._folder, {"idle_lock_s": self._chance.randint(60, 3600)})
        return self._folder / "settings.toml"

    def _table(self) -> Path:
        place = self._papers / "items.csv"
        give_table(self._database, CHIEF, ITEMS, place, "月报")
        return place

    def _backup(self) -> Path:
        place = self._papers / "post.backup"
        backup.write(self._database, SYSTEM, place)
        return place
