"""Workers go one behind the other, so that the UI thread shares the interpreter with one at most."""

from __future__ import annotations

import threading
import time
from types import TracebackType

PATIENCE_S = 0.1


class SingleFile:
    """``with file:`` one at a time; behind one that takes longer than ``patience_s`` the next goes.

    The interpreter serves one thread. Three workers that ask for it at once cost the UI thread its
    turn after each of their turns: 17 ms of its work were seen to take 122 ms.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._moved = threading.Condition()
        self._first: int | None = None  # the thread that went last, while it is at work
        self._went_at = 0.0

    @property
    def taken(self) -> bool:
        """Whether the one that went last is still at work."""
        return self._first is not None

    def __enter__(self) -> None:
        with self._moved:
            while self._first is not None and (left := self._left_s) > 0:
                self._moved.wait(left)
            self._first, self._went_at = threading.get_ident(), time.monotonic()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._moved:
            if self._first == threading.get_ident():
                self._first = None
                self._moved.notify()

    @property
    def _left_s(self) -> float:
        return self._went_at + self._patience_s - time.monotonic()
