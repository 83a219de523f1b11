"""What every panel of the upkeep is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.people.model import Right, Session, allowed
from console.ui.background import Background
from console.upkeep.model import BackupStanding


def _nobody() -> Session | None:
    return None


def _nothing() -> None:
    """There is no keeper of backups to be told."""


@dataclass(frozen=True)
class UpkeepDesk:
    """The post's store and folder, who sits here, and where work is done. ``data`` is the folder;
    ``standing`` how the backups by the clock stand, ``look_again`` makes their keeper look now."""

    database: Database
    data: Path
    clock: Clock
    background: Background
    actor: Callable[[], Actor]
    session: Callable[[], Session | None] = _nobody
    standing: Callable[[], BackupStanding] = BackupStanding
    look_again: Callable[[], None] = _nothing

    def may(self, right: Right) -> bool:
        """Whether who sits here may do this."""
        return allowed(self.actor(), right)
