"""Intake by hand at the desk: the form, its draft, finding places, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.core import drafts
from console.dispatch.model import NewCall
from console.dispatch.page.acts import DeskActs
from console.dispatch.page.desk_news import Board
from console.dispatch.page.intake_panel import IntakePanel
from console.dispatch.page.place import DeskPlace
from console.gridmap.model import PlaceHit
from console.gridmap.page.view import MapView

FORM = "intake"


class Intake(QObject):
    """``taken(call id)`` when a call was saved; ``left`` when the officer went back (draft kept)."""

    taken = Signal(str)
    left = Signal()

    def __init__(self, place: DeskPlace, acts: DeskActs, map_view: MapView) -> None:
        super().__init__(acts)
        self._place = place
        self._acts = acts
        self.panel = IntakePanel(self._find)
        self.panel.taken.connect(self._save)
        self.panel.left.connect(self.left)
        self.panel.draft_ready.connect(self._keep)
        self.panel.pick_wanted.connect(map_view.start_pick)

    def offer(self, board: Board) -> None:
        """The form knows today's natures and sources."""
        self.panel.offer(board.natures, board.sources)

    def begin(self) -> None:
        """The form is open, with the officer's own draft where there is one."""
        place, officer = self._place, str(self._place.actor())

        def read() -> dict[str, Any] | None:
            with place.database.read() as connection:
                return drafts.find(connection, officer, FORM)

        def show(draft: dict[str, Any] | None) -> None:
            if draft:
                self.panel.begin(draft)

        self.panel.begin()
        place.background.ask(read, show, None, self)

    def _find(self, text: str, then: Callable[[Sequence[PlaceHit]], None]) -> None:
        self._place.background.ask(
            lambda: list(self._place.roads.find_place(text)), then, lambda _: then([]), self
        )

    def _keep(self, values: dict[str, Any]) -> None:
        place, actor = self._place, self._place.actor()

        def write() -> None:
            with place.database.act(actor) as act:
                drafts.keep(act.connection, str(actor), FORM, values, act.at)

        place.background.ask(write, None, None, self)

    def _forget(self) -> None:
        place, actor = self._place, self._place.actor()

        def write() -> None:
            with place.database.act(actor) as act:
                drafts.forget(act.connection, str(actor), FORM)

        place.background.ask(write, None, None, self)

    def _save(self, new: NewCall) -> None:
        def saved(call_id: str) -> None:
            self._forget()
            self.taken.emit(call_id)

        self._acts.take_call(new, saved, self.panel.refused)
