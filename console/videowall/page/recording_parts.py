"""What the page of recordings works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import Tone
from console.videowall.model import (
    CallStory,
    Camera,
    CameraId,
    Picture,
    Recording,
    RecordingId,
    Rect,
    Stream,
    Why,
)

# parent, title, where to begin → the chosen folder, or nothing
ChooseFolder = Callable[[QWidget, str, str], str]


class ReplayWall(Protocol):
    """What shows the films: the service's wall."""

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None: ...
    def hide(self, tile: str) -> None: ...
    def picture(self, tile: str) -> Picture: ...


class Recorder(Protocol):
    """What records: the service's recorder."""

    def begin(
        self, actor: Actor, camera_id: CameraId, why: Why, call_id: str | None = None
    ) -> Recording: ...
    def end(self, actor: Actor, recording_id: RecordingId) -> None: ...
    def of_camera(self, camera_id: str) -> Recording | None: ...


@dataclass(frozen=True, slots=True)
class RecordingParts:
    """The page's surroundings. ``story`` reads a call's timeline; a worker asks for it."""

    database: Database
    wall: ReplayWall
    recorder: Recorder
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    story: Callable[[str], CallStory | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a replay needs, read by a worker once the look was logged. ``masks`` are private zones."""

    films: tuple[Recording, ...]
    files: tuple[Path, ...]
    masks: tuple[tuple[Rect, ...], ...]
    story: CallStory | None
