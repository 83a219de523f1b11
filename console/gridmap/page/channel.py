"""The one channel between the map and its page: batches of orders down, an object of slots up."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

GAP_MS = 100  # at most ten batches a second


@dataclass(frozen=True, slots=True)
class Written:
    """A part of an order that is ASCII JSON already."""

    text: str


class Down(QObject):
    """Orders to the page, coalesced: of several orders with one key only the last is sent."""

    def __init__(self, run: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._waiting: dict[str, list[object]] = {}
        self._open = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GAP_MS)
        self._timer.timeout.connect(self._flush)
        self.batches = 0

    def order(self, key: str, *order: object) -> None:
        """The page will be told, after everything ordered before; an older order of this key is dropped."""
        self._waiting.pop(key, None)
        self._waiting[key] = list(order)
        if self._open and not self._timer.isActive():
            self._flush()

    def open(self) -> None:
        """The page listens now."""
        self._open = True
        self._flush()

    def close(self) -> None:
        """The page is gone; what waits for it is dropped."""
        self._open = False
        self._timer.stop()
        self._waiting.clear()

    def _flush(self) -> None:
        if not self._open or not self._waiting:
            return
        orders = list(self._waiting.values())
        self._waiting.clear()
        self._timer.start()
        self.batches += 1
        # ASCII JSON is JavaScript: no text of a marker can leave its string.
        told = ",".join(f"[{','.join(map(_written, order))}]" for order in orders)
        self._run(f"gridmap.take([{told}])")


def _written(part: object) -> str:
    if isinstance(part, Written):
        return part.text
    return json.dumps(part, separators=(",", ":"), allow_nan=False)


class Up(QObject):
    """What the page may say. Whatever comes is checked: a page is never trusted."""

    page_ready = Signal()
    looked_at = Signal(float, float, float)
    gestured = Signal()
    picked = Signal(float, float)
    pick_left = Signal()
    marker_chosen = Signal(str, str)
    drawn = Signal(int)

    @Slot()
    def ready(self) -> None:
        self.page_ready.emit()

    @Slot(float, float, float)
    def viewed(self, lat: float, lon: float, zoom: float) -> None:
        if _on_earth(lat, lon) and math.isfinite(zoom):
            self.looked_at.emit(lat, lon, zoom)

    @Slot()
    def gesture(self) -> None:
        self.gestured.emit()

    @Slot(float, float)
    def picked_at(self, lat: float, lon: float) -> None:
        if _on_earth(lat, lon):
            self.picked.emit(lat, lon)

    @Slot()
    def pick_ended(self) -> None:
        self.pick_left.emit()

    @Slot(str, str)
    def marker_pressed(self, layer: str, marker: str) -> None:
        self.marker_chosen.emit(layer, marker)

    @Slot(int)
    def roads_drawn(self, version: int) -> None:
        self.drawn.emit(version)


def _on_earth(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180
