"""Eight officers in four teams."""

from __future__ import annotations

from dataclasses import dataclass

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.ids import OfficerId, new_id
from console.people import store as people_store
from console.people.model import Officer, Role
from console.roster import service

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八一")
TEAMS = ("一班", "二班", "三班", "四班")


@dataclass
class Staff:
    """Who works here: officers in the order of their numbers, two a team."""

    database: Database
    officers: list[OfficerId]
    teams: list[str]
    names: dict[str, str]

    def month(self, month: str = "2026-11") -> service.MonthView:
        with self.database.read() as connection:
            return service.month_view(connection, month, self.database.clock.now())


def make_staff(database: Database, count: int = 8) -> Staff:
    """They stand in the store, without secrets: none of them signs in here."""
    names = {
        f"{1001 + n}": NAMES[n] if n < len(NAMES) else f"队员{n + 1:03d}" for n in range(count)
    }
    officers = []
    with database.act(SYSTEM) as act:
        for number, name in names.items():
            roles = frozenset({Role.DUTY_OFFICER})
            one = Officer(OfficerId(new_id()), number, name, roles, True, None, 1)
            people_store.insert(act.connection, one, "", act.at)
            officers.append(one.id)
    teams = [service.add_team(database, CHIEF, name) for name in TEAMS]
    share = -(-count // len(teams))
    for at, officer in enumerate(officers):
        service.set_team(database, CHIEF, officer, teams[at // share])
    return Staff(database, officers, teams, names)
