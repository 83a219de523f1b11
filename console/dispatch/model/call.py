"""A call, its crews, its log: the facts as the desk knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from console.core.ids import CallId, UnitId

PLACE_CHARS = 500
NARRATIVE_CHARS = 10_000
NAME_CHARS = 200
PHONE_CHARS = 64
NOTE_CHARS = 1_000


class CallStatus(StrEnum):
    """Where a call stands (domain guide, section 3)."""

    RECEIVED = "received"
    SIGNED = "signed"
    ASSIGNED = "assigned"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    FIRST_FEEDBACK = "first_feedback"
    FINISHED = "finished"
    CLOSED = "closed"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    CANCELLED = "cancelled"
    REOPENED = "reopened"

    @property
    def is_open(self) -> bool:
        """The desk still has something to do."""
        return self not in ENDED


ENDED = frozenset(
    {
        CallStatus.CLOSED,
        CallStatus.RETURNED,
        CallStatus.TRANSFERRED,
        CallStatus.MERGED,
        CallStatus.CANCELLED,
    }
)


class PlaceFlag(StrEnum):
    """What is the matter with a call's place."""

    FINE = ""
    MISSING = "missing"  # neither words nor a point
    NO_POINT = "no_point"  # words only: to be put on the map by hand
    IMPOSSIBLE = "impossible"  # the point told was none; dropped, kept in the raw message
    OUTSIDE = "outside"  # the point told lies off the post's map; dropped, kept in the raw message


class Origin(StrEnum):
    """From where a step was told."""

    DESK = "desk"
    RADIO = "radio"
    TERMINAL = "terminal"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class How:
    """How a step came to be known. ``happened_at`` is when it happened, if not just now."""

    origin: Origin = Origin.DESK
    happened_at: datetime | None = None
    note: str = ""


BY_DESK = How()


@dataclass(frozen=True, slots=True)
class Call:
    """One call. The caller's number is masked here; ``reveal_caller`` gives it, with a reason."""

    id: CallId
    number: str
    source: str
    status: CallStatus
    nature: str
    level: int
    place: str
    lat: float | None
    lon: float | None
    place_flag: PlaceFlag
    zone: str
    area_id: str | None
    narrative: str
    caller_name: str
    caller_phone: str
    from_city: bool
    received_at: datetime
    due: Mapping[str, int]
    rev: int
    signed_by: str = ""
    signed_at: datetime | None = None
    assigned_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    first_feedback_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    disposition: str = ""
    summary: str = ""
    cause: str = ""
    merged_into: CallId | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One crew on one call, from the assignment to the release."""

    id: str
    call_id: CallId
    unit_id: UnitId
    call_sign: str
    assigned_at: datetime
    by: str
    rank: int | None = None
    reason: str = ""
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    released_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """The crew is still bound to the call."""
        return self.released_at is None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a call's log. A line is never changed or removed; ``undone`` lines are struck."""

    seq: int
    call_id: CallId
    kind: str
    happened_at: datetime
    written_at: datetime
    actor: str
    origin: str
    text: str
    unit_id: UnitId | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """A call opened: its crews (open and released) and its whole log, oldest first."""

    call: Call
    assignments: tuple[Assignment, ...]
    log: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class NewCall:
    """What is told of a call taken by hand. ``level`` None: the level of its nature."""

    source: str
    nature: str
    narrative: str
    level: int | None = None
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    caller_name: str = ""
    caller_phone: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallChanged:
    """Something was written to a call; ``kind`` is the kind of the log line."""

    call_id: CallId
    status: str
    kind: str


@dataclass(frozen=True, slots=True)
class LimitsChanged:
    """Other limits hold from now on."""

    version: int


def masked_phone(phone: str) -> str:
    """The number with its middle hidden: 138****8000; short ones keep only the last two digits."""
    if len(phone) >= 7:
        return phone[:3] + "****" + phone[-4:]
    return "*" * max(0, len(phone) - 2) + phone[-2:] if phone else ""


def short_number(number: int) -> str:
    """The number of a day's call as people say it: JQ0031."""
    return f"JQ{number:04d}"
