"""A wire with nothing on it: opens, stays silent, swallows what is written."""

from __future__ import annotations

import threading

from drivers.errors import LinkLost


class NullWire:
    """Stands for a device that is not there yet; ``written`` keeps what it was told."""

    def __init__(self) -> None:
        self.name = "null"
        self.written = bytearray()
        self._woken = threading.Event()
        self._open = False

    def open(self) -> None:
        self._open = True

    def read(self, timeout_s: float) -> bytes:
        if not self._open:
            raise LinkLost("the wire is not open")
        self._woken.wait(timeout_s)
        self._woken.clear()
        return b""

    def write(self, data: bytes) -> None:
        if not self._open:
            raise LinkLost("the wire is not open")
        self.written += data

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        self._open = False
        self._woken.set()
