"""A file written whole or not at all, and names that a power cut does not take away."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from console.core.errors import Unavailable
from console.core.words import why

# What a file system says that knows no sync of folders, or a folder that we may not open.
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """What is written stands at ``path`` afterwards, on the disk; after an error nothing changed."""
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        sync(path.parent)
    except OSError as failed:
        raise Unavailable("file.unwritable", path=str(path), told=why(failed)) from failed
    finally:
        part.unlink(missing_ok=True)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """The folder stands, and its name is on the disk with those of the folders made for it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for place in missing or [folder]:
        sync(place.parent)


def sync(place: Path) -> None:
    """What was written to this file, or the names in this folder, are on the disk.

    Of a folder as far as its file system promises that at all: without it a power cut may take a new
    name away, although what the file holds was synced.
    """
    folder = place.is_dir()
    if folder and os.name == "nt":
        return  # Windows has no handle on a folder to sync
    try:
        handle = os.open(place, os.O_RDONLY if folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as failed:
        if not folder or failed.errno not in _NO_SYNC:
            raise
