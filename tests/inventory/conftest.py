"""A post with three officers and some equipment."""

from __future__ import annotations

import pytest

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.ids import OfficerId, new_id
from console.inventory import service
from console.inventory.model import ItemId, NewItem
from console.people import store as officers
from console.people.model import Officer, Role

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
AUDITOR = Actor("officer", "0004", frozenset({"auditor"}))


@pytest.fixture
def staffed(database: Database) -> Database:
    """The officers 0001 李卫国, 0002 王建国 and 0003 张丽华; nobody signs in."""
    with database.act(SYSTEM) as act:
        for number, name, role in (
            ("0001", "李卫国", Role.CHIEF),
            ("0002", "王建国", Role.DUTY_OFFICER),
            ("0003", "张丽华", Role.DUTY_OFFICER),
        ):
            one = Officer(OfficerId(new_id()), number, name, frozenset({role}), True, None, 1)
            officers.insert(act.connection, one, "never compared", act.at)
    return database


def add(database: Database, number: str, name: str = "对讲机", **more: object) -> ItemId:
    """One more item of the post."""
    facts = NewItem(number, str(more.pop("group", "command")), name, **more)  # type: ignore[arg-type]
    return service.add_item(database, CHIEF, facts)
