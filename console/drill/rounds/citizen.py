"""The counter's round: a visit is recorded and its receipt printed, by key."""

from __future__ import annotations

from console.app.console import Console
from console.citizen.page import CitizenPage
from console.drill.keyboard import type_text
from console.drill.rounds import Press

ASKED = "问路：从广场去汽车站怎么走"
DONE = "告知乘坐 3 路公交车，五站下车"
DIRECTIONS = "1"


class CitizenRound:
    """N, the kind, what was asked and done, Ctrl+Enter, P."""

    page = "citizen"

    def __init__(self) -> None:
        self._begun = self._printed = False

    def step(self, console: Console, press: Press) -> bool:
        """One key or one text at a look, as far as the page has come."""
        page = console.window.page(self.page)
        if not isinstance(page, CitizenPage):
            return False
        if page.writing:
            self._write(page, press)
            return False
        if not self._begun:
            if page.form.kind.count() and page.new.isEnabled():
                self._begun = True
                press(page, "N")
            return False
        return self._print(page, press)

    def _write(self, page: CitizenPage, press: Press) -> None:
        form = page.form
        if not form.save.isEnabled():
            return  # it is being saved
        if form.kind.hasFocus():
            press(page, DIRECTIONS)
        elif form.asked.hasFocus():
            type_text(page, ASKED) if not form.asked.toPlainText() else press(page, "Tab")
        elif not form.done.toPlainText():
            type_text(page, DONE)
        else:
            press(page, "Ctrl+Return")

    def _print(self, page: CitizenPage, press: Press) -> bool:
        """Done once the story of the new visit tells of its receipt."""
        visit = page.opened
        if visit is None or visit.asked != ASKED:
            return False
        kinds = [line.kind for line in page.facts.story.model.rows]
        if "receipt" in kinds:
            return True
        if not self._printed:
            self._printed = True
            press(page, "P")
        return False
