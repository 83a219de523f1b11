"""Times a full board redrawn and a call opened: ``python -m console.drill.bench.redrawing DATA N``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from console.core.timings import Timings
from console.dispatch import service
from console.dispatch.model import CallStatus
from console.dispatch.service import Edit
from console.drill.bench.desk import MeasuredDesk

PAUSE_MS = 60


class Redrawing:
    """Changes one call of the board and opens another, ``rounds`` times in turn."""

    def __init__(self, desk: MeasuredDesk, rounds: int) -> None:
        self._desk, self._page, self._rounds = desk, desk.desk, rounds
        self._found = Timings()
        self._begun = 0.0
        self._turn = 0
        self._waiting = ""

    def begin(self) -> None:
        """The first round; the others follow."""
        self._cards = len(self._page.queue.cards.cards)
        self._page.advice_shown.connect(self._on_advice)
        self._page.board_shown.connect(self._on_board)
        self._change()

    def _change(self) -> None:
        """A call of the board is told more by the officer; the whole board is redrawn."""
        cards = self._page.queue.cards.cards
        call = cards[(self._turn * 331) % len(cards)].call
        place = self._desk.post
        with place.database.read() as connection:
            call = service.call(connection, call.id).call
        self._waiting = "board"
        edit = Edit(level=1 + call.level % 4)
        service.change_call(place.database, self._desk.console.actor(), call.id, call.rev, edit)
        self._begun = time.perf_counter()

    def _on_board(self) -> None:
        if self._waiting != "board":
            return
        self._waiting = ""
        self._page.queue.viewport().repaint()
        self._found.add("board", (time.perf_counter() - self._begun) * 1000)
        QTimer.singleShot(PAUSE_MS, self._page, self._open)

    def _open(self) -> None:
        cards = self._page.queue.cards.cards
        card = cards[(self._turn * 173 + 5) % len(cards)]
        if card.call.id == self._page.queue.chosen_id() or card.call.status is not (
            CallStatus.RECEIVED
        ):
            card = cards[(self._turn * 173 + 6) % len(cards)]
        self._waiting = f"advice {card.call.id}"
        self._begun = time.perf_counter()
        self._page.queue.choose(card.call.id)

    def _on_advice(self, call_id: str) -> None:
        if self._waiting != f"advice {call_id}":
            return
        self._waiting = ""
        self._page.panel.advice.repaint()
        self._found.add("opened", (time.perf_counter() - self._begun) * 1000)
        self._turn += 1
        if self._turn < self._rounds:
            QTimer.singleShot(PAUSE_MS, self._page, self._change)
            return
        self._desk.end({
            "cards": self._cards,
            "board": self._found.figures("board"),
            "opened": self._found.figures("opened"),
        })  # fmt: skip


def main() -> int:
    """The exit status of the desk."""
    desk = MeasuredDesk(Path(sys.argv[1]))
    return desk.run(Redrawing(desk, int(sys.argv[2])).begin)


if __name__ == "__main__":
    sys.exit(main())
