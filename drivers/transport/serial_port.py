"""A serial port, found by identity and held for this program alone."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading

import serial

from drivers.errors import LinkLost, NoAnswer
from drivers.transport import ports

if sys.platform != "win32":
    import fcntl
    import termios

    _TROUBLE: tuple[type[Exception], ...] = (termios.error,)
else:
    _TROUBLE = ()

WRITE_TIMEOUT_S = 0.5  # without one, a stalled peer blocks the thread for ever
# in_waiting raises a bare OSError after an unplug, TypeError after a foreign close, termios.error
# where the port goes while it is set up, ValueError where select knows no such high descriptor
_GONE: tuple[type[Exception], ...] = (
    serial.SerialException,
    OSError,
    TypeError,
    ValueError,
    *_TROUBLE,
)
_CAUSES = {
    errno.EAGAIN: "in_use",
    errno.EBUSY: "in_use",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "not_plugged",
    errno.ENODEV: "not_plugged",
    errno.ENXIO: "not_plugged",
    errno.EIO: "not_plugged",
}


class SerialWire:
    """8N1 at ``baud``. After an unplug every call raises LinkLost until ``open`` succeeds again."""

    def __init__(self, identity: str, baud: int) -> None:
        self.identity = identity
        self.baud = baud
        self.name: str | None = None
        self._port: serial.Serial | None = None
        self._guard = threading.Lock()  # a wake must not meet a close: the number may be reused

    def open(self) -> None:
        name = ports.find(self.identity)
        if name is None:
            raise LinkLost(f"{self.identity} is not plugged in", "not_plugged")
        try:
            port = serial.Serial(
                name, self.baud, timeout=0.2, write_timeout=WRITE_TIMEOUT_S, exclusive=True
            )
        except _GONE as failed:
            cause = _CAUSES.get(getattr(failed, "errno", None) or 0, "cannot_open")
            raise LinkLost(f"{name}: {failed}", cause) from failed
        self._port = port
        self.name = name
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # who locks nothing cannot open it beside us, either
                fcntl.ioctl(port.fileno(), termios.TIOCEXCL)
        if ports.find(self.identity) != name:  # the name may be another device's by now
            self.close()
            raise LinkLost(f"{self.identity} left {name} while it was opened", "not_plugged")

    def read(self, timeout_s: float) -> bytes:
        port = self._opened()
        try:
            if port.timeout != timeout_s:  # setting it again would set up the whole port again
                port.timeout = timeout_s
            first = port.read(1)
            return first + port.read(port.in_waiting) if first else first
        except _GONE as gone:
            raise LinkLost(f"{self.name}: {gone}", "unplugged") from gone

    def write(self, data: bytes) -> None:
        port = self._opened()
        try:
            port.write(data)
        except serial.SerialTimeoutException as stalled:
            raise NoAnswer(f"{self.name}: takes no bytes", "stalled") from stalled
        except _GONE as gone:
            raise LinkLost(f"{self.name}: {gone}", "unplugged") from gone

    def wake(self) -> None:
        if not self._guard.acquire(blocking=False):
            return  # it is being closed, or woken already
        try:
            with contextlib.suppress(*_GONE):
                if self._port is not None:
                    self._port.cancel_read()
        finally:
            self._guard.release()

    def close(self) -> None:
        with self._guard:
            port, self._port = self._port, None
            if port is None:
                return
            with contextlib.suppress(*_GONE):  # closing would wait for what a stalled device left
                port.reset_output_buffer()
            with contextlib.suppress(*_GONE):
                port.close()

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise LinkLost(f"{self.identity} is not open")
        return self._port
