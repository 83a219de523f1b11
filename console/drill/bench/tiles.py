"""Nine cameras that play on a screen of their own while the desk is measured."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from console.app.rooms.wall import wall_page
from console.drill.bench.desk import MeasuredDesk
from console.videowall.model import Grid, Phase, divided, placed
from console.videowall.page import WallPage

TILES = 9
LOOK_MS = 100
PATIENCE = 300  # looks: then what plays, plays


class Tiles(QObject):
    """``start`` fills the wall, puts it onto its own screen, and calls ``then`` once it plays."""

    def __init__(self, desk: MeasuredDesk) -> None:
        super().__init__()
        self._desk = desk
        self._then: Callable[[], None] = lambda: None
        self._looks = 0
        self._filled = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, then: Callable[[], None]) -> None:
        """The wall's page is shown, as an officer would."""
        self._then = then
        self._desk.console.window.show_page("wall")
        self._timer.start()

    def playing(self) -> int:
        """How many tiles of the wall play now."""
        page, wall = wall_page(self._desk.console), self._desk.post.wall
        boxes = page.stage.boxes if page is not None else ()
        return sum(wall.picture(box.key).phase is Phase.PLAYING for box in boxes)

    def _look(self) -> None:
        self._looks += 1
        page = wall_page(self._desk.console)
        if page is not None and not self._filled and len(page.known) >= TILES:
            self._fill(page)
        if self.playing() >= TILES or self._looks > PATIENCE:
            self._timer.stop()
            self._then()

    def _fill(self, page: WallPage) -> None:
        self._filled = True
        first = sorted(page.known.values(), key=lambda one: one.number)[:TILES]
        made = divided(page.stage.arrangement, Grid.NINE)
        for at, camera in enumerate(first):
            made = placed(made, at, camera.id)
        page.change(made)
        page.keys.toggle_screen()
        self._desk.console.window.show_page("desk")
