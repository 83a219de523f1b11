"""The words and lamps of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from console.core.actor import Actor
from console.core.errors import Refused
from console.inventory.model import CONDITION_WORDS, USABLE, Condition, Custody, Filter, Item
from console.people.model import RIGHT_WORDS, Officer, Right, allowed
from console.ui.lamp import LampFace, Shape
from console.ui.moments import age_text
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate


def condition_words(condition: Condition) -> str:
    """How the item is, in the officer's language."""
    return pick(CONDITION_WORDS[condition])


def condition_tone(condition: Condition) -> Tone:
    """Amber for what is broken and nobody has seen to."""
    if condition is Condition.DEFECTIVE:
        return Tone.LATE
    return Tone.CALM if condition in USABLE else Tone.QUIET


def state_face(item: Item, now: datetime) -> LampFace:
    """Here, out with somebody, overdue, or out of use."""
    if item.holding is not None:
        name = item.holding.name
        if item.overdue(now):
            return LampFace(Shape.SQUARE, Tone.ALARM, name, translate("Inventory", "overdue"))
        return LampFace(Shape.HALF, Tone.ACCENT, name)
    if item.facts.condition not in USABLE:
        return LampFace(Shape.CROSS, Tone.QUIET, translate("Inventory", "out of use"))
    return LampFace(Shape.DOT, Tone.CALM, translate("Inventory", "in its place"))


def due_text(item: Item) -> str:
    """When it should be back, local; a dash while it is here."""
    if item.holding is None:
        return "–"
    return f"{item.holding.due_at.astimezone():%m-%d %H:%M}"


def late_text(item: Item, now: datetime) -> str:
    """How long it has been overdue, or how long there is left."""
    if item.holding is None:
        return ""
    left_s = (item.holding.due_at - now).total_seconds()
    if left_s < 0:
        return translate("Inventory", "overdue by {age}").format(age=age_text(-left_s))
    return translate("Inventory", "back in {age}").format(age=age_text(left_s))


def check_text(day: date | None) -> str:
    """The date of the next check; a dash for none."""
    return "–" if day is None else day.isoformat()


def check_tone(day: date | None, now: datetime, until: date) -> Tone:
    """Red when the check is past, amber when it is near."""
    if day is None or day > until:
        return Tone.QUIET
    return Tone.ALARM if day < now.astimezone().date() else Tone.LATE


def filter_words(which: Filter) -> str:
    """What a filter is called."""
    return {
        Filter.ALL: translate("Inventory", "All"),
        Filter.ISSUED: translate("Inventory", "Issued"),
        Filter.OVERDUE: translate("Inventory", "Overdue"),
        Filter.CHECK: translate("Inventory", "Due for a check"),
    }[which]


def empty_words(which: Filter, finding: bool) -> tuple[str, str]:
    """What an empty list means, and what to do."""
    if finding:
        return (
            translate("Inventory", "Nothing is found by these words"),
            translate(
                "Inventory",
                "Number, name, pinyin initials, serial number or holder; Esc empties the field.",
            ),
        )
    return {
        Filter.ALL: (
            translate("Inventory", "No equipment is entered yet"),
            translate("Inventory", "Press Insert to add an item, or Ctrl+I to import a table."),
        ),
        Filter.ISSUED: (
            translate("Inventory", "Everything is in its place"),
            translate("Inventory", "Choose an item and press I to issue it."),
        ),
        Filter.OVERDUE: (
            translate("Inventory", "Nothing is overdue"),
            translate("Inventory", "Items that are not back in time will stand here."),
        ),
        Filter.CHECK: (
            translate("Inventory", "No check is due"),
            translate("Inventory", "Items whose check or expiry comes near will stand here."),
        ),
    }[which]


def custody_face(kind: Custody) -> LampFace:
    """One line of an item's history."""
    return {
        Custody.ADDED: LampFace(Shape.RING, Tone.QUIET, translate("Inventory", "entered")),
        Custody.CHANGED: LampFace(Shape.DASH, Tone.QUIET, translate("Inventory", "changed")),
        Custody.ISSUED: LampFace(Shape.HALF, Tone.ACCENT, translate("Inventory", "issued")),
        Custody.RETURNED: LampFace(Shape.TICK, Tone.CALM, translate("Inventory", "returned")),
        Custody.COUNTED: LampFace(Shape.TICK, Tone.QUIET, translate("Inventory", "counted")),
        Custody.MISSED: LampFace(Shape.CROSS, Tone.LATE, translate("Inventory", "not found")),
    }[kind]


def who(actor: str, officers: Sequence[Officer]) -> str:
    """``officer:0102`` as people say it."""
    kind, _, name = actor.partition(":")
    if kind != "officer":
        return translate("Inventory", "Console")
    found = next((one for one in officers if one.number == name), None)
    return name if found is None else f"{found.name} {name}"


def why_not(actor: Actor, right: Right) -> str:
    """The words of the refusal that this actor would meet; empty when he may."""
    if allowed(actor, right):
        return ""
    return say_refusal(Refused("people.not_allowed", who=actor.name, right=RIGHT_WORDS[right]))
