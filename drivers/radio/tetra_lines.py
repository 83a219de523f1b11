"""What the lines of a TETRA radio say: calls, results, and its answers by name."""

from __future__ import annotations

import re
from typing import Any

from drivers.contract import Other, Position, RadioCall, Reading
from drivers.errors import BadFrame
from drivers.radio.tetra_pei import Line

RESULTS = frozenset(("OK", "ERROR", "CME ERROR", "CMS ERROR"))
GRANTED, NOT_GRANTED, QUEUED, GRANTED_TO_ANOTHER = range(4)
_TO_ONE = "0"  # communication type of a call to one radio: what is called is no group

_FIELD = re.compile(r"[\d*#+]{0,24}", re.ASCII)
_PLACE = re.compile(
    r"\d\d:\d\d:\d\d,\s*([NS]):\s*(\d\d)_(\d\d\.\d+),\s*([EW]):\s*(\d{3})_(\d\d\.\d+)(?:,\d*)?",
    re.ASCII,
)
_TOLD = {
    10: "no SIM", 11: "PIN1 needed", 13: "SIM access failed", 16: "wrong PIN",
    20: "message stack full", 21: "no such index", 26: "dial string over 25 digits",
    27: "bad dial characters", 30: "out of service",
    31: "no layer-2 acknowledgement from the network", 32: "user data decode failed",
    33: "wrong parameter type", 34: "parameter out of range", 35: "syntax",
    36: "user data without AT+CMGS", 37: "user-data time-out", 38: "PID already registered",
    39: "registration table full", 40: "not available in direct mode", 41: "transmit inhibit",
    42: "busy signalling",
}  # fmt: skip
BUSY = 42
_UNKNOWN_SIGNAL = 99
STILL_GARBLED = 35
CAUSES = {
    1: "user", 2: "busy", 3: "unreachable", 5: "congestion", 8: "service not available",
    9: "pre-emption", 11: "rejected", 13: "timer", 14: "network", 16: "unknown identity",
    40: "security mismatch",
}  # fmt: skip
REGISTRATION = {
    0: "searching", 1: "home", 2: "none", 3: "rejected", 4: "unknown", 5: "visited",
}  # fmt: skip
_NAMES: dict[str, tuple[str, ...]] = {
    "CBC": ("state", "battery_percent"),
    "CMGS": ("instance", "status", "reference"),
    "CNUMF": ("type", "number"),
    "CREG": ("state",),
    "CSQ": ("level", "error_rate"),
    "CTDGR": ("type", "address", "network", "presence"),
    "CTGS": ("type", "group"),
    "CTOCP": ("instance", "progress"),
    "CTOM": ("mode",),
}
_IDENTITIES = frozenset(("number", "group", "address", "network"))  # digits, but no number


def numbers(rest: str, least: int, most: int) -> list[str]:
    """The fields of a line: numbers and identities, or empty. Raises BadFrame for another count."""
    fields = [field.strip() for field in rest.split(",")]
    if not least <= len(fields) <= most or not all(_FIELD.fullmatch(field) for field in fields):
        raise BadFrame("syntax")
    if not fields[0].isdecimal():
        raise BadFrame("syntax")
    return fields


def number(field: str) -> int | None:
    """The number, None where none was sent. Raises BadFrame."""
    if not field:
        return None
    if not field.isdecimal():
        raise BadFrame("syntax")
    return int(field)


def said(line: Line) -> Reading:
    """What a good line without a PDU says. Raises BadFrame where its fields cannot be."""
    reader = _CALLS.get(line.name)
    if reader is not None:
        return reader(line.rest)
    if line.name == "AT":
        return _command(line)
    if line.name in ("CME ERROR", "CMS ERROR"):
        return Other(line.name, _error(line))
    return Other(line.name, _named(line) if line.rest else {})


def own_position(line: Line, own: str) -> Reading:
    """Where the radio at the wire is, in the words of one maker; its clock tells no day."""
    found = _PLACE.fullmatch(line.rest.strip())
    if found is None:
        return said(line)
    lat_side, lat_whole, lat_part, lon_side, lon_whole, lon_part = found.groups()
    lat = int(lat_whole) + float(lat_part) / 60
    lon = int(lon_whole) + float(lon_part) / 60
    if float(lat_part) >= 60 or float(lon_part) >= 60 or lat > 90 or lon > 180:
        raise BadFrame("value")
    lat, lon = (-lat if lat_side == "S" else lat), (-lon if lon_side == "W" else lon)
    return Position(own or None, lat, lon, True)


def error_words(line: Line) -> str:
    """What the radio said instead of OK, for the technician."""
    if line.name == "ERROR":
        return "ERROR"
    fields = _error(line)
    words = f"+{line.name}: {line.rest}"
    return f"{words} ({fields['told']})" if "told" in fields else words


def error_code(line: Line) -> int | None:
    """The number of a numbered error."""
    rest = line.rest.strip()
    return int(rest) if line.name == "CME ERROR" and rest.isdecimal() else None


def _error(line: Line) -> dict[str, Any]:
    rest = line.rest.strip()
    if not rest.isdecimal():
        return {"told": rest}
    code = int(rest)
    if line.name == "CME ERROR" and code in _TOLD:
        return {"code": code, "told": _TOLD[code]}
    return {"code": code}


def _command(line: Line) -> Other:
    if line.pdu is None:
        return Other("command", {"command": line.rest})
    return Other("command", {"command": line.rest, "pdu": line.pdu.decode("ascii").upper()})


def _named(line: Line) -> dict[str, Any]:
    fields = [field.strip() for field in line.rest.split(",")]
    names = _NAMES.get(line.name)
    if names is None or len(fields) > len(names):
        return {"fields": fields}
    told: dict[str, Any] = {
        name: int(field) if field.isdecimal() and name not in _IDENTITIES else field
        for name, field in zip(names, fields, strict=False)
    }
    first = told[names[0]]
    if line.name == "CSQ" and isinstance(first, int) and first != _UNKNOWN_SIGNAL:
        told["signal_dbm"] = -113 + 2 * first
    if line.name == "CREG" and first in REGISTRATION:
        told["registration"] = REGISTRATION[first]
    return told


def _incoming(rest: str) -> RadioCall:
    fields = numbers(rest, 5, 13)
    fields += [""] * (13 - len(fields))
    group = fields[11] if fields[8] != _TO_ONE else ""
    return RadioCall("incoming", fields[4] or None, group or None, number(fields[12]))


def _connected(rest: str) -> RadioCall:
    numbers(rest, 1, 16)
    return RadioCall("connected")


def _talking(rest: str) -> RadioCall:
    fields = numbers(rest, 2, 6)
    grant = number(fields[1])
    if grant is None:
        raise BadFrame("syntax")
    if grant > GRANTED_TO_ANOTHER:
        raise BadFrame("value")
    talker = fields[5] if len(fields) == 6 else ""
    granted = None if grant == QUEUED else grant == GRANTED
    return RadioCall("talking", talker or None, granted=granted)


def _ceased(rest: str) -> RadioCall:
    numbers(rest, 1, 4)
    return RadioCall("ceased")


def _released(rest: str) -> RadioCall:
    fields = numbers(rest, 1, 4)
    return RadioCall("released", cause=number(fields[1]) if len(fields) > 1 else None)


_CALLS = {
    "CTICN": _incoming, "CTCC": _connected, "CTXG": _talking, "CDTXC": _ceased,
    "CTCR": _released,
}  # fmt: skip
