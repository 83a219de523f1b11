"""The stage: tiles by arrangement. What is not seen is not taken in; what moves goes on playing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.core.errors import Refused
from console.ui.style import px
from console.videowall.model import (
    MOST_TILES,
    RASTER,
    Arrangement,
    Camera,
    CameraId,
    Phase,
    Picture,
    Spot,
    Stream,
    neighbour,
    placed,
    stream_for,
)
from console.videowall.page.box import TileBox
from console.videowall.page.parts import Wall
from console.videowall.page.words import yielding_words

SETTLED_MS = 250  # a window that is being resized does not open streams anew at every step


class Stage(QWidget):
    """``arrange`` puts cameras onto tiles; ``look`` tells how they stand. One tile is marked.

    ``rearranged(arrangement)`` when a tile was carried; ``marked_changed``; ``failed(error)``.
    """

    rearranged = Signal(object)
    marked_changed = Signal()
    failed = Signal(object)

    def __init__(self, wall: Wall) -> None:
        super().__init__()
        self._wall = wall
        self.setMinimumSize(px(320), px(202))
        self.arrangement = Arrangement()
        self.marked = 0
        self.alone = False
        self._boxes: list[TileBox] = []  # one a spot, in order
        self._spare: list[TileBox] = []
        self._made = 0
        self._reserved = 0  # tiles that events take of the wall's budget
        self._shown: set[str] = set()  # keys of the tiles that the player was told of
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED_MS)
        self._settle.timeout.connect(self._order)
        self.arrange(Arrangement(), {})

    @property
    def boxes(self) -> tuple[TileBox, ...]:
        """The tiles, one a spot."""
        return tuple(self._boxes)

    @property
    def marked_box(self) -> TileBox:
        """The tile that keys act on."""
        return self._boxes[self.marked]

    def arrange(self, made: Arrangement, cameras: Mapping[CameraId, Camera]) -> None:
        """The wall is divided and filled so. A camera that was shown goes on where it stands now."""
        free = [*self._spare, *self._boxes]
        mine = {box.camera.id: box for box in self._boxes if box.camera is not None}
        wanted = {one for one in made.cameras if one}
        boxes: list[TileBox | None] = [mine.get(one) if one else None for one in made.cameras]
        free = [box for box in free if box not in boxes]
        free.sort(key=lambda box: box.camera is not None and box.camera.id in wanted)
        filled = [box or (free.pop(0) if free else self._make()) for box in boxes]
        for box, one in zip(filled, made.cameras, strict=True):
            box.hold(cameras.get(one))
        for box in free:
            box.hold(None)
            box.hide()
        self._boxes, self._spare = filled, free
        if made != self.arrangement:
            self.arrangement = made
        if self.marked >= len(filled):
            self.mark(len(filled) - 1)
        self._lay_out()
        self._order()

    def mark(self, at: int) -> None:
        """Keys act on this tile from now on; one that stands alone is it."""
        if at == self.marked or not 0 <= at < len(self._boxes):
            return
        self.marked = at
        if self.alone:
            self._lay_out()
        if self.alone or self._reserved:
            self._order()
        self.marked_changed.emit()

    def step(self, dx: int, dy: int) -> None:
        """The tile in this direction is marked."""
        self.mark(neighbour(self.arrangement, self.marked, dx, dy))

    def set_alone(self, alone: bool) -> None:
        """The marked tile fills the stage, the others take nothing in; or all are back."""
        if alone != self.alone:
            self.alone = alone
            self._lay_out()
            self._order()
            self.marked_changed.emit()

    def reserve(self, tiles: int) -> None:
        """So many tiles of the budget belong to an event; the last ones of the wall make room, the
        marked one after all others, and take up their cameras again when they may."""
        if tiles != self._reserved:
            self._reserved = tiles
            self._order()

    def zoom(self, steps: int) -> None:
        """The marked tile's picture comes closer, or goes back."""
        if self.marked_box.camera is not None:
            self.marked_box.tile.glass.enlarge(steps)
            self._settle.start()

    def pan(self, dx: int, dy: int) -> None:
        """What is seen of the marked tile's picture moves."""
        self.marked_box.tile.glass.pan(dx, dy)

    def look(self) -> dict[CameraId, Picture]:
        """Every tile says how it stands now; the pictures of the cameras that are on the wall."""
        found: dict[CameraId, Picture] = {}
        for at, box in enumerate(self._boxes):
            picture = self._wall.picture(box.key) if box.key in self._shown else Picture()
            if box.camera is not None and box.key in self._shown:
                found[box.camera.id] = picture
            box.show_picture(picture, at == self.marked and len(self._boxes) > 1)
        return found

    def living(self) -> set[CameraId]:
        """The cameras whose living picture is seen at this moment."""
        return {
            box.camera.id
            for box in self._boxes
            if box.camera is not None
            and box.tile.living
            and box.isVisible()
            and box.picture.phase is Phase.PLAYING
        }

    def box_at(self, place: QPoint) -> int | None:
        """The tile at this place of the screen."""
        here = self.mapFromGlobal(place)
        found = (at for at, box in enumerate(self._boxes) if box.geometry().contains(here)
                 and box.isVisible())  # fmt: skip
        return next(found, None) if self.isVisible() else None

    def again(self) -> None:
        """The tiles' windows are others now: the player is told."""
        self._order()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()
        self._order()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settle.stop()
        for key in tuple(self._shown):
            self._forget(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._settle.start()

    def _make(self) -> TileBox:
        self._made += 1
        box = TileBox(f"tile-{self._made}")
        box.setParent(self)
        box.pressed.connect(lambda one: self.mark(self._boxes.index(one)))
        box.doubled.connect(self._on_doubled)
        box.carried.connect(self._on_carried)
        box.zoomed.connect(lambda _: self._settle.start())
        return box

    def _lay_out(self) -> None:
        for at, (box, spot) in enumerate(zip(self._boxes, self.arrangement.spots, strict=True)):
            if self.alone:
                spot = Spot(0, 0, RASTER, RASTER)
            box.setGeometry(self._place(spot))
            box.setVisible(at == self.marked or not self.alone)

    def _place(self, spot: Spot) -> QRect:
        across, down = self.width() / RASTER, self.height() / RASTER
        left, top = round(spot.x * across), round(spot.y * down)
        right, bottom = round((spot.x + spot.w) * across), round((spot.y + spot.h) * down)
        return QRect(left, top, right - left - 1, bottom - top - 1)

    def _order(self) -> None:
        """The player is told what is seen, and nothing else is taken in."""
        if not self.isVisible():
            return
        seen = {box.key: box for box in self._may_be_shown()}
        for key in self._shown - set(seen):
            self._forget(key)
        for key, box in seen.items():
            assert box.camera is not None
            tile, ratio = box.tile, self.devicePixelRatioF()
            wide, high = round(tile.width() * ratio), round(tile.height() * ratio)
            stream = Stream.MAIN  # also of a camera that has no other: nothing is opened anew
            if box.camera.sub_address:
                stream = stream_for(wide, high, tile.glass.zoom)
            try:
                self._wall.show(key, box.camera, tile.window_number, stream)
                self._shown.add(key)
            except Refused as refused:
                self.failed.emit(refused)

    def _may_be_shown(self) -> list[TileBox]:
        """The tiles that are seen and within the budget; the others say that they make room."""
        seen = [box for box in self._boxes if box.camera is not None and box.isVisible()]
        least = sorted(
            seen, key=lambda box: box is not self.marked_box
        )  # stable: the last go first
        kept = least[: max(0, MOST_TILES - self._reserved)]
        for box in self._boxes:
            box.aside = ("", "") if box in kept or box not in seen else yielding_words()
        return [box for box in seen if box in kept]

    def _forget(self, key: str) -> None:
        self._shown.discard(key)
        self._wall.hide(key)

    def _on_doubled(self, box: TileBox) -> None:
        self.mark(self._boxes.index(box))
        self.set_alone(not self.alone)

    def _on_carried(self, box: TileBox, place: QPoint) -> None:
        at = self.box_at(place)
        if box.camera is not None and at is not None and self._boxes[at] is not box:
            self.rearranged.emit(placed(self.arrangement, at, box.camera.id))
            self.mark(at)
