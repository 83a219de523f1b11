"""The chosen item: what it is, who has it, and every line of its custody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.inventory import service
from console.inventory.model import Item
from console.inventory.page.columns import HistoryRow, history_columns
from console.inventory.page.parts import Look, PageParts
from console.inventory.page.words import (
    check_text,
    condition_words,
    due_text,
    late_text,
    state_face,
    who,
)
from console.ui.lamp import Lamp
from console.ui.panel import Panel, label
from console.ui.tables import RowTable
from console.ui.words import pick

translate = QCoreApplication.translate


class ItemPanel(Panel):
    """What is known of one item; its history is read in windows as it is scrolled."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Inventory", "The chosen item"))
        self._parts = parts
        self._look: Look | None = None
        self.item: Item | None = None
        self.lamp = Lamp()
        self.told = label("", "caption", wrap=True)
        self.told.setContentsMargins(10, 2, 10, 2)
        self.lamp.setContentsMargins(10, 0, 0, 0)
        self.table: RowTable[HistoryRow] = RowTable(
            history_columns(parts.clock.now),
            lambda row: row.line.seq,
            parts.background,
            self._read,
            (translate("Inventory", "Being read…"), ""),
        )
        self.table.view.setAccessibleName(translate("Inventory", "Custody of the item"))
        self.head.insertWidget(2, self.lamp)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.show_item(None, None)

    def show_item(self, item: Item | None, look: Look | None) -> None:
        """The panel tells of this item; its history follows as soon as it is read."""
        was, known = self.item, self._look is not None
        self.item, self._look = item, look
        here = item is not None and look is not None
        self.table.setVisible(here)
        self.lamp.setVisible(here)
        if item is None or look is None:
            self.set_title(translate("Inventory", "The chosen item"))
            self.told.setText(
                translate("Inventory", "Choose an item, or scan its label, to see its history.")
            )
            return
        self.set_title(item.number)
        self.tick(self._parts.clock.now())
        self.told.setText("\n".join(facts(item, look, self._parts.clock.now())))
        if was is None or was.id != item.id:
            self.table.show_rows(())
            self.table.restart()
        elif was.rev != item.rev or not known:
            self.table.restart()
        else:
            self.table.refresh()  # as old as the list beside it, and no older

    def tick(self, now: datetime) -> None:
        """What hangs on the time of day is true now."""
        if self.item is not None and self._look is not None:
            self.lamp.show_face(state_face(self.item, now))
            self.told.setText("\n".join(facts(self.item, self._look, now)))

    def _read(self, after: HistoryRow | None, limit: int) -> Sequence[HistoryRow]:
        item, look = self.item, self._look
        if item is None or look is None:
            return ()
        with self._parts.database.read() as connection:
            before = None if after is None else after.line.seq
            lines = service.history(connection, item.id, before, limit)
        return [HistoryRow(line, who(line.actor, look.officers)) for line in lines]


def facts(item: Item, look: Look, now: datetime) -> list[str]:
    """What is known of the item, a line each."""
    one, catalogue = item.facts, look.catalogue
    told = [
        f"{one.name}  ·  {pick(catalogue.group_words(one.group))}",
        translate("Inventory", "Kept in: {place}").format(
            place=pick(catalogue.place_words(one.place))
        ),
        translate("Inventory", "Condition: {condition}").format(
            condition=condition_words(one.condition)
        ),
    ]
    if one.model or one.serial:
        told.append(
            translate("Inventory", "Model, serial number: {told}").format(
                told=" / ".join(part for part in (one.model, one.serial) if part)
            )
        )
    if one.check_by is not None:
        told.append(
            translate("Inventory", "Check or expiry: {day}").format(day=check_text(one.check_by))
        )
    if item.holding is not None:
        told.append(
            translate("Inventory", "With {name} {number}, due back {due} ({late})").format(
                name=item.holding.name,
                number=item.holding.number,
                due=due_text(item),
                late=late_text(item, now),
            )
        )
    return told
