"""Times an officer's acts from the key to the saved row: ``python -m console.drill.bench.acting DATA N``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from console.core.ids import UnitId
from console.dispatch import service
from console.dispatch.model import Assignment, Call
from console.drill.bench.desk import MeasuredDesk
from console.roster import service as roster

PAUSE_MS = 60  # between an act that is saved and the next key: nobody is quicker
PATIENCE_S = 20.0
NAME = "act_to_saved"


class Acting:
    """Takes call after call through its life, with one crew after the other."""

    def __init__(self, desk: MeasuredDesk, acts: int) -> None:
        self._desk, self._acts = desk, acts
        self._page = desk.desk
        self._database = desk.post.database
        self._step = 0
        self._crew: Assignment | None = None
        self._patience = QTimer(self._page)
        self._patience.setInterval(round(PATIENCE_S * 1000))
        self._patience.timeout.connect(lambda: desk.app.exit(4))  # an act was refused

    def begin(self) -> None:
        """The first act; the others follow."""
        with self._database.read() as connection:
            now = self._database.clock.now()
            self._calls = [card.call for card in service.board(connection, now)]
            self._units = [view.unit for view in roster.units(connection, now) if view.unit.on_duty]
        self._page.acts.done.connect(self._on_done)
        self._patience.start()
        self._next()

    def _on_done(self, _: str) -> None:
        self._patience.start()
        if self._desk.post.timings.count(NAME) >= self._acts or not self._calls:
            figures = self._desk.post.timings.figures(NAME)
            self._desk.end({**figures, "acts": self._desk.post.timings.count(NAME)})
            return
        QTimer.singleShot(PAUSE_MS, self._page, self._next)

    def _next(self) -> None:
        steps: tuple[Callable[[Call], None], ...] = (
            self._page.acts.sign, self._assign, self._depart, self._arrive, self._feed_back,
            self._finish, self._close, self._free,
        )  # fmt: skip
        steps[self._step](self._calls[0])
        self._step = (self._step + 1) % len(steps)
        if self._step == 0:
            self._calls.pop(0)
            self._units.append(self._units.pop(0))

    def _assign(self, call: Call) -> None:
        unit = self._units[0]
        # a crew in reserve is sent with a reason only
        self._page.acts.assign(call, [(unit.id, unit.call_sign)], "就近派出", [unit.id])

    def _depart(self, call: Call) -> None:
        with self._database.read() as connection:
            self._crew = service.call(connection, call.id).assignments[0]
        self._page.acts.depart(call, self._crew)

    def _arrive(self, call: Call) -> None:
        assert self._crew is not None
        self._page.acts.arrive(call, self._crew, "电台报告已到现场")

    def _feed_back(self, call: Call) -> None:
        self._page.acts.feed_back(call, "现场已控制,人员无恙。")

    def _finish(self, call: Call) -> None:
        self._page.acts.finish(call, "settled", "双方和解。")

    def _close(self, call: Call) -> None:
        self._page.acts.close(call)

    def _free(self, _: Call) -> None:
        unit = self._units[0]
        self._page.acts.set_unit(UnitId(unit.id), unit.call_sign, "free", "free")


def main() -> int:
    """The exit status of the desk."""
    desk = MeasuredDesk(Path(sys.argv[1]))
    return desk.run(Acting(desk, int(sys.argv[2])).begin)


if __name__ == "__main__":
    sys.exit(main())
