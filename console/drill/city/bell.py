"""Wakes the long polls of a post when something was published for it, or when the city closes."""

from __future__ import annotations

import asyncio


class Bell:
    """Lives in one event loop; ``ring`` and ``close`` may be called from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, asyncio.Event] = {}
        self.closed = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Those who wait, wait in this loop."""
        self._loop = loop

    def listen(self, post: str) -> asyncio.Event:
        """An event that the next ring for this post sets. To be taken before looking, lest a ring be missed."""
        return self._waiting.setdefault(post, asyncio.Event())

    def ring(self, post: str) -> None:
        """Everybody who listens for this post looks again."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring_now, post)

    def close(self) -> None:
        """Nobody waits any longer."""
        self.closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring_all)

    def _ring_now(self, post: str) -> None:
        listened = self._waiting.pop(post, None)
        if listened is not None:
            listened.set()

    def _ring_all(self) -> None:
        for post in list(self._waiting):
            self._ring_now(post)
