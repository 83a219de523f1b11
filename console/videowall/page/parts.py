"""What the page works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import Tone
from console.videowall.model import Camera, Picture, Stream
from console.videowall.service import Turning


class Wall(Protocol):
    """What shows the pictures: the service's wall."""

    def warm(self) -> None: ...
    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None: ...
    def hide(self, tile: str) -> None: ...
    def picture(self, tile: str) -> Picture: ...
    def snapshot(self, tile: str, file: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``actor`` tells who sits here, ``on_map`` shows a camera's place."""

    database: Database
    wall: Wall
    background: Background
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    on_map: Callable[[Camera], None]
    pictures: Path = Path("pictures")  # the folder of single pictures
    turning: Turning | None = None  # what talks to cameras over ONVIF
