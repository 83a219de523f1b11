"""On the wall: nine cameras by key, each until its pictures move; and an event's cameras sent back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from console.app.console import Console
from console.app.rooms.wall import wall_page
from console.drill.rounds import Press
from console.videowall.model import Grid, Phase
from console.videowall.page import WallPage
from console.videowall.page.box import TileBox

CAMERAS = 9
ENOUGH = 8  # pictures: the stream runs
SIDE = 24  # points across of what is compared


@dataclass(slots=True)
class WallSeen:
    """What the drill's officer saw: of so many cameras the pictures on the screen moved."""

    moving: int = 0
    sent_back: int = 0


class WallRound:
    """Nine cameras of the list stand on nine tiles, and the screen shows that all of them move."""

    page = "wall"

    def __init__(self, seen: WallSeen) -> None:
        self._seen = seen
        self._asked: list[str] = []
        self._looks: dict[str, bytes] = {}
        self._moving: set[str] = set()

    def step(self, console: Console, press: Press) -> bool:
        """Enter for a camera and Down for the next one; then it is looked until all move."""
        page = wall_page(console)
        if page is None:
            return False
        if page.stage.arrangement.grid is not Grid.NINE:
            press(page, "3")
            return False
        chosen = page.table.chosen_row()
        if chosen is None:
            return False
        if len(self._asked) < CAMERAS:
            if chosen.id not in self._asked:
                self._asked.append(chosen.id)
                press(page, "Return")
            press(page, "Down")
            return False
        self._look(console, page)
        self._seen.moving = max(self._seen.moving, len(self._moving))
        return len(self._moving) >= CAMERAS

    def _look(self, console: Console, page: WallPage) -> None:
        for box in page.stage.boxes:
            picture = console.post.wall.picture(box.key)
            runs = picture.phase is Phase.PLAYING and picture.shown >= ENOUGH
            if box.camera is None or not runs or not box.tile.living:
                continue
            now, was = on_screen(box), self._looks.get(box.camera.id)
            if was is not None and was != now:
                self._moving.add(box.camera.id)
            self._looks[box.camera.id] = now


class PopUpRound:
    """What an event brought onto the desk lives there, and one key sends it back."""

    page = "desk"

    def __init__(self, seen: WallSeen) -> None:
        self._seen = seen
        self._sent: str | None = None

    def step(self, console: Console, press: Press) -> bool:
        """Ctrl+W once the nearest camera's picture is seen; done when it has left."""
        if console.pop_ups is None:
            return False
        events = console.pop_ups.events
        front = events.queue.front
        if self._sent is not None:
            self._seen.sent_back += int(front is None or front.id != self._sent)
            return front is None or front.id != self._sent
        box = events.region.shown_boxes[0] if front is not None else None
        if front is None or box is None or not box.tile.living or not events.seen:
            return False
        self._sent = front.id
        press(console.window, "Ctrl+W")
        return False


def on_screen(box: TileBox) -> bytes:
    """What the screen shows of the tile, small: another process draws it."""
    tile: QWidget = box.tile.glass
    picture = tile.screen().grabWindow(int(tile.winId())).toImage()
    small = picture.scaled(SIDE, SIDE)
    return bytes(small.constBits())
