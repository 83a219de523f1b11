"""The words that stand on the map, and a marker as the page reads it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.gridmap.page.marker import Marker
from console.ui.words import say_refusal

translate = QCoreApplication.translate


def row(marker: Marker) -> list[object]:
    """id, lat, lon, kind, label, tone, stale, age in words (of stale ones), heading."""
    return [
        marker.id,
        round(marker.lat, 6),
        round(marker.lon, 6),
        marker.kind,
        marker.label,
        marker.tone,
        marker.stale,
        age(marker.age_s) if marker.stale and marker.age_s is not None else "",
        None if marker.heading is None else round(marker.heading % 360),
    ]


def age(seconds: float) -> str:
    """How old a position is, in the shortest true words."""
    if seconds < 3600:
        return translate("Map", "{n} min ago").format(n=int(seconds // 60))
    if seconds < 48 * 3600:
        return translate("Map", "{n} h ago").format(n=int(seconds // 3600))
    return translate("Map", "{n} days ago").format(n=int(seconds // 86400))


def legend(minutes: int) -> list[str]:
    """The colour's name and the words of one zone."""
    known = minutes if minutes in (1, 3, 5) else 5
    return [f"zone{known}", translate("Map", "{n}-minute area").format(n=minutes)]


def lock_note() -> str:
    """Shown while the map stays where the officer put it."""
    return translate("Map", "View locked · ★ fits again")


def pick_note() -> str:
    """Shown while a click means a place."""
    return translate("Map", "Click the place on the map · Esc leaves")


def credit() -> str:
    """What the licence of the extract asks for."""
    return "© OpenStreetMap"


def map_gave_up() -> tuple[str, str]:
    """Title and words after too many crashes of the drawing process."""
    return (
        translate("Map", "The map cannot be drawn"),
        translate(
            "Map",
            "Its drawing process ended several times. Calls and crews go on in the lists; "
            "press ★ to try again.",
        ),
    )


def roads_loading() -> tuple[str, str]:
    """Title and words while the roads are read."""
    return (
        translate("Map", "Roads are loading"),
        translate("Map", "Calls and crews are shown already."),
    )


def roads_failed(error: Exception) -> tuple[str, str]:
    """Title and words for an extract that cannot be used."""
    return translate("Map", "No roads on the map"), say_refusal(error)


def no_roads_inside() -> tuple[str, str]:
    """Title and words for an extract that holds no road."""
    return (
        translate("Map", "No roads on the map"),
        translate("Map", "The road file holds no road. Ask the technician for the post's extract."),
    )
