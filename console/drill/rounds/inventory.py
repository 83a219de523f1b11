"""The officer's round in the equipment: two items scanned and issued, one of them taken back."""

from __future__ import annotations

from console.app.console import Console
from console.drill.keyboard import type_text
from console.drill.rounds import Press
from console.inventory.model import USABLE
from console.inventory.page import InventoryPage

KINDS = ("ZB012", "ZB020")  # radios and body cameras


class InventoryRound:
    """One round; what to do next is read from the screen."""

    page = "inventory"

    def __init__(self) -> None:
        self._numbers: list[str] = []
        self._issued = self._returned = False

    def step(self, console: Console, press: Press) -> bool:
        """The next key; True once both were issued and the radio is back."""
        page = console.window.page(self.page)
        if not isinstance(page, InventoryPage) or page.seen is None:
            return False
        if not self._numbers:
            self._numbers = _first_here(page)
            return False
        marked = {item.number for item in page.marked.values()}
        if not self._issued:
            self._issued = self._act(page, self._numbers, "I", press)
        elif not self._returned:
            if marked != set(self._numbers):  # else the sheet is not answered yet
                self._returned = self._act(page, self._numbers[:1], "R", press)
        else:
            return not marked
        return False

    def _act(self, page: InventoryPage, numbers: list[str], key: str, press: Press) -> bool:
        """Scans what is not marked yet, then goes to the list and presses the key; True then."""
        marked = {item.number for item in page.marked.values()}
        left = [number for number in numbers if number not in marked]
        if left and not page.field.hasFocus():
            press(page, "Ctrl+F")
        elif left and page.field.text() != left[0]:
            page.field.selectAll()
            type_text(page.field, left[0])
        elif left:
            press(page.field, "Return")
        elif page.field.hasFocus():
            press(page.field, "Down")
        else:
            press(page.table.view, key)
            return True
        return False


def _first_here(page: InventoryPage) -> list[str]:
    """The first item of each kind that nobody has."""
    found = []
    for kind in KINDS:
        for item in page.table.model.rows:
            here = item.holding is None and item.facts.condition in USABLE
            if here and item.number.startswith(kind):
                found.append(item.number)
                break
    return found if len(found) == len(KINDS) else []
