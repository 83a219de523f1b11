"""Messages as JSON objects, as the technician's ``decode`` prints them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from drivers.contract import (
    Bad,
    Card,
    Inputs,
    Message,
    Other,
    Position,
    RadioCall,
    Status,
    Tag,
    Text,
)

_KINDS: dict[type, str] = {
    Status: "status", Text: "text", RadioCall: "call", Inputs: "inputs", Card: "card", Tag: "tag",
}  # fmt: skip


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
        return {"family": family, "kind": message.kind, "what": message.what, **message.fields}
    if not isinstance(message, Position):
        said = {name: value for name, value in message._asdict().items() if value is not None}
        said.pop("granted", None)
        return {"family": family, "kind": _KINDS[type(message)], **said}
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
