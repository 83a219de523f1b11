"""The page's acts: done in the background, told in the status line. Custody is never taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject

from console.inventory import service
from console.inventory.model import Condition, Item, ItemId, NewItem
from console.inventory.page.parts import PageParts
from console.inventory.page.words import condition_words
from console.inventory.service import Handing
from console.ui.acts import Failed, PageActs

translate = QCoreApplication.translate


class InventoryActs(PageActs):
    """Each method is one act of whoever sits here; ``done`` follows when it is saved."""

    def __init__(self, parts: PageParts, parent: QObject) -> None:
        super().__init__(parts.background, parts.say, parent)
        self._parts = parts

    def issue(
        self,
        items: Sequence[Item],
        to: Handing,
        name: str,
        then: Callable[[], None],
        failed: Failed,
    ) -> None:
        """The officer, of this name, has all these items."""
        database, actor, ids = self._parts.database, self._parts.actor(), [one.id for one in items]

        def saved(due_at: object) -> None:
            then()
            self._tell(
                translate("Inventory", "{what} issued to {officer}, due back {due}").format(
                    what=several(items), officer=name, due=f"{due_at:%m-%d %H:%M}"
                )
            )

        self._ask(
            lambda: service.issue(database, actor, ids, to).astimezone(), saved, failed
        )  # fmt: skip

    def take_back(
        self, items: Sequence[Item], condition: Condition, note: str, then: Callable[[], None]
    ) -> None:
        """All these items are back, in this condition."""
        database, actor, ids = self._parts.database, self._parts.actor(), [one.id for one in items]

        def saved(_: None) -> None:
            then()
            self._tell(
                translate("Inventory", "{what} returned, {condition}").format(
                    what=several(items), condition=condition_words(condition)
                )
            )

        self._ask(lambda: service.take_back(database, actor, ids, condition, note), saved)

    def stocktake(self, stock: service.Stocktake, then: Callable[[], None], failed: Failed) -> None:
        """What was found and what is missing stands in the items' histories."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(counted: tuple[int, int]) -> None:
            then()
            self._tell(
                translate(
                    "Inventory", "Stocktake recorded: {found} found, {missing} missing"
                ).format(found=counted[0], missing=counted[1])
            )

        self._ask(lambda: service.record_stocktake(database, actor, stock), saved, failed)

    def add(self, new: NewItem, then: Callable[[ItemId], None], failed: Failed) -> None:
        """One more item; ``then`` gets its id, ``failed`` why not."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(item_id: ItemId) -> None:
            then(item_id)
            self._tell(translate("Inventory", "{item} entered").format(item=new.number))

        self._ask(lambda: service.add_item(database, actor, new), saved, failed)

    def change(self, was: Item, new: NewItem, then: Callable[[], None], failed: Failed) -> None:
        """The item is as told."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(_: None) -> None:
            then()
            self._tell(translate("Inventory", "{item} changed").format(item=new.number))

        self._ask(
            lambda: service.change_item(database, actor, was.id, new, was.rev), saved, failed
        )  # fmt: skip


def several(items: Sequence[Item]) -> str:
    """One item by number and name, more by their count."""
    if len(items) == 1:
        return f"{items[0].number} {items[0].facts.name}"
    return translate("Inventory", "{n} items").format(n=len(items))
