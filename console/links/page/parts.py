"""What the page of the links works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.links.page.link_sheet import UnitChoice
from console.links.service import Supervisor
from console.ui.background import Background

SOMEWHERE = (39.9042, 116.4074)  # where a simulated receiver stands when nobody says where


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with. ``actor`` says who is signed in; ``units`` is asked off the UI
    thread; ``home`` says where a simulated device is."""

    database: Database
    supervisor: Supervisor
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    units: Callable[[], Sequence[UnitChoice]] = tuple
    home: Callable[[], tuple[float, float]] = lambda: SOMEWHERE

    @property
    def data(self) -> Path:
        """The data folder of the post."""
        return self.database.path.parent
