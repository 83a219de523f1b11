"""What the desk works with: the post's services, and who sits here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.ids import UnitId
from console.core.timings import Timings
from console.dispatch.service import BoardReader, RoadsGround
from console.gridmap.service import Roads
from console.roster.model import Whereabouts
from console.roster.service import PositionBoard
from console.ui.background import Background
from console.ui.style import Tone
from console.ui.undo import Undo


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """The desk's surroundings. ``actor`` tells who sits here now; ``say`` tells what an act did."""

    database: Database
    roads: Roads
    clock: Clock
    background: Background
    undo: Undo
    timings: Timings
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    positions: PositionBoard
    reader: BoardReader = field(default_factory=BoardReader)

    def latest(self, unit_id: UnitId) -> Whereabouts | None:
        """The newest place of a crew, written or not yet."""
        return self.positions.latest().get(unit_id)

    @property
    def ground(self) -> RoadsGround:
        """What is known of the post's ground."""
        return RoadsGround(self.roads)
