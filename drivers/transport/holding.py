"""Who holds a serial port, and which group may open it. The port itself is not opened."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import grp
    import pwd

_PROC = Path("/proc")
_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has the port open; ``locked``: for itself alone."""

    pid: int
    program: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a port: its group; this account is listed in it, and that is in force."""

    group: str
    listed: bool
    in_force: bool


def holders(name: str) -> list[Holder]:
    """The programs that have this port open, those that locked it first.

    Programs of other accounts are seen by their locks alone, unless the asker is the administrator.
    """
    try:
        port = Path(name).stat()
    except OSError:
        return []
    locking = set(_locking(port))
    opened = set(_opening(port)) if stat.S_ISCHR(port.st_mode) else set()
    pids = [*sorted(locking), *sorted(opened - locking)]
    return [Holder(pid, _program(pid), pid in locking) for pid in pids]


def access(name: str) -> Access | None:
    """The group of this port; None where the port is not there, or the system has no groups."""
    if sys.platform == "win32":
        return None
    try:
        gid = Path(name).stat().st_gid
        group = grp.getgrgid(gid)
    except OSError:
        return None
    except KeyError:
        return Access(str(gid), False, gid in os.getgroups())
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:
        return Access(group.gr_name, False, gid in os.getgroups())
    listed = account.pw_name in group.gr_mem or account.pw_gid == gid
    return Access(group.gr_name, listed, gid in (*os.getgroups(), os.getegid()))


def _locking(port: os.stat_result) -> Iterator[int]:
    """Who holds the lock, and who only waits for it (``->``) does not."""
    place = f"{os.major(port.st_dev):02x}:{os.minor(port.st_dev):02x}:{port.st_ino}"
    try:
        lines = (_PROC / "locks").read_text("ascii").splitlines()
    except OSError:
        return
    for line in lines:
        words = line.split()
        if len(words) >= 6 and words[1] == "FLOCK" and words[5] == place and words[4].isdecimal():
            yield int(words[4])


def _opening(port: os.stat_result) -> Iterator[int]:
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile, or is not ours to look at
            if any(_is_port(opened, port) for opened in (folder / "fd").iterdir()):
                yield int(folder.name)


def _is_port(opened: Path, port: os.stat_result) -> bool:
    try:
        if not str(opened.readlink()).startswith("/dev/"):
            return False
        found = opened.stat()
    except OSError:
        return False
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == port.st_rdev


def _program(pid: int) -> str:
    try:
        told = (_PROC / str(pid) / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return "?"
    return "".join(letter if letter.isprintable() else "?" for letter in told)[:_NAME_CHARS]
