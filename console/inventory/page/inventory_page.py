"""The page of the equipment: find or scan, mark several, issue, take back, see who had it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.inventory.model import Filter, Item, ItemId, View
from console.inventory.page.acts import InventoryActs
from console.inventory.page.columns import item_columns
from console.inventory.page.item_panel import ItemPanel
from console.inventory.page.list_bar import FilterBar, FindField
from console.inventory.page.parts import Look, PageParts, look, read_items, read_scanned
from console.inventory.page.steps import Steps
from console.inventory.page.words import empty_words, why_not
from console.people.model import Right
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import Tone, px
from console.ui.style import look as style_look
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

TICK_MS = 1000
READ_TICKS = 5
SIDE_PX = 372


class InventoryPage(QWidget):
    """Items, the chosen one's history, and the marked ones. ``news`` when items may have changed."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self.parts = parts
        self.seen: Look | None = None
        self.view = View()
        self.marked: dict[ItemId, Item] = {}
        self._reading, self._ticks = False, 0
        self._wanted: ItemId | None = None
        self._scanned = ""
        self.acts = InventoryActs(parts, self)
        self.acts.done.connect(self.refresh)
        self.steps = Steps(self)
        self.field, self.filters, self.panel = FindField(), FilterBar(), ItemPanel(parts)
        self.notice = Notice()
        self.list = Panel(translate("Inventory", "Equipment"))
        self.table: RowTable[Item] = RowTable(
            item_columns(parts.clock.now, self.marked, lambda: self.seen),
            lambda item: item.id,
            parts.background,
            lambda after, limit: read_items(parts, self.view, after, limit),
            (translate("Inventory", "Being read…"), ""),
        )
        self.table.view.setAccessibleName(translate("Inventory", "Equipment"))
        self._build_buttons()
        self._lay_out()
        self.setFocusProxy(self.table)
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.allow()

    def news(self) -> None:
        """Items may have changed; the page looks when it is seen."""
        if self.isVisible():
            self._look(always=False)

    def refresh(self) -> None:
        """The page shows how things stand now, soon."""
        self._look(always=True)

    def choose_view(self, view: View) -> None:
        """The list shows this and begins anew."""
        self.view = view
        words = ""
        if self.seen is not None and view.group:
            words = pick(self.seen.catalogue.group_words(view.group))
        self.filters.show_chosen(view.filter, words)
        self.table.set_empty(*empty_words(view.filter, bool(view.text or view.group)))
        self.table.restart()

    def wish(self, item_id: ItemId) -> None:
        """This item is chosen as soon as it has been read."""
        self._wanted = item_id

    def picked(self) -> list[Item]:
        """What an act is about: the marked items, or the chosen one."""
        if self.marked:
            return list(self.marked.values())
        return [self.panel.item] if self.panel.item is not None else []

    def done_with(self) -> None:
        """The picked items are dealt with: nothing is marked, and a scanned number is gone."""
        self.unmark()
        if self._scanned and self._scanned == self.field.text().strip():
            self.field.clear()
            self.field.settle()
        self._scanned = ""

    def unmark(self) -> None:
        """Nothing is marked."""
        self.marked.clear()
        self._show_marked()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _build_buttons(self) -> None:
        steps = self.steps
        self.add_button = KeyButton(translate("Inventory", "Enter"), "Insert")
        self.change_button = KeyButton(translate("Inventory", "Change"), "E")
        self.import_button = KeyButton(translate("Inventory", "Import"), "Ctrl+I")
        self.export_button = KeyButton(translate("Inventory", "Export"), "Ctrl+E")
        self.count_button = KeyButton(translate("Inventory", "Stocktake"), "S")
        self.mark_button = KeyButton(translate("Inventory", "Mark"), "Space")
        self.history_button = KeyButton(translate("Inventory", "History"), "H")
        self.return_button = KeyButton(translate("Inventory", "Return"), "R")
        self.issue_button = KeyButton(translate("Inventory", "Issue"), "I", "primary")
        for button, slot in (
            (self.add_button, steps.add),
            (self.change_button, steps.change),
            (self.import_button, steps.import_items),
            (self.export_button, steps.export_items),
            (self.count_button, steps.stocktake),
            (self.mark_button, self._on_mark),
            (self.history_button, self._on_history),
            (self.return_button, steps.take_back),
            (self.issue_button, steps.issue),
            (self.filters.group, steps.choose_group),
        ):
            button.clicked.connect(slot)
        for button in (self.mark_button, self.return_button, self.issue_button):
            self.list.add_action(button)
        self.panel.add_action(self.history_button)

    def _lay_out(self) -> None:
        left, top, across = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        left.setSpacing(8)
        top.setSpacing(6)
        top.addWidget(self.field, 1)
        for button in (
            self.add_button, self.change_button, self.import_button, self.export_button, self.count_button,
        ):  # fmt: skip
            top.addWidget(button)
        for part in (self.filters, self.notice):
            self.list.body.addWidget(part)
        self.list.body.addWidget(self.table, 1)
        left.addLayout(top)
        left.addWidget(self.list, 1)
        across.setContentsMargins(8, 8, 8, 8)
        across.setSpacing(8)
        across.addLayout(left, 1)
        across.addWidget(self.panel)
        self._measure()
        style_look().changed.connect(self._measure)

    def _measure(self) -> None:
        self.panel.setFixedWidth(px(SIDE_PX))

    def _connect(self) -> None:
        self.field.found.connect(self._on_words)
        self.field.entered.connect(self.enter)
        self.field.left.connect(self.table.setFocus)
        self.filters.chosen.connect(
            lambda which: self.choose_view(View(Filter(which), self.view.group, self.view.text))
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.steps.hand_over())
        for signal in (self.table.model.modelReset, self.table.model.dataChanged):
            signal.connect(self._after_reading)
        for key, slot in (("Ctrl+F", self._on_find), ("Escape", self._on_back)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._ticks % READ_TICKS == 0:
            self._look(always=False)
        self.table.model.repaint()
        self.panel.tick(self.parts.clock.now())
        self.allow()

    def _look(self, always: bool) -> None:
        """Counts and officers are read; the rows too where something has changed, or ``always``."""
        if always:
            self.table.refresh()
        if self._reading:
            return
        self._reading = True

        def show(seen: Look) -> None:
            before, self.seen, self._reading = self.seen, seen, False
            self.filters.show_counts(seen.counts)
            if before is None:
                self.table.set_empty(*empty_words(self.view.filter, False))
            moved = before is None or (before.pulse, before.counts) != (seen.pulse, seen.counts)
            if moved and not always:
                self.table.refresh()
            self._on_chosen(self.table.chosen_row() or self.panel.item)

        def unread(error: Exception) -> None:
            self._reading = False
            self.table.freshness.failed(say_refusal(error))

        self.parts.background.ask(partial(look, self.parts), show, unread, self)

    def _after_reading(self) -> None:
        rows = self.table.model.rows
        for row in rows if self.marked else ():
            if row.id in self.marked:
                self.marked[row.id] = row
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        chosen = self.table.chosen_row()
        if chosen is not None and chosen != self.panel.item:
            self._on_chosen(chosen)
        elif rows and chosen is None:
            QTimer.singleShot(0, self._choose_some)

    def _choose_some(self) -> None:
        """The row that the panel shows where it is in the list, else the first."""
        rows, shown = self.table.model.rows, self.panel.item
        if rows and self.table.chosen_row() is None:
            here = shown is not None and self.table.choose(shown.id)
            if not here:
                self.table.choose(rows[0].id)

    def _on_chosen(self, row: Item | None) -> None:
        if row is not None:
            self.panel.show_item(row, self.seen)
        self.allow()

    def _on_words(self, text: str) -> None:
        if text != self.view.text:
            self.choose_view(View(self.view.filter, self.view.group, text))

    def enter(self, text: str) -> None:
        """A whole number, typed or scanned, marks its item; other words go on to the list."""
        if not text:
            self.table.setFocus()
            return
        self.field.selectAll()  # the next label is scanned over this one

        def show(item: Item | None) -> None:
            if item is None:
                self.field.settle()
                self.table.setFocus()
                return
            self.mark(item)
            self.panel.show_item(item, self.seen)
            self._wanted, self._scanned = item.id, text
            self.field.rest()
            self.choose_view(View(text=text))

        self.parts.background.ask(
            partial(read_scanned, self.parts, text), show, self._on_unread, self
        )

    def _on_unread(self, error: Exception) -> None:
        self.parts.say(say_refusal(error), Tone.ALARM)

    def _on_history(self) -> None:
        self.panel.table.setFocus()

    def _on_find(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _on_back(self) -> None:
        """One step back: the words, then the marks, then the filter and the group."""
        if self.field.text():
            self.field.clear()
            self.field.settle()
        elif self.field.hasFocus() or self.panel.table.view.hasFocus():
            self.table.setFocus()
        elif self.marked:
            self.unmark()
        elif self.view != View():
            self.choose_view(View())

    def mark(self, item: Item) -> None:
        """The item is marked."""
        self.marked[item.id] = item
        self._show_marked()

    def _on_mark(self) -> None:
        row = self.table.chosen_row()
        if row is None:
            return
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        at = self.table.view.currentIndex().row() + 1
        if at < len(self.table.model.rows):
            self.table.choose(self.table.model.rows[at].id)
        self._show_marked()

    def _show_marked(self) -> None:
        told = translate("Inventory", ", ").join(
            f"{one.number} {one.facts.name}" for one in list(self.marked.values())[-4:]
        )
        if self.marked:
            self.notice.say(
                translate(
                    "Inventory",
                    "{n} marked: {items}. I issues them, R takes them back, Esc unmarks.",
                ).format(n=len(self.marked), items=told if len(self.marked) <= 4 else f"… {told}")
            )
        else:
            self.notice.say("")
        self.table.model.repaint()
        self.allow()

    def allow(self) -> None:
        """Each button obeys, or says under the pointer why it does not."""
        actor, items = self.parts.actor(), self.picked()
        issue, manage = why_not(actor, Right.ISSUE_ITEMS), why_not(actor, Right.MANAGE_ITEMS)
        unread = (
            translate("Inventory", "The equipment is not read yet.") if self.seen is None else ""
        )
        none = "" if items else translate("Inventory", "Choose an item first.")
        out = sum(item.holding is not None for item in items)
        is_out = translate("Inventory", "Somebody has it already; take it back first.")
        is_here = translate("Inventory", "Nobody has it, so it cannot be returned.")
        for button, reason in (
            (self.issue_button, issue or unread or none or (is_out if out else "")),
            (self.return_button, issue or unread or none or (is_here if out < len(items) else "")),
            (self.add_button, manage or unread),
            (self.change_button, manage or unread or ("" if self.panel.item else none)),
            (self.import_button, manage or unread),
            (self.count_button, manage or unread),
            (self.export_button, unread),
            (self.mark_button, none if self.table.chosen_row() is None else ""),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason)
