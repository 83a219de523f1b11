"""The wall's page (F3) in this console, and its cameras on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.gridmap.page.marker import Marker
from console.videowall import service
from console.videowall.model import Camera, CameraId, CamerasChanged, LayoutsChanged, Snapped
from console.videowall.page import PageParts, WallPage

if TYPE_CHECKING:
    from console.app.console import Console
    from console.gridmap.page.map_page import MapPage

LAYER = "cameras"
CLOSE_ZOOM = 17.0
PICTURES = "snapshots"


def build(console: Console) -> QWidget:
    """The page, which hears of every change of the cameras."""
    post = console.post

    def on_map(camera: Camera) -> None:
        console.window.show_page("map")
        page = _map_page(console)
        if page is not None:
            page.view.choose(LAYER, camera.id)
            page.view.look_at(camera.lat, camera.lon, CLOSE_ZOOM)

    page = WallPage(
        PageParts(
            post.database,
            post.wall,
            console.background,
            console.actor,
            console.say,
            on_map,
            post.settings.data / PICTURES,
        )
    )
    console.bridge.listen(post.bus, CamerasChanged, lambda _: page.refresh())
    console.bridge.listen(post.bus, LayoutsChanged, lambda _: page.tiers.refresh())
    console.bridge.listen(post.bus, Snapped, page.keys.snapped)
    return page


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
    page = console.window.page("wall")
    if isinstance(page, WallPage):
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
