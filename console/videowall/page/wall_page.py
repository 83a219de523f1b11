"""The page of the wall: the post's cameras and the tiers at the left, the stage at the right."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.ui.dialogs import GATED
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.words import pick, say_refusal
from console.videowall import service
from console.videowall.model import (
    EMPTY,
    TIER_WORDS,
    Arrangement,
    Camera,
    CameraId,
    Grid,
    Phase,
    divided,
    next_empty,
    placed,
)
from console.videowall.page.bar import StageBar
from console.videowall.page.camera_list import CameraList
from console.videowall.page.coverage import CoverageSheet, CoverageWriter, TierPanel
from console.videowall.page.drag import CameraDrag
from console.videowall.page.event_desk import EventDesk
from console.videowall.page.keeping import Keeping
from console.videowall.page.keys import WallKeys
from console.videowall.page.parts import PageParts
from console.videowall.page.runner import Runner
from console.videowall.page.stage import Stage
from console.videowall.page.tile import Tile
from console.videowall.page.words import direction_text, left_face, state_face, state_line

translate = QCoreApplication.translate
LOOK_MS = 250
LEAVE_MS = 1500  # after the last change the wall is kept as it is


class WallPage(QWidget):
    """Cameras onto tiles; ``look_through`` shows one. What is not seen takes nothing in."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self.parts = self._parts = parts
        self._known: dict[CameraId, Camera] = {}
        self.notice = Notice()
        self.cameras = CameraList(parts)
        self.table = self.cameras.table
        self.tiers = TierPanel(parts)
        self.stage = Stage(parts.wall)
        self.events: EventDesk | None = None
        self.bar = StageBar()
        self.runner = Runner(parts, self, lambda: self.stage.arrangement)
        self.writer = CoverageWriter(parts, self, self.runner.how)
        self.keeping = Keeping(
            parts, self, lambda: self.stage.arrangement, lambda: dict(self._known)
        )
        self._build()
        self.keys = WallKeys(self)
        self._drag = CameraDrag(self.table.view.viewport(), self.table.row_at)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(LEAVE_MS)
        self._leaving.timeout.connect(self.keeping.leave)
        self._connect()
        self._name_stage()
        self._on_chosen(None)
        self._look()

    @property
    def tile(self) -> Tile:
        """The marked tile."""
        return self.stage.marked_box.tile

    @property
    def tile_key(self) -> str:
        """Under which the player knows the marked tile."""
        return self.stage.marked_box.key

    @property
    def shown_camera(self) -> Camera | None:
        """The camera of the marked tile."""
        return self.stage.marked_box.camera

    @property
    def known(self) -> dict[CameraId, Camera]:
        """The post's cameras as they were read last."""
        return self._known

    @property
    def seen(self) -> bool:
        """Whether the stage is before an officer: on this page, or on a screen of its own."""
        return self.stage.isVisible() and not self.window().property(GATED)

    def refresh(self) -> None:
        """List, tiers and wall show the cameras as they are now, soon."""
        self.cameras.refresh()
        self.tiers.refresh()

        def read() -> dict[CameraId, Camera]:
            with self._parts.database.read() as connection:
                return {one.id: one for one in service.cameras(connection)}

        def found(cameras: dict[CameraId, Camera]) -> None:
            self._known = cameras
            self.keeping.bring_left(self._put_left)
            self.put(self.stage.arrangement)

        self._parts.background.ask(read, found, self._on_failed, self)

    def look_through(self, camera: Camera, at: int | None = None) -> None:
        """This camera's picture is on that tile (the marked one), and the trail says who looks."""
        self._known[camera.id] = camera
        made = self.stage.arrangement
        self.change(placed(made, self.stage.marked if at is None else at, camera.id))
        database, actor = self._parts.database, self._parts.actor()
        self._parts.background.act(
            lambda: service.looked(database, actor, camera.id), None, self._on_failed, self
        )

    def choose(self, camera_id: CameraId) -> None:
        """The camera of this id is chosen in the list and looked through, wherever it stands."""

        def read() -> Camera:
            with self._parts.database.read() as connection:
                return service.camera(connection, camera_id)

        def found(camera: Camera) -> None:
            self.cameras.search.clear()
            self.table.choose(camera.id)
            shown = self.stage.arrangement.cameras
            if camera.id in shown:
                self.stage.mark(shown.index(camera.id))
            else:
                self.look_through(camera)

        self._parts.background.ask(read, found, self._on_failed, self)

    def put(self, made: Arrangement) -> None:
        """The wall is divided and filled so; cameras that are gone leave their tiles empty."""
        cameras = tuple(one if one in self._known else EMPTY for one in made.cameras)
        made = Arrangement(made.grid, made.spots, cameras)
        for box in self.stage.boxes:  # the list remembers how a camera stood when it was left
            if box.camera is not None and box.camera.id not in cameras:
                face = left_face(box.picture, datetime.now(UTC))
                self.cameras.set_face(box.camera, face)
        self.stage.arrange(made, self._known)
        self.bar.show_grid(made.grid)
        self._name_stage()
        self._look()

    def divide(self, grid: Grid) -> None:
        """The wall has this division; cameras keep their order."""
        self.stage.set_alone(False)
        self.change(divided(self.stage.arrangement, grid))

    def change(self, made: Arrangement) -> None:
        """The officer has arranged the wall so; he finds it so again."""
        self.put(made)
        self._leaving.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.wall.warm()
        self.refresh()
        self._timer.start()
        self.runner.pause(False)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.keys.elsewhere:
            self.rest()

    def rest(self) -> None:
        """Nobody looks: nothing runs by itself, and the coverage log has what was seen."""
        self._timer.stop()
        self.runner.pause(True)
        self.writer.end()

    def _build(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.addWidget(self.cameras)
        left.addWidget(self.tiers)
        left.setStretchFactor(0, 1)
        left.setMinimumWidth(px(330))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._stage_panel())
        split.setStretchFactor(1, 1)
        split.setSizes([px(400), px(900)])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(split, 1)
        self.setFocusProxy(self.table)

    def _stage_panel(self) -> QWidget:
        self.panel = Panel(translate("Wall", "Picture"))
        self.show_button = KeyButton(translate("Wall", "Show"), "Return", "primary")
        self.stop_button = KeyButton(translate("Wall", "Stop"), "Escape")
        self.map_button = KeyButton(translate("Wall", "On the map"), "M")
        for button in (self.map_button, self.stop_button, self.show_button):
            self.panel.add_action(button)
        self.panel.body.setSpacing(0)
        self.panel.body.addWidget(self.bar)
        self.place = QHBoxLayout()  # of the stage, and of what stands beside it
        self.place.setSpacing(6)
        self.place.addWidget(self.stage, 1)
        self.panel.body.addLayout(self.place, 1)
        self.lamp = Lamp()
        self.line = ElidedLabel("soft", greedy=True)
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 10, 6)
        row.setSpacing(px(12))
        row.addWidget(self.lamp)
        row.addWidget(self.line, 1)
        self.panel.body.addLayout(row)
        return self.panel

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.show_chosen())
        self.cameras.changed.connect(self._on_changed)
        self.stage.rearranged.connect(self.change)
        self.stage.marked_changed.connect(self._on_marked)
        self.runner.wants.connect(self.put)
        self.runner.changed.connect(self._name_stage)
        self.keeping.opened.connect(self.change)
        self.keeping.tour_chosen.connect(
            lambda tour: self.runner.start_tour(tour, self.stage.marked)
        )
        self._drag.dropped.connect(self._on_dropped)
        self.writer.written.connect(self.tiers.refresh)
        for failing in (self.cameras, self.stage, self.runner, self.writer):
            failing.failed.connect(self._on_failed)

    def _put_left(self, left: Arrangement) -> None:
        if not self._leaving.isActive():  # else the officer was quicker, and his hand counts
            self.put(left)

    def _look(self) -> None:
        """Tiles, the line under them and the list's lamps say how the pictures stand now."""
        pictures = self.stage.look()
        for camera_id, picture in pictures.items():
            if picture.phase is not Phase.OFF and camera_id in self._known:
                self.cameras.set_face(self._known[camera_id], state_face(picture))
        box = self.stage.marked_box
        words = state_line(box.picture)
        if box.camera is not None:
            words = f"{words} · {direction_text(box.camera)}"
        self.lamp.show_face(state_face(box.picture))
        if words != self.line.words:
            self.line.show_words(words)
        self.keys.turns.follow()
        if self.seen:
            self.writer.see(self.stage.living())

    def _name_stage(self) -> None:
        shown, runner = self.shown_camera, self.runner
        brought = self.events is not None and self.events.seen
        self.stop_button.setEnabled(bool(brought or shown or runner.runs or self.stage.alone))
        note = pick(TIER_WORDS[shown.tier]) if shown else ""
        name = f"{shown.number} {shown.name}" if shown else translate("Wall", "Picture")
        self.panel.set_title(name, runner.words or note)
        self.bar.tour_button.setChecked(runner.tour is not None)
        self.bar.patrol_button.setChecked(runner.patrol is not None)
        self.bar.alone_button.setChecked(self.stage.alone)

    def show_chosen(self) -> None:
        """The camera that is chosen in the list is on the marked tile; the next empty one is marked."""
        chosen = self.table.chosen_row()
        if chosen is not None:
            at = self.stage.marked
            self.look_through(chosen)
            if not self.stage.alone:
                self.stage.mark(next_empty(self.stage.arrangement, at))
            self.table.setFocus()

    def step_back(self) -> None:
        """One step back: from one to all, from what runs by itself to rest, from a picture to none."""
        if self.events is not None and self.events.seen:
            self.events.send_back()
        elif self.stage.alone:
            self.stage.set_alone(False)
        elif self.runner.runs:
            self.runner.stop()
        elif self.shown_camera is not None:
            self.change(placed(self.stage.arrangement, self.stage.marked, EMPTY))
        self.table.setFocus()

    def set_events(self, events: EventDesk) -> None:
        """What events bring stands beside the stage."""
        if self.events is None:
            events.changed.connect(self._name_stage)
        self.events = events
        self.place.addWidget(events.region)

    def show_on_map(self) -> None:
        """The map shows where the chosen camera stands."""
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._parts.on_map(chosen)

    def show_log(self) -> None:
        """Who watched what, and what is to be watched next."""
        CoverageSheet(self, self._parts, self._known).open()

    def _on_chosen(self, camera: Camera | None) -> None:
        for button in (self.show_button, self.map_button, self.cameras.change_button):
            button.setEnabled(camera is not None)

    def _on_marked(self) -> None:
        self._name_stage()
        self._look()

    def _on_dropped(self, camera: Camera, place: QPoint) -> None:
        at = self.stage.box_at(place)
        if at is not None:
            self.stage.mark(at)
            self.look_through(camera, at)

    def _on_changed(self, kept: Camera) -> None:
        self.notice.say("")
        self._known[kept.id] = kept
        self.put(self.stage.arrangement)

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
