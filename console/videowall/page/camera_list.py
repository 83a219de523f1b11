"""The list of the post's cameras: found, added, changed, taken in and given out as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from console.core.errors import Refused
from console.people.model import Right, require
from console.ui.keycap import KeyButton
from console.ui.lamp import UNKNOWN, LampFace
from console.ui.panel import Panel
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.tables import RowTable
from console.ui.words import pick
from console.videowall import service
from console.videowall.model import TIER_WORDS, Camera
from console.videowall.page.camera_sheet import CameraSheet
from console.videowall.page.discover_sheet import DiscoverSheet
from console.videowall.page.parts import PageParts
from console.videowall.page.words import direction_text

translate = QCoreApplication.translate


def _nothing() -> None:
    """Nothing follows."""


class CameraList(Panel):
    """Cameras by number. ``changed(camera)`` when one was saved, ``failed(error)`` when none was."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Wall", "Cameras"))
        self._parts = parts
        self._wanted = ""  # what is searched for; read by a worker
        self._faces: dict[str, LampFace] = {}
        self.table = self._make_table()
        self._build_head()
        self._build_foot()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """The list shows the cameras as they are now, soon."""
        self.table.refresh()
        database = self._parts.database

        def count() -> int:
            with database.read() as connection:
                return service.camera_count(connection)

        def told(cameras: int) -> None:
            note = translate("Wall", "{n} at this post").format(n=cameras)
            self.set_title(translate("Wall", "Cameras"), note if cameras else "")

        self._parts.background.ask(count, told, self.failed.emit, self)

    def face(self, camera: Camera) -> LampFace:
        """How the camera stands, or stood when it was last looked through."""
        return self._faces.get(camera.id, UNKNOWN)

    def set_face(self, camera: Camera, face: LampFace) -> None:
        """The camera's row shows this lamp."""
        if self.face(camera) != face:
            self._faces[camera.id] = face
            self.table.model.repaint()

    def _make_table(self) -> RowTable[Camera]:
        empty = (
            translate("Wall", "No camera of this name"),
            translate("Wall", "Press N to add a camera, or Ctrl+I to take in a list."),
        )
        columns = [
            Column(translate("Wall", "State"), lambda c: self.face(c).word, 84, face=self.face),
            Column(translate("Wall", "Number"), lambda c: c.number, 76),
            Column(translate("Wall", "Name"), lambda c: c.name, tip=direction_text),
            Column(translate("Wall", "Tier"), lambda c: pick(TIER_WORDS[c.tier]), 54),
        ]
        table: RowTable[Camera] = RowTable(
            columns, lambda camera: camera.id, self._parts.background, self._window, empty
        )
        table.model.modelReset.connect(self._choose_first)
        table.model.rowsInserted.connect(self._choose_first)
        return table

    def _build_head(self) -> None:
        add = self.add_button = KeyButton(translate("Wall", "Add"), "N")
        change = self.change_button = KeyButton(translate("Wall", "Change"), "E")
        add.clicked.connect(lambda: self._ask_sheet(None))
        change.clicked.connect(self._on_change)
        self.add_action(change)
        self.add_action(add)
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Wall", "Find by number or name (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 2)
        row.addWidget(self.search)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def _build_foot(self) -> None:
        take = self.import_button = KeyButton(translate("Wall", "Import"), "Ctrl+I")
        give = self.export_button = KeyButton(translate("Wall", "Export"), "Ctrl+E")
        find = self.find_button = KeyButton(translate("Wall", "Discover"), "D")
        find.clicked.connect(self._on_find)
        take.clicked.connect(self._on_import)
        give.clicked.connect(self._on_export)
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 8)
        row.addWidget(take)
        row.addWidget(give)
        row.addWidget(find)
        row.addStretch(1)
        self.body.addLayout(row)

    def _window(self, after: Camera | None, limit: int) -> Sequence[Camera]:
        with self._parts.database.read() as connection:
            number = after.number if after is not None else ""
            return service.cameras(connection, self._wanted, number, limit)

    def _on_search(self, text: str) -> None:
        self._wanted = text.strip()
        self.table.refresh()

    def _choose_first(self) -> None:
        if self.table.chosen_row() is None and self.table.model.rows:
            self.table.choose(self.table.model.rows[0].id)

    def _on_change(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._ask_sheet(chosen)

    def _ask_sheet(
        self, was: Camera | None, draft: Camera | None = None, then: Callable[[], None] = _nothing
    ) -> None:
        sheet = CameraSheet(self, lambda camera: self._save(sheet, camera, then), was, draft)
        sheet.open()

    def _on_find(self) -> None:
        """A technician looks for cameras in the network; those he chooses are entered one by one."""
        parts = self._parts
        if parts.turning is None:
            return
        try:
            require(parts.actor(), Right.MANAGE_LINKS)
        except Refused as refused:
            self.failed.emit(refused)
            return

        def enter(found: Sequence[tuple[Camera | None, Camera]]) -> None:
            if found:
                was, draft = found[0]
                self._ask_sheet(was, draft, lambda: enter(found[1:]))

        sheet = DiscoverSheet(self, parts, parts.turning)
        sheet.ready.connect(enter)
        sheet.open()
        sheet.search()

    def _save(self, sheet: CameraSheet, camera: Camera, then: Callable[[], None]) -> None:
        database, actor = self._parts.database, self._parts.actor()
        save = service.change_camera if camera.id else service.add_camera

        def saved(kept: Camera) -> None:
            sheet.accept()
            self.refresh()
            told = translate("Wall", "Camera {number} is saved").format(number=kept.number)
            self._parts.say(told, Tone.CALM)
            self.changed.emit(kept)
            then()

        self._parts.background.act(
            lambda: save(database, actor, camera), saved, sheet.refused, sheet
        )

    def _on_import(self) -> None:
        from console.ui.exchange_sheet import ExchangeSheet  # only who imports waits for it

        parts = self._parts
        sheet = ExchangeSheet(
            self, parts.background, parts.database, parts.actor(), service.CAMERAS
        )

        def taken(count: int) -> None:
            self.refresh()
            parts.say(translate("Wall", "{n} cameras taken in").format(n=count), Tone.CALM)

        sheet.taken.connect(taken)
        sheet.ask_file()

    def _on_export(self) -> None:
        from console.ui.exchange_sheet import export_table

        parts = self._parts

        def done(count: int) -> None:
            told = translate("Wall", "{n} cameras written, without passwords").format(n=count)
            parts.say(told, Tone.CALM)

        export_table(self, parts.background, parts.database, parts.actor(), service.CAMERAS, done)
