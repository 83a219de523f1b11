"""How the road to the city stands, as the duty officer is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

EARLIER_REJECTED = "earlier_rejected"  # the city's code (ack.json)


@dataclass(frozen=True, slots=True)
class LaneState:
    """One lane upward: what waits in it, since when, and what is wrong with it (a code) if anything."""

    lane: int
    pending: int = 0
    oldest_pending_at: datetime | None = None
    trouble: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RoadState:
    """The whole road at one moment. ``since`` is when it came up or went down.

    ``trouble`` is the code of what keeps it down; ``alarm`` the code of a thing that a person must
    look into (a fork, an answer that cannot be). Both codes have words in the catalogue.
    """

    configured: bool
    up: bool
    since: datetime
    pending: int = 0
    set_aside: int = 0
    quarantined: int = 0
    last_ack_at: datetime | None = None
    last_contact_at: datetime | None = None
    oldest_pending_at: datetime | None = None
    trouble: str | None = None
    alarm: str | None = None
    lanes: tuple[LaneState, ...] = ()

    @property
    def stopped(self) -> tuple[int, ...]:
        """The lanes that send nothing until a person lets them."""
        return tuple(lane.lane for lane in self.lanes if lane.stopped)

    def oldest_age_s(self, now: datetime) -> float | None:
        """How many seconds the oldest event has waited; None when nothing waits."""
        if self.oldest_pending_at is None:
            return None
        return max(0.0, (now - self.oldest_pending_at).total_seconds())


@dataclass(frozen=True, slots=True)
class RoadChanged:
    """The road stands otherwise than before."""

    state: RoadState


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that the city did not take: kept until someone settles it. One that only ``waits``
    behind an earlier one of its entity was never sent, or goes again by itself after that one."""

    event_id: str
    epoch: str
    lane: int
    seq: int
    entity: str
    entity_id: str
    kind: str
    rev: int
    at: datetime
    actor: str
    payload: dict[str, Any]
    set_aside_at: datetime
    code: str
    message: str
    base_rev: int = 0
    state: str = "set_aside"

    @property
    def waits(self) -> bool:
        """Nothing is wrong with it: an earlier one of the same entity comes first."""
        return self.state == "waiting" or self.code == EARLIER_REJECTED


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item of the feed that the post could not take: kept as it came, with the reason."""

    item_id: str
    kind: str
    received_at: datetime
    code: str
    message: str
    raw: str
