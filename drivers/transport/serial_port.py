"""A serial port, found by identity and held for this program alone."""

from __future__ import annotations

import errno

import serial

from drivers.errors import LinkLost, NoAnswer
from drivers.transport import ports

WRITE_TIMEOUT_S = 0.5  # without one, a stalled peer blocks the thread for ever
_CAUSES = {
    errno.EAGAIN: "in_use",
    errno.EBUSY: "in_use",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
}


class SerialWire:
    """8N1 at ``baud``. After an unplug every call raises LinkLost until ``open`` succeeds again."""

    def __init__(self, identity: str, baud: int) -> None:
        self.identity = identity
        self.baud = baud
        self.name: str | None = None
        self._port: serial.Serial | None = None

    def open(self) -> None:
        name = ports.find(self.identity)
        if name is None:
            raise LinkLost(f"{self.identity} is not plugged in", "not_plugged")
        try:
            self._port = serial.Serial(
                name, self.baud, timeout=0.2, write_timeout=WRITE_TIMEOUT_S, exclusive=True
            )
        except (serial.SerialException, OSError, ValueError) as failed:
            cause = _CAUSES.get(getattr(failed, "errno", None) or 0, "cannot_open")
            raise LinkLost(f"{name}: {failed}", cause) from failed
        self.name = name

    def read(self, timeout_s: float) -> bytes:
        port = self._opened()
        try:
            if port.timeout != timeout_s:  # setting it again would set up the whole port again
                port.timeout = timeout_s
            first = port.read(1)
            # in_waiting raises a bare OSError after an unplug, TypeError after a foreign close
            return first + port.read(port.in_waiting) if first else first
        except (serial.SerialException, OSError, TypeError) as gone:
            raise LinkLost(f"{self.name}: {gone}", "unplugged") from gone

    def write(self, data: bytes) -> None:
        port = self._opened()
        try:
            port.write(data)
        except serial.SerialTimeoutException as stalled:
            raise NoAnswer(f"{self.name}: takes no bytes", "stalled") from stalled
        except (serial.SerialException, OSError, TypeError) as gone:
            raise LinkLost(f"{self.name}: {gone}", "unplugged") from gone

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except (serial.SerialException, OSError):
                return  # the device is gone; nothing is left to close

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise LinkLost(f"{self.identity} is not open")
        return self._port
