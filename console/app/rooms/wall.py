"""The wall's page (F3) in this console, and its cameras on the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from console.core.database import Database
from console.core.ids import CallId
from console.dispatch import service as dispatch
from console.dispatch.page.words import log_words
from console.gridmap.page.marker import Marker
from console.ui.words import say_refusal
from console.videowall import service
from console.videowall.model import (
    CallStory,
    Camera,
    CameraId,
    CamerasChanged,
    LayoutsChanged,
    Moment,
    RecordingsChanged,
    Snapped,
    TurnFailed,
)
from console.videowall.model.health import HealthChanged
from console.videowall.page import (
    HealthPage,
    HealthParts,
    PageParts,
    RecordingParts,
    RecordingsPage,
    RecordKey,
    WallPage,
    WallRoom,
)

if TYPE_CHECKING:
    from console.app.console import Console
    from console.gridmap.page.map_page import MapPage

translate = QCoreApplication.translate
LAYER = "cameras"
CLOSE_ZOOM = 17.0
PICTURES = "snapshots"


def build(console: Console) -> QWidget:
    """The wall, the recordings and camera health, which hear of every change."""
    post = console.post
    here = page_parts(console)
    page = WallPage(here)
    parts = recording_parts(console)
    kept = RecordingsPage(parts)
    record = RecordKey(parts, lambda: page.shown_camera)
    record.failed.connect(lambda error: page.notice.say(say_refusal(error), "alarm"))
    room = WallRoom([record])
    room.add_view(translate("Console", "Live"), page)
    room.add_view(translate("Console", "Recordings"), kept)
    health = HealthPage(_health_parts(console, here.on_map))
    room.add_view(translate("Console", "Camera health"), health, "Ctrl+H")
    console.bridge.listen(post.bus, HealthChanged, lambda _: health.news())
    console.bridge.listen(post.bus, CamerasChanged, lambda _: page.refresh())
    console.bridge.listen(post.bus, LayoutsChanged, lambda _: page.tiers.refresh())
    console.bridge.listen(post.bus, TurnFailed, page.keys.turns.failed)
    console.bridge.listen(post.bus, Snapped, page.keys.snapped)
    console.bridge.listen(post.bus, RecordingsChanged, lambda _: kept.news())
    return room


def _health_parts(console: Console, on_map: Callable[[Camera], None]) -> HealthParts:
    post = console.post
    return HealthParts(
        post.database,
        post.health,
        console.background,
        post.clock,
        console.actor,
        console.say,
        lambda camera_id: open_camera(console, camera_id),
        on_map,
    )


def page_parts(console: Console) -> PageParts:
    """What the wall's pages work with in this console."""
    post = console.post

    def on_map(camera: Camera) -> None:
        console.window.show_page("map")
        page = _map_page(console)
        if page is not None:
            page.view.choose(LAYER, camera.id)
            page.view.look_at(camera.lat, camera.lon, CLOSE_ZOOM)

    return PageParts(
        post.database,
        post.wall,
        console.background,
        console.actor,
        console.say,
        on_map,
        post.settings.data / PICTURES,
        post.turning,
    )


def recording_parts(console: Console) -> RecordingParts:
    """What the recordings work with in this console."""
    post = console.post
    return RecordingParts(
        post.database,
        post.wall,
        post.recorder,
        console.background,
        post.clock,
        console.actor,
        console.say,
        lambda call_id: call_story(post.database, CallId(call_id)),
    )


def wall_page(console: Console) -> WallPage | None:
    """The wall itself, once its room was shown."""
    room = console.window.page("wall")
    found = room.view(WallPage) if isinstance(room, WallRoom) else None
    return found if isinstance(found, WallPage) else None


def call_story(database: Database, call_id: CallId) -> CallStory:
    """The call's log as a replay shows it beside the films: what still holds, oldest first."""
    with database.read() as connection:
        view = dispatch.call(connection, call_id)
    lines = [
        Moment(
            line.happened_at, " ".join(part for part in (log_words(line.kind), line.text) if part)
        )
        for line in view.log
        if not line.undone and line.undoes is None
    ]
    lines.sort(key=lambda line: line.at)
    return CallStory(f"{view.call.number} {view.call.place}".strip(), tuple(lines))


def show_cameras(console: Console, page: MapPage) -> None:
    """The map shows the post's cameras with the way they look, now and after every change."""
    database = console.post.database

    def read() -> list[Camera]:
        with database.read() as connection:
            return service.cameras(connection)

    def again() -> None:
        console.background.ask(
            read, lambda found: page.set_layer(LAYER, markers(found)), None, page
        )

    console.bridge.listen(console.post.bus, CamerasChanged, lambda _: again())
    again()


def open_camera(console: Console, camera_id: str) -> None:
    """The wall is shown, and this camera on it."""
    console.window.show_page("wall")
    room, page = console.window.page("wall"), wall_page(console)
    if isinstance(room, WallRoom) and page is not None:
        room.show_view(0)
        page.choose(CameraId(camera_id))


def markers(cameras: list[Camera]) -> list[Marker]:
    """The cameras as the map shows them: quiet, with the way they look."""
    return [
        Marker(one.id, one.lat, one.lon, "camera", one.name, "out", heading=one.direction_deg)
        for one in cameras
    ]


def _map_page(console: Console) -> MapPage | None:
    from console.gridmap.page.map_page import MapPage

    page = console.window.page("map")
    return page if isinstance(page, MapPage) else None
