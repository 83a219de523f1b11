"""The log: every exchange over the radio, what became of it, and the call that was open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.core.errors import Refused
from console.core.text import shown

TEXT_CHARS = 200  # an SDS of 1184 bits carries 68 characters in UTF-16; longer goes in parts
REFERENCES = 255


class Kind(StrEnum):
    """What was exchanged."""

    TEXT = "text"
    STATUS = "status"
    CHECK = "check"
    TALK = "talk"  # the post talked
    OVER = "over"  # somebody talked
    EMERGENCY = "emergency"
    GROUP = "group"  # another channel was chosen


class State(StrEnum):
    """What became of it."""

    SENDING = "sending"
    TAKEN = "taken"  # the radio took it over for delivery
    RECEIVED = "received"  # the other radio has it
    READ = "read"  # its carrier has looked at it
    DONE = "done"
    FAILED = "failed"
    HEARD = "heard"  # came in
    OPEN = "open"  # a talk under way, an emergency that nobody has confirmed
    CONFIRMED = "confirmed"


_ORDER = (State.SENDING, State.TAKEN, State.RECEIVED, State.READ)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the log. ``radio``: the other radio or group; ``seconds``: how long a talk was;
    ``voice``: its recording; ``count``: how often the same came while it was open."""

    id: str
    at: datetime
    inward: bool
    kind: Kind
    link_id: str
    radio: str
    state: State
    unit_id: str = ""
    channel: str = ""
    call_id: str = ""
    text: str = ""
    code: int | None = None
    reference: int | None = None
    cause: str = ""
    settled_at: datetime | None = None
    by: str = ""
    seconds: float | None = None
    voice: str = ""
    count: int = 1
    seq: int = 0

    @property
    def waits(self) -> bool:
        """It is on its way, or may still be told to have arrived."""
        return self.state in (State.SENDING, State.TAKEN)


def settle(was: Exchange, state: State, cause: str, at: datetime) -> Exchange:
    """The line after this news. A receipt that comes late or twice takes nothing back; what was
    given up as failed and is received after all was received."""
    known = _ORDER.index(was.state) if was.state in _ORDER else -1
    if state in _ORDER and known >= _ORDER.index(state):
        return was
    if state is State.FAILED and known >= _ORDER.index(State.RECEIVED):
        return was
    if was.state in (State.DONE, State.CONFIRMED):
        return was
    return replace(was, state=state, cause=cause if state is State.FAILED else "", settled_at=at)


def checked_text(text: str) -> str:
    """The text as it is sent. Refused when nothing is left of it, or too much."""
    kept = shown(text, TEXT_CHARS + 1)
    if not kept:
        raise Refused("radio.empty_text", field="text")
    if len(kept) > TEXT_CHARS:
        raise Refused("radio.long_text", field="text", most=TEXT_CHARS)
    return kept


def reference_of(number: int) -> int:
    """The reference that names the ``number``-th message in receipts: 1 to 255, again and again."""
    return (number - 1) % REFERENCES + 1
