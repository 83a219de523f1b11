"""A post with two officers who hand over to each other, and sources that a test turns on and off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import argon2
import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import Unavailable
from console.core.words import Words
from console.handover.model import Line, Part, Section, part_of
from console.handover.service import Look, Sources
from console.people import service as people
from console.people.model import Role, Session
from console.people.service import secret
from tests.conftest import HandClock

SECRETS = {"0001": "红旗广场-2026", "0002": "长途汽车站-17", "0003": "青年公园-2031"}


@dataclass
class Post:
    """Who is here, and what the sources say."""

    database: Database
    clock: HandClock
    found: dict[Section, tuple[Line, ...]] = field(default_factory=dict)
    down: set[Section] = field(default_factory=set)
    level: str = "daily"

    def session(self, number: str = "0001") -> Session:
        """This officer, signed in."""
        return people.sign_in(self.database, number, SECRETS[number])

    def sources(self) -> Sources:
        """What a hand-over is gathered from."""
        return Sources(
            {section: self._look(section) for section in Section},
            lambda *_: self.level,
            lambda *_: Words("夜班", "Night"),
        )

    def _look(self, section: Section) -> Look:
        def look(_: sa.Connection, now: datetime) -> Part:
            if section in self.down:
                raise Unavailable("store.busy")
            return part_of(section, self.found.get(section, ()))

        return look


def line(key: str, what: str, late: bool = False, since: datetime | None = None) -> Line:
    """A thing that is left."""
    return Line(key, Words(what, what), Words("详情", "detail"), since, late)


@pytest.fixture
def post(database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Post:
    # what a secret costs is proven in the tests of people
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(secret, "HASHER", quick)
    people.first_officer(database, "0001", "李卫国", SECRETS["0001"])
    for number, name, role in (
        ("0002", "王建华", Role.DUTY_OFFICER),
        ("0003", "赵明", Role.TECHNICIAN),
    ):
        roles = frozenset({role})
        people.add_officer(database, SYSTEM, number, name, roles, SECRETS[number])
    made = Post(database, clock)
    made.found = {
        Section.CALLS: (line("call-1", "JQ0001"), line("call-2", "JQ0002", True)),
        Section.ITEMS: (line("item-1", "对讲机 07"),),
    }
    return made
