"""Acts on items themselves, and every look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.inventory import store
from console.inventory.model import (
    Catalogue,
    Counts,
    Custody,
    CustodyLine,
    Issued,
    Item,
    ItemId,
    ItemsChanged,
    NewItem,
    Rules,
    View,
    checked,
    checked_number,
)
from console.inventory.service.spelling import item_words
from console.people.model import Right, require

WINDOW = 200


def catalogue(connection: sa.Connection, now: datetime) -> Catalogue:
    """The groups and places that hold now."""
    return Catalogue.of(reference.current(connection, "item_groups", now))


def rules(connection: sa.Connection, now: datetime) -> Rules:
    """The rules of custody that hold now."""
    return Rules.of(reference.current(connection, "item_rules", now))


def _horizon(connection: sa.Connection, now: datetime) -> store.Horizon:
    return store.Horizon(now, rules(connection, now).check_until(now))


def items(
    connection: sa.Connection,
    view: View,
    now: datetime,
    after: Item | None = None,
    limit: int = WINDOW,
) -> list[Item]:
    """One window of a list: what follows ``after``, at most ``limit``.

    All items by number; those that are out by due time, the most overdue first; checks by date.
    """
    return store.page(connection, view, _horizon(connection, now), after, limit)


def counts(connection: sa.Connection, now: datetime) -> Counts:
    """How many items each list holds."""
    return store.counts(connection, _horizon(connection, now))


def pulse(connection: sa.Connection) -> int:
    """A figure that grows whenever any item was added, changed, issued or returned; cheap."""
    return store.last_line(connection)


def item(connection: sa.Connection, item_id: str) -> Item:
    """The item with this id. Refused when there is none."""
    found = store.by_id(connection, item_id)
    if found is None:
        raise Refused("inventory.no_such_item", item=item_id[:64])
    return found


def by_number(connection: sa.Connection, number: str) -> Item | None:
    """The item with exactly this number, as typed or scanned; None when there is none."""
    return store.by_number(connection, number.strip().upper())


def history(
    connection: sa.Connection, item_id: str, before: int | None = None, limit: int = WINDOW
) -> list[CustodyLine]:
    """An item's lines, the newest first, those before line ``before``."""
    return store.history(connection, item_id, before, limit)


def issued(connection: sa.Connection, now: datetime) -> list[Issued]:
    """Every item that somebody has now, the longest due first."""
    found = []
    for one in store.held(connection):
        assert one.holding is not None
        who = one.holding
        found.append(
            Issued(
                one.id, one.number, one.facts.name, who.number, who.name, who.issued_at,
                who.due_at, one.overdue(now),
            )
        )  # fmt: skip
    return found


def add_item(database: Database, actor: Actor, new: NewItem) -> ItemId:
    """One more item stands in its place. Refused for a number in use, and for any weapon."""
    require(actor, Right.MANAGE_ITEMS)
    with database.act(actor) as act:
        facts = checked(new, catalogue(act.connection, act.at))
        _require_free(act.connection, facts.number)
        made = Item(ItemId(new_id()), facts, None, 1)
        store.insert(act.connection, [(made, item_words(facts), "")])
        store.write_lines(act.connection, [line_of(act, made, Custody.ADDED)])
        act.audit(
            "item.added", "item", made.id,
            number=facts.number, name=facts.name, group=facts.group,
        )  # fmt: skip
        act.announce(ItemsChanged((made.id,)))
        return made.id


def change_item(
    database: Database, actor: Actor, item_id: str, new: NewItem, base_rev: int, note: str = ""
) -> None:
    """The item is as told. Refused when another change came between, and like ``add_item``."""
    require(actor, Right.MANAGE_ITEMS)
    with database.act(actor) as act:
        was = item(act.connection, item_id)
        if was.rev != base_rev:
            raise Refused("inventory.changed_meanwhile", number=was.number)
        facts = checked(new, catalogue(act.connection, act.at))
        if facts == was.facts:
            return
        if facts.number != was.number:
            _require_free(act.connection, facts.number)
        before, after = store.facts_row(was.facts), store.facts_row(facts)
        changed = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        put(act, was, **after, words=item_words(facts))
        now_it_is = Item(was.id, facts, was.holding, was.rev + 1)
        store.write_lines(act.connection, [line_of(act, now_it_is, Custody.CHANGED, note)])
        act.audit("item.changed", "item", was.id, number=facts.number, changed=changed)
        act.announce(ItemsChanged((was.id,)))


def put(act: Act, item: Item, **values: object) -> None:
    """These columns of the item hold these values. Refused when it was changed meanwhile."""
    if not store.update(act.connection, item, **values):
        raise Refused("inventory.changed_meanwhile", number=item.number)


def line_of(act: Act, item: Item, kind: Custody, note: str = "") -> CustodyLine:
    """A line that tells this of the item as it is in ``item``, not written yet."""
    who = item.holding
    return CustodyLine(
        0, item.id, kind, act.at, str(act.actor),
        who.number if who else "", who.name if who else "",
        item.facts.condition, who.due_at if who else None, note,
    )  # fmt: skip


def numbers_in_use(connection: sa.Connection, numbers: Sequence[str]) -> set[str]:
    """Those of these checked numbers that items of the post have."""
    return store.taken_numbers(connection, numbers)


def _require_free(connection: sa.Connection, number: str) -> None:
    if store.by_number(connection, checked_number(number)) is not None:
        raise Refused("inventory.number_taken", field="number", number=number)
