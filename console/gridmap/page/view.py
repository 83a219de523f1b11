"""The map itself: it draws what it is given and says what was done on it; it knows no calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.gridmap.drawable import MapSource
from console.gridmap.page import view_rule, words
from console.gridmap.page.channel import Written
from console.gridmap.page.drawing import Drawing
from console.gridmap.page.layer import Layer, layer_of
from console.gridmap.page.marker import Bounds, Marker, View, Zone, around
from console.gridmap.page.palette import Palette, palette
from console.gridmap.page.port import OFFERED, MapPort
from console.gridmap.page.view_rule import Rule, Step
from console.ui.background import Background
from console.ui.panel import Notice

ROADS, AREAS = "roads", "areas"
CLOSEST = 16.5  # nearer than this nothing is fitted


class MapView(QWidget):
    """Roads, areas and the markers of any number of layers.

    ``picked`` answers ``start_pick``; ``marker_chosen`` says which marker was pressed; ``drawn`` comes
    each time the roads (or the reason why there are none) stand on the map; ``state_changed`` carries
    a title and words when the map has something to say about its data, empty when all is well.
    """

    picked = Signal(float, float)
    pick_ended = Signal()
    marker_chosen = Signal(str, str)
    drawn = Signal()
    locked_changed = Signal(bool)
    state_changed = Signal(str, str)

    def __init__(
        self,
        source: MapSource,
        background: Background,
        parent: QWidget | None = None,
        port: MapPort | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._port = MapPort(self) if port is None else port
        self._port.adopt(self)
        self._drawing = Drawing(source, background, self, self._port.offered)
        self._drawing.changed.connect(self._on_drawing)
        self._drawing.told.connect(self._tell_state)
        self._layers: dict[str, Layer] = {}
        self._hidden: set[str] = set()
        self._zones: tuple[Zone, ...] = ()
        self._rule = Rule()
        self._view: View | None = None
        self._version = OFFERED if self._port.offered is not None else 0
        self._colours: Palette = self._port.colours
        self._state = ("", "")
        self._picking = False
        self._started = False
        self._build_page()

    def _build_page(self) -> None:
        self._port.ready.connect(self._on_page_ready)
        self._port.gave_up.connect(lambda: self._tell_state(*words.map_gave_up()))
        up = self._port.up
        up.looked_at.connect(self._on_looked_at)
        up.gestured.connect(lambda: self._take(view_rule.gesture(self._rule)))
        up.picked.connect(self._on_picked)
        up.pick_left.connect(self.end_pick)
        up.marker_chosen.connect(self._on_marker_pressed)
        up.drawn.connect(self._on_drawn)
        self.notice = Notice()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.notice)
        box.addWidget(self._port.web, 1)
        self.setFocusProxy(self._port.web)

    def start(self) -> None:
        """The page loads and the roads are prepared; done at the first showing if not before."""
        if not self._started:
            self._started = True
            if not self._port.loading:
                self._port.load()
            self._drawing.start()

    def showEvent(self, event: QShowEvent) -> None:
        """A map that is never looked at costs nothing."""
        super().showEvent(event)
        self.start()

    # --- what others tell the map -------------------------------------------------------------

    def set_layer(self, layer: str, markers: Sequence[Marker]) -> None:
        """The layer shows exactly these markers. Those without a place on Earth are left out."""
        self.show_made(layer, layer_of(markers))

    def show_made(self, layer: str, made: Layer) -> None:
        """The same for a layer that was made ready elsewhere."""
        before = self._layers.get(layer, Layer())
        if layer in self._layers and made.rows == before.rows:
            return
        self._layers[layer] = made
        self._send_layer(layer)
        self._send_state()
        if made.ids != before.ids:
            self._take(view_rule.set_changed(self._rule))

    def set_zones(self, zones: Sequence[Zone]) -> None:
        """The response circles on the map are exactly these."""
        self._zones = tuple(zones)
        self._send_zones()

    def set_theme(self, tokens: Mapping[str, str]) -> None:
        """The map is drawn in the console's colours: night when their ``ground`` is dark."""
        self._colours = palette(tokens)
        self._send_theme()

    def show_layer(self, layer: str, on: bool) -> None:
        """The layer (``roads``, ``areas`` or one of the markers') is seen or hidden."""
        (self._hidden.discard if on else self._hidden.add)(layer)
        self._port.order(f"visible {layer}", "visible", layer, on)
        if layer == AREAS:
            self._send_legend()

    def show_roads(self) -> None:
        """Roads and areas are drawn as soon as they are known; until then the map says so."""
        self._drawing.look()

    def choose(self, layer: str, marker: str) -> None:
        """One press of the officer: the marker is ringed and shown; a second press goes back."""
        self._take(view_rule.pressed(self._rule, (layer, marker), self._view))

    def mark(self, layer: str | None, marker: str = "") -> None:
        """The marker is ringed and the map stays where it is; None takes the ring away."""
        self._take(view_rule.marked(self._rule, (layer, marker) if layer else None))

    def fit(self, reason: str = "asked") -> None:
        """Everything is in view. ``asked`` frees a locked map; ``set`` leaves a locked one alone."""
        if reason == "asked" and self._port.revive():
            self.show_roads()
        change = view_rule.fit_asked if reason == "asked" else view_rule.set_changed
        self._take(change(self._rule))

    def look_at(self, lat: float, lon: float, zoom: float = CLOSEST) -> None:
        """The map shows this place and stays there, as after a gesture."""
        self._view = View(lat, lon, zoom)
        self._take(view_rule.gesture(self._rule))
        self._send_view(self._view)

    def start_pick(self) -> None:
        """The next click on the map is a place, told by ``picked``; Esc ends it."""
        self._picking = True
        self._send_pick()
        self._port.web.setFocus()

    def end_pick(self) -> None:
        """A click is no place any more."""
        if self._picking:
            self._picking = False
            self._send_pick()
            self.pick_ended.emit()

    @property
    def locked(self) -> bool:
        """True after a gesture, until the officer asks to fit."""
        return self._rule.locked

    @property
    def state(self) -> tuple[str, str]:
        """Title and words about missing or loading roads; empty when they are drawn."""
        return self._state

    def stop(self) -> None:
        """The page and its profile are gone; the widget is not used any more."""
        self._drawing.stop()
        self._port.stop()

    @property
    def page(self) -> QWebEnginePage:
        """The engine's page, for measurements and tests."""
        return self._port.page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the choice of a place."""
        if event.key() == Qt.Key.Key_Escape and self._picking:
            self.end_pick()
            return
        super().keyPressEvent(event)

    # --- what comes from the page ---------------------------------------------------------------

    def _on_page_ready(self) -> None:
        """The page starts from nothing, first time or after a crash: it is told everything."""
        self._send_theme()
        self._send_lock()
        self._send_pick()
        self._send_state()
        for layer in sorted(self._hidden):
            self._port.order(f"visible {layer}", "visible", layer, False)
        for layer in self._layers:
            self._send_layer(layer)
        self._send_zones()
        self._send_chosen()
        self._send_roads()
        if self._rule.shown:
            self._show_chosen()
        elif self._rule.locked and self._view is not None:
            self._send_view(self._view)
        else:
            self._fit()

    def _on_looked_at(self, lat: float, lon: float, zoom: float) -> None:
        self._view = View(lat, lon, zoom)

    def _on_picked(self, lat: float, lon: float) -> None:
        if self._picking:
            self._picking = False
            self._send_pick()
            self.picked.emit(lat, lon)

    def _on_marker_pressed(self, layer: str, marker: str) -> None:
        if marker in self._layers.get(layer, Layer()).ids:
            self.mark(layer, marker)
            self.marker_chosen.emit(layer, marker)

    def _on_drawn(self, version: int) -> None:
        if version == self._version:
            self.drawn.emit()

    # --- the rule and the orders ----------------------------------------------------------------

    def _take(self, step: Step) -> None:
        before, self._rule = self._rule, step.rule
        if before.chosen != step.rule.chosen:
            self._send_chosen()
        if before.locked != step.rule.locked:
            self._send_lock()
            self.locked_changed.emit(step.rule.locked)
        if step.move == "fit":
            self._fit()
        elif step.move == "show":
            self._show_chosen()
        elif step.move == "back" and step.to is not None:
            self._send_view(step.to)

    def _fit(self) -> None:
        """Every marker of the visible layers, or the whole extract where there is none."""
        box = around(
            (marker.lat, marker.lon)
            for layer, made in self._layers.items()
            if layer not in self._hidden
            for marker in made.markers
        )
        if box is None and self._drawing.geometry is not None:
            box = self._drawing.geometry.bounds
        if box is not None:
            self._send_fit(box)

    def _show_chosen(self) -> None:
        if self._rule.chosen is None:
            return
        layer, wanted = self._rule.chosen
        known = self._layers.get(layer, Layer()).markers
        box = around((marker.lat, marker.lon) for marker in known if marker.id == wanted)
        if box is not None:
            self._send_fit(box)

    def _on_drawing(self) -> None:
        """Roads and areas are other ones: the page is told, and a free map shows them."""
        geometry = self._drawing.geometry
        assert geometry is not None
        self._port.files.geometry = geometry.body
        self._version += 1
        self._send_roads()
        if self._version == 1:
            self._take(view_rule.set_changed(self._rule))

    def _tell_state(self, title: str, told: str) -> None:
        if self._state != (title, told):
            self._state = (title, told)
            waits = self._source.failed is None and not self._source.ready
            self.notice.say(f"{title} · {told}" if title else "", "" if waits else "late")
            self._send_state()
            self.state_changed.emit(title, told)

    def _send_state(self) -> None:
        """In the middle of the map too, while nothing else stands on it."""
        empty = not any(made.ids for made in self._layers.values()) and not self._source.areas
        self._port.order("state", "state", *(self._state if empty else ("", "")))

    def _send_layer(self, layer: str) -> None:
        rows = Written(self._layers[layer].rows)
        self._port.order(f"layer {layer}", "layer", layer, rows)

    def _send_zones(self) -> None:
        self._port.order("zones", "zones", [zone.flat() for zone in self._zones])

    def _send_theme(self) -> None:
        self._port.order("theme", "theme", self._colours)
        self._send_legend()

    def _send_legend(self) -> None:
        known = self._drawing.geometry
        zones = known.zones if known is not None and AREAS not in self._hidden else ()
        self._port.order("legend", "legend", [words.legend(minutes) for minutes in zones])

    def _send_lock(self) -> None:
        self._port.order("lock", "lock", words.lock_note() if self._rule.locked else "")

    def _send_pick(self) -> None:
        self._port.order("pick", "pick", words.pick_note() if self._picking else "")

    def _send_chosen(self) -> None:
        self._port.order("chosen", "chosen", self._rule.chosen)

    def _send_roads(self) -> None:
        if self._drawing.geometry is not None:
            self._port.order("roads", "roads", self._version)
            self._port.order(
                "credit", "credit", words.credit() if self._drawing.geometry.ways else ""
            )
            self._send_legend()

    def _send_view(self, view: View) -> None:
        self._port.order("move", "view", view.lat, view.lon, view.zoom)

    def _send_fit(self, box: Bounds) -> None:
        self._port.order("move", "fit", [box.south, box.west, box.north, box.east], CLOSEST)
