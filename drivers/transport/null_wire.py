"""A wire with nothing on it: opens, stays silent, swallows what is written."""

from __future__ import annotations

import threading

from drivers.errors import LinkLost


class NullWire:
    """Stands for a device that is not there yet; ``written`` keeps what it was told."""

    def __init__(self) -> None:
        self.name = "null"
        self.written = bytearray()
        self._closed = threading.Event()
        self._closed.set()

    def open(self) -> None:
        self._closed.clear()

    def read(self, timeout_s: float) -> bytes:
        if self._closed.wait(timeout_s):
            raise LinkLost("the wire is not open")
        return b""

    def write(self, data: bytes) -> None:
        if self._closed.is_set():
            raise LinkLost("the wire is not open")
        self.written += data

    def close(self) -> None:
        self._closed.set()
