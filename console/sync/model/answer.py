"""What an answer of the city means, and what the post does about it (city-api, upward)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeGuard

from console.core.text import shown

SCHEMA = 1  # of the payloads that this post writes; a city must take it


@dataclass(frozen=True, slots=True)
class Rejection:
    """One event that the city did not apply, and why."""

    seq: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Applied:
    """Everything through ``through`` is settled; the rejected ones are to be set aside."""

    through: int
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """The city lacks what follows ``have_through``."""

    have_through: int


@dataclass(frozen=True, slots=True)
class Forked:
    """The city knows another event of the same number: two posts write with one identity."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The request was too large for the city; a smaller one may pass."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not applied, or unknown: the same again after a pause. ``code`` says what was wrong."""

    code: str


@dataclass(frozen=True, slots=True)
class ProtocolAlarm:
    """An answer that cannot be true: nothing is marked, a person must look."""

    code: str


Verdict = Applied | Gap | Forked | TooLarge | Later | ProtocolAlarm


def read_answer(status: int, body: object, first: int, last: int, sent_through: int) -> Verdict:
    """What the answer to events ``first``…``last`` means.

    ``sent_through`` is the highest number that the city can know from this post. An acknowledgement
    above it, or below ``first`` - 1 (what it said earlier), is an alarm.
    """
    told = body if isinstance(body, dict) else {}
    if status == 200:
        return _read_applied(told, first, last, max(last, sent_through))
    if status == 409:
        return _read_conflict(told, max(last, sent_through))
    if status == 413:
        return TooLarge()
    if status == 429:
        return Later("sync.city_busy")
    if 300 <= status < 400:
        return Later("sync.redirected")
    if status < 300:  # nothing that this road has a meaning for
        return Later("sync.unreadable")
    return Later("sync.city_failing" if status >= 500 else "sync.city_refuses")


def _read_applied(told: dict[str, object], first: int, last: int, sent_through: int) -> Verdict:
    through, listed = told.get("ack_through"), told.get("rejected", [])
    if not _is_count(through) or not isinstance(listed, list):
        return Later("sync.unreadable")
    if through > sent_through:
        return ProtocolAlarm("sync.ack_above_sent")
    if through < first - 1:
        return ProtocolAlarm("sync.ack_below_earlier")
    through = min(through, last)
    rejected: dict[int, Rejection] = {}
    for entry in listed:
        seq = entry.get("seq") if isinstance(entry, dict) else None
        if not _is_count(seq):
            return Later("sync.unreadable")
        if seq > sent_through:
            return ProtocolAlarm("sync.ack_above_sent")
        if not first <= seq <= last:
            return ProtocolAlarm("sync.rejected_not_sent")
        if seq <= through:
            code, message = _words(entry.get("code"), 64), _words(entry.get("message"), 1000)
            rejected.setdefault(seq, Rejection(seq, code or "rejected", message))
    if through < first:
        return Later("sync.no_progress")
    return Applied(through, tuple(rejected.values()))


def _words(told: object, most: int) -> str:
    return shown(told, most) if isinstance(told, str) else ""


def _read_conflict(told: dict[str, object], sent_through: int) -> Verdict:
    if told.get("code") == "fork":
        return Forked()
    have = told.get("have_through")
    if told.get("code") != "gap" or not _is_count(have):
        return Later("sync.unreadable")
    return ProtocolAlarm("sync.ack_above_sent") if have > sent_through else Gap(have)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where a lane goes on after the city has told its state."""

    acked_through: int
    sent_through: int
    archived_through: int
    city_at: datetime | None = None  # what the city's clock says


@dataclass(frozen=True, slots=True)
class Met:
    """What was learned when the city's state was asked: when, what it can know, its clock."""

    when: float
    sent_through: int
    city_at: datetime | None


def meet(
    state: object, lane: int, settled_through: int, last_seq: int, current: bool
) -> Meeting | Later | ProtocolAlarm:
    """What the city's ``state`` means for a lane that holds events through ``last_seq``, of which it
    has answered every one through ``settled_through``.

    A mark below that: the city was restored, and we send from its mark. A mark above it marks
    nothing: what was rejected is only told in the answer to the events themselves, so they go again.
    In an epoch that is not the ``current`` one the city may know more than this store remembers.
    """
    told = state if isinstance(state, dict) else {}
    high, archived = (
        _by_lane(told.get("high_water"), lane),
        _by_lane(told.get("archived_through"), lane),
    )
    if high is None or archived is None or not _is_text(told.get("server_epoch")):
        return Later("sync.unreadable")
    takes = _takes_schema(told.get("schema"))
    if takes is None:
        return Later("sync.unreadable")
    if not takes:
        return ProtocolAlarm("sync.schema_excluded")
    if high > last_seq and current:
        return ProtocolAlarm("sync.city_ahead")
    acked = min(settled_through, high)
    return Meeting(acked, high, min(archived, acked), _moment(told.get("time")))


def _takes_schema(told: object) -> bool | None:
    """Whether our schema is in the range that the city takes; None where the range is none."""
    if told is None:
        return True
    if not isinstance(told, dict):
        return None
    least, most = told.get("min"), told.get("max")
    return least <= SCHEMA <= most if _is_count(least) and _is_count(most) else None


def _by_lane(table: object, lane: int) -> int | None:
    if not isinstance(table, dict):
        return None
    value = table.get(str(lane), 0)
    return value if _is_count(value) else None


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if moment is None or moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200
