"""Stocktake of one place: what should lie there, what was read, what is missing; kept as custody."""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.core.text import shown
from console.inventory import store
from console.inventory.model import NUMBER_CHARS, Condition, Custody, Item, ItemId, ItemsChanged
from console.inventory.service.items import catalogue, line_of
from console.people.model import Right, require

MOST_UNKNOWN = 200  # labels of nobody that are kept; a reader beside a shop hears thousands
LABEL_CHARS = 64  # of a label of nobody
_NAMED = 500  # item numbers that one audit line names
_AWAY = frozenset({Condition.SCRAPPED, Condition.IN_REPAIR})


@dataclass(frozen=True, slots=True)
class Stocktake:
    """How far the stocktake of a place has come. ``elsewhere``: read here, but kept in another
    place, or somebody has it. ``unknown``: codes of no item."""

    place: str
    expected: Mapping[ItemId, Item]
    found: frozenset[ItemId] = frozenset()
    elsewhere: Mapping[ItemId, Item] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def missing(self) -> list[Item]:
        """What should lie here and was not read, by number."""
        return [one for one in self.expected.values() if one.id not in self.found]


def begin_stocktake(connection: sa.Connection, place: str, now: datetime) -> Stocktake:
    """Everything that should lie in this place now; nothing of it is found yet."""
    if place not in catalogue(connection, now).places:
        raise Refused("inventory.no_such_place", field="place", place=place[:NUMBER_CHARS])
    here = [
        one
        for one in store.all_items(connection)
        if one.facts.place == place and one.holding is None and one.facts.condition not in _AWAY
    ]
    return Stocktake(place, {one.id: one for one in here})


def taken(stock: Stocktake, code: str, item: Item | None) -> Stocktake:
    """The stocktake after this code was read, of this item; the same where it was read before."""
    if item is None:
        label = shown(code, LABEL_CHARS)
        if label in stock.unknown or len(stock.unknown) >= MOST_UNKNOWN:
            return stock
        return replace(stock, unknown=(*stock.unknown, label))
    if item.id in stock.expected:
        return replace(stock, found=stock.found | {item.id})
    return replace(stock, elsewhere={**stock.elsewhere, item.id: item})


def by_code(connection: sa.Connection, code: str) -> Item | None:
    """The item with this label: its number, its serial number, or a tag that carries either of
    them in ASCII, as posts write their own tags."""
    plain = code.strip().upper()
    for one in (plain, _written_on(plain)):
        if one:
            found = store.by_number(connection, one) or store.by_serial(connection, one)
            if found is not None:
                return found
    return None


def _written_on(epc: str) -> str:
    """The ASCII text of a tag, without the zeros that fill it up; empty where it is none."""
    try:
        text = binascii.unhexlify(epc).rstrip(b"\0").decode("ascii")
    except (ValueError, binascii.Error):
        return ""
    return text.upper() if text.isprintable() else ""


def record_stocktake(database: Database, actor: Actor, stock: Stocktake) -> tuple[int, int]:
    """Every item of the place has one more line in its history: seen, or missing. Returns how many
    were found and are missing. What was issued or moved meanwhile has no such line."""
    require(actor, Right.MANAGE_ITEMS)
    with database.act(actor) as act:
        now = begin_stocktake(act.connection, stock.place, act.at)
        found = [one for one in now.expected.values() if one.id in stock.found]
        missing = [
            one
            for one in now.expected.values()
            if one.id in stock.expected and one.id not in stock.found
        ]
        store.write_lines(
            act.connection,
            [line_of(act, one, Custody.COUNTED) for one in found]
            + [line_of(act, one, Custody.MISSED) for one in missing],
        )
        act.audit(
            "stocktake.recorded", "stocktake", new_id(),
            place=stock.place, found=len(found), missing=len(missing),
            missing_numbers=[one.number for one in missing[:_NAMED]],
            elsewhere=[one.number for one in stock.elsewhere.values()][:_NAMED],
            unknown=len(stock.unknown),
        )  # fmt: skip
        act.announce(ItemsChanged(tuple(one.id for one in (*found, *missing))))
    return len(found), len(missing)
