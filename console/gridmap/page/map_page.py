"""The map page (F2): the map with its tools, and how true its data is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.gridmap.drawable import Hit, MapSource
from console.gridmap.page import words
from console.gridmap.page.marker import Marker
from console.gridmap.page.view import AREAS, ROADS, MapView
from console.ui.background import Background
from console.ui.freshness import FreshnessLine
from console.ui.icons import dress
from console.ui.keycap import KeyButton
from console.ui.panel import Notice
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

CREWS, CALLS, POINTS, CAMERAS, FOUND = "crews", "calls", "points", "cameras", "found"


class MapPage(QWidget):
    """The map with fit, layers, place search and export; ``place_found`` tells a place gone to."""

    place_found = Signal(str, float, float)
    exported = Signal(str)

    def __init__(
        self, source: MapSource, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._background = source, background
        self.view = MapView(source, background, self)
        self.notice = Notice()
        self.freshness = FreshnessLine(self)
        self.toggles: dict[str, KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools())
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        self.results = self._list_of_hits()
        self.view.locked_changed.connect(self._on_locked)
        star = QShortcut(QKeySequence("*"), self)
        star.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        star.activated.connect(self._on_fit)

    def set_layer(self, layer: str, markers: Sequence[Marker]) -> None:
        """The layer (``crews``, ``calls`` …) shows exactly these; the page is fresh as of now."""
        self.view.set_layer(layer, markers)
        self.freshness.fresh()

    def set_theme(self, tokens: Mapping[str, str]) -> None:
        """The map takes the console's colours."""
        self.view.set_theme(tokens)

    def stop(self) -> None:
        """The map's engine page is gone."""
        self.view.stop()

    # --- tools ------------------------------------------------------------------------------

    def _tools(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "panelHead")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(6)
        self.fit_button = KeyButton(translate("MapPage", "★ Fit all"), "Home")
        self.fit_button.clicked.connect(self._on_fit)
        row.addWidget(self.fit_button)
        row.addSpacing(10)
        for layer, title, key in (
            (ROADS, translate("MapPage", "Roads"), "Alt+1"),
            (AREAS, translate("MapPage", "Areas"), "Alt+2"),
            (CREWS, translate("MapPage", "Crews"), "Alt+3"),
            (CALLS, translate("MapPage", "Calls"), "Alt+4"),
            (POINTS, translate("MapPage", "Points"), "Alt+5"),
            (CAMERAS, translate("MapPage", "Cameras"), "Alt+6"),
        ):
            row.addWidget(self._toggle(layer, title, key))
        row.addSpacing(10)
        row.addWidget(self._search_field(), 1)
        row.addWidget(self.freshness)
        self.export_button = KeyButton(translate("MapPage", "Export map"), "Ctrl+E")
        dress(self.export_button, "export")
        self.export_button.clicked.connect(self._ask_where)
        row.addWidget(self.export_button)
        return bar

    def _toggle(self, layer: str, title: str, key: str) -> QPushButton:
        button = KeyButton(title, key)
        button.setCheckable(True)
        button.setChecked(True)
        button.toggled.connect(lambda on: self.view.show_layer(layer, on))
        self.toggles[layer] = button
        return button

    def _search_field(self) -> QLineEdit:
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            translate("MapPage", "Find a place: street, A road and B street, grid code, lat,lon")
        )
        self.search.setToolTip(translate("MapPage", "Ctrl+F goes here, Enter finds"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(460)
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self._find)
        self.search.textEdited.connect(self._on_edited)
        finder = QShortcut(QKeySequence("Ctrl+F"), self)
        finder.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finder.activated.connect(self.search.setFocus)
        return self.search

    def _list_of_hits(self) -> QListWidget:
        hits = QListWidget(self)
        hits.setProperty("role", "panel")
        hits.itemActivated.connect(self._on_hit)
        hits.itemClicked.connect(self._on_hit)
        hits.hide()
        return hits

    # --- finding ----------------------------------------------------------------------------

    def _find(self) -> None:
        text = self.search.text().strip()
        if text:
            self._background.ask(
                lambda: list(self._source.find_place(text)),
                self._on_found,
                self._on_not_found,
                owner=self,
            )

    def _on_edited(self) -> None:
        self.results.hide()
        self.notice.say("")

    def _on_found(self, found: list[Hit]) -> None:
        self.results.clear()
        if not found:
            self.notice.say(
                translate("MapPage", "No place is called “{text}”. Try a shorter word.").format(
                    text=self.search.text().strip()
                ),
                "late",
            )
            self.results.hide()
            return
        self.notice.say("")
        for hit in found:
            item = QListWidgetItem(hit.label)
            item.setData(Qt.ItemDataRole.UserRole, (hit.label, hit.lat, hit.lon))
            self.results.addItem(item)
        self.results.setCurrentRow(0)
        if len(found) == 1:
            self._on_hit(self.results.item(0))
            return
        below = self.search.mapTo(self, self.search.rect().bottomLeft())
        high = min(10, len(found)) * max(28, self.results.sizeHintForRow(0)) + 6
        self.results.setGeometry(below.x(), below.y() + 4, self.search.width(), high)
        self.results.show()
        self.results.raise_()
        self.results.setFocus()

    def _on_not_found(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "late")

    def _on_hit(self, item: QListWidgetItem) -> None:
        label, lat, lon = item.data(Qt.ItemDataRole.UserRole)
        self.results.hide()
        self.view.set_layer(FOUND, [Marker("found", lat, lon, "place", label, "waiting")])
        self.view.mark(FOUND, "found")
        self.view.look_at(lat, lon)
        self.place_found.emit(label, lat, lon)

    # --- state and export ---------------------------------------------------------------------

    def _on_fit(self) -> None:
        self.view.fit()

    def _on_locked(self, locked: bool) -> None:
        self.fit_button.set_kind("primary" if locked else "plain")

    def _ask_where(self) -> None:
        place, _ = QFileDialog.getSaveFileName(
            self,
            translate("MapPage", "Export map"),
            translate("MapPage", "map.html"),
            translate("MapPage", "Web page (*.html)"),
        )
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Roads and areas, never calls or crews, stand in this HTML file; ``exported`` follows."""

        def export() -> None:
            from console.gridmap.export import export_map  # folium: only who exports waits for it

            export_map(self._source, place, pick, words.credit())

        self._background.ask(
            export,
            lambda _: self._on_exported(place),
            self._on_not_found,
            owner=self,
        )

    def _on_exported(self, place: Path) -> None:
        self.notice.say(translate("MapPage", "The map was written to {path}").format(path=place))
        self.exported.emit(str(place))
