"""What the thread of a link has of the house around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from console.core.clock import Clock
from console.links.service.taps import Taps
from drivers.transport import ports


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a link's thread needs from the house; ``tell`` takes events; nothing is recorded while
    the disk is ``short`` of room; ``dropped`` counts what nobody took; ``find`` finds a port; ``taps`` hear all."""

    clock: Clock
    tell: Callable[[object], None]
    captures: Path
    short: Callable[[], bool] = lambda: False
    dropped: Callable[[], int] = lambda: 0
    find: Callable[[str], str | None] = ports.find
    taps: Taps = field(default_factory=Taps)
