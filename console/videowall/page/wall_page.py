"""The page of the wall: the post's cameras at the left, the one that is looked through at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.lamp import UNKNOWN, Lamp, LampFace
from console.ui.panel import Notice, Panel
from console.ui.row_model import Column
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal
from console.videowall import service
from console.videowall.model import TIER_WORDS, Camera, Phase, Picture
from console.videowall.page.camera_sheet import CameraSheet
from console.videowall.page.tile import Tile
from console.videowall.page.words import direction_text, state_face, state_line

translate = QCoreApplication.translate
LOOK_MS = 200


class Wall(Protocol):
    """What shows the pictures: the player's supervisor."""

    def show(self, camera: Camera, window: int) -> None: ...
    def hide(self) -> None: ...
    def picture(self) -> Picture: ...


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with. ``actor`` tells who sits here, ``on_map`` shows a camera's place."""

    database: Database
    player: Wall
    background: Background
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    on_map: Callable[[Camera], None]


class WallPage(QWidget):
    """Cameras by number; ``look_through`` shows one. A hidden page takes nothing in."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: Camera | None = None
        self._wanted = ""  # what is searched for; read by a worker
        self._faces: dict[
            str, LampFace
        ] = {}  # how each camera stood when it was last looked through
        self.notice = Notice()
        self.tile = Tile()
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list_panel())
        self._split.addWidget(self._tile_panel())
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([px(430), px(900)])
        column.addWidget(self._split, 1)
        self.setFocusProxy(self.table)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._on_show())
        self._on_chosen(None)
        self._look()

    @property
    def shown_camera(self) -> Camera | None:
        """The camera that is looked through."""
        return self._shown

    def refresh(self) -> None:
        """The list shows the cameras as they are now, soon."""
        self.table.refresh()
        self._read_count()

    def look_through(self, camera: Camera) -> None:
        """This camera's picture is on the tile, and the trail says who looks."""
        self._shown = camera
        self._parts.player.show(camera, self.tile.window_number)
        database, actor = self._parts.database, self._parts.actor()
        self._parts.background.act(
            lambda: service.looked(database, actor, camera.id), None, self._on_failed, self
        )
        self._look()

    def choose(self, camera_id: str) -> None:
        """The camera of this id is chosen in the list and looked through, wherever it stands."""
        database = self._parts.database

        def read() -> Camera:
            with database.read() as connection:
                return service.camera(connection, camera_id)  # type: ignore[arg-type]

        def found(camera: Camera) -> None:
            self.search.clear()
            self.table.choose(camera.id)
            self.look_through(camera)

        self._parts.background.ask(read, found, self._on_failed, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        if self._shown is not None:
            self._parts.player.show(self._shown, self.tile.window_number)
        self._timer.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._parts.player.hide()

    # --- what it is made of --------------------------------------------------------------------

    def _make_table(self) -> RowTable[Camera]:
        none = translate("Wall", "No camera of this name")
        table: RowTable[Camera] = RowTable(
            [
                Column(
                    translate("Wall", "State"), lambda c: self._face(c).word, 84, face=self._face
                ),
                Column(translate("Wall", "Number"), lambda c: c.number, 76),
                Column(translate("Wall", "Name"), lambda c: c.name, tip=direction_text),
                Column(translate("Wall", "Tier"), lambda c: pick(TIER_WORDS[c.tier]), 54),
            ],
            lambda camera: camera.id,
            self._parts.background,
            self._window,
            (none, translate("Wall", "Press N to add a camera, or Ctrl+I to take in a list.")),
        )
        table.model.modelReset.connect(self._choose_first)
        table.model.rowsInserted.connect(self._choose_first)
        return table

    def _list_panel(self) -> QWidget:
        self.panel = Panel(translate("Wall", "Cameras"))
        self.add_button = KeyButton(translate("Wall", "Add"), "N")
        self.change_button = KeyButton(translate("Wall", "Change"), "E")
        self.add_button.clicked.connect(lambda: self._ask_sheet(None))
        self.change_button.clicked.connect(self._on_change)
        self.panel.add_action(self.change_button)
        self.panel.add_action(self.add_button)
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Wall", "Find by number or name (/)"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        for key in ("/", "Ctrl+F"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.search.setFocus)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 2)
        row.addWidget(self.search)
        self.panel.body.addLayout(row)
        self.panel.body.addWidget(self.table, 1)
        return self.panel

    def _tile_panel(self) -> QWidget:
        self.stage = Panel(translate("Wall", "Picture"))
        self.show_button = KeyButton(translate("Wall", "Show"), "Return", "primary")
        self.stop_button = KeyButton(translate("Wall", "Stop"), "Escape")
        self.map_button = KeyButton(translate("Wall", "On the map"), "M")
        self.show_button.clicked.connect(self._on_show)
        self.stop_button.clicked.connect(self._on_stop)
        self.map_button.clicked.connect(self._on_map)
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

    # --- the list ------------------------------------------------------------------------------

    def _window(self, after: Camera | None, limit: int) -> Sequence[Camera]:
        with self._parts.database.read() as connection:
            number = after.number if after is not None else ""
            return service.cameras(connection, self._wanted, number, limit)

    def _on_search(self, text: str) -> None:
        self._wanted = text.strip()
        self.table.refresh()

    def _read_count(self) -> None:
        database = self._parts.database

        def count() -> int:
            with database.read() as connection:
                return service.camera_count(connection)

        def told(cameras: int) -> None:
            note = translate("Wall", "{n} at this post").format(n=cameras)
            self.panel.set_title(translate("Wall", "Cameras"), note if cameras else "")

        self._parts.background.ask(count, told, self._on_failed, self)

    def _choose_first(self) -> None:
        if self.table.chosen_row() is None and self.table.model.rows:
            self.table.choose(self.table.model.rows[0].id)

    def _face(self, camera: Camera) -> LampFace:
        return self._faces.get(camera.id, UNKNOWN)

    def _on_chosen(self, camera: Camera | None) -> None:
        for button in (self.show_button, self.map_button, self.change_button):
            button.setEnabled(camera is not None)

    # --- the picture ---------------------------------------------------------------------------

    def _look(self) -> None:
        """The tile, its line and the list's lamp say how the picture stands now."""
        picture = self._parts.player.picture()
        face = state_face(picture)
        self.tile.show_picture(picture)
        self.lamp.show_face(face)
        words = state_line(picture)
        shown = self._shown
        if shown is not None:
            words = f"{words} · {direction_text(shown)}"
            if picture.phase is not Phase.OFF and self._faces.get(shown.id) != face:
                self._faces[shown.id] = face
                self.table.model.repaint()
        if words != self.line.words:
            self.line.show_words(words)
        self.stop_button.setEnabled(shown is not None)
        self.stage.set_title(
            f"{shown.number} {shown.name}" if shown else translate("Wall", "Picture"),
            pick(TIER_WORDS[shown.tier]) if shown else "",
        )

    def _on_show(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self.look_through(chosen)
            self.table.setFocus()

    def _on_stop(self) -> None:
        if self._shown is not None:
            self._faces.pop(self._shown.id, None)
        self._shown = None
        self._parts.player.hide()
        self.table.model.repaint()
        self._look()
        self.table.setFocus()

    def _on_map(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._parts.on_map(chosen)

    # --- changing the list ---------------------------------------------------------------------

    def _on_change(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._ask_sheet(chosen)

    def _ask_sheet(self, was: Camera | None) -> None:
        sheet = CameraSheet(self, lambda camera: self._save(sheet, camera), was)
        sheet.open()

    def _save(self, sheet: CameraSheet, camera: Camera) -> None:
        database, actor = self._parts.database, self._parts.actor()
        save = service.change_camera if camera.id else service.add_camera

        def saved(kept: Camera) -> None:
            sheet.accept()
            self.notice.say("")
            self.refresh()
            if self._shown is not None and self._shown.id == kept.id:
                self.look_through(replace(kept))
            told = translate("Wall", "Camera {number} is saved").format(number=kept.number)
            self._parts.say(told, Tone.CALM)

        self._parts.background.act(
            lambda: save(database, actor, camera), saved, sheet.refused, sheet
        )

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
