"""Intake by hand at the desk: the form, its draft, finding places, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.core import drafts
from console.core.ids import CallId
from console.dispatch import service
from console.dispatch.model import Duplicate, NewCall, Probe
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
        self.panel.compare_wanted.connect(self._compare)
        self.panel.merge_wanted.connect(self._merge)
        self._board: Board | None = None
        self._owner = ""

    def offer(self, board: Board) -> None:
        """The form knows today's natures and sources."""
        self._board = board
        self.panel.offer(board.natures, board.sources)

    def begin(self) -> None:
        """The form is open, with the officer's own draft where there is one."""
        place, officer = self._place, str(self._place.actor())
        self._owner = officer

        def read() -> dict[str, Any] | None:
            with place.database.read() as connection:
                return drafts.find(connection, officer, FORM)

        def show(draft: dict[str, Any] | None) -> None:
            if draft and not self.panel.touched:
                self.panel.begin(draft)

        self.panel.begin()
        place.background.ask(read, show, None, self)

    def _find(self, text: str, then: Callable[[Sequence[PlaceHit]], None]) -> None:
        self._place.background.ask(
            lambda: list(self._place.roads.find_place(text)), then, lambda _: then([]), self
        )

    def _keep(self, values: dict[str, Any]) -> None:
        place, actor, owner = self._place, self._place.actor(), self._owner
        if owner != str(actor):
            return  # somebody else sits here now; what the first one typed was kept before

        def write() -> None:
            with place.database.act(actor) as act:
                drafts.keep(act.connection, owner, FORM, values, act.at)

        place.background.act(write, None, None, self)

    def _forget(self) -> None:
        place, actor = self._place, self._place.actor()

        def write() -> None:
            with place.database.act(actor) as act:
                drafts.forget(act.connection, str(actor), FORM)

        place.background.act(write, None, None, self)

    def _compare(self) -> None:
        """Calls that may be the same matter as what is being typed are looked for."""
        place, board = self._place, self._board
        point, nature, phone = self.panel.probe()
        if board is None or (point is None and not phone):
            self.panel.show_alike(())
            return
        now = place.clock.now()
        lat, lon = point if point is not None else (None, None)
        category = board.natures.of(nature).category if nature else ""
        probe = Probe(now, lat, lon, category, phone)

        def read() -> list[Duplicate]:
            with place.database.read() as connection:
                found = service.duplicates(connection, probe, now)
            return [one for one in found if one.call.status.is_open]

        place.background.ask(read, self.panel.show_alike, None, self)

    def _merge(self, new: NewCall, into: str) -> None:
        def saved(call_id: str) -> None:
            self.panel.begin()
            self._forget()
            self._acts.merge(CallId(call_id), CallId(into))
            self.taken.emit(into)

        self._acts.take_call(new, saved, self.panel.refused)

    def _save(self, new: NewCall) -> None:
        def saved(call_id: str) -> None:
            self.panel.begin()
            self._forget()
            self.taken.emit(call_id)

        self._acts.take_call(new, saved, self.panel.refused)
