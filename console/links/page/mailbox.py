"""What the threads of links leave for the page, which looks into it when its time comes."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 1000


class Mailbox(Generic[T]):
    """Bounded: of more the oldest are thrown away and counted. For any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[T] = deque()
        self._most, self._missed = most, 0

    def put(self, one: T) -> None:
        """It waits for the page."""
        with self._guard:
            self._waiting.append(one)
            if len(self._waiting) > self._most:
                self._waiting.popleft()
                self._missed += 1

    def take(self) -> tuple[list[T], int]:
        """What came since the last time, and how many were too many."""
        with self._guard:
            taken, missed = list(self._waiting), self._missed
            self._waiting.clear()
            self._missed = 0
        return taken, missed
