"""What every driver gives and takes: readings, decoders, wires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
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


class Other(NamedTuple):
    """A good frame with no kind of its own: which one, and what it says by name."""

    what: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """Bytes that could not be decoded: checksum, length, escape, syntax or value."""

    reason: str
    raw: bytes


Reading = Position | Other
Message = Position | Other | Bad


class Decoder(Protocol):
    """Bytes of one stream, whole or in pieces of any size, to the same messages in order."""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that these further bytes complete."""

    def finish(self) -> list[Message]:
        """The messages in what is left at the end of the stream."""


class Driver(Protocol):
    """One device family: how its stream is read and after how long a quiet device is silent."""

    family: str
    silence_s: float

    def decoder(self) -> Decoder:
        """A decoder at the start of a stream."""


class Wire(Protocol):
    """An opened or closed way to a device; one thread at a time."""

    def open(self) -> None:
        """The wire is open for this program alone. Raises LinkLost."""

    def read(self, timeout_s: float) -> bytes:
        """What has come, at once; nothing when ``timeout_s`` pass in silence. Raises LinkLost."""

    def write(self, data: bytes) -> None:
        """The bytes are on their way. Raises LinkLost, or NoAnswer when the peer takes nothing."""

    def close(self) -> None:
        """The wire is closed, whatever state it was in."""


def time_text(moment: datetime) -> str:
    """RFC 3339 in UTC with ``Z``; a fraction only where there is one."""
    utc = moment.astimezone(UTC)
    text = f"{utc:%Y-%m-%dT%H:%M:%S}"
    if utc.microsecond:
        text += f".{utc.microsecond:06d}".rstrip("0")
    return text + "Z"


def as_json(family: str, message: Message) -> dict[str, Any]:
    """One message as a JSON object; what a device did not say is left out, lat and lon are null."""
    if isinstance(message, Bad):
        return {
            "family": family,
            "kind": "bad",
            "reason": message.reason,
            "bytes": message.raw.hex(),
        }
    if isinstance(message, Other):
        return {"family": family, "kind": "other", "what": message.what, **message.fields}
    told: dict[str, Any] = {
        "family": family,
        "kind": "position",
        "lat": None if message.lat is None else round(message.lat, 9),
        "lon": None if message.lon is None else round(message.lon, 9),
        "valid": message.valid,
    }
    optional = {
        "source": message.source,
        "time": None if message.at is None else time_text(message.at),
        "speed_mps": message.speed_mps,
        "course_deg": message.course_deg,
        "error_m": message.error_m,
        "alarm": list(message.alarms) or None,
    }
    told.update({name: value for name, value in optional.items() if value is not None})
    return told
