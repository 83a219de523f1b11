"""Captures of what a link hears, bounded: a full one is closed, the oldest are thrown away.

The format is that of ``drivers.transport.capture``; files lie in ``captures`` in the data folder as
``<link id>-<UTC start>.capture``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from console.core.clock import Clock
from console.links.model import LinkConfig
from drivers.transport import capture

FOLDER = "captures"
MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 4


class Recorder:
    """Writes one link's captures. Used by that link's thread alone; OSError means: disk."""

    def __init__(
        self, folder: Path, config: LinkConfig, clock: Clock, most_bytes: int = MOST_BYTES
    ) -> None:
        self._folder = folder
        self._config = config
        self._clock = clock
        self._most_bytes = most_bytes
        self._file: TextIO | None = None
        self._started = 0.0
        self._written = 0
        self.name = ""
        self.wanted = config.record

    def write(self, data: bytes) -> None:
        """These bytes, heard now, stand at the end of the capture."""
        if self._file is None or self._written > self._most_bytes:
            self._begin()
        assert self._file is not None
        line = capture.line(self._clock.monotonic() - self._started, data)
        self._file.write(line)
        self._file.flush()
        self._written += len(line)

    def keep(self, data: bytes) -> str:
        """The capture has these bytes, too, where one is wanted; its name, or nothing."""
        if self.wanted:
            self.write(data)
        return self.name if self.wanted else ""

    def want(self, wanted: bool) -> None:
        """What comes is recorded, or no longer."""
        self.wanted = wanted
        if not wanted:
            self.close()

    def close(self) -> None:
        """The capture is complete."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _begin(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = f"{self._clock.now():%Y%m%dT%H%M%S%f}"
        path = self._folder / f"{self._config.id}-{stamp}.capture"
        self._file = path.open("w", encoding="ascii")
        self.name = path.name
        self._started = self._clock.monotonic()
        head = capture.header(self._config.family)
        self._file.write(head)
        self._written = len(head)
        kept = sorted(self._folder.glob(f"{self._config.id}-*.capture"))
        for old in kept[:-MOST_FILES]:
            old.unlink(missing_ok=True)
