"""The round of the roster: the one who is missing signs on, and a shift of the draft is changed."""

from __future__ import annotations

from console.app.console import Console
from console.drill.rounds import Press
from console.roster.page import DutyPage


class RosterRound:
    """Opens the roster's view, signs one officer on, and changes one cell, by key."""

    page = "roster"

    def __init__(self) -> None:
        self._wanted = ""
        self._signed = self._moved = self._asked = False
        self._changes = 0

    def step(self, console: Console, press: Press) -> bool:
        page = console.window.page("roster")
        if not isinstance(page, DutyPage):
            return False
        view, seen = page.months, page.months.look
        if not view.isVisible():
            press(page, "Ctrl+2")
            return False
        person = view.grid.officer()
        if seen is None or person is None:
            return False
        if self._asked:
            return len(seen.view.changed) > self._changes
        away = next((one for one in seen.view.officers if one.id not in seen.here), None)
        self._wanted = self._wanted or (away.id if away is not None else person.id)
        if person.id != self._wanted:
            rows = [one.id for one in seen.view.officers]
            down = rows.index(person.id) < [str(one) for one in rows].index(self._wanted)
            press(view.grid, "Down" if down else "Up")
        elif person.id not in seen.here and view.officer.on.isEnabled():
            if not self._signed:
                self._signed = True
                press(view.grid, "S")
        elif not self._moved:
            self._moved = True
            press(view.grid, "Right")
        else:
            self._asked, self._changes = True, len(seen.view.changed)
            press(view.grid, "Return")
        return False
