"""The files that the program writes itself, not through SQLite: recorded as they are synced.

What Python code writes is seen where it matters for a power cut: at each ``fsync``, rename and
removal the file concerned is looked at, and what is new in it becomes an entry of the log.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.faults.disk_log import (
    Created,
    FolderMade,
    FolderSynced,
    Log,
    Removed,
    Renamed,
    Synced,
    Truncated,
    Wrote,
)


@contextmanager
def recording_files(log: Log) -> Iterator[None]:
    """What this process does with plain files and folders below the log's prefix joins the log."""
    watch = _Watch(log)
    with (
        patch("os.fsync", watch.fsync),
        patch("os.mkdir", watch.mkdir),
        patch("os.replace", watch.renaming(os.replace)),
        patch("os.rename", watch.renaming(os.rename)),
        patch("os.unlink", watch.removing(os.unlink)),
        patch("os.remove", watch.removing(os.remove)),
    ):
        yield


class _Watch:
    """What the log knows of each plain file."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known = dict(log.before)
        self._fsync, self._mkdir = os.fsync, os.mkdir

    def fsync(self, handle: Any) -> None:
        """``os.fsync``."""
        number = handle if isinstance(handle, int) else handle.fileno()
        path = str(Path(f"/proc/self/fd/{number}").readlink())
        folder = Path(path).is_dir()
        if not folder:
            self._look(path)
        self._fsync(handle)
        if self._log.covers(path):
            self._log.entries.append(FolderSynced(path) if folder else Synced(path))

    def mkdir(self, path: Any, *args: Any, **more: Any) -> None:
        """``os.mkdir``."""
        self._mkdir(path, *args, **more)
        if self._log.covers(os.fspath(path)):
            self._log.entries.append(FolderMade(os.fspath(path)))

    def renaming(self, real: Callable[..., None]) -> Callable[..., None]:
        """``os.replace`` or ``os.rename``."""

        def rename(old: Any, new: Any, **more: Any) -> None:
            path, to = os.fspath(old), os.fspath(new)
            self._look(path)
            real(old, new, **more)
            if self._log.covers(path):
                self._log.entries.append(Renamed(path, to))
                if path in self._log.stores:
                    self._log.stores.discard(path)
                    self._log.stores.add(to)
                else:
                    self._log.stores.discard(to)
                    self._known[to] = self._known.pop(path)

        return rename

    def removing(self, real: Callable[..., None]) -> Callable[..., None]:
        """``os.unlink`` or ``os.remove``."""

        def remove(place: Any, **more: Any) -> None:
            path = os.fspath(place)
            real(place, **more)
            if path in self._known or path in self._log.stores:
                self._known.pop(path, None)
                self._log.entries.append(Removed(path))

        return remove

    def _look(self, path: str) -> None:
        """What the file has become since it was last looked at is in the log."""
        if not self._log.covers(path) or path in self._log.stores or not Path(path).is_file():
            return
        data = Path(path).read_bytes()
        was = self._known.get(path)
        if was is None:
            self._log.entries.append(Created(path))
            was = b""
        if data != was:
            if not data.startswith(was):
                self._log.entries.append(Truncated(path, 0))
                was = b""
            self._log.entries.append(Wrote(path, len(was), data[len(was) :]))
        self._known[path] = data
