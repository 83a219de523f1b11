"""How long the road waits, and for how long it is patient. All in seconds of a monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """The road's times. A test or the drill brings quicker ones."""

    first_s: float = 1.0  # the shortest pause after a failure
    longest_s: float = 300.0  # the longest
    poll_s: float = 1.0  # how often a lane looks without being nudged
    feed_wait_s: float = 25.0  # how long the city may hold the long poll
    connect_s: float = 5.0  # until the city's address has answered and TLS stands
    answer_s: float = 15.0  # until an answer has come whole
    state_every_s: float = 3600.0  # how often the city's state is asked on a road that stays up


def pause_s(failures: int, pace: Pace, draw: float) -> float:
    """The pause after this many failures in a row: full jitter, ``draw`` in 0…1, never below first."""
    ceiling = min(pace.longest_s, pace.first_s * 2.0 ** min(max(failures, 1), 30))
    return max(pace.first_s, ceiling * draw)


def retry_after_s(header: str | None, now: datetime, pace: Pace) -> float | None:
    """What a Retry-After header asks for, held between the shortest and the longest pause."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        wanted = float(text)
    else:
        try:
            wanted = (parsedate_to_datetime(text) - now).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(wanted, pace.first_s), pace.longest_s)
