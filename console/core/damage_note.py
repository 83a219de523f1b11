"""A note beside the store that a damaged page was met at work: the next start asks the officer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from console.core.errors import ConsoleError

NOTE_FILE = "console.damaged"
_CODES = ("store.damaged", "store.wrong_key_or_damaged")


def noted(error: Exception, folder: Path) -> Exception:
    """The same error; when it tells of damage, the note stands."""
    if isinstance(error, ConsoleError) and error.code in _CODES:
        with suppress(OSError):
            (folder / NOTE_FILE).touch()
    return error


def is_noted(folder: Path) -> bool:
    """Whether damage was met since the store was last examined."""
    return (folder / NOTE_FILE).exists()


def forget_note(folder: Path) -> None:
    """The store was examined and found whole."""
    with suppress(OSError):
        (folder / NOTE_FILE).unlink(missing_ok=True)
