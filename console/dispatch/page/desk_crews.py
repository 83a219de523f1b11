"""The desk's table of crews: its rows are made in the background, once a second at most."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject

from console.dispatch.page.desk_news import Board
from console.dispatch.page.place import DeskPlace
from console.dispatch.page.unit_board import UnitBoard, UnitRow, unit_rows, unit_summary
from console.ui.panel import Panel
from console.ui.turns import Newest, Turns

translate = QCoreApplication.translate


class DeskCrews(QObject):
    """Puts a board's crews into the table, with their newest places."""

    def __init__(self, place: DeskPlace, table: UnitBoard, panel: Panel, turns: Turns) -> None:
        super().__init__(turns)
        self._place = place
        self._table = table
        self._panel = panel
        self._turns = turns
        self._newest = Newest()
        self._board: Board | None = None

    def show_board(self, board: Board) -> None:
        """The table will show this board's crews."""
        self._board = board
        self.renew()

    def renew(self) -> None:
        """The table will show the crews as they are now."""
        board, place = self._board, self._place
        if board is None:
            return

        def made() -> list[UnitRow]:
            rows = unit_rows(
                board.units,
                place.positions.latest(),
                board.bound,
                board.limits.position_age_s,
                place.clock.now(),
            )
            doubted = place.positions.doubted()
            return [
                replace(row, doubt=doubted[row.unit_id]) if row.unit_id in doubted else row
                for row in rows
            ]

        def show(rows: list[UnitRow]) -> None:
            self._turns.soon("crews", lambda: self._show(board, rows))

        place.background.ask(made, self._newest.only(show), None, self)

    def _show(self, board: Board, rows: list[UnitRow]) -> None:
        self._panel.set_title(translate("Desk", "Crews"), unit_summary(board.units))
        self._table.show_rows(rows)
