"""The desk's map: open calls and crews as markers, moved once a second at most."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from console.dispatch.page.desk_news import Board
from console.dispatch.page.markers import call_markers, unit_markers
from console.dispatch.page.place import DeskPlace
from console.gridmap.page.layer import Layer, layer_of
from console.gridmap.page.view import MapView
from console.ui.turns import Newest, Turns

MOVES_MS = 1000  # receivers tell once a second


class DeskMap(QObject):
    """Puts a board on the map and lets its crews move."""

    def __init__(self, place: DeskPlace, view: MapView, turns: Turns) -> None:
        super().__init__(turns)
        self._turns = turns
        self._place = place
        self._view = view
        self._board: Board | None = None
        self._newest = Newest()
        self._moves = QTimer(self)
        self._moves.setInterval(MOVES_MS)
        self._moves.setSingleShot(True)
        self._moves.timeout.connect(self._ask_crews)

    def show_board(self, board: Board) -> None:
        """The map shows this board's calls and crews."""
        self._board = board
        self._turns.soon("map of calls", self._show_calls)
        self._ask_crews()

    def moved(self) -> None:
        """A crew moved; the map shows it soon."""
        if not self._moves.isActive():
            self._moves.start()

    def _show_calls(self) -> None:
        if self._board is not None:
            now = self._place.clock.now()
            self._view.set_layer("calls", call_markers(self._board.cards, now))

    def _ask_crews(self) -> None:
        board, place = self._board, self._place
        if board is None:
            return

        def made() -> Layer:
            return layer_of(unit_markers(board.units, place.positions.latest(), place.clock.now()))

        def show(crews: Layer) -> None:
            self._turns.soon("map of crews", lambda: self._view.show_made("crews", crews))

        place.background.ask(made, self._newest.only(show), None, self)
