"""What the two tables show: the items, and the custody of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.inventory.model import CustodyLine, Item, ItemId
from console.inventory.page.parts import Look
from console.inventory.page.words import (
    check_text,
    check_tone,
    condition_tone,
    condition_words,
    custody_face,
    due_text,
    late_text,
    state_face,
)
from console.ui.moments import moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of an item's custody, with who wrote it as people say it."""

    line: CustodyLine
    by: str


def item_columns(
    now: Now, marked: Container[ItemId], look: Callable[[], Look | None]
) -> list[Column[Item]]:
    """The columns of the items, in the officer's language."""

    def group(item: Item) -> str:
        seen = look()
        return (
            item.facts.group if seen is None else pick(seen.catalogue.group_words(item.facts.group))
        )

    def check(item: Item) -> Tone:
        seen = look()
        if seen is None:
            return Tone.QUIET
        return check_tone(item.facts.check_by, now(), seen.rules.check_until(now()))

    return [
        Column("", lambda item: "✓" if item.id in marked else "", 30, tone=lambda _: Tone.ACCENT),
        Column(translate("Inventory", "Number"), lambda item: item.number, 96),
        Column(translate("Inventory", "Name"), lambda item: item.facts.name),
        Column(translate("Inventory", "Group"), group, 88),
        Column(
            translate("Inventory", "State"),
            lambda item: state_face(item, now()).word,
            138,
            face=lambda item: state_face(item, now()),
        ),
        Column(
            translate("Inventory", "Due back"),
            due_text,
            96,
            tone=lambda item: Tone.ALARM if item.overdue(now()) else Tone.CALM,
            tip=lambda item: late_text(item, now()),
        ),
        Column(
            translate("Inventory", "Condition"),
            lambda item: condition_words(item.facts.condition),
            72,
            tone=lambda item: condition_tone(item.facts.condition),
        ),
        Column(
            translate("Inventory", "Check by"),
            lambda item: check_text(item.facts.check_by),
            92,
            tone=check,
        ),
    ]


def history_columns(now: Now) -> list[Column[HistoryRow]]:
    """The columns of an item's custody, in the officer's language."""
    return [
        Column(translate("Inventory", "Time"), lambda row: moment_text(row.line.at, now()), 90),
        Column(
            translate("Inventory", "What"),
            lambda row: custody_face(row.line.kind).word,
            74,
            face=lambda row: custody_face(row.line.kind),
        ),
        Column(
            translate("Inventory", "Holder"),
            lambda row: row.line.holder_name or "–",
            66,
            tip=lambda row: f"{row.line.holder_name} {row.line.holder_number}".strip(),
        ),
        Column(
            translate("Inventory", "Condition"),
            lambda row: condition_words(row.line.condition),
            52,
            tone=lambda row: condition_tone(row.line.condition),
        ),
        Column(
            translate("Inventory", "By, note"),
            lambda row: "  ".join(one for one in (row.by.partition(" ")[0], row.line.note) if one),
            tip=lambda row: "\n".join(one for one in (row.by, row.line.note) if one),
        ),
    ]
