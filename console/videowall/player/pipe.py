"""Bytes on their way from the ingest to libvlc: bounded, closed from either side."""

from __future__ import annotations

import threading
from collections import deque

MOST_BYTES = 4 << 20


class Pipe:
    """What is written is read in order; once closed, nothing waits and nothing more is taken."""

    def __init__(self) -> None:
        self._parts: deque[bytes] = deque()
        self._held = 0
        self._closed = False
        self._turn = threading.Condition()

    def write(self, data: bytes) -> int:
        """The data stands in the pipe; waits while the pipe is full. Raises OSError once closed."""
        with self._turn:
            while self._held > MOST_BYTES and not self._closed:
                self._turn.wait()
            if self._closed:
                raise BrokenPipeError
            self._parts.append(bytes(data))
            self._held += len(data)
            self._turn.notify_all()
        return len(data)

    def read(self, most: int) -> bytes:
        """At most so many bytes, as soon as there are any; empty once the pipe is closed."""
        with self._turn:
            while not self._parts and not self._closed:
                self._turn.wait()
            if self._closed:
                return b""
            part = self._parts.popleft()
            if len(part) > most:
                self._parts.appendleft(part[most:])
                part = part[:most]
            self._held -= len(part)
            self._turn.notify_all()
            return part

    def close(self) -> None:
        """Whoever waits goes on at once."""
        with self._turn:
            self._closed = True
            self._parts.clear()
            self._turn.notify_all()
