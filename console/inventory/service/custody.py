"""Acts of custody: handed out and taken back, several items in one act, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.outbox import Lane
from console.inventory import store
from console.inventory.model import (
    MOST_AT_ONCE,
    Condition,
    Custody,
    Holding,
    Item,
    ItemsChanged,
    checked_due,
    clean_note,
    require_issuable,
)
from console.inventory.service.items import catalogue, item, line_of, put, rules
from console.inventory.service.spelling import holder_words
from console.people import service as people
from console.people.model import Officer, Right, require


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom items go. Without ``due_at`` they are due as the post's rules say."""

    officer: str  # the service number
    due_at: datetime | None = None
    note: str = ""


def issue(database: Database, actor: Actor, item_ids: Sequence[str], to: Handing) -> datetime:
    """The officer has all these items, until the time returned; or none of them.

    Refused for an item that somebody has (the refusal says who), that is not usable or belongs to
    the weapon ledger, for an officer who is not active, and for a due time that has passed.
    """
    require(actor, Right.ISSUE_ITEMS)
    with database.act(actor) as act:
        found = _several(act.connection, item_ids)
        groups, note = catalogue(act.connection, act.at), clean_note(to.note)
        for one in found:
            require_issuable(one, groups)
        officer = active_officer(act.connection, to.officer)
        due_at = to.due_at or rules(act.connection, act.at).due_at(act.at)
        held = Holding(officer.number, officer.name, act.at, checked_due(act.at, due_at))
        lines = []
        for one in found:
            put(act, one, **store.holding_row(held), holder_words=holder_words(held))
            out = Item(one.id, one.facts, held, one.rev + 1)
            lines.append(line_of(act, out, Custody.ISSUED, note))
            tell_issued(act, out)
        store.write_lines(act.connection, lines)
        act.announce(ItemsChanged(tuple(one.id for one in found)))
        return held.due_at


def take_back(
    database: Database,
    actor: Actor,
    item_ids: Sequence[str],
    condition: Condition,
    note: str = "",
) -> None:
    """All these items are back in their places, in this condition; or none of them.

    Refused for an item that nobody has.
    """
    require(actor, Right.ISSUE_ITEMS)
    with database.act(actor) as act:
        found, note = _several(act.connection, item_ids), clean_note(note)
        lines = []
        for one in found:
            if one.holding is None:
                raise Refused("inventory.not_out", number=one.number, name=one.facts.name)
            put(
                act, one, **store.holding_row(None), holder_words="", condition=str(condition)
            )  # fmt: skip
            was = Item(one.id, replace(one.facts, condition=condition), one.holding, one.rev + 1)
            lines.append(line_of(act, was, Custody.RETURNED, note))
            _tell_returned(act, was, one.holding, note)
        store.write_lines(act.connection, lines)
        act.announce(ItemsChanged(tuple(one.id for one in found)))


def active_officer(connection: sa.Connection, number: str) -> Officer:
    """The officer with this service number. Refused when there is none, or he has left."""
    found = people.officer(connection, number.strip())
    if not found.active:
        raise Refused("inventory.officer_gone", name=found.name, number=found.number)
    return found


def tell_issued(act: Act, item: Item) -> None:
    """Trail and city are told that the item's holder has it."""
    assert item.holding is not None
    held, facts = item.holding, item.facts
    act.audit(
        "item.issued", "item", item.id,
        number=facts.number, name=facts.name, to=held.number, due_at=to_text(held.due_at),
    )  # fmt: skip
    act.tell_city(
        Lane.DAILY, "item", item.id, "item.issued", item.rev,
        {
            "item": item.id, "number": facts.number, "name": facts.name, "group": facts.group,
            "quantity": 1, "to": held.number, "by": act.actor.name,
            "at": to_text(held.issued_at), "due_at": to_text(held.due_at),
        },
    )  # fmt: skip


def _tell_returned(act: Act, item: Item, held: Holding, note: str) -> None:
    facts = item.facts
    act.audit(
        "item.returned", "item", item.id,
        number=facts.number, name=facts.name, holder=held.number,
        condition=str(facts.condition), note=note,
    )  # fmt: skip
    act.tell_city(
        Lane.DAILY, "item", item.id, "item.returned", item.rev,
        {
            "item": item.id, "number": facts.number, "name": facts.name, "group": facts.group,
            "quantity": 1, "from": held.number, "by": act.actor.name, "at": to_text(act.at),
            "condition": str(facts.condition),
        },
    )  # fmt: skip


def _several(connection: sa.Connection, item_ids: Sequence[str]) -> list[Item]:
    once = list(dict.fromkeys(item_ids))
    if not once:
        raise Refused("inventory.nothing_chosen")
    if len(once) > MOST_AT_ONCE:
        raise Refused("inventory.too_many", count=len(once), most=MOST_AT_ONCE)
    return [item(connection, item_id) for item_id in once]
