"""What every panel of the upkeep is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.people.model import Right, allowed
from console.ui.background import Background


@dataclass(frozen=True)
class UpkeepDesk:
    """The post's store and folder, who sits here, and where work is done. ``data`` is the folder."""

    database: Database
    data: Path
    clock: Clock
    background: Background
    actor: Callable[[], Actor]

    def may(self, right: Right) -> bool:
        """Whether who sits here may do this."""
        return allowed(self.actor(), right)
