"""The officer's round in the figures: each measure once, and the areas."""

from __future__ import annotations

from console.app.console import Console
from console.assessment.model import Grouping, Measure
from console.assessment.page import FiguresPage
from console.drill.rounds import Press


class AssessmentRound:
    """One round; what to do next is read from the screen."""

    page = "assessment"

    def __init__(self) -> None:
        self._left = [Measure.DEPART, Measure.FEEDBACK, Measure.SIGN]
        self._keys = {measure: str(at) for at, measure in enumerate(Measure, 1)}
        self._pressed: Measure | None = None

    def step(self, console: Console, press: Press) -> bool:
        """The next key; True once every measure and the areas were shown."""
        page = console.window.page(self.page)
        if not isinstance(page, FiguresPage) or page.seen is None or page.chart is None:
            return False
        if self._pressed is not None:
            if page.seen.measure is self._pressed:
                self._left.remove(self._pressed)
                self._pressed = None
            return False
        if self._left:
            self._pressed = self._left[0]
            press(page, self._keys[self._pressed])
        elif page.grouping is not Grouping.AREA:
            press(page, "A")
        else:
            press(page, "H")
            return True
        return False
