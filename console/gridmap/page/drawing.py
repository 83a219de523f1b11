"""Brings the drawing of a source: the one kept at the last start first, then that of the loaded roads."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from console.gridmap.drawable import MapSource
from console.gridmap.page import kept, words
from console.gridmap.page.geometry import Geometry, build
from console.ui.background import Background
from console.ui.words import pick

LOOK_AGAIN_MS = 100  # while the roads load


class Drawing(QObject):
    """``changed`` when there is another geometry to draw; ``told`` carries a title and words about
    missing or loading roads, empty when all is well. Reading and making is done in the background.
    """

    changed = Signal()
    told = Signal(str, str)

    def __init__(
        self,
        source: MapSource,
        background: Background,
        parent: QObject,
        first: Geometry | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._background = source, background
        self.geometry = first
        self._preparing = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AGAIN_MS)
        self._look.timeout.connect(self.look)

    def start(self) -> None:
        """What was kept is drawn soon, and what is true as soon as it is known."""
        if self.geometry is None:
            self._background.ask(self._recall, self._on_recalled, owner=self)
        else:
            self._tell(self.geometry)
            self.look()

    def stop(self) -> None:
        """No drawing comes any more by itself."""
        self._look.stop()

    def look(self) -> None:
        """Roads and areas are drawn as soon as they are known; until then words say so."""
        self._look.stop()
        error = self._source.failed
        if error is not None:
            self.told.emit(*words.roads_failed(error))
        elif not self._source.ready:
            if self.geometry is None:
                self.told.emit(*words.roads_loading())
            self._look.start()
            return
        if not self._preparing:
            self._preparing = True
            self._background.ask(self._prepare, self._on_prepared, self._on_unprepared, owner=self)

    def _recall(self) -> Geometry | None:
        """In a worker: the drawing that was kept of these very files."""
        key, folder = self._key(), self._source.cache
        return kept.recall(folder, key) if folder is not None and key else None

    def _on_recalled(self, geometry: Geometry | None) -> None:
        if geometry is not None and self.geometry is None and self._source.failed is None:
            self._take(geometry)
        self.look()

    def _prepare(self) -> Geometry:
        """In a worker: the compact JSON of everything that stands still."""
        if self._source.failed is not None:
            return build(None, self._source.areas, pick)
        key, folder, drawn = self._key(), self._source.cache, self.geometry
        if key and drawn is not None and drawn.key == key:
            return drawn
        made = replace(build(self._source.graph(), self._source.areas, pick), key=key)
        if key and folder is not None:
            kept.keep(folder, key, made)
        return made

    def _on_prepared(self, geometry: Geometry) -> None:
        self._preparing = False
        if geometry is not self.geometry:
            self._take(geometry)
        elif self._source.failed is None:
            self._tell(geometry)

    def _on_unprepared(self, error: Exception) -> None:
        self._preparing = False
        self.told.emit(*words.roads_failed(error))

    def _take(self, geometry: Geometry) -> None:
        self.geometry = geometry
        if self._source.failed is None:
            self._tell(geometry)
        self.changed.emit()

    def _tell(self, geometry: Geometry) -> None:
        self.told.emit(*(words.no_roads_inside() if geometry.ways == 0 else ("", "")))

    def _key(self) -> str:
        return kept.key_of(self._source.fingerprint())
