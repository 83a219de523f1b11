"""What the page works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import Tone
from console.videowall.model import Camera, Picture


class Wall(Protocol):
    """What shows the pictures: the player's supervisor."""

    def show(self, camera: Camera, window: int) -> None: ...
    def hide(self) -> None: ...
    def picture(self) -> Picture: ...


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``actor`` tells who sits here, ``on_map`` shows a camera's place."""

    database: Database
    player: Wall
    background: Background
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    on_map: Callable[[Camera], None]
