"""The lamps of a call: sign, depart, arrive, first feedback, each counting down to its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor

from console.dispatch.model.call import Call, CallStatus
from console.dispatch.model.reference import Limits


class LampState(StrEnum):
    """idle: its clock has not begun; waiting, warn, late: it runs; done: it was stopped."""

    IDLE = "idle"
    WAITING = "waiting"
    WARN = "warn"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp. ``seconds`` are what is left, negative when late; when done, what was left then."""

    name: str
    state: LampState
    seconds: int
    limit_s: int
    due_at: datetime | None = None

    @property
    def was_late(self) -> bool:
        """Late now, or done too late. On the limit is in time."""
        return self.state is not LampState.IDLE and self.seconds < 0


NAMES = ("sign", "depart", "arrive", "feedback")


def lamps(call: Call, limits: Limits, now: datetime) -> tuple[Lamp, ...]:
    """The four lamps. The city's due seconds go before the post's limits; the clock of arrival
    begins at the assignment, the others at the receipt of the call (city-api, due)."""
    runs = call.status.is_open and call.status is not CallStatus.FINISHED
    marks = {
        "sign": (call.received_at, call.signed_at),
        "depart": (call.received_at, call.departed_at or call.arrived_at),
        "arrive": (call.assigned_at, call.arrived_at),
        "feedback": (call.received_at, call.first_feedback_at),
    }
    return tuple(
        _lamp(
            name,
            marks[name],
            limit_of(call, limits, name),
            limits.warn_share,
            now if runs else None,
        )
        for name in NAMES
    )


def limit_of(call: Call, limits: Limits, name: str) -> int:
    """The seconds that this lamp of this call allows."""
    told = call.due.get(f"{name}_s")
    if told is not None:
        return told
    if name == "arrive":
        return limits.arrive_s.get(call.zone, limits.arrive_s["general"])
    table = {"sign": limits.sign_s, "depart": limits.depart_s}.get(name, limits.feedback_s)
    return table.get(call.level, max(table.values()))


def _lamp(
    name: str, marks: tuple[datetime | None, datetime | None], limit_s: int, warn_share: float,
    now: datetime | None,
) -> Lamp:  # fmt: skip
    begun, done = marks
    if begun is None or (done is None and now is None):
        return Lamp(name, LampState.IDLE, limit_s, limit_s)
    due_at = begun + timedelta(seconds=limit_s)
    moment = done or now
    assert moment is not None
    left = floor((due_at - moment).total_seconds())
    if done is not None:
        state = LampState.DONE
    elif left < 0:
        state = LampState.LATE
    else:
        state = LampState.WARN if left <= limit_s * warn_share else LampState.WAITING
    return Lamp(name, state, left, limit_s, due_at)


def late_from(found: tuple[Lamp, ...]) -> datetime | None:
    """The moment after which one of the running lamps is late; None when none runs."""
    running = (LampState.WAITING, LampState.WARN, LampState.LATE)
    return min(
        (lamp.due_at for lamp in found if lamp.due_at and lamp.state in running), default=None
    )
