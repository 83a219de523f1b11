"""The page of the wall: the post's cameras at the left, the one that is looked through at the right."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.words import pick, say_refusal
from console.videowall import service
from console.videowall.model import TIER_WORDS, Camera, CameraId, Phase, Stream
from console.videowall.page.camera_list import CameraList
from console.videowall.page.parts import PageParts
from console.videowall.page.tile import Tile
from console.videowall.page.words import direction_text, left_face, state_face, state_line

translate = QCoreApplication.translate
LOOK_MS = 200
TILE = "main"


class WallPage(QWidget):
    """Cameras by number; ``look_through`` shows one. A hidden page takes nothing in."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: Camera | None = None
        self.notice = Notice()
        self.cameras = CameraList(parts)
        self.table = self.cameras.table
        self.tile = Tile()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.cameras)
        split.addWidget(self._stage())
        split.setStretchFactor(1, 1)
        split.setSizes([px(430), px(900)])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(split, 1)
        self.setFocusProxy(self.table)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._connect()
        self._name_stage()
        self._on_chosen(None)
        self._look()

    @property
    def shown_camera(self) -> Camera | None:
        """The camera that is looked through."""
        return self._shown

    def refresh(self) -> None:
        """The list shows the cameras as they are now, soon."""
        self.cameras.refresh()

    def look_through(self, camera: Camera) -> None:
        """This camera's picture is on the tile, and the trail says who looks."""
        self._leave()
        self._shown = camera
        self._name_stage()
        self._parts.wall.show(TILE, camera, self.tile.window_number, Stream.MAIN)
        database, actor = self._parts.database, self._parts.actor()
        self._parts.background.act(
            lambda: service.looked(database, actor, camera.id), None, self._on_failed, self
        )
        self._look()

    def choose(self, camera_id: CameraId) -> None:
        """The camera of this id is chosen in the list and looked through, wherever it stands."""
        database = self._parts.database

        def read() -> Camera:
            with database.read() as connection:
                return service.camera(connection, camera_id)

        def found(camera: Camera) -> None:
            self.cameras.search.clear()
            self.table.choose(camera.id)
            self.look_through(camera)

        self._parts.background.ask(read, found, self._on_failed, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.wall.warm()
        self.refresh()
        if self._shown is not None:
            self._parts.wall.show(TILE, self._shown, self.tile.window_number, Stream.MAIN)
        self._timer.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._parts.wall.hide(TILE)

    def _stage(self) -> QWidget:
        self.stage = Panel(translate("Wall", "Picture"))
        self.show_button = KeyButton(translate("Wall", "Show"), "Return", "primary")
        self.stop_button = KeyButton(translate("Wall", "Stop"), "Escape")
        self.map_button = KeyButton(translate("Wall", "On the map"), "M")
        for button in (self.map_button, self.stop_button, self.show_button):
            self.stage.add_action(button)
        self.stage.body.addWidget(self.tile, 1)
        self.lamp = Lamp()
        self.line = ElidedLabel("soft", greedy=True)
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 10, 6)
        row.setSpacing(px(12))
        row.addWidget(self.lamp)
        row.addWidget(self.line, 1)
        self.stage.body.addLayout(row)
        return self.stage

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._on_show())
        self.show_button.clicked.connect(self._on_show)
        self.stop_button.clicked.connect(self._on_stop)
        self.map_button.clicked.connect(self._on_map)
        self.cameras.changed.connect(self._on_changed)
        self.cameras.failed.connect(self._on_failed)
        finder = QShortcut(QKeySequence("Ctrl+F"), self)  # "/" is the frame's
        finder.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finder.activated.connect(self.cameras.search.setFocus)

    def _look(self) -> None:
        """The tile, its line and the list's lamp say how the picture stands now."""
        picture, shown = self._parts.wall.picture(TILE), self._shown
        face, words = state_face(picture), state_line(picture)
        self.tile.show_picture(picture)
        self.lamp.show_face(face)
        if shown is not None:
            words = f"{words} · {direction_text(shown)}"
            if picture.phase is not Phase.OFF:
                self.cameras.set_face(shown, face)
        if words != self.line.words:
            self.line.show_words(words)

    def _name_stage(self) -> None:
        shown = self._shown
        self.stop_button.setEnabled(shown is not None)
        self.stage.set_title(
            f"{shown.number} {shown.name}" if shown else translate("Wall", "Picture"),
            pick(TIER_WORDS[shown.tier]) if shown else "",
        )

    def _leave(self) -> None:
        """The list remembers how the camera stood, and when; it is not known how it stands now."""
        if self._shown is not None:
            face = left_face(self._parts.wall.picture(TILE), datetime.now(UTC))
            self.cameras.set_face(self._shown, face)

    def _on_chosen(self, camera: Camera | None) -> None:
        for button in (self.show_button, self.map_button, self.cameras.change_button):
            button.setEnabled(camera is not None)

    def _on_show(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self.look_through(chosen)
            self.table.setFocus()

    def _on_stop(self) -> None:
        self._leave()
        self._shown = None
        self._parts.wall.hide(TILE)
        self._name_stage()
        self._look()
        self.table.setFocus()

    def _on_map(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._parts.on_map(chosen)

    def _on_changed(self, kept: Camera) -> None:
        self.notice.say("")
        if self._shown is not None and self._shown.id == kept.id:
            self.look_through(kept)

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
