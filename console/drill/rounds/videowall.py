"""On the wall: one camera after another until its pictures run."""

from __future__ import annotations

from console.app.console import Console
from console.app.rooms.wall import wall_page
from console.drill.rounds import Press
from console.videowall.model import Phase

CAMERAS = 2
ENOUGH = 8  # pictures: the stream runs


class WallRound:
    """Shows the first cameras of the list, each until pictures run. The last one stays on."""

    page = "wall"

    def __init__(self) -> None:
        self._asked: list[str] = []

    def step(self, console: Console, press: Press) -> bool:
        """One key at most: Enter for a camera, Down for the next one."""
        page = wall_page(console)
        if page is None:
            return False
        chosen = page.table.chosen_row()
        if chosen is None:
            return False
        if chosen.id not in self._asked:
            self._asked.append(chosen.id)
            press(page, "Return")
            return False
        picture = console.post.wall.picture(page.tile_key)
        runs = picture.phase is Phase.PLAYING and picture.shown >= ENOUGH
        if not runs or picture.camera_id != chosen.id or not page.tile.living:
            return False
        if len(self._asked) >= CAMERAS:
            return True
        press(page, "Down")
        return False
