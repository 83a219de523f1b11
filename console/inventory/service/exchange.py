"""Items as a table: what the post owns and who has it, in and out of a file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.canonical import canonical
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.ids import new_id
from console.core.words import Words
from console.inventory import store
from console.inventory.model import (
    CONDITION_WORDS,
    MODEL_CHARS,
    NAME_CHARS,
    NUMBER_CHARS,
    Catalogue,
    Condition,
    Custody,
    Holding,
    Item,
    ItemId,
    ItemsChanged,
    NewItem,
    checked,
)
from console.inventory.service.custody import tell_issued
from console.inventory.service.items import catalogue, line_of, numbers_in_use
from console.inventory.service.spelling import holder_words, item_words
from console.people import service as people
from console.people.model import Officer, Right, require

HOLDING = ("holder", "issued_at", "due_at")


def judge(connection: sa.Connection, rows: Sequence[tuple[int, Row]]) -> Sequence[Fault]:
    """What keeps these rows from being taken: bad facts, numbers twice, unknown holders."""
    now = datetime.now().astimezone()
    groups, officers = catalogue(connection, now), _officers(connection)
    faults: list[Fault] = []
    numbers: list[tuple[int, str]] = []
    for line, row in rows:
        try:
            facts = checked(_facts(row, groups), groups)
            _holding(row, officers)
        except Refused as no:
            details = dict(no.details)
            column = str(details.pop("field", "number"))
            faults.append(Fault(line, column, no.code, details))
        else:
            numbers.append((line, facts.number))
    faults += _twice(connection, numbers)
    return sorted(faults, key=lambda fault: fault.line)


def take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    """All these items stand as told, those with a holder as issued; or none of them."""
    require(actor, Right.MANAGE_ITEMS)
    if not rows:
        return 0
    with database.act(actor) as act:
        groups, officers = catalogue(act.connection, act.at), _officers(act.connection)
        made = [_made(row, groups, officers) for row in rows]
        faults = _twice(act.connection, [(at, one.number) for at, one in enumerate(made, 2)])
        if faults:
            raise Refused(faults[0].code, **faults[0].detail)
        store.insert(
            act.connection,
            [(one, item_words(one.facts), holder_words(one.holding)) for one in made],
        )
        _write(act, made, rows)
        return len(made)


def _write(act: Act, made: Sequence[Item], rows: Sequence[Row]) -> None:
    """The histories begin; the trail has one line for the file and one for each item handed out."""
    lines = [line_of(act, Item(one.id, one.facts, None, 1), Custody.ADDED) for one in made]
    out = [one for one in made if one.holding is not None]
    store.write_lines(act.connection, lines)
    store.write_lines(act.connection, [line_of(act, one, Custody.ISSUED) for one in out])
    told = [{name: _plain(value) for name, value in row.items()} for row in rows]
    act.audit(
        "items.imported", "item", made[0].id,
        count=len(made), first=made[0].number, last=made[-1].number,
        sha256=hashlib.sha256(canonical(told)).hexdigest(),
    )  # fmt: skip
    for one in out:
        tell_issued(act, one)
    act.announce(ItemsChanged(tuple(one.id for one in made)))


def give(connection: sa.Connection) -> Sequence[Row]:
    """Every item, by number."""
    return [_row(one) for one in store.all_items(connection)]


def _row(item: Item) -> Row:
    facts, who = item.facts, item.holding
    return {
        "number": facts.number,
        "group": facts.group,
        "name": facts.name,
        "model": facts.model or None,
        "serial": facts.serial or None,
        "place": facts.place,
        "condition": str(facts.condition),
        "check_by": facts.check_by,
        "holder": who.number if who else None,
        "issued_at": who.issued_at if who else None,
        "due_at": who.due_at if who else None,
    }


def _made(row: Row, groups: Catalogue, officers: dict[str, Officer]) -> Item:
    holding = _holding(row, officers)
    return Item(
        ItemId(new_id()), checked(_facts(row, groups), groups), holding, 1 if holding is None else 2
    )


def _facts(row: Row, groups: Catalogue) -> NewItem:
    return NewItem(
        str(row.get("number") or ""), groups.group_code(str(row.get("group") or "")),
        str(row.get("name") or ""), str(row.get("model") or ""), str(row.get("serial") or ""),
        groups.place_code(str(row.get("place") or "store")), Condition(row.get("condition") or Condition.FIT),
        row.get("check_by"),
    )  # fmt: skip


def _holding(row: Row, officers: dict[str, Officer]) -> Holding | None:
    """Who has the item. Refused for an unknown officer, or when only a part of it is told."""
    told = [row.get(name) for name in HOLDING]
    if not any(told):
        return None
    number, issued_at, due_at = told
    if not (number and isinstance(issued_at, datetime) and isinstance(due_at, datetime)):
        raise Refused("inventory.half_a_holding", field="holder")
    if not issued_at < due_at:
        raise Refused("inventory.half_a_holding", field="holder")
    officer = officers.get(str(number).strip())
    if officer is None:
        raise Refused(
            "inventory.no_such_officer", field="holder", number=str(number)[:NUMBER_CHARS]
        )
    return Holding(officer.number, officer.name, issued_at, due_at)


def _officers(connection: sa.Connection) -> dict[str, Officer]:
    return {one.number: one for one in people.officers(connection)}


def _twice(connection: sa.Connection, numbers: Sequence[tuple[int, str]]) -> list[Fault]:
    taken = numbers_in_use(connection, [number for _, number in numbers])
    often = Counter(number for _, number in numbers)
    return [
        Fault(
            line,
            "number",
            "inventory.number_taken" if number in taken else "inventory.number_twice",
            {"number": number},
        )
        for line, number in numbers
        if number in taken or often[number] > 1
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


ITEMS = Exchange(
    "items",
    Words("装备", "equipment"),
    (
        ExchangeColumn("number", Words("编号", "number"), required=True, most=NUMBER_CHARS),
        # groups and places are the post's own tables: judge and take read their words
        ExchangeColumn("group", Words("类别", "group"), required=True, most=NUMBER_CHARS),
        ExchangeColumn("name", Words("名称", "name"), required=True, most=NAME_CHARS),
        ExchangeColumn("model", Words("型号", "model"), most=MODEL_CHARS),
        ExchangeColumn("serial", Words("序列号", "serial number"), most=MODEL_CHARS),
        ExchangeColumn("place", Words("存放区", "place"), most=NUMBER_CHARS),
        ExchangeColumn(
            "condition", Words("状况", "condition"),
            among={str(one): words for one, words in CONDITION_WORDS.items()},
        ),
        ExchangeColumn("check_by", Words("检定或失效日期", "check by"), "date"),
        ExchangeColumn("holder", Words("持有人警号", "holder"), most=NUMBER_CHARS),
        ExchangeColumn("issued_at", Words("领用时间", "issued at"), "moment"),
        ExchangeColumn("due_at", Words("应还时间", "due at"), "moment"),
    ),
    judge,
    take,
    give,
)  # fmt: skip
