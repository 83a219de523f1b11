"""How a link stands, as the screen shows it, and the news of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.core.ids import LinkId
from console.links.model.config import LinkConfig
from console.links.model.readings import Message, Reading


class LinkPhase(StrEnum):
    """How far a link has come: each implies the one before, but for silent and lost."""

    ABSENT = "absent"  # the device is not plugged in
    PLUGGED = "plugged"  # it is there, but cannot be opened (yet)
    OPEN = "open"  # opened, nothing understood yet
    TRAFFIC = "traffic"  # good frames come
    SILENT = "silent"  # open, but no good frame for longer than the family allows
    LOST = "lost"  # was open, then the wire went; it is tried again


UP = frozenset({LinkPhase.OPEN, LinkPhase.TRAFFIC})


class Lamp(StrEnum):
    """One lamp of a link."""

    ON = "on"
    OFF = "off"
    LATE = "late"  # it was or should be, and needs a look
    NONE = "none"  # nothing can be said: this device has no such thing, or it is not open


@dataclass(frozen=True, slots=True)
class Lamps:
    """What is known of a link, one lamp a question; no lamp follows from another.

    plugged: the device is there. opened: its wire is ours. identified: it said who it is (late:
    another than before). traffic: good frames come. heartbeat: it answers or beats by itself.
    """

    plugged: Lamp = Lamp.NONE
    opened: Lamp = Lamp.OFF
    identified: Lamp = Lamp.NONE
    traffic: Lamp = Lamp.NONE
    heartbeat: Lamp = Lamp.NONE


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link as the screen shows it: its set-up, how it stands since when, and what it counted."""

    config: LinkConfig
    phase: LinkPhase
    since: datetime
    opened: bool = False
    heard_at: datetime | None = None  # last good frame
    frames: int = 0
    bad: int = 0
    received_bytes: int = 0
    lost: int = 0
    recovered: int = 0
    error: str = ""  # for the technician, as the system said it
    cause: str = ""  # for the officer: a key of CAUSE_WORDS
    error_at: datetime | None = None
    port: str = ""  # what the wire is called now
    recording: str = ""  # the capture being written
    last_bad: str = ""  # reason of the last bad frame
    identity: str = ""  # what the device said it is
    beat_at: datetime | None = None  # when it last answered or beat by itself
    peers: int = 0  # devices that are there now, on a link that carries many
    dropped: int = 0  # telemetry that nobody took in time, and peers that took nothing
    orders: int = 0  # given, whatever became of them
    failed_orders: int = 0
    sent_bytes: int = 0
    bad_bytes: int = 0  # of what was received, bytes in bad frames
    lamps: Lamps = Lamps()
    noticed_ms: float | None = None  # how long the last loss went unnoticed, where it can be said
    resumed_ms: float | None = None  # from the device being back to its wire being open again

    @property
    def plugged(self) -> bool:
        """The device is there."""
        return self.opened or self.phase in (LinkPhase.PLUGGED, *UP)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes as they went over a link's wire, and what they said. ``peer`` names the device on a
    link that carries many."""

    link_id: LinkId
    at: datetime
    outward: bool
    data: bytes
    messages: tuple[Message, ...] = ()
    peer: str = ""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A link came into another state."""

    link_id: LinkId
    state: LinkPhase
    since: datetime


@dataclass(frozen=True, slots=True)
class ReadingArrived:
    """A device said something good. Listeners are quick: all links wait for them."""

    link_id: LinkId
    serves: str | None
    reading: Reading
    received_at: datetime


@dataclass(frozen=True, slots=True)
class LinksChanged:
    """Links were added, changed or removed."""
