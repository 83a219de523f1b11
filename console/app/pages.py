"""The pages of the frame whose rooms are built; each is made when it is first shown."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from console.dispatch import service as dispatch
from console.dispatch.page.markers import call_markers, unit_markers
from console.roster import service as roster
from console.shell.model import PAGE_KEYS, PageEntry
from console.ui.style import tokens

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.system_page import SystemPage
    from console.gridmap.page.map_page import MapPage
    from console.links.page import LinksPage
    from console.roster.page import DutyPage

translate = QCoreApplication.translate
MARKERS_MS = 700
# page → icon, key when it is none of the frame's own; its module is console/app/rooms/<page>.py
ROOMS: tuple[tuple[str, str, str], ...] = (
    ("wall", "wall", ""),
    ("inventory", "inventory", ""),
    ("citizen", "citizen", ""),
    ("patrol", "patrol", ""),
    ("assessment", "assessment", ""),
    ("alarms", "alarm", ""),
    ("handover", "handover", ""),
    ("aside", "aside", ""),
    ("radio", "radio", ""),
)


def room_title(key: str) -> str:
    """What a room's page is called."""
    return {
        "wall": translate("Console", "Video wall"),
        "inventory": translate("Console", "Equipment"),
        "citizen": translate("Console", "Counter"),
        "patrol": translate("Console", "Patrol"),
        "assessment": translate("Console", "Figures"),
        "alarms": translate("Console", "Alarms"),
        "handover": translate("Console", "Hand-over"),
        "aside": translate("Console", "Set aside"),
        "radio": translate("Console", "Radio"),
    }[key]


class Pages:
    """The entries of the navigation, and what the pages are told of the news."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.map_page: MapPage | None = None
        self._links_page: LinksPage | None = None
        self._system_page: SystemPage | None = None
        self._roster_page: DutyPage | None = None
        self._timer = QTimer(console)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MARKERS_MS)
        self._timer.timeout.connect(self._show_markers)
        own = [
            PageEntry("desk", lambda: translate("Console", "Duty desk"), "desk", console.desk),
            PageEntry("map", lambda: translate("Console", "Map"), "map", self._build_map),
            PageEntry("roster", lambda: translate("Console", "Duty"), "roster", self._build_roster),
            PageEntry("links", lambda: translate("Console", "Wires"), "links", self._build_links),
            PageEntry(
                "system", lambda: translate("Console", "System"), "system", self._build_system
            ),
        ]
        rooms = [self._room_entry(*room) for room in ROOMS]
        order = list(PAGE_KEYS)
        self.entries = sorted([*own, *rooms], key=lambda entry: order.index(entry.key))

    def news(self) -> None:
        """Calls or crews changed."""
        if self.map_page is not None and not self._timer.isActive():
            self._timer.start()
        if self._roster_page is not None:
            self._roster_page.news()

    def session_changed(self) -> None:
        """Somebody else looks, or the officers are others: what he may do is said anew."""
        if self._system_page is not None:
            self._system_page.people.refresh()

    def backups_changed(self) -> None:
        """How the backups stand is said anew."""
        if self._system_page is not None:
            self._system_page.backups_changed()

    def show_on_map(self, layer: str, marker: str, lat: float, lon: float) -> None:
        """The map is in front, looks there, and the marker is ringed."""
        self._console.window.show_page("map")
        if self.map_page is not None:
            self.map_page.view.look_at(lat, lon)
            self.map_page.view.mark(layer, marker)

    def roads_changed(self) -> None:
        """The roads are loaded, or cannot be."""
        if self.map_page is not None:
            self.map_page.view.show_roads()

    def theme_changed(self) -> None:
        """The maps wear the console's colours."""
        colours = {name: str(value) for name, value in asdict(tokens()).items()}
        self._console.map_view.set_theme(colours)
        if self.map_page is not None:
            self.map_page.set_theme(colours)

    def stop(self) -> None:
        """No page holds a running engine."""
        self._timer.stop()
        if self._links_page is not None:
            self._links_page.stop()
        if self.map_page is not None:
            self.map_page.stop()

    # A page brings its libraries when it is first looked at; the desk does not wait for them.
    def _build_map(self) -> QWidget:
        from console.gridmap.page.map_page import MapPage

        console = self._console
        self.map_page = MapPage(console.post.roads, console.background)
        self.map_page.view.marker_chosen.connect(self._on_marker)
        console.window.page_shown.connect(self._on_page)
        self.theme_changed()
        self.map_page.view.show_roads()
        self._show_markers()
        from console.app.rooms.wall import show_cameras

        show_cameras(console, self.map_page)
        return self.map_page

    def _build_links(self) -> QWidget:
        from console.links.page import SOMEWHERE, LinksPage, PageParts
        from console.sync.page import RoadPanel

        console = self._console
        road = RoadPanel(
            console.post.road, console.post.database, console.background, console.actor
        )
        road.aside_wished.connect(lambda: console.window.show_page("aside"))
        post = console.post

        def units() -> list[tuple[str, str]]:
            with post.database.read() as connection:
                return [(v.unit.id, v.unit.call_sign) for v in roster.units(connection)]

        def home() -> tuple[float, float]:
            corners = [corner for area in post.roads.areas for corner in area.ring]
            if not corners:
                return SOMEWHERE
            lats, lons = zip(*corners, strict=True)
            return sum(lats) / len(lats), sum(lons) / len(lons)

        parts = PageParts(
            post.database, post.links, console.background, post.clock, console.actor, units, home
        )
        self._links_page = LinksPage(parts, road)
        return self._links_page

    def _build_roster(self) -> QWidget:
        from console.roster.page import DutyPage
        from console.roster.page import PageParts as RosterParts

        console, post = self._console, self._console.post
        self._roster_page = DutyPage(
            RosterParts(
                post.database,
                console.background,
                post.clock,
                console.undo,
                console.actor,
                console.say,
                lambda: [(area.id, area.name) for area in post.roads.areas],
                lambda: {
                    str(state.config.serves): state.config.name
                    for state in post.links.snapshot()
                    if state.config.serves
                },
                post.positions.latest,
                dispatch.bound_units,
                post.positions.doubted,
            )
        )
        return self._roster_page

    def _room_entry(self, key: str, icon: str, hotkey: str) -> PageEntry:
        return PageEntry(key, lambda: room_title(key), icon, lambda: self._room(key), hotkey)

    def _room(self, key: str) -> QWidget:
        """The page of a room, whose module is brought now and not before."""
        page: QWidget = import_module(f"console.app.rooms.{key}").build(self._console)
        return page

    def _build_system(self) -> QWidget:
        from console.app.system_page import SystemPage

        self._system_page = SystemPage(self._console)
        self._system_page.people.refresh()
        return self._system_page

    def _show_markers(self) -> None:
        board, page = self._console.desk.board, self.map_page
        if board is None or page is None:
            return
        now = self._console.post.clock.now()
        latest = self._console.post.positions.latest()
        page.set_layer("calls", call_markers(board.cards, now))
        page.set_layer("crews", unit_markers(board.units, latest, now))
        if self._console.post.connected:
            from console.patrol.page.markers import LAYER, point_markers

            page.set_layer(LAYER, point_markers(self._console.post.patrol.states()))
        if page.isVisible():
            self._timer.start()

    def _on_page(self, key: str) -> None:
        if key == "map":  # it was not told of anything while nobody saw it
            self._show_markers()

    def _on_marker(self, layer: str, marker: str) -> None:
        if layer == "calls":
            self._console.window.show_page("desk")
            self._console.desk.choose_call(marker)
        elif layer == "points":
            self._console.window.show_page("patrol")
        elif layer == "cameras":
            from console.app.rooms.wall import open_camera

            open_camera(self._console, marker)


def build_pages(console: Console) -> Pages:
    """The pages of this console."""
    return Pages(console)
