"""A recorded capture as a wire: the same bytes, in the same rhythm or faster."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from drivers.errors import LinkLost
from drivers.transport import capture


class ReplayWire:
    """Plays ``file`` at ``speed`` (2 is twice as fast). After the last byte: LinkLost, ``ended``."""

    def __init__(self, file: Path, speed: float = 1.0) -> None:
        self.name = str(file)
        self.ended = False
        self._file = file
        self._speed = speed
        self._pieces: Iterator[tuple[float, bytes]] | None = None
        self._next: tuple[float, bytes] | None = None
        self._started = 0.0
        self._woken = threading.Event()

    def open(self) -> None:
        try:
            self._pieces = capture.pieces(self._file)
            self._next = next(self._pieces, None)
        except OSError as failed:
            raise LinkLost(f"{self._file}: {failed.strerror or failed}", "bad_file") from failed
        self._started = time.monotonic()

    def read(self, timeout_s: float) -> bytes:
        if self._pieces is None:
            raise LinkLost(f"{self.name} is not open")
        if self._next is None:
            self.ended = True
            raise LinkLost(f"{self.name}: the capture has ended", "ended")
        offset_s, data = self._next
        wait_s = self._started + offset_s / self._speed - time.monotonic()
        if wait_s > 0 and self._woken.wait(min(wait_s, timeout_s)):
            self._woken.clear()
            return b""
        if wait_s > timeout_s:
            return b""
        self._next = next(self._pieces, None)
        return data

    def write(self, data: bytes) -> None:
        """A recording takes no orders; what is written goes nowhere."""

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        self._pieces = None
