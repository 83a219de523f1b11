"""What the page's keys lead to: the sheets that ask, and the acts that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.inventory.model import CONDITION_WORDS, Condition, ItemId, NewItem, View
from console.inventory.page.acts import several
from console.inventory.page.issue_sheet import IssueSheet, listed
from console.inventory.page.item_sheet import ItemSheet
from console.inventory.page.parts import begin_stocktake
from console.inventory.page.scanning import Scanning
from console.inventory.page.stocktake_sheet import Counted, StocktakeSheet
from console.inventory.service import Handing, Stocktake
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

if TYPE_CHECKING:
    from console.inventory.page.inventory_page import InventoryPage

translate = QCoreApplication.translate
RETURNED_AS = (Condition.FIT, Condition.WORN, Condition.DEFECTIVE, Condition.IN_REPAIR)


class Steps:
    """The officer's steps on ``page``."""

    def __init__(self, page: InventoryPage) -> None:
        self._page = page
        self.scanning = Scanning(page)
        self.scanning.code.connect(self._on_code)

    def hand_over(self) -> None:
        """The obvious next thing: what is out comes back, what is here goes out."""
        page = self._page
        (page.return_button if page.return_button.isEnabled() else page.issue_button).click()

    def issue(self) -> None:
        """Asks to whom, and hands the picked items out."""
        page, items, seen = self._page, self._page.picked(), self._page.seen
        if seen is None or not items:
            return

        def saved() -> None:
            page.done_with()
            sheet.accept()

        def save(to: Handing) -> None:
            page.acts.issue(items, to, seen.name_of(to.officer), saved, sheet.refused)

        sheet = IssueSheet(page, items, seen, save)

    def take_back(self) -> None:
        """Asks in which condition, and takes the picked items back."""
        page, items = self._page, self._page.picked()
        if not items:
            return
        holders = dict.fromkeys(item.holding.name for item in items if item.holding is not None)
        ChoiceSheet(
            page,
            Question(
                translate("Inventory", "{what} returned by {holder}: its condition").format(
                    what=several(items), holder=translate("Inventory", ", ").join(holders)
                ),
                listed(items) if len(items) > 1 else "",
                translate("Inventory", "Take back"),
            ),
            [Option(str(one), pick(CONDITION_WORDS[one])) for one in RETURNED_AS],
            lambda condition, note: page.acts.take_back(
                items, Condition(condition), note, page.done_with
            ),
            translate("Inventory", "Note, if anything is missing or broken"),
        )

    def choose_group(self) -> None:
        """Asks which group the list shows."""
        page, seen = self._page, self._page.seen
        if seen is None:
            return
        groups = [
            Option(code, pick(one.words))
            for code, one in seen.catalogue.groups.items()
            if not one.ledger
        ]
        ChoiceSheet(
            page,
            Question(translate("Inventory", "Which group?")),
            [Option("", translate("Inventory", "All groups")), *groups],
            lambda code, _: page.choose_view(View(page.view.filter, code, page.view.text)),
        )

    def add(self) -> None:
        """Asks for one more item."""
        page = self._page
        if page.seen is None:
            return

        def saved(item_id: ItemId) -> None:
            page.wish(item_id)
            sheet.accept()

        def save(new: NewItem) -> None:
            page.acts.add(new, saved, sheet.refused)

        sheet = ItemSheet(page, page.seen, save)

    def change(self) -> None:
        """Asks what is different about the chosen item."""
        page, was = self._page, self._page.panel.item
        if page.seen is None or was is None:
            return

        def save(new: NewItem) -> None:
            page.acts.change(was, new, sheet.accept, sheet.refused)

        sheet = ItemSheet(page, page.seen, save, was)

    def stocktake(self) -> None:
        """Asks which place is counted, and counts it."""
        page, seen = self._page, self._page.seen
        if seen is None:
            return
        ChoiceSheet(
            page,
            Question(translate("Inventory", "Stocktake of which place?")),
            [Option(code, pick(words)) for code, words in seen.catalogue.places.items()],
            lambda place, _: self._count(place, pick(seen.catalogue.place_words(place))),
        )

    def _count(self, place: str, words: str) -> None:
        page, parts = self._page, self._page.parts

        def begun(stock: Stocktake) -> None:
            StocktakeSheet(page, parts, self.scanning, Counted(words, stock), page.acts.stocktake)

        parts.background.ask(
            lambda: begin_stocktake(parts, place),
            begun,
            lambda error: parts.say(say_refusal(error), Tone.ALARM),
            page,
        )

    def _on_code(self, code: str) -> None:
        """A label was scanned: as if typed into the find field, which needs no focus for it."""
        self._page.field.setText(code)
        self._page.enter(code)

    def import_items(self) -> None:
        """Asks for a file, shows what it holds and what is wrong with it, and takes it."""
        from console.inventory.service.exchange import ITEMS
        from console.ui.exchange_sheet import ExchangeSheet

        page, parts = self._page, self._page.parts
        sheet = ExchangeSheet(page, parts.background, parts.database, parts.actor(), ITEMS)
        sheet.finished.connect(page.refresh)
        sheet.ask_file()

    def export_items(self) -> None:
        """Asks for a place and writes every item there as a table."""
        from console.inventory.service.exchange import ITEMS
        from console.ui.exchange_sheet import export_table

        page, parts = self._page, self._page.parts
        export_table(page, parts.background, parts.database, parts.actor(), ITEMS)
