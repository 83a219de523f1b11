"""Whether a crew can be where its receiver says: places out of all reach are doubted, not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.core.ids import UnitId
from console.roster.model.crews import FixVerdict, Whereabouts, distance_m

FREE_M = 1000.0  # a receiver that wakes up may be this wrong; the patrol judges finer
MOST_MPS = 90.0  # no crew is faster, by whatever it travels
SETTLE_S = 30.0  # about the new place for so long: it is there


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reported place that is not believed, as it was told: no number of it is mended.

    ``metres``: how far it lies from the last place that was believed, where it is a jump.
    """

    unit_id: UnitId
    verdict: FixVerdict
    lat: float
    lon: float
    fixed_at: datetime | None
    received_at: datetime
    source: str
    metres: float | None = None


class Follower:
    """One receiver's way, fix after fix. A jump is doubted until the receiver has stayed about the
    new place for ``SETTLE_S``: then the crew is there, however it came."""

    def __init__(self) -> None:
        self._last: Whereabouts | None = None
        self._doubted: tuple[Whereabouts, Whereabouts] | None = None  # first and last of a run

    def jumped(self, place: Whereabouts) -> float | None:
        """How many metres this place lies beyond all reach from the last; None where it is believed."""
        last = self._last
        if last is None or _possible(last, place):
            self._believe(place)
            return None
        run = self._doubted
        if run is None or not _possible(run[1], place):
            self._doubted = (place, place)
        elif abs((place.fixed_at - run[0].fixed_at).total_seconds()) >= SETTLE_S:
            self._believe(place)
            return None
        else:
            self._doubted = (run[0], place)
        return distance_m(last.lat, last.lon, place.lat, place.lon)

    def _believe(self, place: Whereabouts) -> None:
        self._last, self._doubted = place, None


def _possible(one: Whereabouts, other: Whereabouts) -> bool:
    seconds = abs((other.fixed_at - one.fixed_at).total_seconds())
    reach = FREE_M + MOST_MPS * seconds + (one.error_m or 0.0) + (other.error_m or 0.0)
    return distance_m(one.lat, one.lon, other.lat, other.lon) <= reach
