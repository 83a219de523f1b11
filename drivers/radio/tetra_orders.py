"""Orders to a TETRA radio: the commands that carry each of them out, and their PDUs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from drivers.contract import (
    AskPosition,
    CheckRadio,
    ChooseGroup,
    Order,
    PressToTalk,
    Probe,
    ReleaseTalk,
    SendStatus,
    SendText,
)
from drivers.errors import NotSupported
from drivers.radio.tetra_lip import REQUEST, REQUEST_BITS
from drivers.radio.tetra_text import encoded

LINE_END = b"\r\n"
PDU_END = b"\x1a"
MOST_BITS = 1184  # of one short data message, where the radio does not say
MOST_PARTS = 12
_ID = re.compile(r"[0-9]{1,17}")
_SHORT_DIGITS = 8  # a longer identity has its network before it
_PLAIN, _PARTED = 0x82, 0x8A
_TEXT_HEADER = 4  # protocol, type and wishes, reference, coding
_PART_HEADER = _TEXT_HEADER + 6
_REPORT_RECEIVED = 0x04
_NO_SHORT_REPORT = 0x02
_SHORT_REPORTS = range(0x7C00, 0x8000)
_STATUS_BITS = 16
SETUP_PROFILES = (
    "1,3,131", "1,3,130", "1,3,138", "1,2,20", "2,0,0", "1,3,24", "1,3,25", "1,3,3", "1,3,10",
    "1,1,11",
)  # fmt: skip


class Plan(NamedTuple):
    """The commands of one order, one after the other, and what its outcome will tell."""

    commands: tuple[bytes, ...]
    fields: Mapping[str, Any] = {}


class Ways(NamedTuple):
    """What the plan of an order depends on, besides the order."""

    most_bits: int = MOST_BITS
    own: str = ""  # identity of the radio at the wire
    check_text: str = "?"
    check_reference: int = 0


def command(words: str) -> bytes:
    """The command with its line end."""
    return words.encode("ascii") + LINE_END


def setup(mode: int, group: str) -> tuple[bytes, ...]:
    """The commands that make a radio ready, in their order."""
    chosen = [f"AT+CTGS=1,{group}", "AT+CTGS?"] if group else []
    words = [
        f"AT+CTOM={mode},0",
        *(f"AT+CTSP={profile}" for profile in SETUP_PROFILES),
        f"AT+CTSDC={call_setup('', 0)}",
        "AT+CNUMF?",
        "AT+CMGS=?",
        *chosen,
        "AT+CREG?",
    ]
    return tuple(command(each) for each in words)


def call_setup(group: str, priority: int) -> str:
    """The parameters of the next voice call: to many, half duplex, the permit wanted at once."""
    return f"0,{_id_type(group)},0,1,1,0,1,1,0,{priority}"


def short(identity: str) -> str:
    """The identity without the network before it: radios send it either way."""
    return identity[-_SHORT_DIGITS:].lstrip("0")


def same(one: str, other: str) -> bool:
    """Both are the same radio, one of them perhaps in the short form."""
    return bool(one) and short(one) == short(other)


def plan(order: Order, ways: Ways) -> Plan:
    """How this order is carried out. Raises NotSupported for what this radio cannot do."""
    match order:
        case SendText(to, text, reference, receipt):
            return _text(_known(to), text, reference, receipt, ways.most_bits)
        case SendStatus(to, code):
            if not 0 <= code <= 0xFFFF or code in _SHORT_REPORTS:
                raise _cannot(f"no status value: {code:#x}")
            return Plan(_send(_known(to), 13, f"{code:04X}", _STATUS_BITS))
        case ChooseGroup(group):
            return Plan((command(f"AT+CTGS=1,{_known(group)}"),))
        case AskPosition(of):
            if not of or same(of, ways.own):
                return Plan((command("AT+GPSPOS?"),))
            return Plan(_send(_known(of), 12, REQUEST, REQUEST_BITS))
        case CheckRadio(of):
            if not of or same(of, ways.own):
                return Plan((command("AT+CSQ?"),))
            most, reference = ways.most_bits, ways.check_reference
            return _text(_known(of), ways.check_text, reference, True, most)
        case Probe():
            return Plan((command("AT+CSQ?"), command("AT+CREG?")))
        case PressToTalk(group, priority):
            if group:
                _known(group)
            if not 0 <= priority <= 3:
                raise _cannot(f"no priority from 0 to 3: {priority}")
            return Plan(())
        case ReleaseTalk():
            return Plan(())
    raise _cannot(f"takes no such order: {type(order).__name__}")


def receipt(to: str, digits: str) -> tuple[bytes, ...]:
    """The commands that give this receipt to whoever waits for it."""
    return _send(to, 12, digits, 4 * len(digits))


def _cannot(told: str) -> NotSupported:
    return NotSupported(told, "not_supported")


def _known(identity: str) -> str:
    if not _ID.fullmatch(identity):
        raise _cannot(f"no identity of up to 17 digits: {identity[:40]!r}")
    return identity


def _id_type(identity: str) -> int:
    return 1 if len(identity) > _SHORT_DIGITS else 0


def _send(to: str, service: int, digits: str, bits: int) -> tuple[bytes, ...]:
    kind = _id_type(to)
    how = f"{service},{kind}" if service == 13 else f"{service},{kind},0,0,1"
    pdu = digits.encode("ascii") + PDU_END
    return command(f"AT+CTSDS={how}"), command(f"AT+CMGS={to},{bits}") + pdu


def _text(to: str, text: str, reference: int, wanted: bool, most_bits: int) -> Plan:
    """One message, or several parts under one reference when it is too long for one."""
    if not 0 <= reference <= 0xFF:
        raise _cannot(f"no reference from 0 to 255: {reference}")
    coding, codec = encoded(text)
    words = text.encode(codec, "replace")
    wishes = _NO_SHORT_REPORT | (_REPORT_RECEIVED if wanted else 0)
    room = most_bits // 8
    if len(words) <= room - _TEXT_HEADER:
        head = bytes((_PLAIN, wishes, reference, coding))
        commands = _send(to, 12, (head + words).hex().upper(), 8 * (_TEXT_HEADER + len(words)))
        return Plan(commands, {"reference": reference, "parts": 1})
    parts = list(_parts(text, codec, room - _PART_HEADER))
    if len(parts) > MOST_PARTS:
        raise _cannot(f"the text takes {len(parts)} messages, at most {MOST_PARTS} are sent")
    commands = ()
    for number, part in enumerate(parts, 1):
        own = reference + number - 1 & 0xFF
        head = bytes((_PARTED, wishes, own, coding, 5, 0, 3, reference, len(parts), number))
        commands += _send(to, 12, (head + part).hex().upper(), 8 * len(head + part))
    return Plan(commands, {"reference": reference, "parts": len(parts)})


def _parts(text: str, codec: str, room: int) -> Iterator[bytes]:
    """The text in pieces of at most ``room`` bytes, no character cut in two."""
    if room < 4:
        raise _cannot(f"the radio takes no text: {room} bytes a part")
    piece = bytearray()
    for char in text:
        more = char.encode(codec, "replace")
        if len(piece) + len(more) > room:
            yield bytes(piece)
            piece.clear()
        piece += more
    yield bytes(piece)
