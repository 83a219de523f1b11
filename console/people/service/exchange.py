"""Officers as a table. Secrets are never given; who is taken in new cannot sign in before a chief
has set his first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.words import Words
from console.people import store
from console.people.model import (
    NAME_CHARS,
    NUMBER_CHARS,
    ROLE_WORDS,
    Officer,
    OfficersChanged,
    Right,
    Role,
    checked_name,
    checked_number,
    checked_roles,
    require,
    require_other,
)
from console.people.service.officers import has_administrator, insert, require_administrator

NO_SECRET = ""  # no secret fits an empty hash
COLUMNS = (
    ExchangeColumn("number", Words("警号", "Service number"), required=True, most=NUMBER_CHARS),
    ExchangeColumn("name", Words("姓名", "Name"), required=True, most=NAME_CHARS),
    ExchangeColumn(
        "roles",
        Words("角色", "Roles"),
        "codes",
        required=True,
        among={str(role): words for role, words in ROLE_WORDS.items()},
    ),
    ExchangeColumn("active", Words("在用", "Active"), "yes"),  # empty: as before, or yes when new
)


def judge(connection: sa.Connection, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
    """What is wrong with numbers, names and roles, and numbers that stand twice."""
    faults: list[Fault] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        try:
            number = checked_number(row["number"])
            checked_name(row["name"])
            checked_roles(_roles(row))
        except Refused as wrong:
            column = str(wrong.details.get("field", ""))
            faults.append(Fault(line, column, wrong.code, wrong.details))
            continue
        first = lines.setdefault(number, line)
        if first != line:
            faults.append(
                Fault(line, "number", "exchange.twice", {"value": number, "first": first})
            )
    return faults


def take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    """Every officer of the rows stands as his row says; others stay. Returns how many changed.

    Refused, with nothing taken, without the right, for a change of oneself, and when nobody who
    can sign in would be left to administer.
    """
    require(actor, Right.ADMINISTER_PEOPLE)
    with database.act(actor) as act:
        administered = has_administrator(act.connection)
        known = {found.number: found for found in store.all_officers(act.connection)}
        changed = sum(_take_one(act, known, row) for row in rows)
        if administered:
            require_administrator(act.connection)
        if changed:
            act.audit("officers.imported", "officer", "", rows=len(rows), changed=changed)
    return changed


def give(connection: sa.Connection) -> list[Row]:
    """Every officer, by number."""
    found = sorted(store.all_officers(connection), key=lambda officer: officer.number)
    return [_row(officer) for officer in found]


def _take_one(act: Act, known: Mapping[str, Officer], row: Row) -> bool:
    number, name, roles = checked_number(row["number"]), checked_name(row["name"]), _roles(row)
    before = known.get(number)
    if before is None:
        require_other(act.actor, number)
        active = row["active"] is not False
        insert(act, number, name, roles, NO_SECRET, active)
        return True
    active = before.active if row["active"] is None else row["active"]
    told = {"name": name, "roles": sorted(checked_roles(roles)), "active": active}
    was = {"name": before.name, "roles": sorted(before.roles), "active": before.active}
    if told == was:
        return False
    require_other(act.actor, number)
    store.update(act.connection, before.id, **told)
    act.audit("officer.changed", "officer", before.id, number=number, before=was, after=told)
    act.announce(OfficersChanged(before.id))
    return True


def _row(officer: Officer) -> dict[str, Any]:
    roles = ";".join(sorted(officer.roles))
    return {
        "number": officer.number,
        "name": officer.name,
        "roles": roles,
        "active": officer.active,
    }


def _roles(row: Row) -> frozenset[Role]:
    return frozenset(Role(role) for role in str(row["roles"] or "").split(";") if role)


OFFICERS = Exchange("officers", Words("人员", "officers"), COLUMNS, judge, take, give)
