"""What a message of a device says, in words, for the technician who watches the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from console.links.model import (
    Bad,
    Card,
    Inputs,
    Message,
    Other,
    Piece,
    Position,
    RadioCall,
    Status,
    Tag,
    Text,
)
from console.ui.style import Tone

translate = QCoreApplication.translate

HEX_BYTES = 8  # a line of the full picture
FIELD_CHARS = 400
MOST_MESSAGES, MOST_BYTES = 50, 4096  # of one piece in full; a flood has more than anyone reads


def meaning(message: Message) -> str:
    """One line: the kind of message and what stands in it."""
    match message:
        case Bad(reason, raw):
            return translate("Frames", "Bad frame: {why} ({count} bytes)").format(
                why=bad_reason(reason), count=len(raw)
            )
        case Position():
            return _position(message)
        case Status(source, code, _):
            return translate("Frames", "Status {code} of {source}").format(code=code, source=source)
        case Text(source, destination, text, _, _):
            told = translate("Frames", "Text {source} → {to}: {text}")
            return told.format(source=source, to=destination or "–", text=text[:FIELD_CHARS])
        case RadioCall(phase, source, group, _, _, _):
            told = translate("Frames", "Call {phase}, group {group}, talker {source}")
            return told.format(phase=call_phase(phase), group=group or "–", source=source or "–")
        case Inputs(unit, values):
            told = translate("Frames", "Inputs of device {unit}: {values}")
            return told.format(unit=unit, values="".join("●" if on else "○" for on in values))
        case Card():  # never the name or the number: a technician has no need of them
            return translate("Frames", "Identity card read (contents not shown here)")
        case Tag(epc, rssi):
            strength = "" if rssi is None else f"  {rssi} dBm"
            return translate("Frames", "Tag {epc}").format(epc=epc) + strength
        case Other(what, fields, kind):
            said = translate("Frames", "{kind}: {what}").format(kind=kind_words(kind), what=what)
            return f"{said}  {_fields(fields)}".rstrip()
    raise AssertionError(message)


def bad_reason(reason: str) -> str:
    """Why a frame was bad."""
    return {
        "checksum": translate("Frames", "wrong checksum"),
        "length": translate("Frames", "wrong length"),
        "escape": translate("Frames", "illegal escape"),
        "syntax": translate("Frames", "not the grammar of this family"),
        "value": translate("Frames", "a value that cannot be"),
    }.get(reason, reason)


def call_phase(phase: str) -> str:
    """How far a voice call has come."""
    return {
        "incoming": translate("Frames", "coming in"),
        "connected": translate("Frames", "connected"),
        "talking": translate("Frames", "talking"),
        "ceased": translate("Frames", "talk ended"),
        "released": translate("Frames", "released"),
    }.get(phase, phase)


def kind_words(kind: str) -> str:
    """Kinds of frames that have no type of their own."""
    return {
        "register": translate("Frames", "Registration"),
        "heartbeat": translate("Frames", "Heartbeat"),
        "ack": translate("Frames", "Receipt"),
        "other": translate("Frames", "Other"),
    }.get(kind, kind)


def line_of(piece: Piece) -> str:
    """What a piece of bytes said, on one line."""
    if piece.outward:
        return translate("Frames", "sent by the console")
    if not piece.messages:
        return translate("Frames", "part of a frame, or noise")
    first = meaning(piece.messages[0])
    if len(piece.messages) == 1:
        return first
    told = translate("Frames", "{first}  (and {more} more)")
    return told.format(first=first, more=len(piece.messages) - 1)


def tone_of(piece: Piece) -> Tone:
    """Bad frames ask for a look; what says nothing yet stays in the background."""
    if any(isinstance(message, Bad) for message in piece.messages):
        return Tone.LATE
    return Tone.CALM if piece.messages or piece.outward else Tone.QUIET


def whole_of(piece: Piece, private: bool) -> str:
    """Every message and every byte: offset, hexadecimal, letters. ``private`` bytes are not shown."""
    shown = piece.messages[:MOST_MESSAGES]
    lines = [f"· {meaning(message)}" for message in shown] or [f"· {line_of(piece)}"]
    if len(piece.messages) > len(shown):
        more = translate("Frames", "… and {more} more")
        lines.append(more.format(more=len(piece.messages) - len(shown)))
    if private:
        return "\n".join([*lines, translate("Frames", "Bytes of an identity card are not shown.")])
    if len(piece.data) > MOST_BYTES:
        told = translate("Frames", "the first {shown} of {count} bytes:")
        lines += ["", told.format(shown=MOST_BYTES, count=f"{len(piece.data):,}")]
    return "\n".join([*lines, "", *dump(piece.data[:MOST_BYTES])])


def dump(data: bytes) -> list[str]:
    """The bytes as lines of hexadecimal with the letters beside them."""
    found = []
    for at in range(0, len(data), HEX_BYTES):
        part = data[at : at + HEX_BYTES]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        found.append(f"{at:04X}  {part.hex(' ').upper():<{HEX_BYTES * 3 - 1}}  {letters}")
    return found


def _position(message: Position) -> str:
    if message.lat is None or message.lon is None:
        place = translate("Frames", "no place")
    else:
        place = f"{message.lat:.6f}, {message.lon:.6f}"
    parts = [translate("Frames", "Position {place}").format(place=place)]
    if message.source:
        parts.insert(0, message.source)
    if message.speed_mps is not None:
        parts.append(f"{message.speed_mps:.1f} m/s")
    if message.course_deg is not None:
        parts.append(f"{message.course_deg:.0f}°")
    if not message.valid:
        parts.append(translate("Frames", "(no fix)"))
    if message.alarms:
        alarms = ", ".join(message.alarms)
        parts.append(translate("Frames", "ALARM {alarms}").format(alarms=alarms))
    return "  ".join(parts)


def _fields(fields: Mapping[str, Any]) -> str:
    told = " ".join(f"{name}={value}" for name, value in fields.items())
    return told[:FIELD_CHARS]
