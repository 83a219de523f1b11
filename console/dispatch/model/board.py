"""What the board shows of a call, and which calls may be the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.core.ids import CallId
from console.dispatch.model.call import Call, PlaceFlag
from console.dispatch.model.lamps import Lamp
from console.dispatch.model.reference import Code, Limits, Nature
from console.roster.model import distance_m


@dataclass(frozen=True, slots=True)
class CallCard:
    """One open call on the board."""

    call: Call
    nature: Nature
    source: Code
    lamps: tuple[Lamp, ...]  # as they stood when the card was read
    crews: tuple[str, ...]
    late_at: datetime | None = None

    def late(self, now: datetime) -> bool:
        """A lamp is late now."""
        return self.late_at is not None and now > self.late_at

    def urgency(self, now: datetime) -> tuple[int, int, datetime]:
        """The key of the board's order: late first, then level, then age."""
        return (0 if self.late(now) else 1, self.call.level, self.call.received_at)

    @property
    def place_missing(self) -> bool:
        """The call is not on the map: its place must be found by hand."""
        return self.call.place_flag is not PlaceFlag.FINE


@dataclass(frozen=True, slots=True)
class Probe:
    """What is known of a call, perhaps half typed, when its like is looked for."""

    at: datetime
    lat: float | None = None
    lon: float | None = None
    category: str = ""
    phone: str = ""
    call_id: CallId | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A call that may be the same matter, and what speaks for it."""

    call: Call
    range_m: float | None
    minutes: float
    same_category: bool
    same_phone: bool


def likeness(
    probe: Probe, call: Call, category: str, same_phone: bool, limits: Limits
) -> Duplicate | None:
    """The call as a duplicate of the probe: near in time, and near in place with the same category
    or from the same phone. None when it is not."""
    minutes = abs((probe.at - call.received_at).total_seconds()) / 60
    if minutes > limits.duplicate_minutes or probe.call_id == call.id:
        return None
    range_m = None
    if None not in (probe.lat, probe.lon, call.lat, call.lon):
        assert probe.lat is not None and probe.lon is not None
        assert call.lat is not None and call.lon is not None
        range_m = distance_m(probe.lat, probe.lon, call.lat, call.lon)
    near = range_m is not None and range_m <= limits.duplicate_range_m
    same_category = bool(probe.category) and probe.category == category
    if same_phone or (near and same_category):
        return Duplicate(call, range_m, minutes, same_category, same_phone)
    return None
