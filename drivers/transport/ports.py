"""What is plugged in: serial ports by identity, whatever they are called today.

An identity is ``vendor:product:serial`` (hexadecimal ids); a device without a serial number is known
by where it is plugged in (``vendor:product:@1-1.2``), a port that is no USB device by ``path:…``.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from drivers.errors import LinkLost

BY_PATH = "path:"
_UNSAYABLE = re.compile(r"[^\x21-\x7e]")
_MARK_CHARS = 80
_LOCKS = Path("/proc/locks")


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port that is plugged in. ``state`` is free, in_use or no_permission."""

    identity: str
    name: str
    description: str
    state: str


def plugged() -> list[Port]:
    """Every serial port of this machine now, by name."""
    return [
        Port(identity_of(info), info.device, info.description or "", _state(info.device))
        for info in sorted(list_ports.comports())
    ]


def find(identity: str) -> str | None:
    """The name that this identity has now; None when it is not plugged in.

    Raises LinkLost when two devices carry the same identity: the right one cannot be told.
    """
    if identity.startswith(BY_PATH):
        path = identity[len(BY_PATH) :]
        return path if Path(path).exists() or sys.platform == "win32" else None
    return the_one(identity, names().get(identity, []))


def names() -> dict[str, list[str]]:
    """The names that each identity has now: more than one where a maker gave it twice."""
    found: dict[str, list[str]] = {}
    for info in list_ports.comports():
        found.setdefault(identity_of(info), []).append(info.device)
    return found


def the_one(identity: str, names: list[str]) -> str | None:
    """The one of these names; None where there is none. Raises LinkLost where there are more."""
    if len(names) > 1:
        raise LinkLost(
            f"{identity} is plugged in {len(names)} times: {', '.join(sorted(names))}", "ambiguous"
        )
    return names[0] if names else None


def identity_of(info: ListPortInfo) -> str:
    """What stays the same when the device is plugged in again."""
    if info.vid is None or info.pid is None:
        return BY_PATH + info.device
    mark = info.serial_number or (f"@{info.location}" if info.location else "")
    # cheap makers leave blanks and worse in it; an identity is one printable word
    return f"{info.vid:04x}:{info.pid:04x}:{_UNSAYABLE.sub('_', mark)[:_MARK_CHARS]}"


def _state(name: str) -> str:
    if sys.platform == "win32":
        return "free"
    if not os.access(name, os.R_OK | os.W_OK):
        return "no_permission"
    return "in_use" if locked(name) else "free"


def locked(name: str) -> bool:
    """Some program holds this port for itself. The port is not opened: that could reset a device."""
    try:
        stat = Path(name).stat()
        locks = _LOCKS.read_text("ascii")
    except OSError:
        return False
    place = f"{os.major(stat.st_dev):02x}:{os.minor(stat.st_dev):02x}:{stat.st_ino}"
    return any(" FLOCK " in line and f" {place} " in line for line in locks.splitlines())
