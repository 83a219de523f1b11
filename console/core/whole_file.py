"""A file written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from console.core.errors import Unavailable
from console.core.words import why


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
    except OSError as failed:
        raise Unavailable("file.unwritable", path=str(path), told=why(failed)) from failed
    finally:
        part.unlink(missing_ok=True)
