"""Patrol (F7): the open points are looked at, one is chosen and shown on the map."""

from __future__ import annotations

from console.app.console import Console
from console.drill.rounds import Press
from console.patrol.page import PatrolPage


class PatrolRound:
    """O shows the open ones, Down goes to the next, M shows it on the map."""

    page = "patrol"

    def __init__(self) -> None:
        self._done = 0

    def step(self, console: Console, press: Press) -> bool:
        """One key at a look; done when the map is in front with the point."""
        page = console.window.page(self.page)
        if not isinstance(page, PatrolPage) or page.seen is None:
            return False
        if page.table.chosen_row() is None:
            return not page.table.model.rows  # every point is reached: nothing to look for
        press(page, ("O", "Down", "M")[self._done])
        self._done += 1
        return self._done == 3
