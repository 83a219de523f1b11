"""Ends a wait on sockets at once, from any thread."""

from __future__ import annotations

import contextlib
import socket

_TAKEN = 4096


class Waker:
    """A socket that becomes readable when ``wake`` is called; ``calm`` makes it quiet again."""

    def __init__(self) -> None:
        self._ear, self._hand = socket.socketpair()
        self._ear.setblocking(False)
        self._hand.setblocking(False)

    def fileno(self) -> int:
        """For ``select``: readable while woken."""
        return self._ear.fileno()

    def wake(self) -> None:
        """The wait ends. Whoever was woken already need not be woken again; closed is no error."""
        with contextlib.suppress(OSError):
            self._hand.send(b"\0")

    def calm(self) -> bool:
        """It is quiet again; whether somebody had woken it."""
        try:
            return bool(self._ear.recv(_TAKEN))
        except OSError:
            return False

    def close(self) -> None:
        """Both ends are closed."""
        self._ear.close()
        self._hand.close()
