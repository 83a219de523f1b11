"""Equipment: what an item is, who may hold it, and when it must be back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words

ItemId = NewType("ItemId", str)

NUMBER_CHARS = 32
NAME_CHARS = 64
MODEL_CHARS = 64
NOTE_CHARS = 200
MOST_AT_ONCE = 100  # items in one act of issuing or returning


class Condition(StrEnum):
    """How an item is."""

    FIT = "fit"
    WORN = "worn"
    DEFECTIVE = "defective"
    IN_REPAIR = "in_repair"
    SCRAPPED = "scrapped"


USABLE = frozenset({Condition.FIT, Condition.WORN})

CONDITION_WORDS: Mapping[Condition, Words] = {
    Condition.FIT: Words("完好", "fit"),
    Condition.WORN: Words("磨损", "worn"),
    Condition.DEFECTIVE: Words("故障", "defective"),
    Condition.IN_REPAIR: Words("送修", "in repair"),
    Condition.SCRAPPED: Words("报废", "scrapped"),
}


class Custody(StrEnum):
    """What one line of an item's history tells."""

    ADDED = "added"
    CHANGED = "changed"
    ISSUED = "issued"
    RETURNED = "returned"
    COUNTED = "counted"  # seen in a stocktake
    MISSED = "missed"  # not seen in one


class Filter(StrEnum):
    """Which items a list shows."""

    ALL = "all"
    ISSUED = "issued"
    OVERDUE = "overdue"
    CHECK = "check"  # expiry or calibration is due soon, or past


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the post's equipment. ``ledger``: kept only in the two-person weapon ledger."""

    code: str
    words: Words
    ledger: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The groups, the post's places for equipment, and what is never kept here by its name."""

    groups: Mapping[str, Group]
    places: Mapping[str, Words]
    ledger_names: tuple[str, ...]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Catalogue:
        """The catalogue of a reference table."""
        groups = [
            Group(row["code"], Words(row["zh_CN"], row["en"]), bool(row.get("ledger")))
            for row in table["groups"]
        ]
        places = {row["code"]: Words(row["zh_CN"], row["en"]) for row in table["places"]}
        names = tuple(str(name).lower() for name in table.get("ledger_names", ()))
        return cls({group.code: group for group in groups}, places, names)

    def group_words(self, code: str) -> Words:
        """What a group is called; its code where the table no longer has it."""
        group = self.groups.get(code)
        return Words(code, code) if group is None else group.words

    def place_words(self, code: str) -> Words:
        """What a place is called; its code where the table no longer has it."""
        return self.places.get(code, Words(code, code))

    def group_code(self, text: str) -> str:
        """The code of a group told by its code or its words; the text itself when it is neither."""
        words = {code: group.words for code, group in self.groups.items()}
        return _code(text, words)

    def place_code(self, text: str) -> str:
        """The same for a place."""
        return _code(text, self.places)

    def is_ledgers(self, group: str, name: str) -> bool:
        """Whether a thing belongs to the two-person weapon ledger: by its group or by its name."""
        known = self.groups.get(group)
        return (known is not None and known.ledger) or name.lower().endswith(self.ledger_names)


def _code(text: str, words: Mapping[str, Words]) -> str:
    told = text.strip().lower()
    for code, one in words.items():
        if told in (code.lower(), one.zh_CN.lower(), one.en.lower()):
            return code
    return text.strip()


@dataclass(frozen=True, slots=True)
class Rules:
    """How long an item is out unless told otherwise, and how early a check is announced."""

    due_hours: float
    check_ahead_days: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Rules:
        """The rules of a reference table, each held within what makes sense."""
        hours = min(max(float(table["due_hours"]), 0.5), 24.0 * 31)
        return cls(hours, min(max(int(table["check_ahead_days"]), 0), 366))

    def due_at(self, now: datetime) -> datetime:
        """When what is issued now should be back."""
        return now + timedelta(hours=self.due_hours)

    def check_until(self, now: datetime) -> date:
        """Checks due up to this local day are announced."""
        return now.astimezone().date() + timedelta(days=self.check_ahead_days)


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is said of an item when it is added or changed. ``check_by``: expiry or calibration."""

    number: str
    group: str
    name: str
    model: str = ""
    serial: str = ""
    place: str = "store"
    condition: Condition = Condition.FIT
    check_by: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who has an item, since when, until when."""

    number: str
    name: str
    issued_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with its own number. ``holding`` is None while it is in its place."""

    id: ItemId
    facts: NewItem
    holding: Holding | None
    rev: int

    @property
    def number(self) -> str:
        """The text of its label."""
        return self.facts.number

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been back."""
        return self.holding is not None and self.holding.due_at < now


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One line of an item's history; never changed, never taken back."""

    seq: int
    item_id: ItemId
    kind: Custody
    at: datetime
    actor: str
    holder_number: str
    holder_name: str
    condition: Condition
    due_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Issued:
    """One item that somebody has, as other rooms list it."""

    item_id: ItemId
    item_number: str
    item_name: str
    holder_number: str
    holder_name: str
    issued_at: datetime
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class View:
    """What a list is asked for: a filter, one group or all (empty), and words to be found."""

    filter: Filter = Filter.ALL
    group: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are, are out, are overdue, are due for a check."""

    total: int
    issued: int
    overdue: int
    check: int


@dataclass(frozen=True, slots=True)
class ItemsChanged:
    """Items were added, changed, issued or returned."""

    items: tuple[ItemId, ...]


def checked_number(text: str) -> str:
    """The number as labels carry it, in capitals. Refused unless 1 to 32 printable ASCII, no blanks."""
    found = text.strip().upper()
    fine = 0 < len(found) <= NUMBER_CHARS and all("!" <= sign <= "~" for sign in found)
    if not fine:
        raise Refused(
            "inventory.bad_number", field="number", number=found[:NUMBER_CHARS], most=NUMBER_CHARS
        )
    return found


def checked(new: NewItem, catalogue: Catalogue) -> NewItem:
    """The facts, cleaned. Refused for a bad number or name, an unknown group or place, a weapon."""
    number = checked_number(new.number)
    name = _line(new.name)
    if not 0 < len(name) <= NAME_CHARS:
        raise Refused("inventory.bad_name", field="name", most=NAME_CHARS)
    for field, text in (("model", new.model), ("serial", new.serial)):
        if len(text) > MODEL_CHARS:
            raise Refused("inventory.bad_model", field=field, most=MODEL_CHARS)
    if new.group not in catalogue.groups:
        raise Refused("inventory.no_such_group", field="group", group=new.group[:NUMBER_CHARS])
    if catalogue.is_ledgers(new.group, name):
        raise Refused("inventory.weapon", field="group", number=number, name=name)
    if new.place not in catalogue.places:
        raise Refused("inventory.no_such_place", field="place", place=new.place[:NUMBER_CHARS])
    return NewItem(
        number, new.group, name, _line(new.model), _line(new.serial), new.place,
        new.condition, new.check_by,
    )  # fmt: skip


def _line(text: str) -> str:
    return shown(text, len(text)).replace("\n", " ").replace("\t", " ").strip()


def clean_note(text: str) -> str:
    """A note as it may be kept. Refused when longer than 200 characters."""
    found = _line(text)
    if len(found) > NOTE_CHARS:
        raise Refused("inventory.long_note", most=NOTE_CHARS)
    return found


def checked_due(now: datetime, due_at: datetime) -> datetime:
    """When it should be back. Refused unless after now and within a year."""
    if not now < due_at <= now + timedelta(days=366):
        raise Refused("inventory.bad_due", field="due")
    return due_at


def require_issuable(item: Item, catalogue: Catalogue) -> None:
    """The item may be handed out. Refused with who holds it, or why it must stay."""
    if catalogue.is_ledgers(item.facts.group, item.facts.name):
        raise Refused("inventory.weapon", number=item.number, name=item.facts.name)
    if item.holding is not None:
        raise Refused(
            "inventory.held",
            number=item.number,
            name=item.facts.name,
            holder=f"{item.holding.name} {item.holding.number}",
            since=f"{item.holding.issued_at.astimezone():%m-%d %H:%M}",
        )
    if item.facts.condition not in USABLE:
        raise Refused(
            "inventory.not_usable",
            number=item.number,
            name=item.facts.name,
            condition=CONDITION_WORDS[item.facts.condition],
        )
