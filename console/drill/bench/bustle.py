"""The desk at its busiest, and how long its UI thread is away: ``python -m console.drill.bench.bustle
DATA SECONDS``.

Nine cameras play on a screen of their own. Some crews report through wires that somebody else talks on; the places of the other crews are handed
over here, as a radio gateway would, spread over the second.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from console.core.ids import UnitId
from console.drill.bench.desk import MeasuredDesk, told
from console.drill.bench.post import street_corners
from console.drill.bench.tiles import Tiles
from console.links.model import UP
from console.roster import service as roster
from console.roster.model import FixVerdict
from console.roster.service.positions import Motion
from console.ui.gap_meter import GapMeter

BATCHES = 10  # a second


class Movers:
    """Moves every crew without a wire once a second, from ``start`` to ``stop``."""

    def __init__(self, desk: MeasuredDesk, units: list[UnitId]) -> None:
        self._post = desk.post
        self._units = units
        self._homes = street_corners()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bench-movers", daemon=True)

    def start(self) -> None:
        """They move."""
        self._thread.start()

    def stop(self) -> None:
        """They stand."""
        self._ending.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        begun, turn = time.monotonic(), 0
        while not self._ending.wait(max(0.0, begun + turn / BATCHES - time.monotonic())):
            for at in range(turn % BATCHES, len(self._units), BATCHES):
                home = self._homes[(at * 61) % len(self._homes)]
                angle = turn / BATCHES / 20 + at
                lat = home.lat + 0.001 * math.sin(angle)
                lon = home.lon + 0.001 * math.cos(angle)
                now = self._post.clock.now()
                motion = Motion(8.0, math.degrees(angle) % 360)
                self._post.positions.take(self._units[at], lat, lon, now, now, motion)
            turn += 1


def main() -> int:
    """The exit status of the desk."""
    desk, seconds = MeasuredDesk(Path(sys.argv[1])), float(sys.argv[2])
    with desk.post.database.read() as connection:
        known = [view.unit.id for view in roster.units(connection)]
    wired = {state.config.serves for state in desk.post.links.snapshot()}
    tiles = Tiles(desk)
    movers = Movers(desk, [unit for unit in known if unit not in wired])
    gaps = GapMeter()
    painted: list[str] = []
    desk.desk.call_painted.connect(lambda call_id, _: painted.append(call_id))

    def finish() -> None:
        gaps.stop()
        playing = tiles.playing()
        movers.stop()
        board = desk.desk.board
        desk.end({
            "ui_gap_ms": gaps.figures(),
            "units": len(known),
            "positions": desk.post.positions.counts().get(FixVerdict.TAKEN, 0),
            "links_up": sum(state.phase in UP for state in desk.post.links.snapshot()),
            "frames": sum(state.frames for state in desk.post.links.snapshot()),
            "calls": 0 if board is None else len(board.cards),
            "calls_painted": len(painted),
            "tiles": playing,
        })  # fmt: skip

    def begin() -> None:
        tiles.start(bustle)

    def bustle() -> None:
        movers.start()
        told({"ready": True})
        QTimer.singleShot(5000, desk.app, gaps.start)
        QTimer.singleShot(5000 + round(seconds * 1000), desk.app, finish)

    return desk.run(begin)


if __name__ == "__main__":
    sys.exit(main())
