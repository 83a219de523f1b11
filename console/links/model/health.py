"""How a link did, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.core.ids import LinkId
from console.links.model.state import LinkPhase


@dataclass(frozen=True, slots=True)
class HealthMinute:
    """What one link heard in the minute that began ``at``, and the worst that it stood."""

    link_id: LinkId
    at: datetime
    phase: LinkPhase
    frames: int = 0
    bad: int = 0
    lost: int = 0
    dropped: int = 0
