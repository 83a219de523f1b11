"""What the page works with, and what it reads of the chosen alarm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.alarms.model import Alarm, AlarmKind, Alert, LogLine
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.words import Words
from console.ui.background import Background
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class NearCamera:
    """The camera that is nearest to an alarm."""

    id: str
    name: str
    range_m: int


MakeCall = Callable[[Actor, str, str], str]


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with.

    ``make_call(actor, alarm id, nature)`` makes the alarm a call in one act and returns
    the call's number; ``natures`` tells what natures are called, ``camera_near`` the camera that is
    nearest to a point, ``links`` the wires on which a device may stand; all are called off the UI
    thread. ``show_call(call id)`` opens a call on the desk, ``show_camera(camera id)`` a camera.
    """

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    make_call: MakeCall
    natures: Callable[[], Mapping[str, Words]]
    show_call: Callable[[str], None]
    camera_near: Callable[[float, float], NearCamera | None] = lambda lat, lon: None
    show_camera: Callable[[str], None] = lambda camera_id: None
    links: Callable[[], Sequence[tuple[str, str]]] = tuple


@dataclass(frozen=True, slots=True)
class Story:
    """What is read of the chosen alarm."""

    alarm: Alarm
    kind: AlarmKind
    lines: Sequence[LogLine]
    natures: Mapping[str, Words]
    alert: Alert | None = None
    camera: NearCamera | None = None
