"""One console a data folder: an operating-system lock that dies with its process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from console.core.errors import Refused
from console.core.whole_file import make_folder


class Ownership:
    """Holds ``console.lock`` of a data folder from ``start`` to ``stop``."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / "console.lock"
        self._handle: int | None = None

    def start(self) -> None:
        """This process owns the folder. Refused when another console does."""
        make_folder(self._place.parent)
        handle = os.open(self._place, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except OSError as held:
            owner = os.read(handle, 32).decode("ascii", "replace").strip() or "?"
            os.close(handle)
            raise Refused("store.in_use", path=str(self._place.parent), process=owner) from held
        self._handle = handle
        with suppress(OSError):  # a full disk: the number is for people, the lock is what holds
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode("ascii"))

    def stop(self) -> None:
        """The folder is free again."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
