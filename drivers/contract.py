"""What every driver gives and takes: readings, orders, talks, wires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Position(NamedTuple):
    """Where a device says it is (WGS-84, degrees) and at which moment (UTC).

    A named tuple, because it is made many thousand times a second. ``valid`` is the receiver's own word for a fix. Coordinates that were not sent are None, never 0.
    """

    source: str | None
    lat: float | None
    lon: float | None
    valid: bool
    at: datetime | None = None
    speed_mps: float | None = None
    course_deg: float | None = None
    error_m: float | None = None
    alarms: tuple[str, ...] = ()


class Status(NamedTuple):
    """A status value that a radio sent; what it means is the site's own table."""

    source: str
    code: int
    destination: str | None = None


class Text(NamedTuple):
    """A short text. ``reference`` names it in receipts; ``reported``: a receipt is asked for."""

    source: str
    destination: str | None
    text: str
    reference: int | None = None
    reported: bool | None = None


class RadioCall(NamedTuple):
    """A voice call came so far: incoming, connected, talking, ceased or released.

    ``granted``: the permit to talk is ours (talking), None where that is not said.
    """

    phase: str
    source: str | None = None
    group: str | None = None
    priority: int | None = None
    cause: int | None = None
    granted: bool | None = None


class Inputs(NamedTuple):
    """How the inputs of a unit stand, from the first; True is closed."""

    unit: int
    values: tuple[bool, ...]


class Card(NamedTuple):
    """The text of an identity card, never its photograph. Days are YYYY-MM-DD, or 长期."""

    name: str
    sex: str
    nation: str
    birth: str
    address: str
    number: str
    issuer: str
    valid_from: str
    valid_to: str


class Tag(NamedTuple):
    """A tag or a barcode was read; ``epc`` in upper-case hexadecimal, or the code as printed."""

    epc: str
    rssi_dbm: int | None = None


class Other(NamedTuple):
    """A good frame with no type of its own: what it is, and what it says by name.

    ``kind`` is register, heartbeat, ack or other.
    """

    what: str
    fields: Mapping[str, Any]
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Bad:
    """Bytes that could not be decoded: checksum, length, escape, syntax or value."""

    reason: str
    raw: bytes


Reading = Position | Status | Text | RadioCall | Inputs | Card | Tag | Other
Message = Reading | Bad


class Decoder(Protocol):
    """Bytes of one stream, whole or in pieces of any size, to the same messages in order."""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that these further bytes complete."""

    def finish(self) -> list[Message]:
        """The messages in what is left at the end of the stream."""


# Orders: what the console wants of a device.


class SendText(NamedTuple):
    """This text to a radio, a terminal or a group; done when it was taken over for delivery."""

    to: str
    text: str
    reference: int = 0
    receipt: bool = True


class SendStatus(NamedTuple):
    """This status value to a radio or a group."""

    to: str
    code: int


class ChooseGroup(NamedTuple):
    """The radio listens and talks to this group (a channel where it has no groups)."""

    group: str


class PressToTalk(NamedTuple):
    """The permit to talk to this group is asked for; done when it is granted."""

    group: str = ""
    priority: int = 0


class ReleaseTalk(NamedTuple):
    """The talk is over."""


class AskPosition(NamedTuple):
    """Where this radio or terminal is; the answer is a reading."""

    of: str


class CheckRadio(NamedTuple):
    """Whether this radio can be reached; done when it answered."""

    of: str


class ConfirmAlarm(NamedTuple):
    """The device is told that its emergency was seen."""

    of: str


class SwitchOutput(NamedTuple):
    """This output, counted from 0, is on or off."""

    number: int
    on: bool


class ReadCard(NamedTuple):
    """The card that lies on the reader is read once; the answer is a reading."""


class ReadTags(NamedTuple):
    """The reader looks for tags, or no longer."""

    on: bool


class Probe(NamedTuple):
    """The technician's test: the family's own harmless question."""


Order = (
    SendText | SendStatus | ChooseGroup | PressToTalk | ReleaseTalk | AskPosition | CheckRadio
    | ConfirmAlarm | SwitchOutput | ReadCard | ReadTags | Probe
)  # fmt: skip


class Outcome(NamedTuple):
    """What became of an order: done, or why not.

    ``cause``: refused (by the device; ``told`` says with which words), no_answer (until the
    deadline), busy, lost (the wire went), not_supported, dropped (too many waited).
    """

    order_id: str
    done: bool
    cause: str = ""
    told: str = ""
    fields: Mapping[str, Any] = {}


class Turn(NamedTuple):
    """What one step of a talk brings: readings, bytes for the device, orders that are settled."""

    messages: Sequence[Message] = ()
    out: bytes = b""
    outcomes: Sequence[Outcome] = ()


class Talk(Protocol):
    """One conversation with one device, from the opened wire to its end; no wire, no clock, no
    thread of its own. Moments are seconds on the monotonic clock of whoever asks."""

    identity: str  # what the device said it is; empty while it has not
    beat_at: float | None  # when it last answered or beat by itself; None where it never does

    def begin(self, now: float) -> Turn:
        """The wire is open."""

    def hear(self, data: bytes, now: float) -> Turn:
        """These bytes came."""

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        """The order is on its way or waits for its turn; its outcome comes by the deadline at the
        latest. Raises NotSupported for what this device cannot do."""

    def pass_time(self, now: float) -> Turn:
        """Questions that are due, deadlines that passed."""

    def wake_at(self) -> float:
        """When ``pass_time`` is wanted at the latest; infinity when nothing waits."""

    def end(self) -> Turn:
        """The wire is gone: what was left of its bytes, and every order as lost."""


class Driver(Protocol):
    """One device family: how its stream is read, how it is talked to, and after how long a quiet
    device is silent."""

    family: str
    silence_s: float

    def decoder(self) -> Decoder:
        """A decoder at the start of a stream."""

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        """A conversation at its beginning; ``settings`` as ``checked`` gave them."""

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The settings of one device with every default filled in. Raises NotSupported, in words,
        for an unknown name or a value that cannot be."""


class Wire(Protocol):
    """An opened or closed way to a device; one thread at a time, but for ``wake``."""

    def open(self) -> None:
        """The wire is open for this program alone. Raises LinkLost."""

    def read(self, timeout_s: float) -> bytes:
        """What has come, at once; nothing when ``timeout_s`` pass in silence. Raises LinkLost."""

    def write(self, data: bytes) -> None:
        """The bytes are on their way. Raises LinkLost, or NoAnswer when the peer takes nothing."""

    def wake(self) -> None:
        """A ``read`` under way, or else the next one, returns at once. From any thread."""

    def close(self) -> None:
        """The wire is closed, whatever state it was in."""
