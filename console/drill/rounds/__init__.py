"""What the drill's officer does on every page between calls, by key: one round a room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from console.app.console import Console

Press = Callable[[QWidget, str], None]


class Round(Protocol):
    """One room's act. ``page`` is the page's key in the frame."""

    page: str

    def step(self, console: Console, press: Press) -> bool:
        """Looks at the screen and presses one key at most; True once the act is done.

        Called a few times a second while the page is shown and no sheet is open over it.
        """
        ...


def rounds() -> Sequence[Round]:
    """The rounds of a shift, in their order."""
    from console.drill.rounds.inventory import InventoryRound

    return (InventoryRound(),)
